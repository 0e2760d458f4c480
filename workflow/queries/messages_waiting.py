"""Messages that go no further by themselves, with the reason in words."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from models.database import OwnedSession
from models.outbox import Message
from models.people import Person
from workflow.cases.unreached import unreached
from workflow.outbox.people import NEEDS_A_PERSON
from workflow.queries.paging import Page
from workflow.queries.wordings import message_words, reason_words, template_words


@dataclass(frozen=True)
class Waiting:
    """One message, as whoever must decide needs to see it. Says nothing of what is in it.

    owed: the law says that its reader must be told: they are reached otherwise, and it is not let go or dropped here.
    """

    id: uuid.UUID
    what: str
    to: str
    case_id: uuid.UUID | None
    about_on: date | None
    created_at: datetime
    state: str
    why: str
    owed: bool


def waiting(session: OwnedSession, page: int) -> tuple[list[Waiting], Page]:
    """Messages that wait, oldest first."""
    wanted = Message.state.in_(NEEDS_A_PERSON)
    at = Page(page, session.scalars(select(func.count()).select_from(Message).where(wanted)).one())
    rows = session.execute(
        select(Message, Person.name, unreached())
        .outerjoin(Person, Person.id == Message.person_id)
        .where(wanted)
        .order_by(Message.created_at, Message.id)
        .offset(at.offset)
        .limit(at.size)
    )
    return [
        Waiting(
            message.id,
            template_words(message.template),
            name or "An address without an account",
            message.case_id,
            message.about_on,
            message.created_at,
            message_words(message),
            reason_words(message),
            owed,
        )
        for message, name, owed in rows
    ], at


def batches(session: OwnedSession, reasons: Mapping[str, str]) -> dict[str, int]:
    """How many messages are held for each reason that one yes can release, by its key."""
    return {
        key: count
        for key, start in reasons.items()
        if (
            count := session.scalars(
                select(func.count())
                .select_from(Message)
                .where(Message.state == "held", Message.reason.startswith(start, autoescape=True))
            ).one()
        )
    }

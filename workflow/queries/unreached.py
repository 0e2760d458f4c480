"""The queue of what the law owes somebody and mail did not bring to them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from models.cases import Case, Notice
from models.database import OwnedSession
from models.outbox import Message
from models.people import Child, Contact, Person
from workflow.access.actor import Actor
from workflow.access.scope import cases_for
from workflow.cases.unreached import unreached
from workflow.errors import NotFound
from workflow.queries.paging import Page, page_of
from workflow.queries.queue import name_of
from workflow.queries.wordings import reason_words, template_words
from workflow.queries.work import of_whom


@dataclass(frozen=True)
class Unreached:
    """One message: what it was, to whom, why it did not come, since when, and how else they may be reached."""

    id: uuid.UUID
    case_id: uuid.UUID
    notice_id: uuid.UUID | None
    called: str
    what: str
    to: str
    why: str
    since: datetime
    caseworker: str | None
    reach: tuple[str, ...] = ()


def waits(session: OwnedSession, actor: Actor, whose: str, now: datetime, today: date) -> tuple[Page, datetime | None]:
    """How many wait, and since when the first does. Two queries."""
    wanted = _wanted(session, actor, whose, now, today)
    first = session.scalar(wanted.with_only_columns(func.min(Message.created_at)).order_by(None))
    return page_of(session, wanted, 1), first


def lines(
    session: OwnedSession, actor: Actor, whose: str, page: int, now: datetime, today: date
) -> tuple[list[Unreached], Page]:
    """A page of the queue, what waits longest first. The number of queries does not grow."""
    wanted = _wanted(session, actor, whose, now, today)
    at = page_of(session, wanted, page)
    return [_line(row) for row in session.execute(wanted.offset(at.offset).limit(at.size))], at


def one(session: OwnedSession, actor: Actor, message_id: uuid.UUID, now: datetime) -> Unreached:
    """One of them, with the phone numbers and addresses that are known of its reader. Raises `NotFound`."""
    row = session.execute(_named(actor, now).where(Message.id == message_id)).one_or_none()
    if row is None:
        raise NotFound
    contacts = select(Contact).where(
        Contact.person_id == row.Message.person_id, Contact.kind != "email", Contact.dead_at.is_(None)
    )
    return _line(row, tuple(each.value for each in session.scalars(contacts.order_by(Contact.kind.desc(), Contact.id))))


def _wanted(session: OwnedSession, actor: Actor, whose: str, now: datetime, today: date) -> Select[*tuple[Any, ...]]:
    theirs = of_whom(session, actor, whose, today)
    return _named(actor, now).where(unreached(), *theirs).order_by(Message.created_at, Message.id)


def _named(actor: Actor, now: datetime) -> Select[*tuple[Any, ...]]:
    to, worker = aliased(Person), aliased(Person)
    return (
        select(
            Message,
            Notice.letter,
            Child.known_as,
            Child.last,
            to.name.label("to"),
            Notice.to_name,
            worker.name.label("caseworker"),
        )
        .join(Case, and_(Case.authority_id == Message.authority_id, Case.id == Message.case_id))
        .join(Child, and_(Child.authority_id == Case.authority_id, Child.id == Case.child_id))
        .outerjoin(Notice, and_(Notice.authority_id == Message.authority_id, Notice.id == Message.notice_id))
        .outerjoin(to, and_(to.authority_id == Message.authority_id, to.id == Message.person_id))
        .outerjoin(worker, and_(worker.authority_id == Case.authority_id, worker.id == Case.caseworker_id))
        .where(Case.id.in_(cases_for(actor, now).with_only_columns(Case.id)))
    )


def _line(row: Any, reach: tuple[str, ...] = ()) -> Unreached:
    message: Message = row.Message
    assert message.case_id
    return Unreached(
        id=message.id,
        case_id=message.case_id,
        notice_id=message.notice_id,
        called=name_of(row),
        what=row.letter["title"] if row.letter else template_words(message.template),
        to=row.to or row.to_name or "An address without an account",
        why=reason_words(message),
        since=message.handed_at or message.created_at,
        caseworker=row.caseworker,
        reach=reach,
    )

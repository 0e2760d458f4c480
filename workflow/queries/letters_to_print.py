"""Letters that must go by post too: their reader has not agreed to be served here, or has not opened them.

Worked out from what is on record, each time it is asked: time in which the service was down loses none of them.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from law import calendar
from law.errors import BeyondKnownHolidays
from models.cases import READING_A_NOTICE, Case, Notice
from models.database import OwnedSession
from models.outbox import Message
from models.people import Child, Contact, OnlineService
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.outbox.rights import NOT_THEIRS
from workflow.queries.paging import Page

WORKING_DAYS = 2
NO_MAIL = ("bounced", "cancelled")


@dataclass(frozen=True)
class ToPrint:
    """One letter to print, why, and where to."""

    notice: Notice
    called: str
    why: str
    address: str


def reading_of(notice_id: uuid.UUID) -> str:
    """What the log of reads says when a letter is read."""
    return f"{READING_A_NOTICE}{notice_id}"


def last_day_to_have_opened(today: date) -> date:
    """Letters of this day or before have had their two working days.

    Where that year's bank holidays are not known, a week: longer than any two working days.
    """
    day = today - timedelta(days=1)
    try:
        while calendar.workdays_after(day, WORKING_DAYS) >= today:
            day -= timedelta(days=1)
    except BeyondKnownHolidays:
        return today - timedelta(days=7)
    return day


def count(session: OwnedSession, actor: Actor, today: date) -> int:
    """How many letters wait to be printed."""
    return session.scalars(select(func.count()).select_from(_wanted(actor, today).subquery())).one()


def to_print(session: OwnedSession, actor: Actor, page: int, today: date) -> tuple[list[ToPrint], Page]:
    """Letters to print, oldest first."""
    at = Page(page, count(session, actor, today))
    rows = session.execute(
        _wanted(actor, today).order_by(Notice.notified_on, Notice.id).offset(at.offset).limit(at.size)
    ).all()
    addresses = _addresses(session, [row.Notice.person_id for row in rows])
    return [
        ToPrint(
            row.Notice,
            f"{row.known_as} {row.last}".strip(),
            _why(row),
            "" if row.not_theirs else addresses.get(row.Notice.person_id, ""),
        )
        for row in rows
    ], at


def address_of(session: OwnedSession, notice: Notice) -> str:
    """Where one letter is posted to; "" where no address is known, or it is no longer its reader's to be told."""
    if session.scalar(select(Notice.id).where(Notice.id == notice.id, _not_theirs())):
        return ""
    return _addresses(session, [notice.person_id]).get(notice.person_id, "")


def _wanted(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    mailed = select(Message.id).where(
        Message.authority_id == Notice.authority_id,
        Message.case_id == Notice.case_id,
        Message.notice_id == Notice.id,
        Message.state.not_in(NO_MAIL),
    )
    agrees = select(OnlineService.id).where(
        OnlineService.authority_id == Notice.authority_id,
        OnlineService.person_id == Notice.person_id,
        OnlineService.agreed,
        OnlineService.until_at.is_(None),
    )
    waited = or_(~agrees.exists(), Notice.notified_on <= last_day_to_have_opened(today), ~mailed.exists())
    return (
        select(
            Notice,
            Child.known_as,
            Child.last,
            _not_theirs().label("not_theirs"),
            mailed.exists().label("mailed"),
            agrees.exists().label("agrees"),
        )
        .join(Case, Case.id == Notice.case_id)
        .join(Child, Child.id == Case.child_id)
        .where(
            Notice.posted_on.is_(None),
            Notice.served_online_at.is_(None),
            waited,
            ~kept_from(actor.person, Case.id),
        )
    )


def _not_theirs() -> ColumnElement[bool]:
    """Whether the mail of a letter was stopped because its person may no longer be told."""
    stopped = select(Message.id).where(
        Message.authority_id == Notice.authority_id,
        Message.case_id == Notice.case_id,
        Message.notice_id == Notice.id,
        Message.state == "cancelled",
        Message.reason == NOT_THEIRS,
    )
    return stopped.exists()


def _why(row: Any) -> str:
    if row.not_theirs:
        return "No longer theirs to be told: find out who has it to get before anything is posted"
    if row.Notice.person_id is None:
        return "Nobody to read it here"
    if not row.agrees:
        return "Read here, but not agreed to count here" if row.Notice.opened_at else "Not agreed to letters here alone"
    return "Not opened after two working days" if row.mailed else "No address for mail that works"


def _addresses(session: OwnedSession, person_ids: list[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    rows = session.execute(
        select(Contact.person_id, Contact.value).where(
            Contact.person_id.in_([each for each in person_ids if each]),
            Contact.kind == "address",
            Contact.dead_at.is_(None),
        )
    )
    return {person_id: value for person_id, value in rows}

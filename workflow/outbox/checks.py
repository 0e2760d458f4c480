"""Looking once more at the moment of sending: much may have changed since a message was planned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from models.access import Account
from models.cases import Deadline
from models.database import OwnedSession
from models.outbox import Message
from models.people import Contact
from workflow.clock import london_day
from workflow.outbox import window
from workflow.outbox.rights import invitation_open, questions_stand, still_let_in, task_open

Check = Callable[[OwnedSession, Message, datetime], str | None]
"""Why a message is no longer wanted, or None. Whatever else must be asked plugs in as one more of these."""


@dataclass(frozen=True)
class Later:
    """Not now: from this instant on."""

    at: datetime


def past_its_use(session: OwnedSession, message: Message, now: datetime) -> str | None:
    """A sign-in code that has run out, a reminder of a day gone by."""
    over = message.useful_until is not None and message.useful_until <= now
    return "past its use" if over else None


def deadline_still_stands(session: OwnedSession, message: Message, now: datetime) -> str | None:
    """Done, voided or moved to another day: nobody is reminded of it."""
    if message.importance != "reminder" or message.deadline_id is None:
        return None
    deadline = session.get(Deadline, (session.authority_id, message.deadline_id))
    if deadline is None:
        return "the deadline is gone"
    if deadline.satisfied_on is not None:
        return "done meanwhile"
    if deadline.voided_on is not None:
        return "no longer due"
    return "the date has moved" if deadline.due_on != message.about_on else None


def newest_stage(session: OwnedSession, message: Message, now: datetime) -> str | None:
    """Of two reminders of one thing to one person, only the newer goes."""
    if message.importance != "reminder" or message.deadline_id is None:
        return None
    newer = select(Message.id).where(
        Message.deadline_id == message.deadline_id,
        Message.person_id == message.person_id,
        Message.case_id == message.case_id,
        Message.created_at > message.created_at,
        Message.state != "cancelled",
    )
    return "a newer reminder takes its place" if session.scalars(newer.limit(1)).first() else None


def account_open(session: OwnedSession, message: Message, now: datetime) -> str | None:
    """Somebody whose every account is closed hears nothing more, save what the law owes them."""
    if message.person_id is None or message.importance == "statutory":
        return None
    open_ones = func.count().filter(Account.closed_at.is_(None))
    total, still_open = session.execute(
        select(func.count(), open_ones).where(Account.person_id == message.person_id)
    ).one()
    return "the account is closed" if total and not still_open else None


CHECKS: tuple[Check, ...] = (
    past_its_use,
    deadline_still_stands,
    newest_stage,
    account_open,
    invitation_open,
    task_open,
    questions_stand,
    still_let_in,
)


def still_wanted(
    session: OwnedSession, message: Message, now: datetime, checks: Sequence[Check] = CHECKS
) -> str | None:
    """The first reason to cancel a message, or None. Asked again at the moment of sending."""
    return next((reason for check in checks if (reason := check(session, message, now))), None)


def not_yet(session: OwnedSession, message: Message, now: datetime) -> Later | None:
    """A reminder outside its hours, or the second of a day to one person about one case, waits."""
    if message.importance != "reminder":
        return None
    if not window.is_open(now):
        return Later(window.next_open(now))
    if message.case_id is None or message.person_id is None:
        return None
    # Two senders must not both find that nothing has gone today.
    key = f"calm:{session.authority_id}:{message.person_id}:{message.case_id}"
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
    begins, ends = window.day_bounds(london_day(now))
    other = aliased(Message)
    gone = select(other.id).where(
        other.case_id == message.case_id,
        other.person_id == message.person_id,
        other.importance == "reminder",
        other.id != message.id,
        other.handed_at >= begins,
        other.handed_at < ends,
        other.state.in_(("handing_over", "accepted", "delivered", "held")),
    )
    return Later(window.next_open(ends)) if session.scalars(gone.limit(1)).first() else None


def address_of(session: OwnedSession, message: Message) -> str | None:
    """Where the message goes: the typed address, else the person's newest email that is verified and alive."""
    if message.address is not None or message.person_id is None:
        return message.address
    live = (
        select(Contact.value)
        .where(
            Contact.person_id == message.person_id,
            Contact.kind == "email",
            Contact.verified_at.is_not(None),
            Contact.dead_at.is_(None),
        )
        .order_by(Contact.verified_at.desc())
    )
    return session.scalars(live).first()

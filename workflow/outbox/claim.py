"""Taking messages to send: a lease, and a number that a late finisher no longer holds."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select, update

from models.database import OwnedSession
from models.outbox import Message
from workflow.outbox import window
from workflow.outbox.hints import OUTBOX, add_hint, take_hints
from workflow.outbox.leases import database_now, lease_end

MOST_CLAIMS = 5
LEASED = ("claimed", "handing_over")
ACTIVE = ("queued", *LEASED)
MAY_REPEAT = ("code", "statutory")
"""A second sign-in code or notice does no harm; a second reminder is one too many."""

UNHEARD = "unknown: the mail server's answer was never heard"


@dataclass(frozen=True)
class Claim:
    """A message taken to be sent, and the number that proves it is still ours."""

    id: uuid.UUID
    number: int


def claim_due(
    session: OwnedSession, now: datetime, limit: int, only: Sequence[str] = (), *, remembers: bool = False
) -> list[Claim]:
    """Take up to `limit` due messages. `only` narrows to some importances; `remembers`: the carrier can be asked what
    it has.

    Among them are those left once by a worker that never began with them: it died of another, or of nothing.

    Also settles what others left behind, moves reminders into the hours they may go in, and leaves a hint for
    when the authority next needs a look, so that a worker killed from here on loses nothing.
    """
    take_hints(session, OUTBOX, now)
    _put_aside(session, remembers)
    if not window.is_open(now):
        _wait_for_morning(session, now)
    wanted = [or_(and_(Message.state == "queued", Message.next_attempt_at <= now), _left_once())]
    if only:
        wanted.append(Message.importance.in_(only))
    claims = _claim(session, select(Message.id).where(*wanted), limit)
    look_again(session)
    return claims


def claim_left(session: OwnedSession, only: Sequence[str] = ()) -> Claim | None:
    """Take one message that was left twice, or in the middle of its hand-over. One at a time, so that a message
    which kills its worker takes no other with it."""
    wanted = [_left(), not_(_left_once())]
    if only:
        wanted.append(Message.importance.in_(only))
    claims = _claim(session, select(Message.id).where(*wanted), 1)
    if claims:
        look_again(session)
    return claims[0] if claims else None


def look_again(session: OwnedSession) -> datetime | None:
    """Hint at the next moment when the authority's outbox needs a look, if any. Returns it."""
    due = select(
        func.min(case((Message.state == "queued", Message.next_attempt_at), else_=Message.leased_until))
    ).where(Message.state.in_(ACTIVE))
    found: datetime | None = session.scalars(due).one()
    if found is not None:
        add_hint(session, OUTBOX, found)
    return found


def _claim(session: OwnedSession, wanted: Select[uuid.UUID], limit: int) -> list[Claim]:
    taken = session.execute(
        update(Message)
        .where(Message.id.in_(_free(wanted.order_by(Message.next_attempt_at).limit(limit))))
        .values(state="claimed", claims=Message.claims + 1, leased_until=lease_end())
        .returning(Message.id, Message.claims, Message.importance, Message.next_attempt_at)
        .execution_options(synchronize_session=False)
    ).all()
    # Somebody waits in front of a screen for a code.
    ordered = sorted(taken, key=lambda row: (row.importance != "code", row.next_attempt_at))
    return [Claim(row.id, row.claims) for row in ordered]


def _put_aside(session: OwnedSession, remembers: bool) -> None:
    """Left while the mail server had it: it may have arrived, so a person decides, unless the carrier can be asked.
    Left five times: poison."""
    unheard = and_(_left(), Message.state == "handing_over", Message.importance.not_in(MAY_REPEAT))
    if remembers:
        unheard = and_(unheard, Message.ask_at.is_(None))
    _move(session, unheard, "held", UNHEARD, ask_at=None)
    poison = and_(_left(), Message.claims - Message.failures >= MOST_CLAIMS)
    _move(session, poison, "parked", f"poison: taken up {MOST_CLAIMS} times and never finished")


def _move(session: OwnedSession, which: ColumnElement[bool], state: str, reason: str, **more: None) -> None:
    session.execute(
        update(Message)
        .where(Message.id.in_(_free(select(Message.id).where(which))))
        .values(state=state, reason=reason, leased_until=None, **more)
        .execution_options(synchronize_session=False)
    )


def _wait_for_morning(session: OwnedSession, now: datetime) -> None:
    early = and_(Message.state == "queued", Message.importance == "reminder", Message.next_attempt_at <= now)
    session.execute(
        update(Message)
        .where(Message.id.in_(_free(select(Message.id).where(early))))
        .values(next_attempt_at=window.next_open(now))
        .execution_options(synchronize_session=False)
    )


def _left() -> ColumnElement[bool]:
    return and_(Message.state.in_(LEASED), or_(Message.leased_until.is_(None), Message.leased_until < database_now()))


def _left_once() -> ColumnElement[bool]:
    return and_(_left(), Message.state == "claimed", Message.claims - Message.failures == 1)


def _free(rows: Select[uuid.UUID]) -> Select[uuid.UUID]:
    """Those rows that nobody else holds, locked. Materialised: as a plain subquery the planner may run it once
    for each row it updates, and its limit then limits nothing."""
    free = rows.with_for_update(skip_locked=True).cte("free").prefix_with("MATERIALIZED")
    return select(free.c.id)

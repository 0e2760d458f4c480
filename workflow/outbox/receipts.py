"""What became of a message after it was taken: its carrier tells us, or is asked.

A receipt may come twice, late, in any order, or for something we never sent: it changes only the message that was
taken under the very number it names, and only from where such a receipt can lead.
"""

import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import case, func, literal, select, update

from models.database import Database, OwnedSession
from models.outbox import Message
from workflow import clock as real_clock
from workflow.outbox import settle
from workflow.outbox.leases import ASK_AFTER
from workflow.outbox.post import Fate, Memory

log = structlog.get_logger(__name__)

ASKED_FOR = timedelta(days=7)
"""How long a carrier is asked. GOV.UK Notify keeps what it knows for a week."""

BEGIN_WITHIN = 100.0
"""Seconds after which nobody more is asked about."""


def receive(
    database: Database, authority_id: uuid.UUID, message_id: uuid.UUID, carrier_id: str, fate: Fate, now: datetime
) -> str | None:
    """Write down what a carrier says of a message. Returns the message's state, or None when it says nothing of ours
    that is not known already."""
    if authority_id not in database.authorities():
        return None
    with database.transaction(authority_id) as session:
        state = told(session, message_id, carrier_id, fate, now)
    if state == "bounced":
        log.error("outbox.needs_a_person", message_id=str(message_id), state=state, said=fate.value)
    return state


def told(session: OwnedSession, message_id: uuid.UUID, carrier_id: str, fate: Fate, now: datetime) -> str | None:
    """The same in a transaction that is open."""
    message = session.scalars(
        select(Message)
        .where(Message.id == message_id, Message.carrier_id == carrier_id, Message.state.in_(("accepted", "delivered")))
        .with_for_update()
    ).one_or_none()
    if message is None or fate is Fate.UNDER_WAY:
        return None
    message.ask_at = None
    if fate is Fate.DELIVERED:
        settle.delivered(session, message_id, now)
    elif fate is Fate.GONE:
        settle.bounced(session, message_id, "there is no such mailbox", now)
    elif fate is Fate.PUT_OFF:
        settle.put_off(session, message_id, now)
    elif fate is Fate.NOT_PASSED_ON:
        settle.not_passed_on(session, message_id, now)
    return message.state


def ask(
    database: Database, memory: Memory, *, limit: int = 200, clock: Callable[[], datetime] = real_clock.now
) -> dict[str, int]:
    """Ask a carrier about up to `limit` messages of each authority that it took and said no more of. Returns counts
    by what it said.

    Each is asked about less and less often, and no more after a week. Safe to run any number of times at once and to
    kill at any line. A carrier that does not answer is left alone until the next run.
    """
    counts: Counter[str] = Counter()
    began = time.monotonic()
    for authority_id in database.authorities():
        with database.transaction(authority_id) as session:
            due = _due(session, limit, clock())
        for message_id, carrier_id in due:
            if time.monotonic() - began > BEGIN_WITHIN:
                return dict(counts)
            fate = memory.fate(carrier_id)
            if fate is None:
                return {**counts, "away": 1}
            counts[fate.value] += 1
            receive(database, authority_id, message_id, carrier_id, fate, clock())
    return dict(counts)


def _due(session: OwnedSession, limit: int, now: datetime) -> list[tuple[uuid.UUID, str]]:
    """Those to ask about now; each is put off until it is twice as old, whatever is heard of it."""
    free = (
        select(Message.id)
        .where(Message.state == "accepted", Message.ask_at <= now, Message.carrier_id.is_not(None))
        .order_by(Message.ask_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("free")
        .prefix_with("MATERIALIZED")
    )
    wait = func.greatest(literal(now) - Message.accepted_at, literal(ASK_AFTER))
    later = case((Message.accepted_at > now - ASKED_FOR, literal(now) + wait))
    taken = session.execute(
        update(Message)
        .where(Message.id.in_(select(free.c.id)))
        .values(ask_at=later)
        .returning(Message.id, Message.carrier_id)
        .execution_options(synchronize_session=False)
    )
    return [(row.id, row.carrier_id) for row in taken]

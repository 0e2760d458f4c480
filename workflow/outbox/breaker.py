"""The circuit breaker on the mail server: after five troubles in a row, wait; then one message tries.

Its memory is rows of `job_run`, on the database's clock, shared by every sender.
"""

import uuid
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.operations import JobRun
from workflow.outbox.leases import database_now, server_clock

TROUBLE, PROBE = "mail.trouble", "mail.probe"
MOST_TROUBLES = 5
PAUSE = timedelta(seconds=60)
STOPPED = "stopped-"
"""Rows of a line that stopped at once, because the server refuses us: our password, our policy."""
LONG_PAUSE = timedelta(minutes=10)


def allowance(session: Session, limit: int) -> int:
    """How many messages may be tried now: `limit`, none, or one as a probe."""
    count, newest, stops = session.execute(
        select(func.count(), func.max(JobRun.started_at), func.count().filter(JobRun.slot.startswith(STOPPED)))
        .select_from(JobRun)
        .where(JobRun.job == TROUBLE)
    ).one()
    if newest is None or (count < MOST_TROUBLES and not stops):
        return limit
    pause = LONG_PAUSE if stops else PAUSE
    turns = int((server_clock(session) - newest) / pause)
    if turns < 1:
        return 0
    # A turn is taken by one sender; should it die with its probe, the next pause brings the next turn.
    slot = f"{newest.isoformat()}/{turns}"
    taken = insert(JobRun).values(job=PROBE, slot=slot, started_at=database_now())
    probe = session.execute(taken.on_conflict_do_nothing().returning(JobRun.slot)).one_or_none()
    return 1 if probe is not None else 0


def trouble(session: Session, *, stop: bool = False) -> None:
    """The mail server was away, silent, or (`stop`) refused us."""
    slot = f"{STOPPED if stop else ''}{uuid.uuid4().hex}"
    session.execute(insert(JobRun).values(job=TROUBLE, slot=slot, started_at=database_now()))


def well(session: Session) -> None:
    """The mail server answered as it should: all troubles are forgotten."""
    session.execute(delete(JobRun).where(JobRun.job.in_((TROUBLE, PROBE))))


def is_closed(session: Session) -> bool:
    """Whether mail flows: False while the breaker waits. For health pages."""
    found = session.execute(
        select(func.count(), func.count().filter(JobRun.slot.startswith(STOPPED)))
        .select_from(JobRun)
        .where(JobRun.job == TROUBLE)
    ).one()
    return found[0] < MOST_TROUBLES and not found[1]

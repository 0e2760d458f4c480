"""The time guard: a clock that cannot be right sends nothing, and one that jumped far sends only codes."""

from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.operations import JobRun
from workflow.outbox.leases import server_clock

TICK = ("tick", "last")
BACKWARDS = timedelta(minutes=2)
APART = timedelta(seconds=30)
FAR = timedelta(hours=26)


class Clock(Enum):
    """What the guard makes of the time it is told."""

    RIGHT = "right"
    WRONG = "wrong"  # nothing is sent
    JUMPED = "jumped"  # a long outage, or a clock in the future: only sign-in codes go


def judge(session: Session, now: datetime, server_now: datetime) -> Clock:
    """Compare the time we are told with the last tick and with the database's clock."""
    last = last_tick(session)
    if abs(now - server_now) > APART or (last is not None and last - now > BACKWARDS):
        return Clock.WRONG
    return Clock.JUMPED if last is not None and now - last > FAR else Clock.RIGHT


def ask(session: Session, now: datetime) -> Clock:
    """`judge` by the database's own clock."""
    return judge(session, now, server_clock(session))


def last_tick(session: Session) -> datetime | None:
    """When the last sweep ended that went through."""
    job, slot = TICK
    return session.scalars(select(JobRun.started_at).where(JobRun.job == job, JobRun.slot == slot)).one_or_none()


def tick(session: Session, now: datetime) -> None:
    """Remember that all was worked out at `now`. Never goes back."""
    job, slot = TICK
    row = insert(JobRun).values(job=job, slot=slot, started_at=now)
    session.execute(
        row.on_conflict_do_update(
            index_elements=["job", "slot"],
            set_={"started_at": func.greatest(JobRun.started_at, row.excluded.started_at)},
        )
    )


def accept(session: Session, now: datetime) -> None:
    """A person says the clock is right now, whatever it was before: mail goes on from here."""
    job, slot = TICK
    row = insert(JobRun).values(job=job, slot=slot, started_at=now)
    session.execute(
        row.on_conflict_do_update(index_elements=["job", "slot"], set_={"started_at": row.excluded.started_at})
    )

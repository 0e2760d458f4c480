"""Due hints: which authority has work, and when. The only thing workers read before they enter a tenant."""

import uuid
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from models.database import Database, OwnedSession
from models.operations import DueHint

OUTBOX, SWEEP, FILES, RECORDINGS = "outbox", "sweep", "files", "recordings"


def add_hint(session: OwnedSession, queue: str, due_at: datetime) -> None:
    """Say that the session's authority has work in `queue` from `due_at` on."""
    session.execute(insert(DueHint).values(authority_id=session.authority_id, queue=queue, due_at=due_at))


def take_hints(session: OwnedSession, queue: str, now: datetime) -> int:
    """Remove the authority's due hints, before looking at what they speak of. Returns how many.

    A hint that another worker holds is left: should that worker fail, its hint comes back and covers its rows.
    """
    mine = (
        select(DueHint.id)
        .where(DueHint.authority_id == session.authority_id, DueHint.queue == queue, DueHint.due_at <= now)
        .with_for_update(skip_locked=True)
        .cte("mine")
        .prefix_with("MATERIALIZED")
    )
    return len(session.scalars(delete(DueHint).where(DueHint.id.in_(select(mine.c.id))).returning(DueHint.id)).all())


def due_authorities(database: Database, queue: str, now: datetime) -> list[uuid.UUID]:
    """The authorities with due work in `queue`, longest waiting first."""
    with database.transaction(None) as session:
        return list(
            session.scalars(
                select(DueHint.authority_id)
                .where(DueHint.queue == queue, DueHint.due_at <= now)
                .group_by(DueHint.authority_id)
                .order_by(func.min(DueHint.due_at))
            )
        )

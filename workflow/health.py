"""Whether the service works: judged by work done lately, not by processes that exist."""

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from models.database import Database
from models.operations import Canary
from workflow.outbox import breaker

WORK, TICKS = "work", "ticks"
"""Canary queues: finished by a worker; made by the scheduler's tick."""

DEAD_AFTER = timedelta(minutes=5)
FULL = 0.85
BROKER_AWAY = "The broker does not answer."
SCANNER_AWAY = "The virus scanner does not answer: files wait, and nobody can open them."


def live() -> bool:
    """For proxies and containers: this process answers."""
    return True


def ready(
    database: Database,
    now: datetime,
    ping: Callable[[], bool],
    folders: Sequence[Path] = (),
    scanner: Callable[[], bool] | None = None,
) -> dict[str, bool | str]:
    """For alarms: each part is True or a sentence that says what it has not done; `ready` sums them up.

    `ping` asks the broker and may raise. `folders` are where data are kept. `scanner` asks the virus scanner, where
    there is one: without it files wait.
    """
    found = {**_from_database(database, now), "broker": _ask(ping, BROKER_AWAY), "disk": _room(folders)}
    if scanner:
        found["scanner"] = _ask(scanner, SCANNER_AWAY)
    return {"ready": all(part is True for part in found.values()), **found}


def mail_flows(database: Database) -> bool:
    """False while the mail server is in trouble and mail waits."""
    with database.transaction(None) as session:
        return breaker.is_closed(session)


def plant(database: Database, queue: str, now: datetime) -> int:
    """Make a canary for a worker to finish. Returns its id."""
    with database.transaction(None) as session:
        canary = Canary(queue=queue, made_at=now, finished_at=None)
        session.add(canary)
        session.flush()
        return canary.id


def ticked(database: Database, now: datetime) -> int:
    """Note that the scheduler ticked, and plant a canary for a worker. Returns the canary's id."""
    finish(database, plant(database, TICKS, now), now)
    return plant(database, WORK, now)


def finish(database: Database, canary_id: int, now: datetime) -> None:
    """Finish a canary; a second time changes nothing."""
    with database.transaction(None) as session:
        session.execute(
            update(Canary).where(Canary.id == canary_id, Canary.finished_at.is_(None)).values(finished_at=now)
        )


def unanswered_since(database: Database, queue: str) -> datetime | None:
    """When the oldest canary was planted since the last one that anybody finished. None: all is answered."""
    with database.transaction(None) as session:
        last = (
            select(func.max(Canary.made_at))
            .where(Canary.queue == queue, Canary.finished_at.is_not(None))
            .scalar_subquery()
        )
        waiting = select(func.min(Canary.made_at)).where(Canary.queue == queue, Canary.finished_at.is_(None))
        found: datetime | None = session.scalars(
            waiting.where(Canary.made_at > func.coalesce(last, text("'-infinity'::timestamptz")))
        ).one()
        return found


def _from_database(database: Database, now: datetime) -> dict[str, bool | str]:
    try:
        with database.transaction(None) as session:
            newest = select(Canary.queue, func.max(Canary.finished_at)).group_by(Canary.queue)
            finished = {queue: at for queue, at in session.execute(newest)}
    except SQLAlchemyError:
        unknown = "It cannot be told without the database."
        return {"database": "The database does not answer.", "worker": unknown, "scheduler": unknown}
    return {
        "database": True,
        "worker": _lately(finished.get(WORK), now) or "No worker has finished anything for five minutes.",
        "scheduler": _lately(finished.get(TICKS), now) or "The scheduler has not ticked for five minutes.",
    }


def _lately(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at <= DEAD_AFTER


def _ask(ping: Callable[[], bool], otherwise: str) -> bool | str:
    try:
        answered = ping()
    except Exception:  # whatever a broker's client raises
        answered = False
    return answered or otherwise


def _room(folders: Sequence[Path]) -> bool | str:
    for folder in folders:
        usage = shutil.disk_usage(folder)
        if usage.used / (usage.used + usage.free) >= FULL:
            return f"The disk is {FULL:.0%} full."
    return True

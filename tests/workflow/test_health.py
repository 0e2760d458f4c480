"""R19: judged by work done lately, naming what has not."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from models.database import Database
from tests.workflow.outbox.builders import NOON
from workflow import health
from workflow.outbox import breaker

Own = tuple[Database, uuid.UUID]


def well(database: Database) -> None:
    """Scheduler and worker have just done something."""
    health.finish(database, health.ticked(database, NOON), NOON)


def test_r19_ready_when_all_have_done_work_lately(own_database: Own) -> None:
    database, _ = own_database
    well(database)
    state = health.ready(database, NOON, lambda: True)
    assert set(state.values()) == {True}
    assert {"database", "broker", "worker", "scheduler", "disk"} <= set(state)


def test_r19_a_scheduler_that_stopped_ticking_is_named_alone(own_database: Own) -> None:
    database, _ = own_database
    well(database)
    later = NOON + timedelta(minutes=6)
    health.finish(database, health.plant(database, health.WORK, later), later)
    state = health.ready(database, later, lambda: True)
    assert {name for name, part in state.items() if part is not True} == {"ready", "scheduler"}


def test_r19_a_worker_that_finishes_nothing_is_named_alone(own_database: Own) -> None:
    database, _ = own_database
    well(database)
    later = NOON + timedelta(minutes=6)
    health.ticked(database, later)
    state = health.ready(database, later, lambda: True)
    assert {name for name, part in state.items() if part is not True} == {"ready", "worker"}


def test_r19_nothing_done_yet_is_not_ready(own_database: Own) -> None:
    assert health.ready(own_database[0], NOON, lambda: True)["ready"] is False


def raises() -> bool:
    raise ConnectionError


@pytest.mark.parametrize("ping", [raises, lambda: False])
def test_a_broker_that_does_not_answer_is_named(own_database: Own, ping: object) -> None:
    database, _ = own_database
    well(database)
    state = health.ready(database, NOON, ping)  # type: ignore[arg-type]
    assert {name for name, part in state.items() if part is not True} == {"ready", "broker"}


def test_r18_a_database_that_is_away_is_named_and_nothing_raised() -> None:
    gone = Database("postgresql://nobody@/nowhere?host=/nonexistent", bytes(32))
    state = health.ready(gone, NOON, lambda: True)
    assert state["database"] == "The database does not answer."
    assert state["ready"] is False


def test_r18_a_full_disk_is_named(own_database: Own, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FULL", 0.0)
    state = health.ready(own_database[0], NOON, lambda: True, [tmp_path])
    assert state["disk"] == "The disk is 0% full."


def test_r11_mail_that_waits_is_told_apart_from_health(own_database: Own) -> None:
    database, _ = own_database
    assert health.mail_flows(database)
    with database.transaction(None) as session:
        breaker.trouble(session, stop=True)
    assert not health.mail_flows(database)


def test_r19_what_nobody_answered_counts_from_the_oldest_since_the_last_answer(own_database: Own) -> None:
    database, _ = own_database
    assert health.unanswered_since(database, health.WORK) is None
    first = health.plant(database, health.WORK, NOON)
    second = health.plant(database, health.WORK, NOON + timedelta(minutes=1))
    health.plant(database, health.WORK, NOON + timedelta(minutes=2))
    assert health.unanswered_since(database, health.WORK) == NOON
    health.finish(database, second, NOON + timedelta(minutes=3))
    assert health.unanswered_since(database, health.WORK) == NOON + timedelta(minutes=2)
    health.finish(database, first, NOON + timedelta(minutes=3))
    assert health.unanswered_since(database, health.WORK) == NOON + timedelta(minutes=2)


def test_live_asks_nothing() -> None:
    assert health.live()

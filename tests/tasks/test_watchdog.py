"""R19: a worker that runs and does nothing ends itself."""

import contextlib
import uuid
from datetime import timedelta

import pytest

from models.database import Database
from tasks import watchdog
from workflow import clock, health

Own = tuple[Database, uuid.UUID]


class Enough(Exception):
    """The test has seen enough."""


def watch(database: Database, minutes: int) -> bool:
    """Whether the worker ended itself within so many minutes of its life."""
    ended, passed = [], [0.0]

    def sleep(seconds: float) -> None:
        passed[0] += seconds
        if passed[0] > minutes * 60:
            raise Enough

    with contextlib.suppress(Enough):
        watchdog.watch(database, lambda: ended.append(True), sleep=sleep, monotonic=lambda: passed[0])
    return bool(ended)


@pytest.mark.parametrize(("age", "ends"), [(6, True), (4, False)])
def test_r19_a_canary_unfinished_for_five_minutes_ends_the_worker(own_database: Own, age: int, ends: bool) -> None:
    database, _ = own_database
    health.plant(database, health.WORK, clock.now() - timedelta(minutes=age))
    assert watch(database, 10) is ends


def test_r19_a_worker_just_started_has_time_to_do_what_waits(own_database: Own) -> None:
    database, _ = own_database
    health.plant(database, health.WORK, clock.now() - timedelta(minutes=60))
    assert not watch(database, 4)


def test_r19_a_worker_nobody_asked_anything_is_left_alone(own_database: Own) -> None:
    assert not watch(own_database[0], 30)


def test_a_database_that_is_away_ends_no_worker() -> None:
    gone = Database("postgresql://nobody@/nowhere?host=/nonexistent", bytes(32))
    assert not watchdog.is_silent(gone)

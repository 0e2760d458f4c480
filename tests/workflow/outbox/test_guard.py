"""The time guard: R15."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from models.database import Database
from tests.workflow.outbox.builders import NOON, FakeMailer, message
from workflow.outbox import guard
from workflow.outbox.guard import Clock

Own = tuple[Database, uuid.UUID]
Send = Callable[..., dict[str, int]]


@pytest.mark.parametrize(
    ("since_tick", "ahead_of_database", "verdict"),
    [
        (timedelta(minutes=5), timedelta(0), Clock.RIGHT),
        (timedelta(minutes=5), timedelta(seconds=30), Clock.RIGHT),
        (timedelta(minutes=5), timedelta(seconds=31), Clock.WRONG),
        (timedelta(minutes=5), -timedelta(seconds=31), Clock.WRONG),
        (-timedelta(minutes=2), timedelta(0), Clock.RIGHT),
        (-timedelta(minutes=2, seconds=1), timedelta(0), Clock.WRONG),
        (timedelta(hours=26), timedelta(0), Clock.RIGHT),
        (timedelta(hours=26, seconds=1), timedelta(0), Clock.JUMPED),
    ],
)
def test_r15_what_the_guard_makes_of_a_clock(
    own_database: Own, since_tick: timedelta, ahead_of_database: timedelta, verdict: Clock
) -> None:
    database, _ = own_database
    with database.transaction(None) as session:
        guard.tick(session, NOON - since_tick)
        assert guard.judge(session, NOON, NOON - ahead_of_database) is verdict


def test_r15_the_first_run_ever_is_right(own_database: Own) -> None:
    database, _ = own_database
    with database.transaction(None) as session:
        assert guard.judge(session, NOON, NOON) is Clock.RIGHT


def test_r15_a_wrong_clock_sends_nothing(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session, importance="code")
    mailer = FakeMailer()
    assert send(mailer, judge=lambda session, now: guard.judge(session, now, now + timedelta(minutes=1))) == {
        "clock_wrong": 1
    }
    assert mailer.sent == []


def test_r15_after_a_long_outage_sign_in_codes_still_go(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session)
        code = message(session, importance="code")
    with database.transaction(None) as session:
        guard.tick(session, NOON - timedelta(days=3))
    mailer = FakeMailer()
    send(mailer)
    assert [envelope.id for envelope in mailer.sent] == [code]


def test_r15_a_tick_never_goes_back_unless_a_person_says_so(own_database: Own) -> None:
    database, _ = own_database
    with database.transaction(None) as session:
        guard.tick(session, NOON + timedelta(days=1000))
        guard.tick(session, NOON)
        assert guard.judge(session, NOON, NOON) is Clock.WRONG
        guard.accept(session, NOON)
        assert guard.judge(session, NOON, NOON) is Clock.RIGHT

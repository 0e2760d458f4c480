"""The circuit breaker: a mail server in trouble is left alone, and tried with one message."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from models.database import Database
from models.operations import JobRun
from models.outbox import Message
from tests.workflow.outbox.builders import NOON, FakeMailer, message
from workflow.outbox import breaker
from workflow.outbox.post import Said

Own = tuple[Database, uuid.UUID]
Send = Callable[..., dict[str, int]]


def plan(own: Own, count: int) -> None:
    database, authority = own
    with database.transaction(authority) as session:
        for _ in range(count):
            message(session, importance="statutory")


def wait(own: Own, pause: timedelta) -> None:
    """Let time pass on the database's clock."""
    database, _ = own
    with database.transaction(None) as session:
        session.execute(update(JobRun).values(started_at=JobRun.started_at - pause))


def test_r11_after_five_troubles_in_a_row_the_rest_of_the_queue_is_left_alone(own_database: Own, send: Send) -> None:
    plan(own_database, 9)
    mailer = FakeMailer(away=True)
    assert send(mailer) == {"queued": 5, "let_go": 4}
    assert send(mailer) == {"paused": 1}
    assert mailer.opened == 5


def test_r11_after_a_pause_one_message_tries_and_its_success_opens_the_line(own_database: Own, send: Send) -> None:
    plan(own_database, 9)
    send(FakeMailer(away=True))
    wait(own_database, breaker.PAUSE)
    mailer = FakeMailer()
    assert send(mailer)["accepted"] == 1
    assert send(mailer)["accepted"] == 3  # the other four come back when their minutes are over


def test_r11_a_probe_that_fails_brings_another_pause(own_database: Own, send: Send) -> None:
    plan(own_database, 9)
    mailer = FakeMailer(away=True)
    send(mailer)
    wait(own_database, breaker.PAUSE)
    send(mailer)
    assert mailer.opened == 6
    assert send(mailer) == {"paused": 1}


def test_r11_only_one_sender_probes(own_database: Own, send: Send) -> None:
    plan(own_database, 6)
    send(FakeMailer(away=True))
    wait(own_database, breaker.PAUSE)
    database, _ = own_database
    with database.transaction(None) as session:
        assert [breaker.allowance(session, 50) for _ in range(3)] == [1, 0, 0]


def test_r11_a_prober_that_dies_does_not_close_the_line_for_ever(own_database: Own, send: Send) -> None:
    plan(own_database, 6)
    send(FakeMailer(away=True))
    wait(own_database, breaker.PAUSE)
    database, _ = own_database
    with database.transaction(None) as session:
        assert breaker.allowance(session, 50) == 1
    wait(own_database, breaker.PAUSE)
    with database.transaction(None) as session:
        assert breaker.allowance(session, 50) == 1


def test_r9_a_server_that_refuses_us_stops_the_line_at_once(own_database: Own, send: Send) -> None:
    plan(own_database, 4)
    assert send(FakeMailer([Said.STOP])) == {"queued": 1, "let_go": 3}
    wait(own_database, breaker.PAUSE)
    assert send(FakeMailer()) == {"paused": 1}
    wait(own_database, breaker.LONG_PAUSE)
    assert send(FakeMailer())["accepted"] == 1


def test_r9_an_unknown_recipient_is_no_trouble_of_the_server(own_database: Own, send: Send) -> None:
    plan(own_database, 7)
    assert send(FakeMailer([Said.BOUNCED] * 7)) == {"bounced": 7}
    database, _ = own_database
    with database.transaction(None) as session:
        assert breaker.is_closed(session)


def test_a_paused_line_loses_nothing(own_database: Own, send: Send) -> None:
    plan(own_database, 9)
    send(FakeMailer(away=True))
    database, authority = own_database
    with database.transaction(authority) as session:
        queued = select(func.count()).where(Message.state == "queued")
        assert session.scalars(queued).one() == 9


def test_away_then_back_everything_arrives_once(own_database: Own, send: Send) -> None:
    plan(own_database, 9)
    send(FakeMailer(away=True))
    wait(own_database, breaker.PAUSE)
    mailer, options = FakeMailer(), dict[str, Any]()
    for minutes in range(1, 4):
        send(mailer, NOON + timedelta(minutes=minutes), **options)
    assert len({envelope.id for envelope in mailer.sent}) == len(mailer.sent) == 9

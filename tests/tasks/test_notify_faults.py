"""GOV.UK Notify away, slow, lossy and wrong: each message arrives once or waits for a person."""

import random
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.database import Database
from models.outbox import Message
from tasks import outbox as tasks_outbox
from tasks.mailers.notify import NotifyMailer
from tasks.mailers.receipts import reference
from tests.notify import DAY, RATE, Error, Notify
from tests.workflow.outbox.builders import NOON, message
from tests.workflow.outbox.conftest import Send, send  # noqa: F401  (a fixture)
from workflow import clock, outbox
from workflow.outbox import breaker, settle

Own = tuple[Database, uuid.UUID]
KINDS = ("reminder", "statutory", "code", "invitation")
FATES: tuple[Callable[[], Any], ...] = (
    lambda: "",
    lambda: "lost",
    lambda: "dropped",
    lambda: "gateway",
    lambda: "odd",
    lambda: Error(429, "RateLimitError", RATE),
    lambda: Error(429, "TooManyRequestsError", DAY),
    lambda: Error(500, "Exception", "Internal server error"),
    lambda: Error(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"),
)


def plan(own: Own, count: int, importance: str) -> dict[uuid.UUID, str]:
    database, authority = own
    with database.transaction(authority) as session:
        made = (message(session, importance=importance, address=f"p{n}@example.org") for n in range(count))
        return dict.fromkeys(made, importance)


def states(own: Own) -> Counter[str]:
    database, authority = own
    with database.transaction(authority) as session:
        return Counter(session.scalars(select(Message.state)))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting on the database's own clock, and a minute between one try and the next."""
    monkeypatch.setattr(breaker, "PAUSE", timedelta(microseconds=1))
    monkeypatch.setattr(breaker, "LONG_PAUSE", timedelta(microseconds=1))
    monkeypatch.setattr(settle, "DELAYS", (timedelta(minutes=1),) * 99)


@pytest.mark.parametrize(
    ("seed", "each_kind"), [(0, 2), *(pytest.param(seed, 8, marks=pytest.mark.full) for seed in range(1, 4))]
)
@pytest.mark.usefixtures("impatient")
def test_r5_whatever_notify_does_each_message_arrives_once_and_none_is_lost(
    own_database: Own,
    send: Send,  # noqa: F811
    notify: Notify,
    notify_app: Flask,
    seed: int,
    each_kind: int,
) -> None:
    dice = random.Random(seed)
    planned = {each: kind for kind in KINDS for each in plan(own_database, each_kind, kind)}
    notify.next = [dice.choice(FATES)() for _ in range(each_kind * 12)]
    for minutes in range(0, 300, 5):
        send(NotifyMailer(notify_app), NOON + timedelta(minutes=minutes))
        if states(own_database) == {"accepted": len(planned)}:
            break
    assert states(own_database) == {"accepted": len(planned)}
    assert notify.references == {reference(own_database[1], each): 1 for each in planned}


def test_r9_when_the_days_share_is_used_up_the_line_stops_and_the_queue_is_not_burnt(
    own_database: Own,
    send: Send,  # noqa: F811
    notify: Notify,
    notify_app: Flask,
) -> None:
    plan(own_database, 6, "statutory")
    notify.closed = Error(429, "TooManyRequestsError", DAY)
    assert send(NotifyMailer(notify_app)) == {"queued": 1, "let_go": 5}
    assert send(NotifyMailer(notify_app)) == {"paused": 1}
    assert states(own_database) == {"queued": 6}


def test_r9_too_many_in_a_minute_are_put_off_and_the_line_stays_open(
    own_database: Own,
    send: Send,  # noqa: F811
    notify: Notify,
    notify_app: Flask,
) -> None:
    plan(own_database, 6, "statutory")
    notify.next = [Error(429, "RateLimitError", RATE) for _ in range(6)]
    assert send(NotifyMailer(notify_app)) == {"queued": 6}
    assert send(NotifyMailer(notify_app), NOON + timedelta(minutes=2)) == {"accepted": 6}


def test_an_address_that_is_none_comes_back_and_the_others_go(
    own_database: Own,
    send: Send,  # noqa: F811
    notify: Notify,
    notify_app: Flask,
) -> None:
    database, authority = own_database
    plan(own_database, 2, "reminder")
    with database.transaction(authority) as session:
        message(session, address="nobody at home")
    assert send(NotifyMailer(notify_app)) == {"accepted": 2, "bounced": 1}


def test_the_task_asks_notify_what_became_of_mail_and_smtp_nobody(
    own_database: Own, notify: Notify, notify_app: Flask
) -> None:
    database, authority = own_database
    notify_app.extensions["database"] = database
    with database.transaction(authority) as session:
        message(session, now=clock.now() - timedelta(minutes=20), importance="statutory")
    outbox.send_batch(database, NotifyMailer(notify_app), clock=lambda: clock.now() - timedelta(seconds=20))
    with database.transaction(authority) as session:
        session.scalars(select(Message)).one().ask_at = clock.now()
    notify.becomes(notify.taken[0]["id"], "delivered")
    with notify_app.app_context():
        mail_url, notify_app.config["MAIL_URL"] = notify_app.config["MAIL_URL"], "smtp://127.0.0.1:9"
        tasks_outbox.ask()
        assert states(own_database) == {"accepted": 1}
        notify_app.config["MAIL_URL"] = mail_url
        tasks_outbox.ask()
    assert states(own_database) == {"delivered": 1}

"""The poller: nudges, never waits for the broker, and works alone when nobody has answered for long."""

import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models.database import Database
from models.operations import Canary, DueHint
from models.outbox import Message
from tasks.nudge import Nudger
from tasks.poller import Poller
from tests.workflow.outbox.builders import FakeMailer, case, deadline, message, officer
from workflow import clock, health, reminders
from workflow.outbox.post import Fate

Own = tuple[Database, uuid.UUID]


class Published:
    """Takes the place of the broker."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.hangs = threading.Event()
        self.hangs.set()

    def __call__(self, name: str, args: tuple[object, ...]) -> None:
        self.hangs.wait(5)
        self.names.append(name)


Make = Callable[..., Poller]


@pytest.fixture
def broker() -> Published:
    return Published()


@pytest.fixture
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture
def poller(own_database: Own, broker: Published, mailer: FakeMailer) -> Poller:
    return Poller(own_database[0], Nudger(broker), lambda: mailer, away_after=60.0, look_every=0.01)


def settle(poller: Poller) -> None:
    """Wait until a nudge in the background has ended."""
    deadline = time.monotonic() + 5
    while poller.nudger.busy and time.monotonic() < deadline:
        time.sleep(0.005)


def look(poller: Poller, later: timedelta = timedelta()) -> None:
    poller.look(clock.now() + later)
    settle(poller)


def plan(own: Own) -> uuid.UUID:
    database, authority = own
    with database.transaction(authority) as session:
        return message(session, now=clock.now(), importance="statutory")


def test_r2_what_is_due_is_nudged(own_database: Own, poller: Poller, broker: Published) -> None:
    look(poller)
    assert broker.names == ["health.canary"]
    plan(own_database)
    look(poller)
    assert broker.names == ["health.canary", "outbox.send_batch"]


def test_nothing_due_nudges_nobody(poller: Poller, broker: Published) -> None:
    for _ in range(5):
        look(poller)
    assert broker.names == ["health.canary"]


def test_r2_a_hanging_broker_never_holds_the_poller(own_database: Own, poller: Poller, broker: Published) -> None:
    broker.hangs.clear()
    plan(own_database)
    began = time.monotonic()
    for _ in range(3):
        poller.look(clock.now())
    assert time.monotonic() - began < 1.0
    assert poller.nudger.busy
    broker.hangs.set()
    settle(poller)


def test_a_broker_that_refuses_is_no_trouble(own_database: Own) -> None:
    def refuses(name: str, args: tuple[object, ...]) -> None:
        raise ConnectionError

    nudger = Nudger(refuses)
    assert nudger.nudge(("outbox.send_batch", ()))


def test_r18_when_nobody_answers_for_long_the_poller_sends(
    own_database: Own, poller: Poller, broker: Published, mailer: FakeMailer
) -> None:
    look(poller)
    planned = plan(own_database)
    look(poller, timedelta(seconds=59))
    assert mailer.sent == []
    look(poller, timedelta(seconds=61))
    assert [envelope.id for envelope in mailer.sent] == [planned]


def test_r18_once_a_worker_answers_the_poller_only_nudges(
    own_database: Own, poller: Poller, broker: Published, mailer: FakeMailer
) -> None:
    look(poller)
    database, _ = own_database
    with database.transaction(None) as session:
        canary = session.scalars(select(Canary.id)).one()
    health.finish(database, canary, clock.now())
    plan(own_database)
    look(poller, timedelta(seconds=59))
    look(poller, timedelta(seconds=61))
    assert mailer.sent == []
    assert "outbox.send_batch" in broker.names


def test_r18_a_poller_that_was_started_again_still_knows_how_long_nobody_answered(
    own_database: Own, mailer: FakeMailer
) -> None:
    database, _ = own_database
    health.plant(database, health.WORK, clock.now() - timedelta(seconds=61))
    plan(own_database)
    newborn = Poller(database, Nudger(lambda name, args: None), lambda: mailer, away_after=60.0)
    newborn.look(clock.now())
    assert len(mailer.sent) == 1


def test_r17_asked_to_stop_it_ends_at_once(poller: Poller) -> None:
    thread = threading.Thread(target=poller.run)
    thread.start()
    poller.stopping.set()
    thread.join(2)
    assert not thread.is_alive()


def test_a_database_that_is_away_is_waited_for(own_database: Own) -> None:
    looked = []

    class Away(Poller):
        def look(self, now: object) -> None:  # type: ignore[override]
            looked.append(now)
            if len(looked) == 3:
                self.stopping.set()
            raise OSError("database away")

    Away(own_database[0], Nudger(lambda name, args: None), FakeMailer, look_every=0.001).run()
    assert len(looked) == 3


def test_what_the_poller_sends_is_checked_like_what_workers_send(own_database: Own, mailer: FakeMailer) -> None:
    from tasks.outbox import CHECKS
    from workflow.reminders import still_theirs

    assert still_theirs in CHECKS
    database, authority = own_database
    plan(own_database)
    Poller(database, Nudger(lambda name, args: None), lambda: mailer).work(clock.now())
    with database.transaction(authority) as session:
        assert session.scalars(select(Message.state)).all() == ["accepted"]


def test_r18_alone_it_plans_reminders_too(own_database: Own, poller: Poller) -> None:
    database, authority = own_database
    today = clock.london_day(clock.now())
    with database.transaction(authority) as session:
        of = case(session, caseworker_id=officer(session))
        found = deadline(session, of, due_on=today, known_since=today, rule="review.decide")
        reminders.schedule(session, found, today - timedelta(days=1))
        session.execute(update(DueHint).values(due_at=clock.now() - timedelta(minutes=1)))
    health.plant(database, health.WORK, clock.now() - timedelta(seconds=61))
    look(poller)
    with database.transaction(authority) as session:
        assert len(session.scalars(select(Message.id)).all()) == 1


def test_r18_alone_it_asks_what_became_of_mail(own_database: Own) -> None:
    asked = []

    class Memory:
        def fate(self, carrier_id: str) -> Fate:
            asked.append(carrier_id)
            return Fate.DELIVERED

    database, authority = own_database
    taken = plan(own_database)
    with database.transaction(authority) as session:
        row = session.get_one(Message, (authority, taken))
        row.state, row.carrier_id, row.accepted_at, row.ask_at = "accepted", "n1", clock.now(), clock.now()
    mailer = FakeMailer(memory=Memory())
    for _ in range(2):
        Poller(database, Nudger(lambda name, args: None), lambda: mailer).work(clock.now())
    assert asked == ["n1"]
    with database.transaction(authority) as session:
        assert session.get_one(Message, (authority, taken)).state == "delivered"

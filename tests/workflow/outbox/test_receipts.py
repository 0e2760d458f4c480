"""What became of mail: told or asked, twice, late and in any order, with the same end; and nothing sent twice."""

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from models.database import Database
from models.outbox import Message
from models.people import Contact
from tests.workflow.outbox.builders import NOON, FakeMailer, message, person
from workflow import outbox
from workflow.outbox.leases import ASK_AFTER
from workflow.outbox.post import Answer, Envelope, Fate, Said
from workflow.outbox.settle import MOST_PUT_OFF

Own = tuple[Database, uuid.UUID]
Send = Callable[..., dict[str, int]]


@dataclass
class Remembering(FakeMailer):
    """A carrier that knows what it took, under numbers of its own."""

    fates: dict[str, Fate | None] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    had: dict[uuid.UUID, str] = field(default_factory=dict)

    @property
    def memory(self) -> "Remembering":  # type: ignore[override]
        return self

    @memory.setter
    def memory(self, _: object) -> None:
        """Nothing else can be."""

    def send(self, envelope: Envelope) -> Answer:
        known = self.had.get(envelope.id)
        if envelope.doubtful and known not in (None, envelope.known_as):
            return Answer(Said.ACCEPTED, "it has it", known)
        answer = super().send(envelope)
        if answer.said in (Said.ACCEPTED, Said.UNKNOWN):
            self.had[envelope.id] = f"n{len(self.sent)}"
        return Answer(answer.said, answer.words, self.had.get(envelope.id))

    def fate(self, carrier_id: str) -> Fate | None:
        self.asked.append(carrier_id)
        return self.fates.get(carrier_id, Fate.UNDER_WAY)


@pytest.fixture
def carrier() -> Remembering:
    return Remembering()


def plan(own: Own, **given: Any) -> uuid.UUID:
    database, authority = own
    with database.transaction(authority) as session:
        return message(session, **{"importance": "statutory", **given})


def found(own: Own) -> Message:
    database, authority = own
    with database.transaction(authority) as session:
        return session.scalars(select(Message)).one()


def receive(own: Own, message_id: uuid.UUID, fate: Fate, carrier_id: str = "n1", now: datetime = NOON) -> str | None:
    return outbox.receive(own[0], own[1], message_id, carrier_id, fate, now)


def balanced(own: Own, now: datetime) -> bool:
    database, authority = own
    with database.transaction(authority) as session:
        return outbox.prove(session, now).balanced


def let_lease_end(own: Own, **values: Any) -> None:
    database, authority = own
    with database.transaction(authority) as session:
        session.execute(update(Message).values(leased_until=NOON - timedelta(days=300), **values))


@pytest.mark.parametrize(
    ("fate", "state"),
    [
        (Fate.UNDER_WAY, "accepted"),
        (Fate.FORGOTTEN, "accepted"),
        (Fate.DELIVERED, "delivered"),
        (Fate.GONE, "bounced"),
        (Fate.PUT_OFF, "bounced"),
        (Fate.NOT_PASSED_ON, "queued"),
    ],
)
def test_r20_each_receipt_has_its_consequence_and_the_sums_stay_true(
    own_database: Own, send: Send, carrier: Remembering, fate: Fate, state: str
) -> None:
    planned = plan(own_database)
    send(carrier)
    for _ in range(3):
        receive(own_database, planned, fate)
    after = found(own_database)
    assert after.state == state
    assert after.delivered_at == (NOON if fate is Fate.DELIVERED else None)
    assert (after.ask_at is None) == (fate is not Fate.UNDER_WAY)
    assert balanced(own_database, NOON)


@pytest.mark.parametrize("order", list(itertools.permutations([Fate.DELIVERED, Fate.GONE, Fate.UNDER_WAY])))
def test_receipts_out_of_order_come_to_the_same_end(
    own_database: Own, send: Send, carrier: Remembering, order: tuple[Fate, ...]
) -> None:
    planned = plan(own_database)
    send(carrier)
    for fate in order:
        receive(own_database, planned, fate)
    assert found(own_database).state == "bounced"


def test_receipts_of_what_is_not_ours_change_nothing(own_database: Own, send: Send, carrier: Remembering) -> None:
    planned = plan(own_database)
    assert receive(own_database, planned, Fate.DELIVERED) is None  # before it was taken
    send(carrier)
    assert receive(own_database, planned, Fate.DELIVERED, "n0") is None  # another of its hand-overs
    assert receive(own_database, uuid.uuid4(), Fate.DELIVERED) is None
    assert outbox.receive(own_database[0], uuid.uuid4(), planned, "n1", Fate.DELIVERED, NOON) is None
    assert found(own_database).state == "accepted"


def test_m9_a_mailbox_that_is_gone_is_written_to_no_more(own_database: Own, send: Send, carrier: Remembering) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        them = person(session)
    planned = plan(own_database, person_id=them)
    send(carrier)
    receive(own_database, planned, Fate.GONE)
    with database.transaction(authority) as session:
        assert session.scalars(select(Contact.dead_at)).one() == NOON
        assert [each.id for each in outbox.needs_a_person(session)] == [planned]


def test_m9_five_times_put_off_in_a_row_is_gone(own_database: Own, send: Send, carrier: Remembering) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        them = person(session)
    dead = []
    for turn in range(MOST_PUT_OFF + 1):
        now = NOON + timedelta(hours=turn)
        planned = plan(own_database, person_id=them, now=now)
        send(carrier, now)
        fate = Fate.DELIVERED if turn == 0 else Fate.PUT_OFF
        receive(own_database, planned, fate, f"n{turn + 1}", now)
        with database.transaction(authority) as session:
            dead.append(session.scalars(select(Contact.dead_at)).one() is not None)
    assert dead == [False] * MOST_PUT_OFF + [True]


def test_what_was_not_passed_on_goes_again_and_its_old_receipt_is_no_news(
    own_database: Own, send: Send, carrier: Remembering
) -> None:
    planned = plan(own_database, importance="reminder")
    send(carrier)
    receive(own_database, planned, Fate.NOT_PASSED_ON)
    later = NOON + timedelta(minutes=5)
    assert send(carrier, later) == {"accepted": 1}
    assert receive(own_database, planned, Fate.GONE, "n1") is None
    assert receive(own_database, planned, Fate.DELIVERED, "n2") == "delivered"


def test_a_code_that_was_not_passed_on_is_for_a_person_because_its_digits_are_forgotten(
    own_database: Own, send: Send, carrier: Remembering
) -> None:
    planned = plan(own_database, importance="code", words={"code": "123456"})
    send(carrier)
    assert receive(own_database, planned, Fate.NOT_PASSED_ON) == "bounced"


@pytest.mark.parametrize("importance", ["reminder", "invitation", "statutory", "code"])
def test_r5_a_lost_answer_is_found_out_and_nothing_goes_twice(
    own_database: Own, send: Send, carrier: Remembering, importance: str
) -> None:
    plan(own_database, importance=importance)
    carrier.answers = [Said.UNKNOWN]
    assert send(carrier) == {"queued": 1}
    for minutes in range(0, 30, 3):
        send(carrier, NOON + timedelta(minutes=minutes))
    after = found(own_database)
    assert (after.state, after.carrier_id, len(carrier.sent)) == ("accepted", "n1", 1)


def test_r5_a_reminder_whose_answer_was_lost_waits_until_its_carrier_must_have_heard_of_it(
    own_database: Own, send: Send, carrier: Remembering
) -> None:
    plan(own_database, importance="reminder")
    carrier.answers = [Said.UNKNOWN]
    send(carrier)
    assert found(own_database).next_attempt_at >= NOON + ASK_AFTER


def test_r5_a_reminder_left_by_a_killed_worker_is_asked_about_and_not_held(
    own_database: Own, send: Send, carrier: Remembering
) -> None:
    planned = plan(own_database, importance="reminder")
    carrier.answers = [Said.UNKNOWN]
    send(carrier)
    let_lease_end(own_database, state="handing_over")
    assert send(carrier) == {"accepted": 1}
    assert list(carrier.had) == [planned]
    assert len(carrier.sent) == 1


@pytest.mark.parametrize("state", ["handing_over", "queued"])
def test_r5_a_doubt_is_not_settled_by_another_carrier(
    own_database: Own, send: Send, carrier: Remembering, state: str
) -> None:
    planned = plan(own_database, importance="reminder")
    carrier.answers = [Said.UNKNOWN]
    send(carrier)
    let_lease_end(own_database, state=state, next_attempt_at=NOON)
    plain = FakeMailer()
    send(plain)
    assert (found(own_database).state, plain.sent) == ("held", [])
    database, authority = own_database
    with database.transaction(authority) as session:
        outbox.release(session, planned, None, NOON)
    assert send(plain) == {"accepted": 1}  # a person has decided


def test_a_message_that_was_known_not_to_be_taken_may_change_its_carrier(
    own_database: Own, send: Send, carrier: Remembering
) -> None:
    plan(own_database, importance="reminder")
    carrier.answers = [Said.AWAY]
    send(carrier)
    assert send(FakeMailer(), NOON + timedelta(minutes=3)) == {"accepted": 1}


def test_a_carrier_is_asked_less_and_less_often_and_no_more_after_a_week(
    own_database: Own, send: Send, carrier: Remembering
) -> None:
    plan(own_database)
    send(carrier)
    asked: list[float] = []
    while (at := found(own_database).ask_at) is not None and len(asked) < 20:
        early = at - timedelta(seconds=1)
        assert outbox.ask(own_database[0], carrier, clock=lambda at=early: at) == {}
        assert outbox.ask(own_database[0], carrier, clock=lambda at=at: at) == {"under way": 1}
        asked.append((at - NOON) / timedelta(minutes=1))
    assert asked == [10 * 2**turn for turn in range(11)]
    assert len(carrier.asked) == len(asked)
    assert (found(own_database).state, found(own_database).ask_at) == ("accepted", None)


def test_what_is_asked_and_told_is_written_down_once(own_database: Own, send: Send, carrier: Remembering) -> None:
    plan(own_database)
    send(carrier)
    carrier.fates = {"n1": Fate.DELIVERED}
    later = NOON + ASK_AFTER
    assert outbox.ask(own_database[0], carrier, clock=lambda: later) == {"delivered": 1}
    assert outbox.ask(own_database[0], carrier, clock=lambda: later) == {}
    assert found(own_database).delivered_at == later


def test_asking_is_bounded_and_a_carrier_that_does_not_answer_is_left_alone(
    own_database: Own, send: Send, carrier: Remembering
) -> None:
    for _ in range(5):
        plan(own_database)
    send(carrier)
    carrier.fates = dict.fromkeys(f"n{n}" for n in range(1, 6))
    later = NOON + ASK_AFTER
    assert outbox.ask(own_database[0], carrier, limit=3, clock=lambda: later) == {"away": 1}
    assert len(carrier.asked) == 1
    carrier.fates = {}
    assert outbox.ask(own_database[0], carrier, limit=3, clock=lambda: later) == {"under way": 2}
    assert outbox.ask(own_database[0], carrier, limit=3, clock=lambda: later) == {}


def test_mail_that_went_by_smtp_is_never_asked_about(own_database: Own, send: Send, carrier: Remembering) -> None:
    plan(own_database)
    send(FakeMailer())
    assert outbox.ask(own_database[0], carrier, clock=lambda: NOON + timedelta(days=1)) == {}


def test_r8_no_transaction_is_open_while_a_carrier_is_asked(
    own_database: Own, send: Send, carrier: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(own_database)
    send(carrier)
    pool = own_database[0].engine.pool
    seen = []
    monkeypatch.setattr(carrier, "fate", lambda _: seen.append(pool.checkedout()))  # type: ignore[attr-defined]
    outbox.ask(own_database[0], carrier, clock=lambda: NOON + ASK_AFTER)
    assert seen == [0]

"""What waits for a person, and the reconciler."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, text, update

from models.database import Database, OwnedSession
from models.operations import DueHint
from models.outbox import Message
from tests.workflow.outbox.builders import NOON, TODAY, FakeMailer, case, deadline, message, person
from workflow import outbox
from workflow.errors import AlreadyDone, NotFound
from workflow.outbox.claim import claim_due
from workflow.outbox.people import VALVE
from workflow.outbox.post import Said

Own = tuple[Database, uuid.UUID]
Send = Callable[..., dict[str, int]]


def held(session: OwnedSession, reason: str = "unknown: x") -> uuid.UUID:
    return message(session, state="held", reason=reason)


def test_what_is_held_parked_or_bounced_is_listed_oldest_first(session: OwnedSession) -> None:
    later = message(session, state="parked", now=NOON + timedelta(hours=1))
    first = held(session)
    message(session)
    assert [found.id for found in outbox.needs_a_person(session)] == [first, later]


def test_a_released_message_goes(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        waiting, who = held(session), person(session)
        outbox.release(session, waiting, who, NOON)
    mailer = FakeMailer()
    assert send(mailer) == {"accepted": 1}


def test_r10_a_released_poison_gets_its_tries_again(session: OwnedSession) -> None:
    parked = message(session, state="parked")
    session.execute(update(Message).where(Message.id == parked).values(claims=5))
    session.expire_all()
    outbox.release(session, parked, None, NOON)
    session.flush()
    assert [claim.number for claim in claim_due(session, NOON, 1)] == [6]
    session.execute(update(Message).values(leased_until=text("clock_timestamp() - interval '1 second'")))
    claim_due(session, NOON, 1)
    session.expire_all()
    assert session.get_one(Message, (session.authority_id, parked)).state == "claimed"


def test_a_dropped_message_is_cancelled_with_who_and_why(session: OwnedSession) -> None:
    waiting, who = held(session), person(session)
    outbox.drop(session, waiting, who, "it arrived")
    found = session.get_one(Message, (session.authority_id, waiting))
    assert (found.state, found.reason) == ("cancelled", f"dropped by {who}: it arrived")


def test_what_waits_for_nobody_cannot_be_released(session: OwnedSession) -> None:
    with pytest.raises(AlreadyDone):
        outbox.release(session, message(session), None, NOON)
    with pytest.raises(NotFound):
        outbox.release(session, uuid.uuid4(), None, NOON)


def test_r11_one_yes_releases_a_whole_batch_and_nothing_else(session: OwnedSession) -> None:
    for _ in range(3):
        held(session, f"{VALVE} (812)")
    other = held(session)
    assert outbox.release_batch(session, VALVE, None, NOON) == 3
    assert [found.id for found in outbox.needs_a_person(session)] == [other]


# The reconciler (R20)


def test_r20_every_planned_message_is_accounted_for(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        for _ in range(5):
            message(session)
        message(session, state="cancelled", reason="skipped")
    send(FakeMailer([Said.ACCEPTED, Said.BOUNCED, Said.UNKNOWN, Said.LATER, Said.UNWRITABLE]))
    with database.transaction(authority) as session:
        sums = outbox.prove(session, NOON)
    assert {state: n for state, n in sums.by_state.items() if n} == {
        "accepted": 1,
        "bounced": 1,
        "held": 1,
        "queued": 1,
        "parked": 1,
        "cancelled": 1,
    }
    assert (sums.planned, sums.balanced) == (6, True)


def test_r20_a_message_due_for_fifteen_minutes_is_seen(session: OwnedSession) -> None:
    message(session)
    assert outbox.prove(session, NOON + timedelta(minutes=14)).balanced
    assert not outbox.prove(session, NOON + timedelta(minutes=15)).balanced


def test_r20_a_reminder_waiting_for_the_morning_is_not_late(session: OwnedSession) -> None:
    planned = message(session, now=datetime(2026, 11, 23, 17, 59, tzinfo=UTC))
    assert session.get_one(Message, (session.authority_id, planned)).state == "queued"
    assert outbox.prove(session, datetime(2026, 11, 23, 23, 0, tzinfo=UTC)).oldest_due_minutes == 0


def test_r20_a_claim_past_three_leases_is_seen(session: OwnedSession) -> None:
    message(session)
    claim_due(session, NOON, 1)
    assert outbox.prove(session, NOON).stuck == 0
    session.execute(update(Message).values(leased_until=text("clock_timestamp() - interval '601 seconds'")))
    assert outbox.prove(session, NOON).stuck == 1


def test_r20_a_deadline_that_nobody_swept_yesterday_is_seen(session: OwnedSession) -> None:
    deadline(session, case(session), due_on=TODAY, remind_on=TODAY - timedelta(days=1))
    assert outbox.prove(session, NOON).late_deadlines == 1


def test_r20_lost_hints_are_put_back(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session)
        deadline(session, case(session), due_on=TODAY, remind_on=TODAY)
        session.execute(delete(DueHint))
    assert send(FakeMailer()) == {}
    with database.transaction(authority) as session:
        assert outbox.mend(session, NOON).lost_hints == ("outbox", "sweep")
    assert send(FakeMailer()) == {"accepted": 1}
    with database.transaction(authority) as session:
        assert outbox.prove(session, NOON).lost_hints == ()

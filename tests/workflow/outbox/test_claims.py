"""Claims: leases on the database's clock, numbers that fence, poison that harms nobody else."""

import uuid
from datetime import timedelta

from sqlalchemy import text, update

from models.database import Database, OwnedSession
from models.outbox import Message
from tests.workflow.outbox.builders import NOON, message
from workflow.outbox.claim import Claim, claim_due, claim_left
from workflow.outbox.hand_over import hand_over, put_back
from workflow.outbox.hints import due_authorities
from workflow.outbox.post import Answer, Said
from workflow.outbox.settle import settle

Own = tuple[Database, uuid.UUID]
OK = Answer(Said.ACCEPTED, "250 ok")


def get(session: OwnedSession, message_id: uuid.UUID) -> Message:
    session.expire_all()
    return session.get_one(Message, (session.authority_id, message_id))


def let_lease_lapse(session: OwnedSession) -> None:
    session.execute(update(Message).values(leased_until=text("clock_timestamp() - interval '1 second'")))


def test_r4_two_senders_never_claim_the_same_message(own_database: Own) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        planned = {message(session) for _ in range(6)}
    with database.transaction(authority) as one:
        first = claim_due(one, NOON, 4)
        with database.transaction(authority) as two:
            second = claim_due(two, NOON, 4)
    assert len(first) == 4
    assert {c.id for c in first} | {c.id for c in second} == planned
    assert not {c.id for c in first} & {c.id for c in second}


def test_r4_a_late_finisher_with_an_old_number_changes_nothing(session: OwnedSession) -> None:
    planned = message(session, importance="code")
    (late,) = claim_due(session, NOON, 1)
    assert hand_over(session, late, NOON)
    let_lease_lapse(session)
    newer = claim_left(session)
    assert newer == Claim(planned, 2)
    assert settle(session, late, OK, NOON) is None
    assert get(session, planned).state == "claimed"


def test_r4_somebody_whose_lease_is_over_does_not_hand_over(session: OwnedSession) -> None:
    message(session)
    (claim,) = claim_due(session, NOON, 1)
    let_lease_lapse(session)
    assert hand_over(session, claim, NOON) is None


def test_r5_a_lease_over_in_claimed_is_taken_up_again(session: OwnedSession) -> None:
    planned = message(session)
    claim_due(session, NOON, 1)
    assert claim_due(session, NOON, 1) == []
    let_lease_lapse(session)
    assert claim_due(session, NOON, 1) == [Claim(planned, 2)]


def test_r5_a_reminder_whose_hand_over_was_never_answered_is_held_for_a_person(session: OwnedSession) -> None:
    planned = message(session)
    (claim,) = claim_due(session, NOON, 1)
    hand_over(session, claim, NOON)
    let_lease_lapse(session)
    assert claim_due(session, NOON, 1) == []
    assert (get(session, planned).state, get(session, planned).reason) == (
        "held",
        "unknown: the mail server's answer was never heard",
    )


def test_r5_a_code_whose_hand_over_was_never_answered_goes_again(session: OwnedSession) -> None:
    planned = message(session, importance="code")
    (claim,) = claim_due(session, NOON, 1)
    hand_over(session, claim, NOON)
    let_lease_lapse(session)
    again = claim_left(session)
    assert again is not None
    envelope = hand_over(session, again, NOON)
    assert envelope is not None
    assert envelope.id == planned


def test_r10_five_claims_without_a_finish_park_the_message(session: OwnedSession) -> None:
    planned = message(session, importance="statutory")
    claim_due(session, NOON, 1)
    let_lease_lapse(session)
    assert claim_due(session, NOON, 1) == [Claim(planned, 2)]
    for number in range(3, 6):
        let_lease_lapse(session)
        assert claim_due(session, NOON, 1) == []
        assert claim_left(session) == Claim(planned, number)
    let_lease_lapse(session)
    claim_due(session, NOON, 1)
    assert claim_left(session) is None
    assert get(session, planned).state == "parked"


def test_r10_what_was_left_twice_travels_alone(session: OwnedSession) -> None:
    left = {message(session) for _ in range(3)}
    for _ in range(2):
        assert {c.id for c in claim_due(session, NOON, 3)} == left
        let_lease_lapse(session)
    fresh = message(session)
    assert [c.id for c in claim_due(session, NOON, 10)] == [fresh]
    alone = claim_left(session)
    assert alone is not None
    assert alone.id in left


def test_putting_back_undoes_the_claim(session: OwnedSession) -> None:
    planned = message(session)
    (claim,) = claim_due(session, NOON, 1)
    put_back(session, claim, NOON + timedelta(hours=1))
    found = get(session, planned)
    assert (found.state, found.claims, found.next_attempt_at) == ("queued", 0, NOON + timedelta(hours=1))


def test_codes_are_taken_to_the_front(session: OwnedSession) -> None:
    message(session, now=NOON - timedelta(hours=1))
    code = message(session, importance="code")
    assert claim_due(session, NOON, 5)[0].id == code


def test_r1_a_sender_killed_after_its_claim_leaves_a_hint_for_the_end_of_its_lease(own_database: Own) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session)
    with database.transaction(authority) as session:
        claim_due(session, NOON, 1)
        lease_end = session.execute(text("select clock_timestamp() + interval '301 seconds'")).scalar_one()
    assert due_authorities(database, "outbox", lease_end) == [authority]


def test_r2_a_claim_that_fails_leaves_its_hints_behind(own_database: Own) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session)
    try:
        with database.transaction(authority) as session:
            claim_due(session, NOON, 1)
            raise RuntimeError
    except RuntimeError:
        pass
    assert due_authorities(database, "outbox", NOON) == [authority]


def test_t3_hints_say_only_which_authority_and_when(own_database: Own) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session)
        message(session, not_before=NOON + timedelta(days=1))
    assert due_authorities(database, "outbox", NOON - timedelta(seconds=1)) == []
    assert due_authorities(database, "outbox", NOON) == [authority]

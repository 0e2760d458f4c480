"""Sending: checked again at the last moment, each answer written down, trouble kept where it belongs."""

import json
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, update

from models.access import Account
from models.database import Database, OwnedSession
from models.outbox import Message
from models.people import Contact
from tests.workflow.outbox.builders import NOON, TODAY, FakeMailer, case, deadline, message, parent, person
from workflow.outbox.post import Answer, Envelope, Said
from workflow.outbox.settle import DELAYS, JITTER, delay

Own = tuple[Database, uuid.UUID]
Send = Callable[..., dict[str, int]]


def plan(own: Own, count: int = 1, **given: Any) -> list[uuid.UUID]:
    database, authority = own
    with database.transaction(authority) as session:
        return [message(session, **given) for _ in range(count)]


def states(own: Own) -> list[tuple[str, str | None]]:
    database, authority = own
    with database.transaction(authority) as session:
        rows = session.execute(select(Message.state, Message.reason).order_by(Message.created_at, Message.state))
        return [(row.state, row.reason) for row in rows]


def change(own: Own, **values: Any) -> None:
    database, authority = own
    with database.transaction(authority) as session:
        session.execute(update(Message).values(**values))


def test_one_connection_carries_many_messages(own_database: Own, send: Send) -> None:
    plan(own_database, 5)
    mailer = FakeMailer()
    assert send(mailer) == {"accepted": 5}
    assert (mailer.opened, len(mailer.sent)) == (1, 5)
    assert send(mailer) == {}


def test_r8_no_transaction_is_open_while_the_mail_server_is_spoken_to(own_database: Own, send: Send) -> None:
    plan(own_database)
    database, _ = own_database

    class Watcher(FakeMailer):
        def send(self, envelope: Envelope) -> Answer:
            assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
            return super().send(envelope)

    assert send(Watcher()) == {"accepted": 1}


def test_r5_handing_over_is_committed_before_the_mail_server_hears_a_word(own_database: Own, send: Send) -> None:
    plan(own_database)
    seen = []

    class Watcher(FakeMailer):
        def send(self, envelope: Envelope) -> Answer:
            seen.extend(states(own_database))
            return super().send(envelope)

    send(Watcher())
    assert seen == [("handing_over", None)]


@pytest.mark.parametrize(
    ("importance", "said", "state"),
    [
        ("reminder", Said.ACCEPTED, "accepted"),
        ("reminder", Said.LATER, "queued"),
        ("reminder", Said.AWAY, "queued"),
        ("reminder", Said.STOP, "queued"),
        ("reminder", Said.BOUNCED, "bounced"),
        ("reminder", Said.REFUSED, "held"),
        ("reminder", Said.UNWRITABLE, "parked"),
        ("reminder", Said.UNKNOWN, "held"),
        ("invitation", Said.UNKNOWN, "held"),
        ("code", Said.UNKNOWN, "queued"),
        ("statutory", Said.UNKNOWN, "queued"),
    ],
)
def test_r9_each_answer_has_its_consequence(
    own_database: Own, send: Send, importance: str, said: Said, state: str
) -> None:
    plan(own_database, importance=importance)
    send(FakeMailer([said]))
    assert [found for found, _ in states(own_database)] == [state]


def test_r9_a_mail_put_off_waits_longer_each_time_and_at_last_four_hours() -> None:
    for failures, wait in enumerate([*DELAYS, timedelta(hours=4), timedelta(hours=4)], start=1):
        assert wait <= delay(failures) <= wait * (1 + JITTER)


def test_r9_after_72_hours_of_patience_a_person_is_asked(own_database: Own, send: Send) -> None:
    plan(own_database, importance="statutory")
    send(FakeMailer([Said.LATER]))
    change(own_database, next_attempt_at=NOON)
    send(FakeMailer([Said.LATER]), NOON + timedelta(hours=72))
    assert states(own_database) == [("held", "no luck: the mail server put it off for 72 hours")]


def test_a_sign_in_code_is_forgotten_once_the_mail_server_has_it(own_database: Own, send: Send) -> None:
    plan(own_database, importance="code", words={"code": "123456"})
    mailer = FakeMailer()
    send(mailer)
    database, authority = own_database
    with database.transaction(authority) as session:
        assert session.scalars(select(Message)).one().words == {}
    assert mailer.sent[0].words == {"code": "123456"}


def test_the_envelope_shows_no_address_words_or_link_when_printed(own_database: Own, send: Send) -> None:
    plan(own_database, importance="code", words={"code": "123456"})
    mailer = FakeMailer()
    send(mailer)
    assert "123456" not in repr(mailer.sent[0])
    assert "typed@" not in repr(mailer.sent[0])


def test_r10_one_bad_message_never_stops_the_next(own_database: Own, send: Send) -> None:
    bad, _ = plan(own_database, 2)

    def broken(session: OwnedSession, found: Message, now: datetime) -> str | None:
        if found.id == bad:
            raise ValueError("cannot look")
        return None

    assert send(FakeMailer(), checks=(broken,)) == {"failed": 1, "accepted": 1}


def test_a_mailer_that_raises_after_the_hand_over_counts_as_unknown(own_database: Own, send: Send) -> None:
    plan(own_database)

    class Broken(FakeMailer):
        def send(self, envelope: Envelope) -> Answer:
            raise RuntimeError("who knows what was heard")

    assert send(Broken()) == {"held": 1}


def test_r17_asked_to_stop_it_begins_no_more_and_lets_the_rest_go(own_database: Own, send: Send) -> None:
    plan(own_database, 3)
    mailer = FakeMailer()
    assert send(mailer, stop=lambda: len(mailer.sent) >= 1) == {"accepted": 1, "let_go": 2}
    assert send(FakeMailer()) == {"accepted": 2}


def test_a_mail_says_how_to_reach_the_council_and_free_advice_as_its_settings_name_them(
    own_database: Own, fresh: tuple[str, str], send: Send
) -> None:
    settings = {"contact_line": "Call us.", "sendiass": {"name": "Hartwell SENDIASS", "phone": "01632 960 103"}}
    with psycopg.connect(fresh[0].replace("postgresql+psycopg://", "postgresql://")) as owner:
        owner.execute("update authority set settings = %s", (json.dumps(settings),))
    plan(own_database)
    mailer = FakeMailer()
    send(mailer)
    found = mailer.sent[0]
    assert (found.contact_line, found.advice) == ("Call us.", "Hartwell SENDIASS, 01632 960 103")


# Checked again at sending (R6, Z17)


def a_reminder(own: Own, due_on: date = TODAY + timedelta(days=5), **given: Any) -> tuple[uuid.UUID, uuid.UUID]:
    """(person, deadline) of a reminder planned now."""
    database, authority = own
    with database.transaction(authority) as session:
        of = case(session)
        who = parent(session, of)
        about = deadline(session, of, due_on=due_on)
        message(session, person_id=who, case_id=of.id, deadline_id=about.id, about_on=due_on, **given)
    return who, about.id


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("satisfied_on", TODAY, "done meanwhile"),
        ("voided_on", TODAY, "no longer due"),
        ("due_on", TODAY + timedelta(days=9), "the date has moved"),
    ],
)
def test_r6_a_reminder_of_what_changed_meanwhile_is_cancelled(
    own_database: Own, send: Send, column: str, value: date, reason: str
) -> None:
    from models.cases import Deadline

    a_reminder(own_database)
    database, authority = own_database
    with database.transaction(authority) as session:
        session.execute(update(Deadline).values({column: value}))
    mailer = FakeMailer()
    send(mailer)
    assert (states(own_database), mailer.sent) == ([("cancelled", reason)], [])


def test_r16_a_sign_in_code_that_ran_out_is_dropped(own_database: Own, send: Send) -> None:
    plan(own_database, importance="code", useful_until=NOON + timedelta(minutes=10))
    send(FakeMailer(), NOON + timedelta(minutes=11))
    assert states(own_database) == [("cancelled", "past its use")]


def test_z17_somebody_whose_account_is_closed_hears_nothing_more(own_database: Own, send: Send) -> None:
    a_reminder(own_database)
    database, authority = own_database
    with database.transaction(authority) as session:
        session.execute(update(Account).values(closed_at=NOON))
    send(FakeMailer())
    assert states(own_database) == [("cancelled", "the account is closed")]


def test_z17_access_rules_plug_in_as_one_more_check(own_database: Own, send: Send) -> None:
    plan(own_database)
    send(FakeMailer(), checks=(lambda session, found, now: "barred",))
    assert states(own_database) == [("cancelled", "barred")]


def test_m9_without_a_living_address_a_message_is_held_for_the_post(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session, importance="statutory", person_id=person(session, email=None))
    send(FakeMailer())
    assert states(own_database) == [("held", "post: no verified email address that works")]


def test_r6_the_address_is_the_one_that_lives_at_the_moment_of_sending(own_database: Own, send: Send) -> None:
    who, _ = a_reminder(own_database)
    database, authority = own_database
    with database.transaction(authority) as session:
        session.add(Contact(person_id=who, kind="email", value="new@example.org", verified_at=NOON, dead_at=None))
        session.add(Contact(person_id=who, kind="email", value="unproved@example.org", verified_at=None, dead_at=None))
    mailer = FakeMailer()
    send(mailer)
    assert [envelope.to for envelope in mailer.sent] == ["new@example.org"]


def test_m9_a_bounce_kills_the_address_and_the_persons_other_mail_is_held(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        who = person(session)
        message(session, importance="invitation", person_id=who)
        message(session, importance="statutory", person_id=who, now=NOON + timedelta(seconds=1))
    send(FakeMailer([Said.BOUNCED]), NOON + timedelta(seconds=2))
    assert [state for state, _ in states(own_database)] == ["bounced", "held"]


# Hours and calm


def test_r16_no_reminder_goes_outside_eight_to_six_in_london(own_database: Own, send: Send) -> None:
    plan(own_database, now=datetime(2026, 7, 1, 10, 0, tzinfo=UTC))
    evening = datetime(2026, 7, 1, 17, 0, tzinfo=UTC)  # 18:00 BST
    assert send(FakeMailer(), evening) == {}
    assert send(FakeMailer(), datetime(2026, 7, 2, 6, 59, tzinfo=UTC)) == {}
    assert send(FakeMailer(), datetime(2026, 7, 2, 7, 0, tzinfo=UTC)) == {"accepted": 1}


def test_r16_a_second_reminder_about_a_case_waits_for_the_next_day(own_database: Own, send: Send) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        of = case(session)
        who = parent(session, of)
        for days in (3, 4):
            day = TODAY + timedelta(days=days)
            about = deadline(session, of, due_on=day)
            message(session, person_id=who, case_id=of.id, deadline_id=about.id, about_on=day)
    mailer = FakeMailer()
    assert send(mailer) == {"accepted": 1, "not_sent": 1}
    assert send(mailer, NOON + timedelta(hours=5)) == {}
    assert send(mailer, NOON + timedelta(days=1)) == {"accepted": 1}


def test_r16_a_newer_reminder_of_the_same_thing_takes_the_olders_place(own_database: Own, send: Send) -> None:
    who, about = a_reminder(own_database)
    database, authority = own_database
    with database.transaction(authority) as session:
        older = session.scalars(select(Message)).one()
        message(
            session,
            now=NOON + timedelta(hours=1),
            person_id=who,
            case_id=older.case_id,
            deadline_id=about,
            about_on=older.about_on,
        )
    send(FakeMailer(), NOON + timedelta(hours=2))
    assert states(own_database) == [("cancelled", "a newer reminder takes its place"), ("accepted", None)]

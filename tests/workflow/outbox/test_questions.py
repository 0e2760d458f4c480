"""Mail about a question: sent to whoever may still read it, and only while there is something to read."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from models.access import Grant, Post
from models.database import Database
from models.outbox import Message
from models.remarks import Remark
from models.submissions import Answer, Submission
from tasks.mailers.render import write
from tests.conftest import NOW
from tests.workflow.coproduction.room import NEEDS, Room, furnish
from tests.workflow.outbox.builders import FakeMailer
from workflow.coproduction import settling_remarks

Own = tuple[Database, uuid.UUID]
SOON = NOW + timedelta(minutes=20)


@pytest.fixture
def asked(own_database: Own) -> Callable[[Callable[[Room], None]], None]:
    """Ask a parent something, then let a test change the world before the mail goes."""
    database, authority = own_database

    def ask(then: Callable[[Room], None] = lambda room: None) -> None:
        with database.transaction(authority) as session:
            room = furnish(session)
            room.write("senco", NEEDS, "Noise is hard.")
            room.ask("senco", "parent", NEEDS)
            then(room)

    return ask


def outcome(own: Own, send: Callable[..., dict[str, int]], template: str) -> tuple[str, str | None]:
    send(FakeMailer(), SOON)
    database, authority = own
    with database.transaction(authority) as session:
        row = session.scalars(select(Message).where(Message.template == template)).one()
        return row.state, row.reason


def change(table: Any, **values: Any) -> Callable[[Room], None]:
    return lambda room: room.session.execute(update(table).values(**values)) and None  # type: ignore[func-returns-value]


def answer(room: Room) -> None:
    remark = room.session.scalars(select(Remark)).one()
    settling_remarks.answer(room.session, remark, room.at("parent", NEEDS), room.actor("parent"), "Yes.", now=NOW)


def withdraw(room: Room) -> None:
    remark = room.session.scalars(select(Remark)).one()
    settling_remarks.withdraw(room.session, remark, room.at("senco", NEEDS), room.actor("senco"), now=NOW)


def test_whoever_was_asked_is_told(own_database: Own, send: Any, asked: Any) -> None:
    asked()
    assert outcome(own_database, send, "question") == ("accepted", None)


@pytest.mark.parametrize("then", [answer, withdraw])
def test_a_question_that_was_answered_or_taken_back_is_told_to_nobody(
    own_database: Own, send: Any, asked: Any, then: Any
) -> None:
    asked(then)
    assert outcome(own_database, send, "question") == ("cancelled", "the question has moved on")


def test_a_form_that_was_sent_meanwhile_asks_nothing_more(own_database: Own, send: Any, asked: Any) -> None:
    asked(change(Submission, state="sent"))
    assert outcome(own_database, send, "question") == ("cancelled", "the form was sent meanwhile")


@pytest.mark.parametrize(
    "then", [change(Grant, until_at=NOW), change(Answer, audience=["setting"])], ids=["grant ended", "not a reader"]
)
def test_rights_are_asked_again_before_somebody_is_told(own_database: Own, send: Any, asked: Any, then: Any) -> None:
    asked(then)
    assert outcome(own_database, send, "question") == ("cancelled", "no longer theirs to be told")


@pytest.mark.parametrize("settled", [0, 1])
def test_of_two_questions_gathered_in_one_mail_either_is_enough_for_it_to_go(
    own_database: Own, send: Any, asked: Any, settled: int
) -> None:
    def ask_more(room: Room) -> None:
        room.ask("senco", "parent", "na_cl_hard")
        remark = room.session.scalars(select(Remark).order_by(Remark.said_at)).all()[settled]
        at = room.at("senco", remark.path)
        settling_remarks.withdraw(room.session, remark, at, room.actor("senco"), now=NOW)

    asked(ask_more)
    assert outcome(own_database, send, "question") == ("accepted", None)


def test_whoever_asked_is_told_of_the_answer(own_database: Own, send: Any, asked: Any) -> None:
    asked(answer)
    assert outcome(own_database, send, "question_answered") == ("accepted", None)


def test_a_senco_who_left_is_not_told_of_the_answer(own_database: Own, send: Any, asked: Any) -> None:
    def leave(room: Room) -> None:
        answer(room)
        room.session.execute(update(Post).values(until_on=(NOW - timedelta(days=2)).date()))

    asked(leave)
    assert outcome(own_database, send, "question_answered") == ("cancelled", "no longer theirs to be told")


def test_a_school_hears_of_a_question_about_a_shared_view_that_it_asked(own_database: Own, send: Any) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        room = furnish(session)
        view = room.view()
        remark = room.ask("senco", "parent", "vp_great", view)
        at, parent = room.at("parent", "vp_great", view), room.actor("parent")
        settling_remarks.answer(session, remark, at, parent, "Yes.", now=NOW)
    assert outcome(own_database, send, "question_answered") == ("accepted", None)


@pytest.mark.parametrize("settled", ["accepted", "declined"])
def test_whoever_suggested_words_is_told_what_became_of_them(own_database: Own, send: Any, settled: str) -> None:
    suggested(own_database, settled)
    assert outcome(own_database, send, "suggestion_settled") == ("accepted", None)


def test_words_taken_back_after_they_were_declined_are_told_to_nobody(own_database: Own, send: Any) -> None:
    suggested(own_database, "declined", withdraw=True)
    assert outcome(own_database, send, "suggestion_settled") == ("cancelled", "the question has moved on")


def suggested(own: Own, settled: str, *, withdraw: bool = False) -> None:
    """A parent's words for the school's answer, used or not, and perhaps taken back then."""
    database, authority = own
    with database.transaction(authority) as session:
        room = furnish(session)
        room.write("senco", NEEDS, "Noise is hard.")
        remark = room.say("parent", NEEDS, "suggestion", "Loud rooms are hard.")
        at, senco = room.at("senco", NEEDS), room.actor("senco")
        if settled == "accepted":
            settling_remarks.accept(session, remark, at, senco, seen=1, now=NOW)
        else:
            settling_remarks.decline(session, remark, at, senco, "", now=NOW)
        if withdraw:
            settling_remarks.withdraw(session, remark, room.at("parent", NEEDS), room.actor("parent"), now=NOW)


@pytest.mark.parametrize("kind", ["question", "question_answered"])
def test_the_mail_names_nobody_and_needs_no_date(own_database: Own, send: Any, asked: Any, kind: str) -> None:
    asked(answer) if kind == "question_answered" else asked()
    mailer = FakeMailer()
    send(mailer, SOON)
    envelope = next(each for each in mailer.sent if each.template == kind)
    mail = write(envelope, "https://hartwell.example")
    for words in (mail.subject, mail.text, mail.html):
        assert not any(name in words for name in ("Surname", "School", "Noise", "Is that right?", "Yes."))
    assert envelope.link_code in mail.text and envelope.link_code in mail.html

"""Answering, using, declining, dealing with and taking back what was said."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from models.cases import Event
from models.outbox import Message
from models.remarks import Remark
from models.submissions import Contribution
from tests.conftest import NOW
from tests.workflow.coproduction.room import NEEDS, VIEWS, Room
from workflow.coproduction import remarks
from workflow.coproduction import settling_remarks as settle
from workflow.errors import AlreadyDone, NotPermitted, Refused
from workflow.queries import remarks as known
from workflow.queries.writing import desk_of


def do(room: Room, name: str, act: Any, remark: Remark, *words: str, **more: Any) -> None:
    act(room.session, remark, room.at(name, remark.path), room.actor(name), *words, now=NOW, **more)


@pytest.fixture
def suggested(room: Room) -> Remark:
    room.write("senco", NEEDS, "Noise is hard.")
    return room.say("parent", NEEDS, "suggestion", "Loud rooms are hard.")


def texts(room: Room) -> list[tuple[str, str, uuid.UUID, str]]:
    rows = room.session.scalars(select(Contribution).order_by(Contribution.version))
    return [(each.value, each.state, each.author_id, each.mode) for each in rows]


def test_words_taken_over_become_the_accepters_own_and_the_old_ones_stay(room: Room, suggested: Remark) -> None:
    do(room, "senco", settle.accept, suggested, seen=1)
    senco = room.people["senco"]
    assert texts(room) == [
        ("Noise is hard.", "earlier", senco, "own"),
        ("Loud rooms are hard.", "current", senco, "own"),
    ]
    assert (suggested.state, suggested.author_id, suggested.about) == (
        "accepted",
        room.people["parent"],
        "Noise is hard.",
    )
    assert suggested.made_version == 2


def test_pressing_use_twice_uses_them_once(room: Room, suggested: Remark) -> None:
    for _ in range(2):
        do(room, "senco", settle.accept, suggested, seen=1)
    assert len(texts(room)) == 2


@pytest.mark.parametrize("name", ["parent", "other", "head"])
def test_only_whoever_wrote_the_answer_takes_words_over_or_declines(room: Room, suggested: Remark, name: str) -> None:
    with pytest.raises(NotPermitted):
        do(room, name, settle.accept, suggested, seen=1)
    with pytest.raises(NotPermitted):
        do(room, name, settle.decline, suggested, "")
    assert len(texts(room)) == 1


def test_any_writer_of_a_shared_answer_may_take_words_over(room: Room) -> None:
    base = room.write("senco", VIEWS, "She likes cats.")
    room.write("parent", VIEWS, "She loves cats.", base=base)
    remark = room.say("head", VIEWS, "suggestion", "She adores cats.")
    do(room, "senco", settle.accept, remark, seen=2)
    assert texts(room)[-1][0] == "She adores cats."


def test_nobody_takes_over_their_own_suggestion(room: Room) -> None:
    room.write("senco", VIEWS, "She likes cats.")
    remark = room.say("senco", VIEWS, "suggestion", "She adores cats.")
    with pytest.raises(NotPermitted):
        do(room, "senco", settle.accept, remark, seen=1)


def test_words_for_an_answer_that_changed_are_not_used_behind_the_owners_back(room: Room, suggested: Remark) -> None:
    room.write("senco", NEEDS, "Noise and light are hard.", base=1)
    with pytest.raises(AlreadyDone, match="since you opened"):
        do(room, "senco", settle.accept, suggested, seen=1)
    assert suggested.state == "open"
    do(room, "senco", settle.accept, suggested, seen=2)  # both were shown, and the owner chose
    assert texts(room)[-1][0] == "Loud rooms are hard."


def test_two_versions_are_settled_before_other_words_are_used(room: Room) -> None:
    room.write("senco", VIEWS, "One.")
    room.write("parent", VIEWS, "Two.")
    remark = room.say("head", VIEWS, "suggestion", "Three.")
    with pytest.raises(Refused, match="two versions"):
        do(room, "senco", settle.accept, remark, seen=2)


def test_words_can_be_suggested_and_used_where_nobody_has_written(room: Room) -> None:
    remark = room.say("parent", NEEDS, "suggestion", "Loud rooms are hard.")
    do(room, "senco", settle.accept, remark, seen=0)
    assert texts(room) == [("Loud rooms are hard.", "current", room.people["senco"], "own")]


@pytest.mark.parametrize("why", ["", "We see it another way."])
def test_no_thanks_may_say_why_and_changes_nothing(room: Room, suggested: Remark, why: str) -> None:
    do(room, "senco", settle.decline, suggested, why)
    assert (suggested.state, suggested.reply) == ("declined", why or None)
    assert len(texts(room)) == 1
    with pytest.raises(AlreadyDone):
        do(room, "senco", settle.accept, suggested, seen=1)


def test_a_question_is_answered_by_whom_it_was_put_to_and_nobody_else(room: Room) -> None:
    asked = room.ask("senco", "parent", NEEDS)
    for name in ("senco", "head", "other"):
        with pytest.raises(NotPermitted):
            do(room, name, settle.answer, asked, "Yes.")
    do(room, "parent", settle.answer, asked, "Yes.")
    assert (asked.state, asked.reply, asked.settled_by) == ("answered", "Yes.", room.people["parent"])


def test_whoever_asked_is_told_once_that_there_is_an_answer(room: Room) -> None:
    asked = room.ask("senco", "parent", NEEDS)
    for _ in range(2):
        do(room, "parent", settle.answer, asked, "Yes.")
    told = room.session.scalars(select(Message).where(Message.template == "question_answered")).one()
    assert (told.person_id, told.words) == (room.people["senco"], {})


def test_another_answer_to_an_answered_question_is_refused(room: Room) -> None:
    asked = room.ask("senco", "parent", NEEDS)
    do(room, "parent", settle.answer, asked, "Yes.")
    with pytest.raises(AlreadyDone):
        do(room, "parent", settle.answer, asked, "No.")
    assert asked.reply == "Yes."


def test_an_empty_answer_is_refused_beside_the_words(room: Room) -> None:
    asked = room.ask("senco", "parent", NEEDS)
    with pytest.raises(Refused) as refused:
        do(room, "parent", settle.answer, asked, "  ")
    assert refused.value.field == "words"


def test_a_comment_is_dealt_with_by_the_answers_owner_only_and_stays(room: Room) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    remark = room.say("parent", NEEDS, "comment", "At home too.")
    for name in ("parent", "head"):
        with pytest.raises(NotPermitted):
            do(room, name, settle.resolve, remark)
    do(room, "senco", settle.resolve, remark)
    assert [(each.state, each.words) for each in seen(room, "other")] == [("resolved", "At home too.")]


def seen(room: Room, name: str) -> tuple[known.Said, ...]:
    return known.said(room.session, desk_of(room.session, room.actor(name), room.root, room.theirs(name), NOW))


def test_what_was_taken_back_is_still_seen_to_have_been_said_but_not_read(room: Room) -> None:
    remark = room.say("parent", NEEDS, "comment", "Rather not.")
    with pytest.raises(NotPermitted):
        do(room, "senco", settle.withdraw, remark)
    do(room, "parent", settle.withdraw, remark)
    assert [(each.state, each.words) for each in seen(room, "senco")] == [("withdrawn", "")]
    assert [each.words for each in seen(room, "parent")] == ["Rather not."]
    acts = [event.act for event in room.session.scalars(select(Event).order_by(Event.seq))]
    assert acts == ["remark", "withdraw_remark"]


def test_a_question_taken_back_after_its_answer_leaves_both_to_be_read(room: Room) -> None:
    asked = room.ask("senco", "parent", NEEDS)
    do(room, "parent", settle.answer, asked, "Yes.")
    do(room, "senco", settle.withdraw, asked)
    assert [(each.words, each.reply) for each in seen(room, "head")] == [("Is that right?", "Yes.")]


def test_words_that_were_used_cannot_be_taken_back(room: Room, suggested: Remark) -> None:
    do(room, "senco", settle.accept, suggested, seen=1)
    with pytest.raises(AlreadyDone):
        do(room, "parent", settle.withdraw, suggested)


def test_a_comment_is_no_question_and_no_suggestion(room: Room) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    remark = room.say("parent", NEEDS, "comment", "At home too.")
    for act, more in ((settle.accept, {"seen": 1}), (settle.decline, {"why": ""}), (settle.answer, {"words": "x"})):
        with pytest.raises(NotPermitted):
            do(room, "senco", act, remark, **more)
    assert remarks.standing(room.session, room.at("senco", NEEDS)) == "Noise is hard."

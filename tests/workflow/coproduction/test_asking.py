"""Who may be asked about an answer, and what becomes of a question."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models.access import Post
from models.outbox import Message
from tests.conftest import NOW
from tests.workflow.coproduction.room import NEEDS, Room
from workflow.access.relation import relation
from workflow.coproduction import remarks, settling_remarks, submissions, telling
from workflow.coproduction.taking_part import taking_part
from workflow.errors import NotFound, Refused, TooMany
from workflow.queries import remarks as known

HIDDEN = "ch_addr_hide_who"  # it goes no further than the school and the council


def test_one_can_ask_about_an_answer_nobody_has_begun(room: Room) -> None:
    room.ask("parent", "senco", NEEDS)
    assert [each.path for each in room.heard("senco")] == [NEEDS]


def test_readers_of_a_shared_view_may_ask_its_owner_and_the_owner_answers(room: Room) -> None:
    view = room.view()
    asked = room.ask("senco", "parent", "vp_great", view)
    settling_remarks.answer(
        room.session, asked, room.at("parent", "vp_great", view), room.actor("parent"), "Yes.", now=NOW
    )
    assert [(each.by, each.reply) for each in room.heard("senco", view)] == [("You", "Yes.")]


def test_a_view_taken_back_takes_what_was_asked_with_it(room: Room) -> None:
    view = room.view()
    asked = room.ask("senco", "parent", "vp_great", view)
    submissions.take_back(room.session, view)
    room.session.flush()
    with pytest.raises(NotFound):
        remarks.find(room.session, room.actor("senco"), asked.id, NOW)
    assert known.waiting(room.session, room.actor("senco"), NOW) == []


def test_questions_are_counted_since_each_sends_a_mail(room: Room) -> None:
    for _ in range(remarks.MOST["question"]):
        room.ask("parent", "senco", NEEDS)
    with pytest.raises(TooMany):
        room.ask("parent", "senco", NEEDS)


def test_a_parent_is_never_offered_the_other_parent_and_the_school_is_by_name(room: Room) -> None:
    def offered(name: str) -> list[str]:
        at = room.at(name, NEEDS)
        people = remarks.can_be_asked(room.session, at, room.actor(name), NOW)
        return [label for _, label in known.to_choose(people, at.theirs)]

    assert offered("parent") == ["The head teacher", "The SENCO"]
    assert set(offered("senco")) == {
        "Head Surname, the head teacher",
        "Parent Surname, a parent or carer",
        "Other Surname, a parent or carer",
    }
    with pytest.raises(Refused, match="Choose who"):
        room.ask("parent", "other", NEEDS)


@pytest.mark.parametrize("name", ["stranger", "elsewhere", "officer"])
def test_nobody_outside_can_be_asked(room: Room, name: str) -> None:
    with pytest.raises(Refused, match="Choose who"):
        room.ask("senco", name, NEEDS)


def test_nobody_is_asked_about_an_answer_they_may_not_read(room: Room) -> None:
    room.write("senco", HIDDEN, "Elsewhere.")
    with pytest.raises(Refused, match="Choose who"):
        room.ask("senco", "parent", HIDDEN)


def test_somebody_else_of_the_family_is_not_there_for_a_parent(room: Room) -> None:
    room.join("friend", "family")
    room.let_in("friend", "rep", rights=["read"])
    room.join("adviser", "professional")
    room.let_in("adviser", "ep", rights=["read"])
    room.say("friend", NEEDS, "comment", "From a friend.")
    room.say("adviser", NEEDS, "comment", "From an adviser.")
    assert [each.by for each in room.heard("parent")] == [known.SOMEBODY, "Adviser Surname"]
    at = room.at("parent", NEEDS)
    people = {each.person_id for each in remarks.can_be_asked(room.session, at, room.actor("parent"), NOW)}
    assert room.people["friend"] not in people and room.people["adviser"] in people


def test_a_question_sends_one_mail_that_names_nobody_and_nothing(room: Room) -> None:
    room.ask("parent", "senco", NEEDS)
    message = room.session.scalars(select(Message)).one()
    assert (message.template, message.person_id) == ("question", room.people["senco"])
    assert (message.words, message.link_to) == ({}, f"questions:{room.root.id}")


def test_those_who_take_part_are_to_the_form_what_they_are_when_they_sign_in(room: Room) -> None:
    room.join("leaver", "professional", "senco", room.setting_id)
    room.session.execute(
        update(Post).where(Post.person_id == room.people["leaver"]).values(until_on=(NOW - timedelta(days=9)).date())
    )
    room.let_in("leaver", "senco")
    view = room.view()
    room.let_in("senco", "senco", view, rights=["read", "hand_over"])
    meeting = submissions.begin(
        room.session, room.actor("senco"), "ar-meeting", create_token=uuid.uuid4(), now=NOW, root=room.root,
        setting_id=room.setting_id,
    )  # fmt: skip
    room.session.flush()
    for form in (room.root, view, meeting):
        found = {each.person_id: each.theirs for each in taking_part(room.session, form, NOW)}
        for name, person in room.people.items():
            theirs = relation(room.session, room.actor(name), form, NOW)
            expected = theirs if "read" in theirs.rights else None
            assert found.get(person) == expected, (name, form.form_id)


def test_a_question_waits_on_the_home_page_until_it_is_answered(room: Room) -> None:
    asked = room.ask("senco", "parent", NEEDS)
    assert [each.id for each in known.waiting(room.session, room.actor("parent"), NOW)] == [asked.id]
    assert known.waiting(room.session, room.actor("other"), NOW) == []
    settling_remarks.answer(room.session, asked, room.at("parent", NEEDS), room.actor("parent"), "Yes.", now=NOW)
    assert known.waiting(room.session, room.actor("parent"), NOW) == []


def test_questions_to_one_person_in_a_short_time_are_one_mail(room: Room) -> None:
    for path in (NEEDS, "na_cl_hard", "na_semh_hard"):
        room.ask("senco", "parent", path)
    room.ask("senco", "other", NEEDS)
    told = room.session.execute(select(Message.person_id, Message.not_before)).all()
    assert {each.person_id for each in told} == {room.people[name] for name in ("parent", "other")} and len(told) == 2
    assert all(each.not_before >= NOW + telling.GATHERED for each in told)


@pytest.mark.parametrize("state", ["claimed", "handing_over", "accepted", "cancelled", "held"])
def test_a_question_asked_once_the_mail_has_gone_is_told_in_another(room: Room, state: str) -> None:
    room.ask("senco", "parent", NEEDS)
    room.session.execute(update(Message).values(state=state))
    room.ask("senco", "parent", "na_cl_hard")
    assert sorted(room.session.scalars(select(Message.state))) == sorted([state, "queued"])


def test_questions_about_two_forms_are_two_mails(room: Room) -> None:
    room.ask("senco", "parent", NEEDS)
    room.ask("senco", "parent", "vp_great", room.view())
    assert len(room.session.scalars(select(Message.id)).all()) == 2


def test_answers_to_one_person_in_a_short_time_are_one_mail(room: Room) -> None:
    for path in (NEEDS, "na_cl_hard"):
        asked = room.ask("senco", "parent", path)
        settling_remarks.answer(room.session, asked, room.at("parent", path), room.actor("parent"), "Yes.", now=NOW)
    templates = room.session.scalars(select(Message.template).order_by(Message.template)).all()
    assert templates == ["question", "question_answered"]

"""Who may say what about whose answer, who reads it, and that it is frozen with the form."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from models.access import Grant, Post
from models.cases import Event
from models.outbox import Message
from models.remarks import Remark
from models.submissions import Answer, Snapshot
from tests.conftest import NOW
from tests.workflow.coproduction.room import NEEDS, VIEWS, Room
from workflow.access.relation import relation
from workflow.coproduction import answers, on_record, remarks, sending, settling_remarks, submissions
from workflow.coproduction.taking_part import taking_part
from workflow.errors import NotFound, NotPermitted, Refused, TooMany
from workflow.queries import remarks as known
from workflow.queries.writing import desk_of

HIDDEN = "ch_addr_hide_who"  # about somebody else's whereabouts: it goes no further than the school and the council
OWN = "so_parent_say"  # the family's own words, on the school's form


def read(room: Room, name: str, of: object = None) -> tuple[known.Said, ...]:
    form = of or room.root
    actor, theirs = room.actor(name), room.theirs(name, form)  # type: ignore[arg-type]
    return known.said(room.session, desk_of(room.session, actor, form, theirs, NOW))  # type: ignore[arg-type]


def test_the_family_comments_on_the_schools_answer_and_the_school_on_the_familys(room: Room) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    room.say("parent", NEEDS, "comment", "At home too.")
    room.write("parent", VIEWS, "She likes cats.")
    room.say("senco", VIEWS, "comment", "Good to know.")
    assert [(each.by, each.words) for each in read(room, "senco")] == [
        ("Parent Surname", "At home too."),
        ("You", "Good to know."),
    ]


def test_what_is_said_is_sealed_in_the_database(room: Room) -> None:
    room.say("parent", NEEDS, "comment", "PLANTED")
    assert b"PLANTED" not in bytes(room.session.execute(text("select words from remark")).scalar_one())


@pytest.mark.parametrize("name", ["stranger", "elsewhere", "officer"])
def test_whoever_may_not_read_a_form_cannot_find_what_is_said_in_it(room: Room, name: str) -> None:
    remark = room.say("parent", NEEDS, "comment", "At home too.")
    with pytest.raises(NotFound):
        remarks.find(room.session, room.actor(name), remark.id, NOW)


def test_who_was_let_in_can_say_nothing_after_their_grant_has_ended(room: Room) -> None:
    remark = room.say("parent", NEEDS, "comment", "At home too.")
    room.session.execute(update(Grant).where(Grant.person_id == room.people["parent"]).values(until_at=NOW))
    with pytest.raises(NotFound):
        remarks.find(room.session, room.actor("parent"), remark.id, NOW)
    assert room.people["parent"] not in {each.person_id for each in taking_part(room.session, room.root, NOW)}


def test_nothing_can_be_said_about_an_answer_one_may_not_read(room: Room) -> None:
    room.write("senco", HIDDEN, "Elsewhere.")
    room.say("senco", HIDDEN, "comment", "Keep this to us.")
    with pytest.raises(NotFound):
        room.at("parent", HIDDEN)
    assert read(room, "parent") == ()
    assert len(read(room, "head")) == 1


def test_an_unanswered_question_that_goes_no_further_looks_the_same_as_an_answered_one(room: Room) -> None:
    with pytest.raises(NotFound):
        room.at("parent", HIDDEN)


@pytest.mark.parametrize("path", ["nothing_like_it", "na_ci_hard[", ""])
def test_there_is_nothing_to_say_about_a_question_the_form_does_not_have(room: Room, path: str) -> None:
    with pytest.raises(NotFound):
        room.at("parent", path)


def test_one_can_ask_about_an_answer_nobody_has_begun(room: Room) -> None:
    room.ask("parent", "senco", NEEDS)
    assert [each.path for each in read(room, "senco")] == [NEEDS]


@pytest.mark.parametrize("kind", ["comment", "suggestion", "question"])
def test_a_private_view_is_found_by_nobody_but_its_owner(room: Room, kind: str) -> None:
    view = room.view(shared=False)
    for name in ("senco", "head", "other"):
        with pytest.raises((NotFound, NotPermitted)):
            room.say(name, "vp_great", kind, "?", view, asked_of=room.people["parent"])


@pytest.mark.parametrize("kind", ["comment", "suggestion"])
def test_nobody_comments_inside_a_shared_view(room: Room, kind: str) -> None:
    view = room.view()
    for name in ("senco", "parent"):
        with pytest.raises(NotPermitted):
            room.say(name, "vp_great", kind, "Other words.", view)


def test_readers_of_a_shared_view_may_ask_its_owner_and_the_owner_answers(room: Room) -> None:
    view = room.view()
    asked = room.ask("senco", "parent", "vp_great", view)
    settling_remarks.answer(
        room.session, asked, room.at("parent", "vp_great", view), room.actor("parent"), "Yes.", now=NOW
    )
    assert [(each.by, each.reply) for each in read(room, "senco", view)] == [("You", "Yes.")]


def test_a_view_taken_back_takes_what_was_asked_with_it(room: Room) -> None:
    view = room.view()
    asked = room.ask("senco", "parent", "vp_great", view)
    submissions.take_back(room.session, view)
    room.session.flush()
    with pytest.raises(NotFound):
        remarks.find(room.session, room.actor("senco"), asked.id, NOW)
    assert known.waiting(room.session, room.actor("senco"), NOW) == []


def test_no_one_suggests_words_for_what_is_the_familys_own_to_say(room: Room) -> None:
    room.write("parent", OWN, "I agree.")
    with pytest.raises(NotFound):  # about the parent: the school does not read it
        room.at("senco", OWN)
    with pytest.raises(NotPermitted):
        room.say("parent", OWN, "suggestion", "I do not agree.")


def test_saying_it_twice_with_one_token_says_it_once(room: Room) -> None:
    token = uuid.uuid4()
    first = room.say("parent", NEEDS, "comment", "Once.", token=token)
    assert room.say("parent", NEEDS, "comment", "Once.", token=token).id == first.id
    assert len(room.session.scalars(select(Remark)).all()) == 1


def test_anothers_token_says_nothing(room: Room) -> None:
    token = room.say("parent", NEEDS, "comment", "Once.").create_token
    with pytest.raises(NotFound):
        room.say("senco", NEEDS, "comment", "Mine.", token=token)


@pytest.mark.parametrize(
    ("kind", "words"), [("comment", " "), ("suggestion", ""), ("question", "\n"), ("comment", "x" * 50_001)]
)
def test_nothing_and_far_too_much_are_refused_beside_the_words(room: Room, kind: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        room.say("parent", NEEDS, kind, words, asked_of=room.people["senco"])
    assert refused.value.field == "words"


def test_words_that_stand_there_already_are_no_suggestion(room: Room) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    with pytest.raises(Refused, match="there already"):
        room.say("parent", NEEDS, "suggestion", "Noise is hard. ")


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


def test_to_a_parent_what_the_other_parent_said_is_somebodys(room: Room) -> None:
    room.say("other", NEEDS, "comment", "I see it too.")
    room.ask("senco", "other", NEEDS)
    seen = read(room, "parent")
    assert [each.by for each in seen] == [known.SOMEBODY, "Senco Surname"]
    assert seen[1].asked == known.SOMEBODY
    assert not any(word in repr((each.by, each.asked, each.voice)) for each in seen for word in ("Other", "arent"))


def test_somebody_else_of_the_family_is_not_there_for_a_parent(room: Room) -> None:
    room.join("friend", "family")
    room.let_in("friend", "rep", rights=["read"])
    room.join("adviser", "professional")
    room.let_in("adviser", "ep", rights=["read"])
    room.say("friend", NEEDS, "comment", "From a friend.")
    room.say("adviser", NEEDS, "comment", "From an adviser.")
    assert [each.by for each in read(room, "parent")] == [known.SOMEBODY, "Adviser Surname"]
    at = room.at("parent", NEEDS)
    people = {each.person_id for each in remarks.can_be_asked(room.session, at, room.actor("parent"), NOW)}
    assert room.people["friend"] not in people and room.people["adviser"] in people


def test_a_helper_says_nothing_about_what_they_may_not_read(room: Room) -> None:
    room.join("friend", "family")
    room.let_in("friend", "helper", rights=["read"])
    with pytest.raises(NotFound):
        room.say("friend", NEEDS, "comment", "From a friend.")


def test_a_question_sends_one_mail_that_names_nobody_and_nothing(room: Room) -> None:
    asked = room.ask("parent", "senco", NEEDS)
    message = room.session.scalars(select(Message)).one()
    assert (message.template, message.person_id) == ("question", room.people["senco"])
    assert (message.words, message.link_to) == ({}, f"question:{asked.id}")


def test_what_is_said_is_on_record_without_a_word_of_it_and_not_under_the_case(room: Room) -> None:
    room.say("parent", NEEDS, "comment", "At home too.")
    event = room.session.scalars(select(Event)).one()
    assert (event.act, event.case_id, event.facts["kind"]) == ("remark", None, "comment")
    assert "home" not in repr(event.facts)


def test_what_is_kept_from_the_school_is_not_read_there_in_what_was_said_about_it_either(room: Room) -> None:
    view = room.view()
    room.ask("senco", "parent", "vp_great", view)
    found = room.session.scalars(select(Answer).where(Answer.path == "vp_great")).one()
    found.withheld = ["setting"]
    room.session.flush()
    with pytest.raises(NotFound):
        room.at("senco", "vp_great", view)
    assert read(room, "senco", view) == () and len(read(room, "parent", view)) == 1
    frozen = on_record.remarks(room.session, view)
    assert "setting" not in frozen[0]["audience"] and "authority" in frozen[0]["audience"]


def test_after_sending_nothing_more_is_said_and_what_was_is_in_the_snapshot(room: Room) -> None:
    room.say("parent", NEEDS, "comment", "At home too.")
    taken = room.say("parent", NEEDS, "comment", "NOT THIS")
    settling_remarks.withdraw(room.session, taken, room.at("parent", NEEDS), room.actor("parent"), now=NOW)
    asked = room.ask("senco", "parent", NEEDS)
    sending.freeze(room.session, room.root, room.actor("senco"), now=NOW)
    room.session.flush()
    content = room.session.scalars(select(Snapshot.content)).one()
    assert [(each["kind"], each["state"], each["words"]) for each in content["remarks"]] == [
        ("comment", "open", "At home too."),
        ("comment", "withdrawn", None),
        ("question", "open", "Is that right?"),
    ]
    with pytest.raises(Refused, match="sent"):
        room.say("parent", NEEDS, "comment", "More.")
    with pytest.raises(Refused, match="sent"):
        settling_remarks.answer(room.session, asked, room.at("parent", NEEDS), room.actor("parent"), "Yes.", now=NOW)
    assert known.waiting(room.session, room.actor("parent"), NOW) == []


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


def test_longest_words_survive_unchanged(room: Room) -> None:
    words = ("شكرا\n" * answers.LONGEST)[: answers.LONGEST - 1] + "!"
    assert room.say("parent", NEEDS, "comment", words).words == words

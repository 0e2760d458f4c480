"""Who may say what about whose answer, who reads it, and that it is frozen with the form."""

import uuid

import pytest
from sqlalchemy import select, text, update

from models.access import Grant
from models.cases import Event
from models.remarks import Remark
from models.submissions import Answer, Snapshot
from tests.conftest import NOW
from tests.workflow.coproduction.room import NEEDS, VIEWS, Room
from workflow.coproduction import answers, on_record, remarks, sending, settling_remarks
from workflow.coproduction.taking_part import taking_part
from workflow.errors import NotFound, NotPermitted, Refused
from workflow.queries import remarks as known

HIDDEN = "ch_addr_hide_who"  # about somebody else's whereabouts: it goes no further than the school and the council
OWN = "so_parent_say"  # the family's own words, on the school's form


def test_the_family_comments_on_the_schools_answer_and_the_school_on_the_familys(room: Room) -> None:
    room.write("senco", NEEDS, "Noise is hard.")
    room.say("parent", NEEDS, "comment", "At home too.")
    room.write("parent", VIEWS, "She likes cats.")
    room.say("senco", VIEWS, "comment", "Good to know.")
    assert [(each.by, each.words) for each in room.heard("senco")] == [
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
    assert room.heard("parent") == ()
    assert len(room.heard("head")) == 1


def test_an_unanswered_question_that_goes_no_further_looks_the_same_as_an_answered_one(room: Room) -> None:
    with pytest.raises(NotFound):
        room.at("parent", HIDDEN)


@pytest.mark.parametrize("path", ["nothing_like_it", "na_ci_hard[", ""])
def test_there_is_nothing_to_say_about_a_question_the_form_does_not_have(room: Room, path: str) -> None:
    with pytest.raises(NotFound):
        room.at("parent", path)


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


def test_to_a_parent_what_the_other_parent_said_is_somebodys(room: Room) -> None:
    room.say("other", NEEDS, "comment", "I see it too.")
    room.ask("senco", "other", NEEDS)
    seen = room.heard("parent")
    assert [each.by for each in seen] == [known.SOMEBODY, "Senco Surname"]
    assert seen[1].asked == known.SOMEBODY
    assert not any(word in repr((each.by, each.asked, each.voice)) for each in seen for word in ("Other", "arent"))


def test_a_helper_says_nothing_about_what_they_may_not_read(room: Room) -> None:
    room.join("friend", "family")
    room.let_in("friend", "helper", rights=["read"])
    with pytest.raises(NotFound):
        room.say("friend", NEEDS, "comment", "From a friend.")


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
    assert room.heard("senco", view) == () and len(room.heard("parent", view)) == 1
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


def test_longest_words_survive_unchanged(room: Room) -> None:
    words = ("شكرا\n" * answers.LONGEST)[: answers.LONGEST - 1] + "!"
    assert room.say("parent", NEEDS, "comment", words).words == words

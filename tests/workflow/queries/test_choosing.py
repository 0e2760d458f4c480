"""Hopes and outcomes told before are choices for who may read them, with who said each and when, and no further."""

import uuid
from typing import Any

import pytest

from forms.definition import Question, question
from models.submissions import Submission
from tests.conftest import NOW
from tests.workflow.coproduction.room import Room, furnish
from tests.workflow.statements import counted
from workflow.access.relation import READ, WRITE, Relation
from workflow.coproduction import answers, beginning, submissions, withholding
from workflow.coproduction.contributions import Change, Writer
from workflow.queries import choosing
from workflow.queries.choosing import Told
from workflow.queries.writing import open_form

HOPE = "vp_future_adult"
CHILD = Relation("child", frozenset({"owner"}), frozenset({READ, WRITE}))


@pytest.fixture
def room(session: Any) -> Room:
    return furnish(session)


def told(room: Room, name: str, of: Submission | None = None, group: str = "ou[]") -> dict[str, list[Told]]:
    desk = open_form(room.session, room.actor(name), (of or room.root).id, "write", NOW)
    asked: Question = question(desk.form, group)
    return choosing.told_before(room.session, desk, [asked], NOW)


def hoping(room: Room, who: str = "parent", **more: Any) -> Submission:
    """A parent's own view with what they hope for."""
    view = room.view(who, **more)
    room.write(who, HOPE, "That she runs\na cafe.", view)
    return view


def words(found: dict[str, list[Told]]) -> list[str]:
    return [each.words for each in found.get("hopes", [])]


def test_a_hope_goes_no_wider_than_its_own_readers(room: Room) -> None:
    """The other parent reads the school's request and not this parent's view: nobody writes it there from a list."""
    hoping(room)
    assert words(told(room, "senco")) == []


def test_a_private_hope_is_its_writers_alone(room: Room) -> None:
    hoping(room, shared=False)
    assert told(room, "senco") == {} and told(room, "other") == {}


def test_whoever_does_not_write_the_outcomes_is_given_no_list(room: Room) -> None:
    hoping(room)
    assert told(room, "parent") == {}


def test_what_a_parent_keeps_from_the_school_is_no_choice_for_it(room: Room) -> None:
    view = hoping(room)
    form = submissions.form_of(view)
    withholding.withhold(room.session, view, form, room.theirs("parent", view), "setting", [HOPE])
    assert words(told(room, "senco")) == []


def save(room: Room, theirs: Submission, said: dict[str, Any]) -> None:
    """What the child says, on a grown-up's screen."""
    child = Writer(theirs.owner_id, room.people["parent"], "scribed")
    changes = {path: Change(value, 0) for path, value in said.items()}
    form = submissions.form_of(theirs)
    answers.save(room.session, theirs, form, CHILD, child, changes, save_id=uuid.uuid4(), now=NOW)


def childs_hope(room: Room, *who_sees: str) -> Submission:
    """The child's own form beside the request, shared, with a wish and with who may see it."""
    theirs = beginning.begin_childs_own(
        room.session, room.actor("parent"), room.root, "aam-primary", called="Ada", role="parent", now=NOW
    )
    save(room, theirs, {"ap_who_sees": list(who_sees), "ap_wish": "To be a vet."})
    submissions.share(room.session, theirs, now=NOW)
    room.session.flush()
    return theirs


def test_a_childs_wish_is_a_choice_for_the_school_where_the_child_lets_everyone_see_it(room: Room) -> None:
    childs_hope(room, "family", "teacher", "helpers", "council")
    (found,) = told(room, "senco")["hopes"]
    assert found.words == "To be a vet." and found.said_on == NOW.date() and found.author


@pytest.mark.parametrize("seen_by", [(), ("teacher",), ("family", "council")])
def test_and_is_none_where_the_child_keeps_it_from_any_who_would_read_it_there(
    room: Room, seen_by: tuple[str, ...]
) -> None:
    childs_hope(room, *seen_by)
    assert told(room, "senco") == {}


def test_the_same_words_are_a_choice_once_and_with_who_said_them(room: Room) -> None:
    form = childs_hope(room, "family", "teacher", "helpers", "council")
    room.session.flush()
    save(room, form, {"ap_better": "to be a  VET."})
    (found,) = told(room, "senco")["hopes"]
    (choice,) = choosing.options({"hopes": [found]})["hopes"]
    assert choice.id == choice.label == found.words
    assert choice.note == f"{found.author}, 23 November 2026, {found.where}"  # type: ignore[attr-defined]


def test_more_forms_beside_cost_no_more_statements(room: Room) -> None:
    counts = []
    for who in ("parent", "other"):
        hoping(room, who)
        desk = open_form(room.session, room.actor("senco"), room.root.id, "write", NOW)
        with counted(room.session) as statements:
            choosing.told_before(room.session, desk, [question(desk.form, "ou[]")], NOW)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 5


def test_a_page_that_chooses_from_no_list_asks_nothing(room: Room) -> None:
    desk = open_form(room.session, room.actor("senco"), room.root.id, "write", NOW)
    with counted(room.session) as statements:
        assert choosing.told_before(room.session, desk, [question(desk.form, "ac_meet")], NOW) == {}
    assert not statements

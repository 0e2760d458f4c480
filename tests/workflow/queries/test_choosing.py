"""Hopes and outcomes told before are choices for who may read them, with who said each and when, and no further."""

from typing import Any

import pytest

from forms.definition import Question, question
from models.submissions import Submission
from tests.conftest import NOW
from tests.workflow.coproduction.room import Room, furnish
from workflow.coproduction import submissions, withholding
from workflow.queries import choosing
from workflow.queries.choosing import Told
from workflow.queries.writing import open_form

HOPE = "vp_future_adult"


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


def test_a_shared_hope_is_a_choice_with_who_said_it_when_and_where(room: Room) -> None:
    hoping(room)
    (found,) = told(room, "parent")["hopes"]
    assert (found.words, found.author, found.said_on) == ("That she runs a cafe.", "You", NOW.date())
    (choice,) = choosing.options({"hopes": [found]})["hopes"]
    assert choice.id == choice.label == found.words and "You, " in choice.note  # type: ignore[attr-defined]


def test_a_hope_goes_no_wider_than_its_own_readers(room: Room) -> None:
    """The other parent reads the school's request and not this parent's view: nobody writes it there from a list."""
    hoping(room)
    assert words(told(room, "senco")) == []


def test_a_private_hope_is_its_writers_alone(room: Room) -> None:
    hoping(room, shared=False)
    assert words(told(room, "senco")) == [] and words(told(room, "other")) == []
    assert words(told(room, "parent")) == ["That she runs a cafe."]


def test_what_a_parent_keeps_from_the_school_is_no_choice_for_it(room: Room) -> None:
    view = hoping(room)
    form = submissions.form_of(view)
    withholding.withhold(room.session, view, form, room.theirs("parent", view), "setting", [HOPE])
    assert words(told(room, "senco")) == []


def test_outcomes_are_told_once_and_the_same_words_once(room: Room) -> None:
    assert told(room, "senco") == {}


def test_the_number_of_queries_does_not_grow(room: Room, queries: Any) -> None:
    counts = []
    for who in ("parent", "other"):
        hoping(room, who)
        with queries() as seen:
            told(room, "senco")
        counts.append(len(seen))
    assert counts[0] == counts[1]

"""A plan by its lettered sections: what stands where, what hangs loose, and what is not specific."""

from typing import Any

import pytest

from forms import catalogue, plan
from forms.completeness import visible

FORM = catalogue.get("ehcp-0-13")
WHOLE: dict[str, Any] = {
    "pa[]": ["a"], "pa[a].part": "hopes", "pa[a].says": "I want to be a vet.",
    "nd[]": ["n"], "nd[n].area": "cl", "nd[n].what": "Reading words of one syllable.",
    "ou[]": ["o"], "ou[o].can": "Read a page alone.", "ou[o].hope": "a",
    "pv[]": ["p"], "pv[p].need": "n", "pv[p].outcome": "o", "pv[p].section": "f", "pv[p].what": "Reading aloud.",
    "pv[p].who": "A specialist teacher.", "pv[p].times": "3", "pv[p].per": "week", "pv[p].mins": "30",
    "pv[p].watch": "The SENCO, each half-term.",
}  # fmt: skip


def test_the_place_is_asked_only_when_the_plan_is_made_final() -> None:
    draft = {each.section.id for each in visible(FORM, {}, {})}
    final = {each.section.id for each in visible(FORM, {}, {"final": True})}
    assert final - draft == {"place"}


@pytest.mark.parametrize(
    ("group", "cell", "value", "letter"),
    [
        ("nd[]", "nd[r].area", "hl", "C"),
        ("nd[]", "nd[r].area", "sc", "D"),
        ("nd[]", "nd[r].area", "semh", "B"),
        ("nd[]", "nd[r].area", None, "B"),
        ("pv[]", "pv[r].section", "h1", "H1"),
        ("pv[]", "pv[r].section", "g", "G"),
        ("pv[]", "pv[r].section", None, "F"),
        ("ou[]", "ou[r].can", "x", "E"),
    ],
)
def test_a_row_stands_in_the_section_that_its_area_says(group: str, cell: str, value: Any, letter: str) -> None:
    assert plan.letter_of(group, "r", {cell: value}) == letter


def test_a_whole_thread_has_no_loose_end_and_specific_provision_raises_no_question() -> None:
    assert plan.strands(WHOLE) == (plan.Strand("n", "B", ("p",), ("o",)),)
    assert plan.loose(WHOLE) == () and plan.unspecific(WHOLE) == () and plan.untied(WHOLE) == ((), ())


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pv[]": []}, ["Need 1 has no provision.", "Need 1 leads to no outcome."]),
        ({"pv[p].outcome": "gone"}, ["Need 1 leads to no outcome.", "Provision 1 works towards no outcome."]),
        ({"pv[p].need": ""}, ["Need 1 has no provision.", "Provision 1 meets no need."]),
        ({"ou[o].hope": ""}, ["Outcome 1 leads to no hope in Section A."]),
        ({"ou[]": ["o", "b"]}, ["Outcome 2 has no provision that works towards it."]),
    ],
)
def test_what_has_no_thread_is_listed(changes: dict[str, Any], says: list[str]) -> None:
    found = [each.say for each in plan.loose({**WHOLE, **changes})]
    assert set(says) <= set(found)


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        ("who", "", "Provision 1 does not say who gives it."),
        ("mins", "", "Provision 1 does not say how long each time."),
        ("per", "", "Provision 1 does not say how often."),
        ("watch", " ", "Provision 1 does not say who checks."),
        ("what", "Access to a quiet room as required.", "“access to” and “as required”"),
    ],
)
def test_provision_says_who_what_how_often_how_long_and_who_checks(cell: str, value: str, says: str) -> None:
    found = [each.say for each in plan.unspecific({**WHOLE, f"pv[p].{cell}": value})]
    assert len(found) == 1 and says in found[0]


def test_a_statement_without_a_source_is_listed_and_the_councils_own_sections_are_not() -> None:
    answers = {**WHOLE, "ka[]": ["k"], "ka[k].what": "A report", "pj_say": "Nobody asked for one."}
    found = plan.without_source(answers, {"nd[n]", "pv[p]"})
    assert found == (("A", "pa[a]"), ("E", "ou[o]"))


def test_a_section_can_be_left_out_whole() -> None:
    answers = {**WHOLE, "pi_name": "Bramble Hill", "pi_type": "Primary school"}
    assert plan.blanked(FORM, answers, "place") == WHOLE


def test_every_lettered_section_has_a_title_for_each_reader() -> None:
    assert set(plan.LETTERS) == plan.TITLES.keys() == plan.FAMILY_TITLES.keys() == plan.PERSON_TITLES.keys()

"""The golden thread: need, outcome, provision, hope; and what hangs loose."""

from typing import Any

import pytest

from forms import catalogue
from forms.thread import thread

SETTING = catalogue.get("ehcna-req-setting")
REVIEW = catalogue.get("ar-14-25")
TIED = {
    "na_ci_hard": "Being understood",
    "ou[]": ["o"], "ou[o].can": "Ask another child to play", "ou[o].area": ["ci"], "ou[o].hope": "To have friends",
    "pv[]": ["p"], "pv[p].need": "ci", "pv[p].outcome": "o",
}  # fmt: skip


def loose(answers: dict[str, Any], form: Any = SETTING) -> set[str]:
    return {each.path for each in thread(form, answers).loose}


def test_a_whole_thread_has_no_loose_end() -> None:
    found = thread(SETTING, TIED)
    assert found.loose == ()
    assert [(each.area, each.label, each.outcomes, each.provision) for each in found.strands] == [
        ("ci", "Communication and interaction", ("o",), ("p",))
    ]


def test_nothing_written_hangs_loose_nowhere() -> None:
    assert loose({}) == set()


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"na_sp_hard": "Noise"}, {"na_sp_hard"}),
        ({"ou[o].area": ["cl"]}, {"na_ci_hard", "ou[o].area"}),
        ({"ou[o].hope": " "}, {"ou[o].hope"}),
        ({"pv[p].need": ""}, {"na_ci_hard", "pv[p].need"}),
        ({"pv[p].outcome": ""}, {"ou[o].can", "pv[p].outcome"}),
        ({"pv[p].outcome": "gone"}, {"ou[o].can", "pv[p].outcome"}),
        ({"pv[]": []}, {"na_ci_hard", "ou[o].can"}),
    ],
)
def test_what_has_no_thread_is_listed_where_it_can_be_put_right(changes: dict[str, Any], at: set[str]) -> None:
    assert loose({**TIED, **changes}) == at


def test_a_form_is_not_blamed_for_what_it_does_not_ask() -> None:
    rows = {"ou[]": ["o"], "ou[o].can": "Cook a meal"}
    found = thread(REVIEW, rows, child_name="Ada")
    assert [each.say for each in found.loose] == ["Outcome 1 leads to no hope of Ada's."]
    assert found.strands == ()

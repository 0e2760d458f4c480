"""What a plan says is asked about in its own words, each outcome and each kind of help in a row."""

import pytest

from forms import catalogue, told_plan
from forms.definition import question
from forms.prefill import wanted

PLAN = {
    "ou[]": ["o", "q"], "ou[o].can": "By July Robin will read a page alone.", "ou[q].can": " ",
    "pv[]": ["p", "h", "s"], "pv[p].what": "Reading aloud.", "pv[p].section": "f", "pv[h].what": "Speech therapy.",
    "pv[h].section": "g", "pv[s].what": "A short break.", "pv[s].section": "h2",
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "group", "said"),
    [
        ("ar-0-13", "rv_out[]", ["By July Robin will read a page alone."]),
        ("ar-0-13", "rv_pv[]", ["Reading aloud.", "Speech therapy.", "A short break."]),
        ("ar-14-25", "rv_out[]", ["By July Robin will read a page alone."]),
        ("ar-contribution", "co_out[]", ["By July Robin will read a page alone."]),
        ("views-parent", "vp_out[]", ["By July Robin will read a page alone."]),
    ],
)
def test_each_statement_that_says_something_is_the_title_of_a_row(form: str, group: str, said: list[str]) -> None:
    asked = question(catalogue.get(form), group)
    rows = told_plan.rows(asked, PLAN, wanted(asked).plan)
    assert rows == [{f"{group}.row__title": each} for each in said]


def test_only_the_sections_asked_about_are_told() -> None:
    asked = question(catalogue.get("ar-0-13"), "rv_pv[]")
    assert told_plan.rows(asked, PLAN, {"G"}) == [{"rv_pv[].row__title": "Speech therapy."}]


def test_a_plan_without_words_tells_nothing() -> None:
    assert told_plan.rows(question(catalogue.get("ar-0-13"), "rv_out[]"), {}, {"E"}) == []

"""A plan's outcomes and provision as another form asks about each: a row for a row, in the words of the plan."""

from collections.abc import Collection, Mapping
from typing import Any

from forms import plan
from forms.question import Question


def group_of(letters: Collection[str]) -> str:
    """The plan's group that says what stands in these lettered sections: outcomes for E, else provision."""
    return "ou[]" if "E" in letters else "pv[]"


def rows(asked: Question, answers: Mapping[str, Any], letters: Collection[str]) -> list[dict[str, Any]]:
    """What each new row of the group asked would have for its title: the statements of a plan in these lettered
    sections, in order. `answers` are those of the plan that may be told."""
    group, (title, *_) = group_of(letters), asked.cells
    stands = (row for row in plan.rows(group, answers) if plan.letter_of(group, row, answers) in letters)
    said = (plan.says(f"{group[:-2]}[{row}]", answers) for row in stands)
    return [{title.id: words} for words in said if words.strip()]

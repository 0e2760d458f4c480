"""When a cycle of support counts towards the usual two."""

from typing import Any

import pytest

from forms.cycles import complete

WHOLE = {
    "from": "2026-01-05", "to": "2026-03-27", "aim": "Ask for a break", "did": "Twice a week",
    "result": "From 0 to 4 times a day", "parent": "yes",
}  # fmt: skip


def cycles(*rows: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {"tr_cycle[]": [f"r{at}" for at in range(len(rows))]}
    return answers | {f"tr_cycle[r{at}].{part}": value for at, row in enumerate(rows) for part, value in row.items()}


def test_whole_cycles_count_even_when_they_overlap() -> None:
    assert complete(cycles(WHOLE, {**WHOLE, "from": "2026-03-16", "to": "2026-06-01"}), "tr_cycle[]") == 2


@pytest.mark.parametrize("part", sorted(WHOLE))
def test_a_cycle_without_one_of_its_parts_does_not_count(part: str) -> None:
    assert complete(cycles({**WHOLE, part: ""}), "tr_cycle[]") == 0


@pytest.mark.parametrize(("reviewed", "counts"), [("2026-02-02", 1), ("2026-02-01", 0), ("2025-12-01", 0)])
def test_a_cycle_lasts_four_weeks_at_least(reviewed: str, counts: int) -> None:
    assert complete(cycles({**WHOLE, "to": reviewed}), "tr_cycle[]") == counts


@pytest.mark.parametrize(("asked_on", "counts"), [("2027-09-27", 1), ("2027-09-28", 0)])
def test_a_review_counts_for_eighteen_months(asked_on: str, counts: int) -> None:
    assert complete(cycles(WHOLE), "tr_cycle[]", asked_on) == counts


def test_a_date_that_is_not_one_does_not_count_and_does_not_break() -> None:
    raw = {"day": "31", "month": "2", "year": "2026"}
    assert complete(cycles({**WHOLE, "to": raw}, {**WHOLE, "from": "soon"}), "tr_cycle[]") == 0


def test_no_answer_has_no_cycles() -> None:
    assert complete({}, "tr_cycle[]") == 0

"""What counts as an answer."""

from typing import Any

import pytest

from forms.values import has_something, read_number, usable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", "12"), ("£1,250.50", "1250.50"), ("92.5 %", "92.5"), ("٩٥", "95"), ("0", "0"),
        ("-1", None), ("1e5", None), ("1_000", None), ("NaN", None), ("Infinity", None), ("ten", None), ("", None),
        ("1" * 16, None),
    ],
)  # fmt: skip
def test_a_number_is_kept_in_plain_digits(typed: str, kept: str | None) -> None:
    assert read_number(typed) == kept


@pytest.mark.parametrize("value", [None, "", "  \n", [], {}, [""], {"name": " "}, {"files": []}])
def test_nothing_is_no_answer(value: Any) -> None:
    assert not has_something(value)


@pytest.mark.parametrize("value", ["0", "no", ["none"], {"postcode": "X"}, [{"id": "1", "name": "a.pdf"}]])
def test_anything_said_is_an_answer(value: Any) -> None:
    assert has_something(value)


@pytest.mark.parametrize(
    ("kind", "value", "is_one"),
    [
        ("date", "2026-03-05", True),
        ("date", {"day": "31", "month": "2", "year": "2026"}, False),
        ("num", "12", True),
        ("num", "a dozen", False),
        ("time", "14:30", True),
        ("time", "teatime", False),
        ("person", {"name": "Ms Q"}, True),
        ("person", {"phone": "01632 960001"}, False),
        ("sign", {"name": "Ms Q"}, True),
        ("sign", {}, False),
        ("area", "words", True),
    ],
)
def test_something_typed_that_is_not_of_its_kind_is_not_yet_an_answer(kind: str, value: Any, is_one: bool) -> None:
    assert usable(kind, value) is is_one


def test_a_year_alone_answers_a_question_that_takes_one() -> None:
    year = {"day": "", "month": "", "year": "2016"}
    assert usable("date", year, partial=True)
    assert not usable("date", year)

"""Dates are read as people write them, and nothing typed is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import dates


def boxes(*typed: str) -> dict[str, str]:
    return dict(zip(dates.PARTS, typed, strict=False))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("5", "3", "2026"), "2026-03-05"),
        (("05", "03", "26"), "2026-03-05"),
        (("5th", "March", "2026"), "2026-03-05"),
        (("5", "sept", "69"), "2069-09-05"),
        (("5", "Sep.", "70"), "1970-09-05"),
        (("٥", "٣", "٢٠٢٦"), "2026-03-05"),
        (("5/3/26",), "2026-03-05"),
        (("", "", "5 Mar 2026"), "2026-03-05"),
        (("05.03.2026", "", ""), "2026-03-05"),
        (("2026-03-05", "", ""), "2026-03-05"),
        (("29", "2", "2028"), "2028-02-29"),
        ((), ""),
        ((" ", "", ""), ""),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: tuple[str, ...], kept: str) -> None:
    assert dates.read_date(boxes(*typed)) == kept
    assert dates.date_problem(kept) is None


@pytest.mark.parametrize(
    ("typed", "box", "says"),
    [
        (("31", "2", "2026"), "day", "not a real date"),
        (("29", "feb", "2027"), "day", "not a real date"),
        (("32", "1", "2026"), "day", "1 to 31"),
        (("5", "13", "2026"), "month", "1 to 12"),
        (("5", "Marmalade", "2026"), "month", "or its name"),
        (("5", "3", "20266"), "year", "must be a number"),
        (("5", "3", "spring"), "year", "must be a number"),
        (("5", "", ""), "month", "needs a month and a year"),
        (("", "3", "2026"), "day", "needs a day"),
        (("5/3",), "day", "1 to 31"),
    ],
)
def test_what_is_not_a_date_is_kept_as_typed_and_points_at_the_box(typed: tuple[str, ...], box: str, says: str) -> None:
    kept = dates.read_date(boxes(*typed))
    problem = dates.date_problem(kept)
    assert isinstance(kept, dict) and [text for text in kept.values() if text] == [text for text in typed if text]
    assert problem is not None and problem[0] == box and says in problem[1]


@pytest.mark.parametrize(("typed", "will_do"), [(("", "", "2016"), True), (("", "3", "2016"), True),
                                               (("5", "", "2016"), False), (("5", "3", ""), False)])  # fmt: skip
def test_a_year_alone_will_do_where_the_question_says_so(typed: tuple[str, ...], will_do: bool) -> None:
    kept = dates.read_date(boxes(*typed))
    assert (dates.date_problem(kept, partial=True) is None) is will_do
    assert dates.date_problem(kept) is not None


def test_a_month_has_two_boxes() -> None:
    parts = dates.PARTS[1:]
    assert dates.read_date({"month": "june", "year": "25"}, parts) == "2025-06"
    assert dates.date_problem(dates.read_date({"month": "", "year": "2025"}, parts), parts=parts) == (
        "month",
        "The date needs a month.",
    )


@given(st.dictionaries(st.sampled_from(dates.PARTS), st.text(max_size=12)))
def test_no_text_in_the_boxes_breaks_the_reading(typed: dict[str, str]) -> None:
    kept = dates.read_date(typed)
    assert isinstance(kept, dict) or dates.date_problem(kept) is None
    dates.in_words(kept)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_date_survives_its_own_boxes(day: date) -> None:
    year, month, number = str(day).split("-")
    assert dates.read_date(boxes(number, month, year)) == str(day)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("14:30", "14:30"), ("2.30pm", "14:30"), ("12am", "00:00"), ("12 PM", "12:00"), ("9", "09:00"),
     ("25:00", None), ("13pm", None), ("half two", None), ("9:75", None)],
)  # fmt: skip
def test_a_time_is_read_or_refused(typed: str, kept: str | None) -> None:
    assert dates.read_time(typed) == kept


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("2026-03-05", "5 March 2026"),
        ("2026-03", "March 2026"),
        ({"day": "31", "month": "2", "year": "2026"}, "31 2 2026"),
    ],
)
def test_dates_are_shown_in_words(kept: dates.Kept, words: str) -> None:
    assert dates.in_words(kept) == words

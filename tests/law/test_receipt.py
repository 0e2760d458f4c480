"""Which day a request was received: the day it arrived, with a word where that day may be wrong."""

from datetime import date

import pytest

from law.receipt import ROUTES, doubts

TODAY = date(2026, 11, 23)


def test_every_route_says_which_day_counts() -> None:
    assert set(ROUTES) == {"letter", "email", "hand", "phone", "paper_form", "elsewhere"}
    assert all(each.counts for each in ROUTES.values())


@pytest.mark.parametrize(
    ("route", "day", "word"),
    [
        ("letter", date(2026, 11, 22), "no post"),  # a Sunday
        ("letter", date(2026, 8, 31), "no post"),  # a bank holiday
        ("email", date(2026, 10, 1), "six weeks"),
    ],
)
def test_a_day_that_may_be_wrong_is_asked_about(route: str, day: date, word: str) -> None:
    assert any(word in said for said in doubts(route, day, TODAY))


@pytest.mark.parametrize(
    ("route", "day"),
    [("letter", date(2026, 11, 21)), ("email", date(2026, 11, 22)), ("hand", date(2026, 11, 22)), ("phone", TODAY)],
)
def test_a_weekend_is_a_day_like_any_other_where_something_can_arrive(route: str, day: date) -> None:
    assert doubts(route, day, TODAY) == []


def test_the_last_day_of_six_weeks_is_not_yet_over() -> None:
    assert doubts("email", date(2026, 10, 12), TODAY) == []
    assert doubts("email", date(2026, 10, 11), TODAY) != []

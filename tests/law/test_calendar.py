"""The seven counting methods, worked by hand."""

from datetime import date

import pytest

from law import calendar
from law.errors import BeyondKnownHolidays

COUNTS = [
    ("six weeks end on the same weekday", "weeks", date(2026, 10, 7), 6, date(2026, 11, 18)),
    ("twenty weeks run through Easter and both May holidays", "weeks", date(2026, 1, 5), 20, date(2026, 5, 25)),
    ("six weeks over a leap day", "weeks", date(2028, 2, 1), 6, date(2028, 3, 14)),
    ("sixteen weeks over the new year", "weeks", date(2026, 10, 7), 16, date(2027, 1, 27)),
    ("two weeks back", "weeks", date(2027, 1, 11), -2, date(2026, 12, 28)),
    ("fifteen days do not count the first", "days", date(2026, 10, 7), 15, date(2026, 10, 22)),
    ("fifteen days beginning with the day count it", "days_from", date(2026, 10, 7), 15, date(2026, 10, 21)),
    ("Christmas counts among calendar days", "days_from", date(2026, 12, 25), 15, date(2027, 1, 8)),
    ("two months after the 30th", "months_after", date(2026, 11, 30), 2, date(2027, 1, 30)),
    ("one month after the 31st ends on the 30th", "months_after", date(2026, 5, 31), 1, date(2026, 6, 30)),
    ("two months after 31 December in a plain year", "months_after", date(2026, 12, 31), 2, date(2027, 2, 28)),
    ("two months after 31 December before a leap day", "months_after", date(2027, 12, 31), 2, date(2028, 2, 29)),
    ("five months before the 31st", "months_after", date(2026, 7, 31), -5, date(2026, 2, 28)),
    ("a year beginning with a day ends the day before", "months_from", date(2026, 5, 5), 12, date(2027, 5, 4)),
    ("a year beginning on 1 January ends on 31 December", "months_from", date(2026, 1, 1), 12, date(2026, 12, 31)),
    ("a year beginning on 1 March can end on a leap day", "months_from", date(2027, 3, 1), 12, date(2028, 2, 29)),
    ("a year beginning on a leap day ends on 28 February", "months_from", date(2028, 2, 29), 12, date(2029, 2, 28)),
    ("six months from 31 August end with February", "months_from", date(2026, 8, 31), 6, date(2027, 2, 28)),
    ("three weeks of working days", "workdays_from", date(2026, 10, 5), 15, date(2026, 10, 23)),
    ("a Saturday start makes Monday day 1", "workdays_from", date(2026, 10, 3), 1, date(2026, 10, 5)),
    (
        "Christmas and the Boxing Day substitute are left out",
        "workdays_from",
        date(2026, 12, 24),
        3,
        date(2026, 12, 30),
    ),
    ("Good Friday and Easter Monday are left out", "workdays_from", date(2027, 3, 25), 2, date(2027, 3, 30)),
    ("working days after a Thursday", "workdays_after", date(2026, 10, 8), 3, date(2026, 10, 13)),
    ("the New Year's Day substitute is left out", "workdays_after", date(2027, 12, 31), 1, date(2028, 1, 4)),
]


@pytest.mark.parametrize(("words", "method", "start", "n", "end"), COUNTS, ids=[row[0] for row in COUNTS])
def test_counting(words: str, method: str, start: date, n: int, end: date) -> None:
    assert calendar.METHODS[method](start, n) == end


@pytest.mark.parametrize(
    ("day", "act_by"),
    [
        pytest.param(date(2026, 10, 7), date(2026, 10, 7), id="a working day stays"),
        pytest.param(date(2026, 2, 15), date(2026, 2, 13), id="a Sunday goes back to Friday"),
        pytest.param(date(2026, 12, 28), date(2026, 12, 24), id="the Boxing Day substitute goes back before Christmas"),
        pytest.param(date(2027, 3, 29), date(2027, 3, 25), id="Easter Monday goes back to Thursday"),
        pytest.param(date(2027, 12, 28), date(2027, 12, 24), id="two substitutes and a weekend go back to Friday"),
        pytest.param(date(2028, 1, 3), date(2027, 12, 31), id="the New Year substitute goes back over the year"),
    ],
)
def test_the_day_to_act_by_is_the_last_working_day(day: date, act_by: date) -> None:
    assert calendar.last_working_day_on_or_before(day) == act_by


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2029, 1, 1)])
def test_a_day_outside_the_known_holidays_is_refused(day: date) -> None:
    with pytest.raises(BeyondKnownHolidays):
        calendar.is_working_day(day)


def test_a_count_that_leaves_the_known_holidays_is_refused() -> None:
    assert calendar.workdays_after(date(2028, 12, 28), 1) == date(2028, 12, 29)
    with pytest.raises(BeyondKnownHolidays, match="cannot be counted"):
        calendar.workdays_after(date(2028, 12, 28), 2)


@pytest.mark.parametrize(
    ("end", "n", "start"),
    [
        pytest.param(date(2027, 1, 4), 5, date(2026, 12, 23), id="back over New Year, the substitute and Christmas"),
        pytest.param(date(2027, 3, 30), 1, date(2027, 3, 25), id="back over Easter"),
        pytest.param(date(2026, 10, 4), 1, date(2026, 10, 2), id="from a Sunday, Friday is one back"),
    ],
)
def test_working_days_are_counted_back(end: date, n: int, start: date) -> None:
    assert calendar.workdays_before(end, n) == start


def test_august_days_and_half_term_days_are_working_days() -> None:
    assert calendar.is_working_day(date(2026, 8, 12))
    assert calendar.is_working_day(date(2026, 10, 28))

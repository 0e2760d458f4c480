"""The shipped bank holidays are whole, and long enough."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from law.bank_holidays import BANK_HOLIDAYS, KNOWN_FROM, KNOWN_TO


def test_the_shipped_bank_holidays_last_at_least_another_year() -> None:
    # The one test that reads the real clock: it fails in time for somebody to add the next year.
    today = datetime.now(UTC).date()  # noqa: TID251
    assert KNOWN_TO - today > timedelta(days=365), "Add the next year's bank holidays to law/bank_holidays.py"


def test_every_known_year_has_its_eight_holidays() -> None:
    years = Counter(day.year for day in BANK_HOLIDAYS)
    assert years == {year: 8 for year in range(KNOWN_FROM.year, KNOWN_TO.year + 1)}


def test_no_bank_holiday_falls_at_a_weekend() -> None:
    assert [day for day in BANK_HOLIDAYS if day.weekday() >= 5] == []


def _easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus."""
    a, b, c = year % 19, *divmod(year, 100)
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


@pytest.mark.parametrize("year", range(KNOWN_FROM.year, KNOWN_TO.year + 1))
def test_good_friday_and_easter_monday_stand_around_easter(year: int) -> None:
    assert BANK_HOLIDAYS[_easter(year) - timedelta(days=2)] == "Good Friday"
    assert BANK_HOLIDAYS[_easter(year) + timedelta(days=1)] == "Easter Monday"

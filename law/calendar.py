"""Counting: the seven methods the law uses, one of them also backwards, and nothing else.

Every function takes and gives calendar dates as they fall in the United Kingdom. Nothing here knows the
time of day.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from law.bank_holidays import BANK_HOLIDAYS, KNOWN_FROM, KNOWN_TO
from law.errors import BeyondKnownHolidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def weeks(start: date, n: int) -> date:
    """ "Within n weeks of": the start is not counted and the whole of the last day is available."""
    return start + timedelta(weeks=n)


def days(start: date, n: int) -> date:
    """ "Within n days of": calendar days, the start not counted."""
    return start + timedelta(days=n)


def days_from(start: date, n: int) -> date:
    """ "n days beginning with": calendar days, the start is day 1."""
    return start + timedelta(days=n - 1)


def months_after(start: date, n: int) -> date:
    """ "Within n months after": the same day-number n months on, or the last day of a shorter month."""
    return _months_on(start, n)[0]


def months_from(start: date, n: int) -> date:
    """ "n months beginning with": the day before the same day-number n months on.

    If that month has no such day the period ends on its last day.
    """
    end, had_that_day = _months_on(start, n)
    return end - ONE_DAY if had_that_day else end


def workdays_from(start: date, n: int) -> date:
    """ "n working days beginning with": day 1 is the start, or the next working day if the start is not one.

    Raises BeyondKnownHolidays when the count would need bank holidays that are not known.
    """
    return _nth_working_day(start, n)


def workdays_after(start: date, n: int) -> date:
    """ "Within n working days after": the count starts on the next working day.

    Raises BeyondKnownHolidays when the count would need bank holidays that are not known.
    """
    return _nth_working_day(start + ONE_DAY, n)


def workdays_before(end: date, n: int) -> date:
    """ "At least n working days before": the n-th working day back, the end not counted.

    From a working day it undoes `workdays_after`. Raises BeyondKnownHolidays.
    """
    day = end
    for _ in range(n):
        day = last_working_day_on_or_before(day - ONE_DAY)
    return day


METHODS: dict[str, Callable[[date, int], date]] = {
    method.__name__: method
    for method in (weeks, days, days_from, months_after, months_from, workdays_from, workdays_after)
}


def is_working_day(day: date) -> bool:
    """Any day but Saturday, Sunday, Christmas Day, Good Friday and bank holidays in England and Wales.

    Banking and Financial Dealings Act 1971. Raises BeyondKnownHolidays outside the years that are known.
    """
    if not KNOWN_FROM <= day <= KNOWN_TO:
        raise BeyondKnownHolidays(
            f"Bank holidays are known from {KNOWN_FROM} to {KNOWN_TO}, so working days around {day} cannot be counted."
        )
    return day.weekday() < SATURDAY and day not in BANK_HOLIDAYS


def last_working_day_on_or_before(day: date) -> date:
    """The day to act by when a date stays where it is. Raises BeyondKnownHolidays."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def first_working_day_on_or_after(day: date) -> date:
    """Where a tribunal's time limit moves to (HESC Rules 2008, r.12(2)). Raises BeyondKnownHolidays."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def _months_on(start: date, n: int) -> tuple[date, bool]:
    """The corresponding date n months on, and whether that month has such a day."""
    year, month0 = divmod(start.year * 12 + start.month - 1 + n, 12)
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(start.day, last)), start.day <= last


def _nth_working_day(first: date, n: int) -> date:
    day = first_working_day_on_or_after(first)
    for _ in range(n - 1):
        day = first_working_day_on_or_after(day + ONE_DAY)
    return day

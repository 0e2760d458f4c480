"""When a letter counts as having reached somebody."""

from datetime import date, timedelta

from law import calendar
from law.errors import BeyondKnownHolidays

WORKING_DAYS_OF_POST = 2


def by_post(posted_on: date) -> date:
    """The day a posted letter counts as delivered: the ordinary course of first-class post, two working days.

    Where that year's bank holidays are not known, a week: later than any two working days, which costs the sender
    and never the reader. Law: Interpretation Act 1978, s.7.
    """
    try:
        return calendar.workdays_after(posted_on, WORKING_DAYS_OF_POST)
    except BeyondKnownHolidays:
        return posted_on + timedelta(days=7)

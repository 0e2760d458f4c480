"""How a request reaches the authority, and which day counts: the calendar day of arrival, whatever the hour.

SEND Regulations 2014, regs 4 and 5, count from "receiving" and say no more. Where a working rule of others would give
a later day (the next working day after 5pm), the day of arrival is taken: it is the stricter.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from law import calendar
from law.errors import BeyondKnownHolidays

SIX_WEEKS = timedelta(weeks=6)


@dataclass(frozen=True)
class Route:
    """A way that a request comes. `counts` says which day it was received."""

    id: str
    title: str
    counts: str


ROUTES = {
    each.id: each
    for each in (
        Route("letter", "By letter", "The day it was delivered, not the day it was opened. Signed for: that day."),
        Route("email", "By email", "The day it was sent to us, whatever the hour: a Saturday evening is a Saturday."),
        Route("hand", "Handed in", "The day it was handed in, after hours too."),
        Route("phone", "By telephone, or said to somebody here", "The day it was said."),
        Route("paper_form", "A paper form, or a photo or scan of one", "The day the paper or its picture reached us."),
        Route(
            "elsewhere",
            "Another way: a councillor, a school’s inbox, another team",
            "The day it first reached anybody at the council, not the day it was passed on.",
        ),
    )
}


def doubts(route: str, arrived_on: date, today: date) -> list[str]:
    """What to look at again about a day of arrival. Never a reason to refuse it."""
    found = []
    if arrived_on + SIX_WEEKS < today:
        found.append("The six weeks to decide are over already. Check the day; if it is right, decide now.")
    if route == "letter" and not _post_comes(arrived_on):
        found.append("There is no post on that day. Check the day the letter was delivered.")
    return found


def _post_comes(day: date) -> bool:
    try:
        return day.weekday() == 5 or calendar.is_working_day(day)
    except BeyondKnownHolidays:
        return day.weekday() != 6

"""The only place that reads the clock. Everything else is told the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def london_day(instant: datetime) -> date:
    """The calendar day in London at an instant: 00:30 BST on 1 July is 1 July, though UTC says 30 June."""
    return instant.astimezone(LONDON).date()


def london_time(instant: datetime) -> str:
    """The time of day in London as people write it: 10:42."""
    return instant.astimezone(LONDON).strftime("%H:%M")

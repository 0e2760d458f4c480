"""When reminders may go: 08:00 to 18:00 in London, whatever the season."""

from datetime import UTC, date, datetime, time, timedelta

from workflow.clock import LONDON

OPENS, CLOSES = time(8), time(18)


def is_open(at: datetime) -> bool:
    """Whether a reminder may go at this instant."""
    return OPENS <= at.astimezone(LONDON).time() < CLOSES


def next_open(at: datetime) -> datetime:
    """This instant if a reminder may go now, else the next opening. UTC."""
    local = at.astimezone(LONDON)
    if local.time() >= CLOSES:
        return opening(local.date() + timedelta(days=1))
    return at if local.time() >= OPENS else opening(local.date())


def opening(day: date) -> datetime:
    """08:00 in London on a day, as UTC."""
    return datetime.combine(day, OPENS, LONDON).astimezone(UTC)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The instants at which a London day begins and ends, as UTC."""
    begins = datetime.combine(day, time(), LONDON)
    ends = datetime.combine(day + timedelta(days=1), time(), LONDON)
    return begins.astimezone(UTC), ends.astimezone(UTC)

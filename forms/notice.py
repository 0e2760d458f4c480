"""How long before a meeting people are told."""

from datetime import date
from typing import Any

SHORTEST = 14


def days(meeting: Any, today: Any) -> int | None:
    """Days from today to a meeting, both ISO dates. None when either is not known."""
    try:
        return (date.fromisoformat(meeting) - date.fromisoformat(today)).days
    except (TypeError, ValueError):
        return None

"""When a cycle of Assess-Plan-Do-Review counts towards the usual two. Advice to a reader, never a gate."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from forms.paths import path
from forms.values import has_something

SHORTEST = timedelta(weeks=4)
_RECENT_MONTHS = 18
_TOLD = ("aim", "did", "result", "parent")


def complete(answers: Mapping[str, Any], group: str, asked_on: str | None = None) -> int:
    """How many rows of `group` are complete cycles.

    A complete cycle has a start and, at least four weeks later, a review; an aim, what was done, what came
    of it and the parents' part in the review. Given `asked_on` (ISO date), the review is no more than 18
    months before it.
    """
    rows = answers.get(group) or ()
    since = _months_before(date.fromisoformat(asked_on), _RECENT_MONTHS) if asked_on else date.min
    return sum(_complete(answers, group, row, since) for row in rows)


def _complete(answers: Mapping[str, Any], group: str, row: str, since: date) -> bool:
    start, reviewed = (_date(answers.get(path(f"{group}.{end}", row))) for end in ("from", "to"))
    if start is None or reviewed is None:
        return False
    told = all(has_something(answers.get(path(f"{group}.{part}", row))) for part in _TOLD)
    return told and reviewed - start >= SHORTEST and reviewed >= since


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, 28))

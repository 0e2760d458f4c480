"""When a cycle of Assess-Plan-Do-Review counts towards the usual two. Advice to a reader, never a gate."""

from collections.abc import Mapping
from dataclasses import dataclass
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


def complete_in_plan(answers: Mapping[str, Any], asked_on: str | None = None) -> int:
    """How many cycles of an SEN support plan (`cy[]`) are complete.

    Such a cycle was reviewed four weeks or more after it began, has a starting point, an aim with a way to know and
    a result for each aim, a row of support with who gives it and how often, and the views of parents and of the
    child. Given `asked_on` (ISO date), the review is no more than 18 months before it.
    """
    since = _months_before(date.fromisoformat(asked_on), _RECENT_MONTHS) if asked_on else date.min
    return sum(_Planned(answers, row).complete(since) for row in answers.get("cy[]") or ())


@dataclass(frozen=True)
class _Planned:
    """One cycle of a plan."""

    answers: Mapping[str, Any]
    row: str

    def complete(self, since: date) -> bool:
        start, reviewed = _date(self._cell("from")), _date(self._cell("done_on"))
        if start is None or reviewed is None or reviewed - start < SHORTEST or reviewed < since:
            return False
        heard = self._some("parent", "parent_end") and self._some("child", "child_end")
        return self._some("base") and heard and self._aims() and self._supported()

    def _aims(self) -> bool:
        aims = self._cell("out[]") or ()
        known = any(self._told("out", aim, "know") for aim in aims)
        return known and all(self._told("out", aim, "result") for aim in aims)

    def _supported(self) -> bool:
        rows = self._cell("do[]") or ()
        return any(all(self._told("do", each, part) for part in ("who", "times", "per")) for each in rows)

    def _cell(self, name: str) -> Any:
        return self.answers.get(path(f"cy[].{name}", self.row))

    def _some(self, *names: str) -> bool:
        return any(has_something(self._cell(name)) for name in names)

    def _told(self, group: str, inner: str, name: str) -> bool:
        return has_something(self.answers.get(path(f"cy[].{group}[].{name}", self.row, inner)))


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, 28))

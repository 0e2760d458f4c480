"""Exceptions: which the law knows, and the test of each. They lift a numeric limit; none moves a date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from law.answer import Finding
from law.errors import BadException, BadTrigger
from law.facts import read_bool, read_date
from law.rules.shape import SCHOOLS_CLOSED, Rule

CLOSED_FOR = timedelta(days=28)
WEEK = timedelta(days=7)
DATES = ("advice_requested_on", "closed_from", "reopens_on", "from", "to", "appointment_on")
FLAGS = ("impractical", "made_by_body")


@dataclass(frozen=True, slots=True)
class Period:
    """The days a limit runs over, both ends included, and how long an absence must be to count."""

    start: date
    end: date
    absence_days: int

    def overlaps(self, first: date, last: date) -> bool:
        """Whether any of the days from first to last fall in the period."""
        return first <= self.end and last >= self.start


@dataclass(frozen=True, slots=True)
class Record:
    """An exception as somebody recorded it: dates and flags read, the rest left alone."""

    type: str
    dates: Mapping[str, date]
    flags: Mapping[str, bool]

    def has(self, *names: str) -> bool:
        """Whether all these dates were recorded."""
        return all(name in self.dates for name in names)


def last_day_key(kind: str) -> str | None:
    """The fact that says when an exception of a type is over; None for what happens on one day."""
    if kind in SCHOOLS_CLOSED:
        return "reopens_on"
    return "to" if kind in ("exceptional_personal_circumstances", "absent_from_area") else None


def ended(record: Mapping[str, object], on: date) -> dict[str, object]:
    """The record of an exception that was over on a day: of a closure, the day of opening again.

    Raises BadException for a type without an end, and for a day before its first.
    """
    read = _read(record)
    key, first = last_day_key(read.type), read.dates.get("from", read.dates.get("closed_from"))
    if key is None:
        raise BadException("What happened on one day does not end later.")
    if first is not None and on < first:
        raise BadException("It cannot have ended before its first day.")
    return {**record, key: on.isoformat()}


def judge(rule: Rule, trigger_on: date, due: date | None, record: Mapping[str, object]) -> Finding:
    """Accept or refuse one exception for one rule, with the id of the reason.

    Raises BadException when the record itself cannot be read.
    """
    read = _read(record)
    reason = _refusal(rule, trigger_on, due, read)
    return Finding(read.type, reason is None, reason or "exception.accepted")


def _refusal(rule: Rule, trigger_on: date, due: date | None, record: Record) -> str | None:
    if record.type not in TESTS:
        return "exception.not_in_law"
    if due is None or not rule.exceptions:
        return "exception.rule_has_none"
    if record.type not in rule.exceptions:
        return "exception.not_for_this_rule"
    if not record.flags.get("impractical", False):
        return "exception.not_impractical"
    return TESTS[record.type](record, Period(trigger_on, due, rule.absence_days))


def _school_closed(record: Record, period: Period) -> str | None:
    """Closed 28 days, and asked from a week before closing to a week before reopening. Reg 5(4)(a)-(b)."""
    if not record.has("advice_requested_on", "closed_from", "reopens_on"):
        return "exception.dates_missing"
    closed, reopens = record.dates["closed_from"], record.dates["reopens_on"]
    if reopens - closed < CLOSED_FOR:
        return "exception.closed_too_short"
    if not closed - WEEK <= record.dates["advice_requested_on"] <= reopens - WEEK:
        return "exception.asked_outside_window"
    return None if period.overlaps(closed, reopens - timedelta(days=1)) else "exception.outside_period"


def _personal(record: Record, period: Period) -> str | None:
    """Circumstances of the family in the period, by their dates where given. Reg 5(4)(c)."""
    first = record.dates.get("from", period.start)
    last = record.dates.get("to", max(first, period.end))
    if last < first:
        return "exception.dates_back_to_front"
    return None if period.overlaps(first, last) else "exception.outside_period"


def _absent(record: Record, period: Period) -> str | None:
    """Away without a break for 4 weeks of the period, or 2 for an order. Regs 5(4)(d), 45."""
    if not record.has("from", "to"):
        return "exception.dates_missing"
    if record.dates["to"] < record.dates["from"]:
        return "exception.dates_back_to_front"
    first, last = max(record.dates["from"], period.start), min(record.dates["to"], period.end)
    return None if (last - first).days + 1 >= period.absence_days else "exception.absent_too_short"


def _missed_appointment(record: Record, period: Period) -> str | None:
    """An examination or test arranged by the body itself, in its six weeks. Reg 8(2)(c)."""
    if not record.has("appointment_on"):
        return "exception.dates_missing"
    if not record.flags.get("made_by_body", False):
        return "exception.not_made_by_body"
    missed = record.dates["appointment_on"]
    return None if period.overlaps(missed, missed) else "exception.outside_period"


def _already_found(record: Record, period: Period) -> str | None:
    """A reg 13(3) circumstance was tested when it was found. Regs 44(3), 45."""
    return None


TESTS: dict[str, Callable[[Record, Period], str | None]] = {
    **dict.fromkeys(SCHOOLS_CLOSED, _school_closed),
    "exceptional_personal_circumstances": _personal,
    "absent_from_area": _absent,
    "missed_appointment": _missed_appointment,
    "reg13_3_applied": _already_found,
}


def _read(record: Mapping[str, object]) -> Record:
    if not isinstance(record, Mapping):
        raise BadException("An exception must be a record with a type.")
    kind = record.get("type")
    if not isinstance(kind, str) or not kind.strip():
        raise BadException("An exception must say its type.")
    try:
        dates = {name: read_date(name, record[name]) for name in DATES if record.get(name) is not None}
        flags = {name: read_bool(name, record[name]) for name in FLAGS if record.get(name) is not None}
    except BadTrigger as error:
        raise BadException(f"In the exception {kind!r}: {error}") from None
    return Record(kind.strip(), dates, flags)

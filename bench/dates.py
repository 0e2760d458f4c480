"""Statutory dates: a hundred thousand of them in one process, against a loop that adds days."""

import time
from datetime import date, timedelta

from bench.rounds import Measured, alternate
from law import due

ROUNDS, EACH = 5, 20_000
ASKED = (
    ("assess.decide", "request_received"),
    ("plan.finalise", "request_received"),
    ("review.report", "review_meeting"),
    ("review.decide", "review_meeting"),
    ("appeal.lodge", "decision_sent"),
)
FIRST = date(2026, 1, 5)
DAYS = [FIRST + timedelta(days=each % 250) for each in range(EACH)]


def measure() -> list[Measured]:
    """The date alone, and the whole answer of `law due` with its explanation."""
    took = alternate({"bare": _bare, "date": _dates, "answer": _answers}, time.process_time, rounds=ROUNDS, times=1)
    bare = "a loop that adds days"
    return [
        Measured(f"{what}, {ROUNDS * EACH:,} times", took[name] / EACH, bare, took["bare"] / EACH)
        for name, what in (("date", "a statutory date"), ("answer", "a date with its explanation"))
    ]


def _bare() -> list[date]:
    six_weeks = timedelta(weeks=6)
    return [day + six_weeks for day in DAYS]


def _dates() -> list[date | None]:
    return [each.due for each in _asked()]


def _answers() -> list[object]:
    return [due.as_json(each)["due"] for each in _asked()]


def _asked() -> list[due.Due]:
    found = []
    for at, day in enumerate(DAYS):
        rule, key = ASKED[at % len(ASKED)]
        found.append(due.compute(rule, {key: day}))
    return found

"""The moves from one phase of education to the next, and who makes each in a year. SEND Regulations 2014, reg 18."""

from dataclasses import dataclass
from datetime import date, timedelta

from law import due

TO_MEET = timedelta(weeks=12)
"""From a meeting to the last day of the final plan that follows from it (reg 22(3); *Devon*)."""


@dataclass(frozen=True, slots=True)
class Move:
    """One move: the act that begins it and the rule of its cut-off, the year group it leads into, and its name.

    `at` are words by which the name of a setting tells that its pupils make this move, where not everybody of the age
    does; `not_at` tells the same of settings whose pupils do not.
    """

    id: str
    act: str
    rule: str
    group: int
    title: str
    at: tuple[str, ...] = ()
    not_at: tuple[str, ...] = ()


MOVES = {
    each.id: each
    for each in (
        Move("early_years", "begin_early_years", "phase.early_years", 0, "From early years to school"),
        Move(
            "infant_junior",
            "begin_infant_junior",
            "phase.infant_junior",
            3,
            "From infant to junior school",
            at=("infant",),
        ),
        Move(
            "primary_middle",
            "begin_primary_middle",
            "phase.primary_middle",
            5,
            "From first to middle school",
            ("first",),
        ),
        Move(
            "secondary",
            "begin_secondary",
            "phase.secondary",
            7,
            "From primary to secondary school",
            not_at=("middle",),
        ),
        Move(
            "middle_secondary",
            "begin_middle_secondary",
            "phase.middle_secondary",
            9,
            "From middle to secondary school",
            at=("middle",),
        ),
        Move("post16", "begin_post16", "phase.post16", 12, "From school to college or sixth form"),
    )
}


@dataclass(frozen=True, slots=True)
class CutOff:
    """The day before which the next place is named; the last day that keeps to the law; and the last day for a
    meeting that leaves the twelve weeks to the final plan."""

    due: date
    last_compliant_day: date
    meet_by: date


def births(move: Move, year: int) -> tuple[date, date]:
    """(first, last) day of birth of those who make a move in a calendar year, by their age alone."""
    youngest = date(year - 4 - move.group, 8, 31)
    return date(youngest.year - 1, 9, 1), youngest


def cut_off(move: Move, year: int) -> CutOff:
    """The cut-off of a move in a calendar year."""
    answer = due.compute(move.rule, {"transfer_date": date(year, 9, 1)})
    assert answer.due is not None and answer.last_compliant_day is not None
    return CutOff(answer.due, answer.last_compliant_day, answer.due - TO_MEET)


def year_to_plan(today: date) -> int:
    """The year of the moves that are being planned on a day: this one until August, then the next."""
    return today.year if today.month < 9 else today.year + 1

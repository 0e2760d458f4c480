"""The shape of a rule: one readable row, chosen by the date that triggers it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

from law.facts import Facts

Standing = Literal["statutory", "guidance", "internal"]
Mark = Literal["A", "B", "K"]
Bearing = Literal["deadline", "allowed", "earliest", "fact"]

SEND_REGULATIONS_IN_FORCE = date(2014, 9, 1)


@dataclass(frozen=True, slots=True)
class Count:
    """One of the seven methods of law.calendar and its number."""

    method: str
    number: int


class Outcome(NamedTuple):
    """What working a rule out gives: the date, the fact that governed it, and anything worth saying."""

    due: date | None
    trigger_key: str
    last_compliant_day: date | None = None
    aim_for: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """A date that needs more than one count: a small function and, for each reader, how it is worked out."""

    work: Callable[[Facts], Outcome]
    words: str
    family: str


@dataclass(frozen=True, slots=True)
class NoDate:
    """A duty to which the law gives no number, and what it says instead."""

    why: str
    family: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One statutory period, guidance target or internal target.

    `needs` lists alternatives, each a combination of trigger keys; the first that is fully known is used, and
    its first key is the one that governs. `also` lists facts that may change the answer but may be unknown;
    `replaced_by` lists dates somebody else may fix, which then take the place of the count.
    `mark` says how sure the text is: A read in the law itself, B in a secondary source, K from knowledge.
    """

    id: str
    title: str
    needs: tuple[tuple[str, ...], ...]
    count: Count | Worked | NoDate
    owed_by: str
    owed_to: tuple[str, ...]
    citation: str
    mark: Mark
    duty: str
    family: str
    also: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    standing: Standing = "statutory"
    bearing: Bearing = "deadline"
    exceptions: tuple[str, ...] = ()
    absence_days: int = 28
    note: str = ""
    valid_from: date = SEND_REGULATIONS_IN_FORCE
    valid_to: date | None = None

    @property
    def method(self) -> str:
        """The counting method by name, as the public list of rules shows it."""
        if isinstance(self.count, Count):
            return f"{self.count.method}(t, {self.count.number})"
        return self.count.words if isinstance(self.count, Worked) else "no number"

    def in_force(self, day: date) -> bool:
        """Whether this version governs what happened on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def until(self, successor: date) -> "Rule":
        """This version, ending the day before its successor begins."""
        return replace(self, valid_to=successor - timedelta(days=1))


SCHOOLS_CLOSED = ("school_closed_4w", "early_years_closed_4w")
# Regs 5(4), 10(4), 13(3) and 27(3) list the same four circumstances.
FOUR_CIRCUMSTANCES = (*SCHOOLS_CLOSED, "exceptional_personal_circumstances", "absent_from_area")
ADVICE_CIRCUMSTANCES = ("exceptional_personal_circumstances", "absent_from_area", "missed_appointment")
ORDER_CIRCUMSTANCES = ("exceptional_personal_circumstances", "absent_from_area", "reg13_3_applied")

REQUEST_OR_RESPONSIBLE = (("request_received",), ("became_responsible",))

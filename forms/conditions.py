"""When a question is asked: small trees of named operators over answers and facts. Never code, never prose.

In a definition a condition is a table with one key, the operator: `{ equals = ["ch_care", "now"] }`.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from forms import cycles, notice
from forms.context import Answers, Context, Operator
from forms.paths import path
from forms.values import has_something

__all__ = ["Answers", "Condition", "Context", "Operator"]


class All(Operator):
    """Every condition holds."""

    all: tuple["Condition", ...]

    def holds(self, at: Context) -> bool:
        return all(part.holds(at) for part in self.all)

    def parts(self) -> tuple[Operator, ...]:
        return self.all


class AnyOf(Operator):
    """At least one condition holds."""

    any: tuple["Condition", ...]

    def holds(self, at: Context) -> bool:
        return any(part.holds(at) for part in self.any)

    def parts(self) -> tuple[Operator, ...]:
        return self.any


class Not(Operator):
    """The condition does not hold."""

    negated: "Condition" = Field(alias="not")

    def holds(self, at: Context) -> bool:
        return not self.negated.holds(at)

    def parts(self) -> tuple[Operator, ...]:
        return (self.negated,)


class Answered(Operator):
    """The question has an answer of any kind."""

    answered: str

    def holds(self, at: Context) -> bool:
        return has_something(at.answer(self.answered))

    def asks(self) -> tuple[str, tuple[str, ...]]:
        return self.answered, ()


class Equals(Operator):
    """The one option chosen is among these: `equals = ["ch_care", "now", "past"]`."""

    equals: tuple[str, ...] = Field(min_length=2)

    def holds(self, at: Context) -> bool:
        return at.answer(self.equals[0]) in self.equals[1:]

    def asks(self) -> tuple[str, tuple[str, ...]]:
        return self.equals[0], self.equals[1:]


class Includes(Operator):
    """Any of these is among the options ticked."""

    includes: tuple[str, ...] = Field(min_length=2)

    def holds(self, at: Context) -> bool:
        ticked = at.answer(self.includes[0])
        return isinstance(ticked, list) and any(option in ticked for option in self.includes[1:])

    def asks(self) -> tuple[str, tuple[str, ...]]:
        return self.includes[0], self.includes[1:]


class Under(Operator):
    """A number was given and it is under this: `under = ["st_att_pct", 95]`."""

    under: tuple[str, Decimal]

    def holds(self, at: Context) -> bool:
        try:
            return Decimal(at.answer(self.under[0])) < self.under[1]
        except (InvalidOperation, TypeError, ValueError):
            return False

    def asks(self) -> tuple[str, tuple[str, ...]]:
        return self.under[0], ()


class NoticeUnder(Operator):
    """The meeting on this day comes fewer days than this after today: `notice_under = ["iv_date", 14]`."""

    notice_under: tuple[str, int]

    def holds(self, at: Context) -> bool:
        days = notice.days(at.answer(self.notice_under[0]), at.fact("asked_on"))
        return days is not None and days < self.notice_under[1]

    def asks(self) -> tuple[str, tuple[str, ...]]:
        return self.notice_under[0], ()


class RowsOver(Operator):
    """More rows than this have been added: `rows_over = ["pr[]", 1]`."""

    rows_over: tuple[str, int]

    def holds(self, at: Context) -> bool:
        return len(at.answer(self.rows_over[0]) or ()) > self.rows_over[1]

    def asks(self) -> tuple[str, tuple[str, ...]]:
        return self.rows_over[0], ()


class SomeRow(Operator):
    """In some row of the group, one of these is answered: `some_row = ["pr[]", "pr[].phone"]`."""

    some_row: tuple[str, ...] = Field(min_length=2)

    def holds(self, at: Context) -> bool:
        group, *cells = self.some_row
        rows = at.answer(group) or ()
        return any(has_something(at.answers.get(path(cell, row))) for row in rows for cell in cells)

    def reads(self) -> frozenset[str]:
        """The ids of the questions it reads."""
        return frozenset(self.some_row)


class EachRow(Operator):
    """The group was answered, and in each of its rows all of these are."""

    each_row: tuple[str, ...] = Field(min_length=2)

    def holds(self, at: Context) -> bool:
        group, *cells = self.each_row
        rows = at.answer(group)
        return rows is not None and all(
            has_something(at.answers.get(path(cell, row))) for row in rows for cell in cells
        )

    def reads(self) -> frozenset[str]:
        """The ids of the questions it reads."""
        return frozenset(self.each_row)


class RowIs(Operator):
    """In some row, the one option chosen in this cell is among these: `row_is = ["pv[].section", "g"]`."""

    row_is: tuple[str, ...] = Field(min_length=2)

    def holds(self, at: Context) -> bool:
        cell, *options = self.row_is
        return any(at.answers.get(path(cell, row)) in options for row in at.answer(cell.rpartition(".")[0]) or ())

    def reads(self) -> frozenset[str]:
        """The ids of the questions it reads."""
        return frozenset(self.row_is[:1])


class FewerCompleteCycles(Operator):
    """Fewer complete cycles of support than this, here and in the linked plan together."""

    fewer_complete_cycles: tuple[str, int]

    def holds(self, at: Context) -> bool:
        group, wanted = self.fewer_complete_cycles
        here = cycles.complete(at.answers, group, at.fact("asked_on"))
        return here + int(at.fact("complete_cycles") or 0) < wanted

    def asks(self) -> tuple[str, tuple[str, ...]]:
        return self.fewer_complete_cycles[0], ()


class Sent(Operator):
    """The form that a link question points at has been sent."""

    sent: str

    def holds(self, at: Context) -> bool:
        return self.sent in (at.fact("sent") or ())

    def asks(self) -> tuple[str, tuple[str, ...]]:
        return self.sent, ()


class Anything(Operator):
    """The form holds at least one answer."""

    anything: bool

    def holds(self, at: Context) -> bool:
        return any(has_something(value) for value in at.answers.values()) is self.anything


class Fact(Operator):
    """A fact is one of these: `fact = ["person", "yp"]`."""

    fact: tuple[str | bool, ...] = Field(min_length=2)

    def holds(self, at: Context) -> bool:
        return at.fact(str(self.fact[0])) in self.fact[1:]


class FactAtLeast(Operator):
    """A fact is known and no less than this: `fact_at_least = ["age", 18]`."""

    fact_at_least: tuple[str, int]

    def holds(self, at: Context) -> bool:
        known = at.fact(self.fact_at_least[0])
        return known is not None and known >= self.fact_at_least[1]


class FactUnder(Operator):
    """A fact is known and less than this."""

    fact_under: tuple[str, int]

    def holds(self, at: Context) -> bool:
        known = at.fact(self.fact_under[0])
        return known is not None and known < self.fact_under[1]


def _operator(given: Any) -> str | None:
    """The one key of a condition's table (or of a condition already read)."""
    if isinstance(given, Operator):
        given = given.model_dump(by_alias=True)
    return next(iter(given)) if isinstance(given, Mapping) and len(given) == 1 else None


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[Equals, Tag("equals")]
    | Annotated[Includes, Tag("includes")]
    | Annotated[Under, Tag("under")]
    | Annotated[NoticeUnder, Tag("notice_under")]
    | Annotated[RowsOver, Tag("rows_over")]
    | Annotated[SomeRow, Tag("some_row")]
    | Annotated[EachRow, Tag("each_row")]
    | Annotated[RowIs, Tag("row_is")]
    | Annotated[FewerCompleteCycles, Tag("fewer_complete_cycles")]
    | Annotated[Sent, Tag("sent")]
    | Annotated[Anything, Tag("anything")]
    | Annotated[Fact, Tag("fact")]
    | Annotated[FactAtLeast, Tag("fact_at_least")]
    | Annotated[FactUnder, Tag("fact_under")],
    Discriminator(_operator),
]

for _model in (All, AnyOf, Not):
    _model.model_rebuild()

"""Costs of a provision map: exact decimals, each row rounded half up to a penny, then added."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from forms.catalogue import usual_rates
from forms.conditions import Context
from forms.values import has_something, read_number

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")
GROUP = "pm_row[]"
HOUR = 60
TIMED = {"mins": "how many minutes", "times": "how many times a week", "weeks": "how many weeks a year"}


def pounds(value: Any) -> Decimal | None:
    """An amount as typed or told, None when it is no number."""
    number = read_number(str(value)) if value is not None else None
    return None if number is None else Decimal(number)


def shown(amount: Decimal) -> str:
    """Pounds and pence as they are read: £1,250.50."""
    return f"£{amount:,.2f}"


def yearly(minutes: Decimal, times: Decimal, group: Decimal, weeks: Decimal, hourly: Decimal) -> Decimal:
    """Pounds a year for one pupil: minutes x times / 60 / group x weeks x the hourly rate, half up to a penny.

    Multiplied first and divided once, so that nothing is rounded on the way.
    """
    return (minutes * times * weeks * hourly / (HOUR * group)).quantize(PENNY, ROUND_HALF_UP)


def row_cost(at: Context) -> Decimal | str:
    """Pounds a year of the row it stands in, or what is wrong or missing in it, as a sentence; "" if it is empty."""
    kind = at.answer(f"{GROUP}.cat")
    if not has_something(kind):
        return ""
    if kind in ("d", "e"):
        price = pounds(at.answer(f"{GROUP}.price"))
        return "Say the yearly price for this pupil." if price is None else price.quantize(PENNY, ROUND_HALF_UP)
    hourly = rate(at, at.answer(f"{GROUP}.staff"))
    if hourly is None:
        return "Choose a staff type: its rate comes from the council's table."
    timed = {name: pounds(at.answer(f"{GROUP}.{name}")) for name in TIMED}
    group = pounds(at.answer(f"{GROUP}.group"))
    if not group:
        return "Say how many pupils share the adult: 1 if one to one."
    minutes, times, weeks = timed.values()
    if minutes is None or times is None or weeks is None:
        return f"Say {next(words for name, words in TIMED.items() if timed[name] is None)}."
    return yearly(minutes, times, group, weeks, hourly)


def total(at: Context) -> tuple[Decimal | None, int]:
    """The sum of the rows that can be worked out, and how many rows cannot. None when no row can."""
    rows = at.answers.get(GROUP) or ()
    costs = [row_cost(Context(at.answers, at.facts, (row,))) for row in rows]
    good = [cost for cost in costs if isinstance(cost, Decimal)]
    return (sum(good, NOTHING) if good else None), len(costs) - len(good)


def rate(at: Context, staff: Any) -> Decimal | None:
    """Pounds an hour for a staff type, from the authority's table or else the usual one."""
    table: Mapping[str, Any] = at.fact("rates") or usual_rates()["rates"]
    return pounds(table.get(staff)) if isinstance(staff, str) else None


def school_pays(at: Context) -> Decimal:
    """What the school pays first, pounds a year."""
    return pounds(at.fact("school_pays") or usual_rates()["school_pays"]) or NOTHING

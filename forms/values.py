"""What counts as an answer. Values are JSON: text, lists of option ids or files, small tables of parts."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from forms import dates

PERSON = ("name", "job", "organisation", "phone", "email")
ADDRESS = ("line1", "line2", "town", "county", "postcode", "country")


def has_something(value: Any) -> bool:
    """Whether anything has been said. Spaces alone are nothing; False and 0 never stand for an answer."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return any(has_something(part) for part in value.values())
    if isinstance(value, list | tuple):
        return any(has_something(part) for part in value)
    return False


def usable(kind: str, value: Any, *, partial: bool = False) -> bool:
    """Whether the value is an answer of its type, rather than nothing, or something typed that is not one."""
    if not has_something(value):
        return False
    if kind in ("date", "month"):
        parts = dates.PARTS if kind == "date" else dates.PARTS[1:]
        return dates.date_problem(value, partial=partial, parts=parts) is None
    if kind in ("num", "money", "mins", "pct"):
        return read_number(value) is not None
    if kind == "time":
        return dates.read_time(value) is not None
    if kind in ("person", "sign"):
        return has_something(value.get("name") or value.get("job") or value.get("organisation"))
    return True


def read_number(typed: str) -> str | None:
    """A number in plain digits: `£1,250.50` is kept as 1250.50. None when it is not one, or under 0."""
    bare = typed.strip().strip("£%").replace(",", "").replace(" ", "")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or len(bare) > 15 or "e" in bare.lower() or "_" in bare:
        return None
    return format(number, "f")

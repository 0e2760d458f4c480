"""Reading the facts a caller gives: every name known, every value usable, every date a calendar date."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from law.errors import BadTrigger
from law.keys import KEYS

Facts = Mapping[str, object]

# Outside these years a date is a slip of the finger, and counting from it could leave the calendar.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
YES, NO = {"true", "yes", "1"}, {"false", "no", "0"}


def read(trigger: Mapping[str, object]) -> Facts:
    """Check and convert every value given. Dates may be `date` or "YYYY-MM-DD"; None counts as not given.

    Raises BadTrigger for an unknown key or a value that cannot be used.
    """
    return {name: _convert(name, value) for name, value in trigger.items() if value is not None}


def read_date(name: str, value: object) -> date:
    """A calendar date from a `date` or "YYYY-MM-DD". Raises BadTrigger."""
    day = value
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise BadTrigger(name, f"{name!r} is not a real date: {value!r}.") from None
    # A datetime is refused: making a UK day of an instant is the caller's work, and UTC is wrong in summer.
    if not isinstance(day, date) or isinstance(day, datetime):
        raise BadTrigger(name, f"{name!r} must be a date written as YYYY-MM-DD, not {value!r}.")
    if not EARLIEST <= day <= LATEST:
        raise BadTrigger(name, f"{name!r} must be between {EARLIEST.year} and {LATEST.year}, not {day}.")
    return day


def read_bool(name: str, value: object) -> bool:
    """True or false, also as the words "true", "yes", "false", "no". Raises BadTrigger."""
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    if word not in YES | NO:
        raise BadTrigger(name, f"{name!r} must be true or false, not {value!r}.")
    return word in YES


def _convert(name: str, value: object) -> object:
    key = KEYS.get(name)
    if key is None:
        raise BadTrigger(name, f"{name!r} is not a fact the law uses.")
    if key.kind == "date":
        return read_date(name, value)
    if key.kind == "bool":
        return read_bool(name, value)
    if key.kind == "int":
        return _read_int(name, value)
    if not isinstance(value, str) or not value.strip():
        raise BadTrigger(name, f"{name!r} must be a word, not {value!r}.")
    return value.strip()


def _read_int(name: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value.strip()):
        return int(value)
    raise BadTrigger(name, f"{name!r} must be a whole number, not {value!r}.")

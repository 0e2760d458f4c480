"""Dates and times as people write them, in three boxes or one. Pure: reads no clock."""

import re
from collections.abc import Mapping
from datetime import date

PARTS = ("day", "month", "year")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_BETWEEN = re.compile(r"[\s/.,-]+")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?([ap]m)?", re.IGNORECASE)

Kept = str | dict[str, str]


def read_date(typed: Mapping[str, str], parts: tuple[str, ...] = PARTS) -> Kept:
    """What to keep of a date typed in boxes: an ISO date, or the parts as typed when it is not (yet) one.

    `parts` is day, month and year, or month and year alone (kept as YYYY-MM). A whole date typed in one
    box is understood. Nothing typed gives "".
    """
    boxes = {part: typed.get(part, "").strip() for part in parts}
    filled = [text for text in boxes.values() if text]
    if not filled:
        return ""
    found = _spread(filled[0], parts) if len(filled) == 1 else boxes
    if not all(found.values()):
        return boxes
    day, month, year = (_day(found.get("day", "1")), _month(found["month"]), _year(found["year"]))
    try:
        whole = date(year or 0, month or 0, day or 0)
    except ValueError:
        return boxes
    return whole.isoformat() if "day" in parts else whole.isoformat()[:7]


def date_problem(kept: Kept, *, partial: bool = False, parts: tuple[str, ...] = PARTS) -> tuple[str, str] | None:
    """The box to look at and a sentence saying what is wrong with a kept date, or None.

    With `partial`, a year alone, or a month and year, will do.
    """
    if isinstance(kept, str):
        return None
    readers = {"day": _day, "month": _month, "year": _year}
    for part in parts:
        if kept.get(part) and readers[part](kept[part]) is None:
            return part, _SAY[part]
    missing = [part for part in parts if not kept.get(part)]
    enough = partial and bool(kept.get("year")) and bool(kept.get("month") or not kept.get("day"))
    if missing and not enough:
        return missing[0], f"The date needs a {' and a '.join(missing)}."
    if missing:
        return None
    return parts[0], "This is not a real date. Check the day and the month."


_SAY = {
    "day": "The day must be a number from 1 to 31.",
    "month": "The month must be a number from 1 to 12, or its name.",
    "year": "The year must be a number, for example 2026.",
}


def read_time(typed: str) -> str | None:
    """A time of day as HH:MM, from 14:30, 2.30pm, 2pm or 9; None when it is not one."""
    match = _TIME.fullmatch(typed.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def in_words(kept: Kept) -> str:
    """A kept date for reading: 5 March 2026, March 2026; parts that are not a date as they were typed."""
    if isinstance(kept, dict):
        return " ".join(kept[part] for part in PARTS if kept.get(part))
    pieces = kept.split("-")
    if not 2 <= len(pieces) <= 3 or not all(piece.isdecimal() for piece in pieces):
        return kept
    words = [str(int(piece)) for piece in reversed(pieces[2:])]
    return " ".join([*words, _MONTHS[(int(pieces[1]) - 1) % 12].title(), pieces[0]])


def _spread(text: str, parts: tuple[str, ...]) -> dict[str, str]:
    """A whole date typed in one box, over the boxes it was meant for."""
    pieces = _BETWEEN.split(text)
    if len(pieces) != len(parts):
        return {part: "" for part in parts}
    if len(pieces[0]) == 4 and pieces[0].isdecimal():
        pieces.reverse()
    return dict(zip(parts, pieces, strict=True))


def _day(text: str) -> int | None:
    number = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", text.lower())
    return _within(number, 1, 31)


def _month(text: str) -> int | None:
    name = text.lower().rstrip(".")
    named = [at for at, month in enumerate(_MONTHS, 1) if len(name) >= 3 and month.startswith(name)]
    if name == "sept":
        named = [9]
    return named[0] if named else _within(text, 1, 12)


def _year(text: str) -> int | None:
    """Two digits mean 1970 to 2069."""
    short = _within(text, 0, 99) if len(text) == 2 else None
    if short is not None:
        return short + (2000 if short < 70 else 1900)
    return _within(text, 1900, 2199)


def _within(text: str, low: int, high: int) -> int | None:
    if not text.isdecimal() or len(text) > 4:
        return None
    return int(text) if low <= int(text) <= high else None

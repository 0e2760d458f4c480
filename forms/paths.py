"""Addresses of answers: `ch_dob`, `tr_cycle[]` (the order of the rows), `tr_cycle[row].aim` (one cell)."""

import re
from functools import lru_cache
from typing import NamedTuple

QUESTION_ID = re.compile(r"[a-z][a-z0-9_]*(\[\])?(\.[a-z][a-z0-9_]*(\[\])?)*")
_ROW = re.compile(r"\[([A-Za-z0-9-]{1,36})\]")
_GAP = re.compile(r"\[\](?=\.)")


class Parsed(NamedTuple):
    """A path taken apart: the question's id and the ids of the rows it passes through."""

    id: str
    rows: tuple[str, ...]


def path(question_id: str, *rows: str) -> str:
    """The address of one answer: `path("tr_cycle[].aim", "r1")` is `tr_cycle[r1].aim`.

    Rows beyond those the question passes through are ignored, so that a row's whole trail can be given.
    Raises ValueError when a row is missing or is not a row id.
    """
    trail = iter(rows)

    def fill(_: re.Match[str]) -> str:
        row = next(trail, None)
        if row is None or not _ROW.fullmatch(f"[{row}]"):
            raise ValueError(f"{question_id} needs a row id, not {row!r}")
        return f"[{row}]"

    return _GAP.sub(fill, question_id)


@lru_cache(maxsize=4096)  # one save asks for the same few again and again
def parse_path(address: str) -> Parsed:
    """The inverse of `path`. Raises ValueError for anything that `path` could not have made."""
    question_id = _ROW.sub("[]", address)
    rows = tuple(_ROW.findall(address))
    if not QUESTION_ID.fullmatch(question_id) or len(_GAP.findall(question_id)) != len(rows):
        raise ValueError(f"{address!r} is not the address of an answer")
    if path(question_id, *rows) != address:
        raise ValueError(f"{address!r} is not the address of an answer")
    return Parsed(question_id, rows)


def anchor(address: str) -> str:
    """The HTML id for an address: `tr_cycle[r1].aim` is `tr_cycle-r1-aim`."""
    return address.replace("[]", "").replace("[", "-").replace("]", "").replace(".", "-")

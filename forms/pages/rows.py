"""A group that can be added again. Rows have ids of their own; the page works without scripts."""

import re
import uuid
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from forms.pages.base import Answer
from forms.values import has_something

MOST = 100
_ROW_ID = re.compile(r"[A-Za-z0-9-]{1,36}")


class Row(NamedTuple):
    """One row on the page."""

    id: str
    title: str
    fields: list[Answer]

    @property
    def more(self) -> list[Answer]:
        """The cells that lie under "More" until it is opened."""
        return [field for field in self.fields if field.question.folded]

    @property
    def opened(self) -> bool:
        """Whether "More" stands open: something is in it, or something is wrong there."""
        return any(field.errors or has_something(field.data) for field in self.more)

    @property
    def blank(self) -> bool:
        """Whether nothing is in it."""
        uploads = any(getattr(field, "uploads", ()) for field in self.fields)
        return not uploads and not any(has_something(field.data) for field in self.fields)


class Rows(Answer):
    """The group itself: data is the order of the rows, `[]` when people say there are none, else None."""

    template = "rows"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.rows: list[Row] = []
        self.none = False

    def read(self, typed: Any) -> Any:
        self.none = bool(typed.get(f"{self.name}-none"))
        return self.object_data

    def settle(self, rows: list[Row], *, typed: bool) -> None:
        """Take the rows as drawn. A new row with nothing in it is not kept."""
        self.rows = rows
        if not typed:
            self.none = self.data == []
            return
        before = self.object_data or ()
        kept = [row.id for row in rows if row.id in before or not row.blank]
        self.data = kept or ([] if self.none else None)

    @property
    def can_be_none(self) -> bool:
        """Whether people can say there are none to add."""
        first = any(cell.first_row for cell in self.question.rows)
        return self.question.required == "E" and not first and not self.data


def row_ids(path: str, stored: Iterable[str] | None, typed: Any, new_row: Callable[[], str]) -> list[str]:
    """The rows to draw: those stored, or those on the page as it was sent, with one added or taken away.

    A group nobody has answered starts with one empty row. Under the token that a page was served with (`save`) a
    button adds the same row however often it is pressed.
    """
    if typed is None:
        return list(stored) if stored is not None else [new_row()]
    gone, group = typed.get("remove"), path.removesuffix("[]")
    sent = [each for each in dict.fromkeys(typed.getlist(path)) if isinstance(each, str)]
    rows = [each for each in sent if _ROW_ID.fullmatch(each) and f"{group}[{each}]" != gone][:MOST]
    if typed.get("add") == path and len(rows) < MOST:
        added = _added(typed.get("save"), path) or new_row()
        rows = [*(row for row in rows if row != added), added]
    return rows


def _added(token: Any, path: str) -> str:
    """The id of the row that a button of this page adds; "" for a page without a token."""
    try:
        return uuid.uuid5(uuid.UUID(token), path).hex
    except (ValueError, TypeError, AttributeError):
        return ""

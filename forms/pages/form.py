"""A page as a Flask-WTF form: what was typed, what is wrong with it, and which files came."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage

from forms.pages.base import Answer, Problem
from forms.pages.files import File
from forms.pages.parts import Date
from forms.pages.rows import Rows


class PageForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """One page of one form. Made by `forms.pages.build`, never by hand."""

    title: str = ""
    heading: str = ""
    intro: str = ""
    pressed: tuple[str, str] | None = None
    top: tuple[Answer, ...] = ()

    def places(self) -> Iterator[Answer]:
        """Every field made from a question, rows' cells too, in order."""
        return (field for field in self._fields.values() if isinstance(field, Answer))

    def values(self) -> dict[str, Any]:
        """What to keep, by path, invalid dates and numbers as they were typed.

        An empty value means the answer was cleared; None for a group that nobody has answered it. Rows with
        nothing in them, and rows taken away, are not in their group and have no values.
        """
        dropped = {cell.name for field in self.places() if isinstance(field, Rows) for cell in _dropped(field)}
        kept = (field for field in self.places() if field.keeps and field.name not in dropped)
        return {field.name: field.data for field in kept}

    def versions(self) -> dict[str, int]:
        """By path, the version of the answer that the typed words were begun on."""
        return {field.name: field.seen for field in self.places() if field.keeps}

    def uploads(self) -> dict[str, list[FileStorage]]:
        """New files by path, of fields without a problem. The bytes still have to be looked at."""
        fields = (field for field in self.places() if isinstance(field, File))
        return {field.name: field.uploads for field in fields if field.uploads and not field.found}

    def problems(self) -> list[Problem]:
        """For the error summary: the first input in error, and a sentence naming the question."""
        return problems(self.places())

    def doubts(self, today: date) -> list[Problem]:
        """Questions to ask about dates that are right but odd. They never stop anything."""
        asked = (field.doubt(today) for field in self.places() if isinstance(field, Date) and not field.found)
        return [doubt for doubt in asked if doubt]


def problems(fields: Iterable[Answer]) -> list[Problem]:
    """What is wrong with these fields: the first input in error, and a sentence naming the question."""
    return [(at, f"{_named(field)}: {sentence}") for field in fields for at, sentence in field.found]


def _dropped(group: Rows) -> Iterator[Answer]:
    kept = group.data or ()
    for row in group.rows:
        if row.id not in kept:
            for cell in row.fields:
                yield from _within(cell)


def _within(cell: Answer) -> Iterator[Answer]:
    """A cell and, where it is a group, all that is in it."""
    yield cell
    if isinstance(cell, Rows):
        for row in cell.rows:
            for inner in row.fields:
                yield from _within(inner)


def _named(field: Answer) -> str:
    """The question's words, with its row where there is one."""
    words = field.asked.text.rstrip("?.: ")
    return f"{field.asked.row}, {words}" if field.asked.row else words

"""Choices that come from other answers of the form: the rows of a group, in their own words."""

from typing import Any

from forms.conditions import Answers
from forms.definition import Option
from forms.paths import path
from forms.values import has_something

LONGEST = 80


class Told(Option):
    """Words that somebody has said before, as a choice: `note` says who and when."""

    note: str = ""


GONE = "One that was taken out since"


def rows_offered(cell: str, answers: Answers, rows: tuple[str, ...] = (), *, whole: bool = False) -> tuple[Option, ...]:
    """The rows of the group a cell stands in, each by its row id and the words in that cell.

    `rows` are those that the asking question stands in: inside one, only the rows of the same one are offered.
    A row without words is left out. Words are put on one line, and cut to it unless they are to be read `whole`.
    """
    group, outer = around(cell, rows)
    said = ((row, answers.get(path(cell, *outer, row))) for row in answers.get(group) or ())
    return tuple(
        Option.model_construct(id=row, label=_line(words) if whole else _short(words))
        for row, words in said
        if isinstance(words, str) and has_something(words)
    )


def with_chosen(options: tuple[Option, ...], chosen: Any) -> tuple[Option, ...]:
    """The same, with what was chosen before where that row is gone: a page that is saved again must not undo it."""
    if not isinstance(chosen, str) or not chosen or any(option.id == chosen for option in options):
        return options
    return (*options, Option.model_construct(id=chosen, label=GONE))


def around(cell: str, rows: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The address of the group that a cell stands in, for a question in these rows, and those it stands in too."""
    group = cell.rpartition(".")[0]
    outer = rows[: group.count("[]") - 1]
    return path(group, *outer), outer


def _line(words: str) -> str:
    return " ".join(words.split())


def _short(words: str) -> str:
    line = _line(words)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"

"""Choices that come from other answers of the form: the rows of a group, in their own words."""

from forms.conditions import Answers
from forms.definition import Option
from forms.paths import path
from forms.values import has_something

LONGEST = 80


def rows_offered(cell: str, answers: Answers, rows: tuple[str, ...] = ()) -> tuple[Option, ...]:
    """The rows of the group a cell stands in, each by its row id and the words in that cell.

    `rows` are those that the asking question stands in: inside one, only the rows of the same one are offered.
    A row without words is left out.
    """
    group = cell.rpartition(".")[0]
    around = rows[: group.count("[]") - 1]
    said = ((row, answers.get(path(cell, *around, row))) for row in answers.get(path(group, *around)) or ())
    return tuple(
        Option.model_construct(id=row, label=_short(words))
        for row, words in said
        if isinstance(words, str) and has_something(words)
    )


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"

"""Answers that arrive one by one from a page being typed in, read by the same fields as the page itself."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from forms.conditions import Answers
from forms.definition import Form, Option, Question, section_of
from forms.offered import around, with_chosen
from forms.pages.base import Answer, Asked, Problem
from forms.pages.form import problems
from forms.pages.layout import Extras, field_for
from forms.paths import parse_path

_WITH_THE_PAGE = ("repeat", "file", "calc", "show")


class Typed(NamedTuple):
    """What to keep, by path, and what is wrong with it. Both are kept: nonsense is stored as it was typed."""

    values: dict[str, Any]
    problems: list[Problem]


def read_typed(form: Form, typed: Mapping[str, Any], answers: Answers, *, extras: Extras | None = None) -> Typed:
    """Read what a script sends: by path a string, a list of ticks, a table of parts, or None.

    `answers` are the stored ones, with each `group_offered` among them.

    Raises ValueError for an address the form does not have, or of something
    that only travels with the whole page (rows, files).
    """
    asked = [_asked(form, path, answers, extras or Extras()) for path in typed]
    sent: MultiDict[str, str] = MultiDict(pair for path, value in typed.items() for pair in _pairs(path, value))
    # Not a form with a class of its own: making one takes longer than reading what was typed.
    unbound: dict[str, Any] = {each.path: field_for(each) for each in asked}
    loose = BaseForm(unbound)
    loose.process(sent, data={each.path: answers.get(each.path) for each in asked})
    loose.validate()
    fields = [field for field in loose if isinstance(field, Answer)]
    return Typed({field.name: field.data for field in fields if field.keeps}, problems(fields))


def group_offered(form: Form, path: str) -> str | None:
    """The address of the group whose rows an answer is chosen from; None where its choices are not rows.

    Raises ValueError for an address the form does not have.
    """
    at = parse_path(path)
    cell = _question(form, path).choices_of
    return around(cell, at.rows)[0] if cell else None


def _question(form: Form, path: str) -> Question:
    try:
        return section_of(form, parse_path(path).id)[1]
    except KeyError:
        raise ValueError(f"{form.id} has no question at {path!r}") from None


def _asked(form: Form, path: str, answers: Answers, extras: Extras) -> Asked:
    question = _question(form, path)
    if question.type in _WITH_THE_PAGE:
        raise ValueError(f"{path!r} travels with its page")
    options = question.options or tuple(extras.lists.get(question.choices_from or "", ()))
    if group := group_offered(form, path):
        # Their words are not needed to tell that a row is one of them.
        rows = tuple(Option.model_construct(id=row, label=row) for row in answers.get(group) or ())
        options = with_chosen(rows, answers.get(path))
    return Asked(question=question, path=path, text=question.text, options=options)


def _pairs(path: str, value: Any) -> Iterator[tuple[str, str]]:
    parts = value if isinstance(value, list) else [value]
    yield from ((path, each) for each in parts if isinstance(each, str))
    if isinstance(value, Mapping):
        yield from ((f"{path}-{part}", each) for part, each in value.items() if isinstance(each, str))

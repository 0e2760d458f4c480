"""Each kind of question refuses what is not an answer of its kind, in words, at its own box, on every form."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from forms import catalogue
from forms.definition import Form, Page, Question
from forms.pages import PageForm, build
from forms.paths import path
from forms.text import LONGEST

FORMS = [pytest.param(form, id=form.id) for form in catalogue.all_forms()]
ROW = ("r1", "r1", "r1")
# By kind: the box to type in, what is no answer, and what is said about it.
REFUSED = {
    "date": ({"-day": "31", "-month": "2", "-year": "2026"}, "not a real date"),
    "month": ({"-month": "13", "-year": "2026"}, "month"),
    "num": ({"": "a few"}, "must be a number"),
    "money": ({"": "lots"}, "must be a number"),
    "mins": ({"": "half an hour"}, "must be a number"),
    "pct": ({"": "101"}, "from 0 to 100"),
    "person": ({"-email": "nobody"}, "must be an email address"),
    "email": ({"": "nobody"}, "must be an email address"),
    "phone": ({"": "ask me"}, "must be a phone number"),
    "time": ({"": "teatime"}, "must be a time"),
    "area": ({"": "x" * (LONGEST + 1)}, "The most we can keep"),
    "text": ({"": "x" * (LONGEST + 1)}, "The most we can keep"),
}
# What cannot be typed at all, or is an answer whatever it is; files are looked at when they come.
CHOSEN = {"radio", "checks", "select", "scale", "yesno"}
ANYTHING = {"address", "sign", "link", "file", "media", "repeat", "show", "calc"}


def boxes(asked: Question, rows: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """What to type in a question that is no answer to it; in a group, a row to type in."""
    here = path(asked.id, *rows)
    if asked.type == "repeat":
        inside = [each for row in asked.cells if not row.answered_by for each in boxes(row, (*rows, "r1"))]
        return [(here, "r1"), *inside]
    if asked.type in CHOSEN:
        return [] if asked.free_text else [(here, "no-such-option")]
    return [(f"{here}{part}", text) for part, text in REFUSED.get(asked.type, ({}, ""))[0].items()]


def drawn(page: Page) -> PageForm:
    typed = MultiDict([each for top in page.questions for each in boxes(top)])
    form = build(page, {}, {}, formdata=typed, child_name="Ada")
    form.validate()
    return form


def test_every_kind_in_use_is_known_here() -> None:
    kinds = {asked.type for form in catalogue.all_forms() for asked in form.questions()}
    assert kinds <= REFUSED.keys() | CHOSEN | ANYTHING


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_answer_is_refused_in_words_at_its_own_box(page_app: Flask, form: Form) -> None:
    for page in form.pages():
        for field in (made := drawn(page)).places():
            kind = field.question.type
            if kind in REFUSED:
                assert any(REFUSED[kind][1] in sentence for _, sentence in field.found), field.name
                assert all(at.startswith(field.id) for at, _ in field.found)
            elif kind in CHOSEN and not field.question.free_text:
                assert not field.data, field.name
        assert len(made.problems()) >= sum(field.question.type in REFUSED for field in made.places())

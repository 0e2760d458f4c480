"""Our fields have the very markup of GOV.UK Frontend's components: an upgrade that changes it fails here."""

from typing import Any

import pytest
from flask import Flask

from forms import catalogue
from forms.definition import Form, Option, Question
from forms.pages import PageForm, build
from forms.pages.base import Answer
from forms.pages.layout import FIELDS
from tests.forms.stock import Tree, stock
from tests.forms.test_pages_drawn import EXTRAS, FORMS, SAMPLES, filled

OURS = ("repeat", "show", "calc", "link")  # drawn by no component
KINDS = [kind for kind in FIELDS if kind not in OURS]
HARD = "Wie geht’s? <b>&amp; \"so\" 'on'</b> مرحبا"
OPTIONS = (Option(id="a", label="Always"), Option(id="b", label=HARD), Option(id="c", label="Never"))
CHOICES = ("yesno", "radio", "scale", "checks", "select", "suggested")


def field(kind: str, answer: Any = None, *, heading: bool = False, **more: Any) -> Answer:
    """One question of a kind, as it stands on a page."""
    given = {"options": OPTIONS[: more.pop("choices", 3)]} if kind in CHOICES else {}
    asked = Question(
        id="q_one", text=more.pop("text", HARD), type="select" if kind == "suggested" else kind,  # type: ignore[arg-type]
        free_text=kind == "suggested", **given, **more,
    )  # fmt: skip
    page = catalogue.get("aam-primary" if heading else "ehcna-req-setting").pages()[0]
    page = page.model_copy(update={"questions": (asked,), "paper": None})
    return build(page, {"q_one": answer}, {}, child_name="").top[0]


def wrong(drawn: Answer, *parts: str) -> Answer:
    """The field with mistakes found in it, in some of its parts or as a whole."""
    drawn.found = [(f"{drawn.id}{part}", f"Not {HARD}") for part in parts or ("",)]
    drawn.errors = tuple(sentence for _, sentence in drawn.found)
    return drawn


def same(drawn: Answer) -> None:
    assert Tree(drawn()).children == Tree(stock(drawn)).children


def value(kind: str) -> Any:
    if kind in ("yesno", "radio", "scale", "select", "suggested"):
        return "b"
    return ["a", "b"] if kind == "checks" else SAMPLES[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("heading", [False, True], ids=["among others", "alone on its page"])
def test_an_empty_field_is_the_component(page_app: Flask, kind: str, heading: bool) -> None:
    same(field(kind, heading=heading))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("heading", [False, True], ids=["among others", "alone on its page"])
def test_a_field_with_hint_and_answer_is_the_component(page_app: Flask, kind: str, heading: bool) -> None:
    same(field(kind, value(kind), heading=heading, hint=HARD))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hint", ["", HARD], ids=["no hint", "hint"])
def test_a_field_with_a_mistake_is_the_component(page_app: Flask, kind: str, hint: str) -> None:
    same(wrong(field(kind, value(kind), hint=hint)))


@pytest.mark.parametrize("kind,part", [("date", "month"), ("month", "year"), ("address", "line1"), ("person", "email")])
def test_a_mistake_in_one_box_is_marked_there(page_app: Flask, kind: str, part: str) -> None:
    drawn = wrong(field(kind, value(kind)), f"-{part}")
    same(drawn)
    assert str(drawn()).count("govuk-input--error") == 1


@pytest.mark.parametrize("kind", ["text", "email", "phone", "address", "person", "sign"])
def test_what_a_browser_may_fill_in_is_the_component(page_app: Flask, kind: str) -> None:
    drawn = field(kind, autocomplete="name")
    same(drawn)
    assert 'autocomplete="off"' not in drawn()


@pytest.mark.parametrize("length", [1, 4, 15, 60, 400, 3000])
@pytest.mark.parametrize("kind", ["text", "area"])
def test_boxes_and_counters_of_every_length_are_the_component(page_app: Flask, kind: str, length: int) -> None:
    same(field(kind, "\n two\nlines ", length=length, hint="A hint"))
    same(wrong(field(kind, "", length=length)))


@pytest.mark.parametrize("choices", [1, 2, 3])
@pytest.mark.parametrize("kind", ["yesno", "radio", "checks"])
def test_few_choices_are_the_component(page_app: Flask, kind: str, choices: int) -> None:
    same(field(kind, choices=choices, hint="A hint"))
    same(wrong(field(kind, choices=choices)))


def test_a_note_in_place_of_a_form_is_the_component(page_app: Flask) -> None:
    drawn = field("link", "one\ntwo", note="Tell us instead")
    plain = field("area", "one\ntwo", text="Tell us instead")
    for each in (drawn, plain):
        wrong(each)
    box = str(stock(plain)).replace(" govuk-label--s", "").replace('rows="7"', 'rows="4"')
    assert Tree(box).children[0] in Tree(drawn()).children[0][2]


@pytest.mark.full  # every kind of field is drawn above; this walks all there are
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("state", ["empty", "filled", "wrong"])
def test_every_question_of_every_form_is_the_component(page_app: Flask, form: Form, state: str) -> None:
    for page in form.pages():
        answers = {} if state == "empty" else filled(page)
        made: PageForm = build(page, answers, {}, child_name="Ada", extras=EXTRAS)
        for each in made.places():
            if each.question.type not in OURS:
                same(wrong(each) if state == "wrong" else each)

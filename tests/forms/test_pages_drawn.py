"""Every page of every form draws well: labelled, unique ids, errors that lead to their input, nothing lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from forms import catalogue
from forms.definition import Form, Option, Page, Question
from forms.pages import Extras, build
from forms.paths import path
from tests.forms.drawn import Drawn

FORMS = [pytest.param(form, id=form.id) for form in catalogue.all_forms()]
EXTRAS = Extras(
    lists={"settings": (Option(id="urn-1", label="Oak School"),)},
    states={"vw_aam": {"text": "Sent on 5 March 2026", "href": "/x"}, "de_sent": {"text": "Not sent yet"}},
)
SAMPLES: dict[str, Any] = {
    "text": "O’Neill-Ó مريم", "area": "\nleading\n\n  and trailing \n", "date": "2026-03-05", "month": "2025-11",
    "time": "14:30", "num": "12.5", "money": "1250.50", "pct": "92", "mins": "30", "phone": "01632 960001",
    "email": "a@example.org", "person": {"name": "Dr P", "email": "p@example.org"}, "link": "She drew\na boat",
    "address": {"line1": "1 High Street", "postcode": "X1 1XX"}, "sign": {"name": "Ms S", "at": "2026-11-23T10:00Z"},
    "file": [{"id": "f1", "name": "a.pdf"}], "media": {"files": [{"id": "f2", "name": "me.png"}], "words": "Me"},
}  # fmt: skip


def sample(question: Any) -> Any:
    if question.options and question.type != "select":
        first = question.options[0].id
        return [first] if question.type == "checks" else first
    if question.type == "select":
        return question.options[0].id if question.options else "urn-1"
    return SAMPLES.get(question.type)


def filled(page: Page) -> dict[str, Any]:
    """An answer to every question of a page, two rows in every group, and the rows that they choose among."""
    tops = (*page.questions, *([page.paper] if page.paper else []))
    cells = [each for top in tops for each in top.walk() if each.choices_of]
    answers: dict[str, Any] = {}
    for source in {each.choices_of or "" for each in cells}:
        answers |= {f"{source.partition('[]')[0]}[]": ["r1"], source.replace("[]", "[r1]"): "Asks for help"}
    for top in tops:
        answers |= dict(answered(top, ()))
    return answers


def answered(asked: Question, rows: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    if asked.type != "repeat":
        yield path(asked.id, *rows), "r1" if asked.choices_of else sample(asked)
        return
    yield path(asked.id, *rows), ["r1", "r2"]
    for row in ("r1", "r2"):
        for cell in asked.cells:
            yield from answered(cell, (*rows, row))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("state", ["empty", "filled"])
def test_every_input_has_a_label_and_every_id_is_there_once(page_app: Flask, form: Form, state: str) -> None:
    for page in form.pages():
        drawn = Drawn(build(page, filled(page) if state == "filled" else {}, {}, child_name="Ada", extras=EXTRAS))
        assert [name for name, count in drawn.ids.items() if count > 1] == []
        assert [each["id"] for each in drawn.inputs if not drawn.labels.get(each["id"])] == []
        assert drawn.described <= drawn.ids.keys()
        assert drawn.headings == (1 if page.one_thing and drawn.html.strip() and drawn.inputs else drawn.headings)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_stored_comes_back_the_same_from_the_browser(page_app: Flask, form: Form) -> None:
    for page in form.pages():
        answers = filled(page)
        sent = Drawn(build(page, answers, {}, child_name="Ada", extras=EXTRAS)).sent
        again = build(page, answers, {}, formdata=sent, child_name="Ada", extras=EXTRAS)
        values = again.values()
        assert again.validate(), again.problems()
        assert values == {path: answers.get(path) for path in values}


@pytest.mark.parametrize("form", FORMS)
def test_a_page_nobody_answered_sends_no_answers_and_is_right(page_app: Flask, form: Form) -> None:
    for page in form.pages():
        sent = Drawn(build(page, {}, {}, child_name="", extras=EXTRAS)).sent
        again = build(page, {}, {}, formdata=sent, child_name="", extras=EXTRAS)
        assert again.validate()
        assert not [path for path, value in again.values().items() if value]


@pytest.mark.parametrize("form", FORMS)
def test_typed_words_have_automatic_direction_and_others_details_no_autocomplete(page_app: Flask, form: Form) -> None:
    own = {each.id for each in form.questions() if each.autocomplete}
    for page in form.pages():
        drawn = Drawn(build(page, {}, {}, child_name="Ada", extras=EXTRAS))
        free = [
            each
            for each in drawn.inputs
            if each["tag"] != "select" and each.get("type") not in ("radio", "checkbox", "file")
        ]
        dates = [each for each in free if each["id"].endswith(("-day", "-month", "-year"))]
        assert [each["id"] for each in free if each not in dates and each.get("dir") != "auto"] == []
        assert [each["id"] for each in free if each.get("autocomplete") != "off" and not _about(own, each["id"])] == []


def _about(own: set[str], input_id: str) -> bool:
    return input_id.split("-")[0] in own


@pytest.mark.parametrize("form", FORMS)
def test_a_browser_fills_in_only_what_is_about_whoever_is_typing(form: Form) -> None:
    filled_in = [each for each in form.questions() if each.autocomplete]
    assert [each.id for each in filled_in if "account" not in each.prefill or "[]" in each.id] == []
    assert {each.type for each in filled_in} <= {"text", "email", "phone", "person", "address", "sign"}


def test_a_picture_stands_beside_the_words_for_it(page_app: Flask) -> None:
    page = catalogue.get("aam-primary").page("ap_picture")
    answer = {"files": [{"id": "f2", "name": "me.PNG"}, {"id": "f3", "name": "me.mp3"}], "words": "Me on a <hill>"}
    html = Drawn(build(page, {"ap_picture": answer}, {}, child_name="Ada")).html
    assert '<img class="answer-picture" src="/files/f2" alt="Me on a &lt;hill&gt;">' in html
    assert html.count("<img") == 1 and "Added: " in html and "me.mp3" in html


@pytest.mark.parametrize("form", FORMS)
def test_no_box_cuts_what_is_typed_or_pasted(page_app: Flask, form: Form) -> None:
    for page in form.pages():
        assert "maxlength" not in {name for each in Drawn(build(page, {}, {}, child_name="")).inputs for name in each}


def test_a_special_word_opens_its_meaning_beside_the_question(page_app: Flask) -> None:
    page = catalogue.get("ehcna-req-parent").page("ch_plan_before")
    form = build(page, {}, {}, child_name="Ada")
    assert "A legal paper" in Drawn(form, plainly=True).html
    assert "A legal paper" not in Drawn(form).html


def test_a_childs_name_stands_in_the_words(page_app: Flask) -> None:
    page = catalogue.get("aam-primary").page("hp_how")
    answers = {"hp_mode": "watched"}
    assert "How did you find out what Ada thinks?" in Drawn(build(page, answers, {}, child_name="Ada")).html
    assert "what the child thinks?" in Drawn(build(page, answers, {}, child_name="")).html


def test_text_that_looks_like_a_page_stays_text(page_app: Flask) -> None:
    page = catalogue.get("ehcna-req-parent").page("pq_hard")
    text = "</textarea><script>alert(1)</script> & \"quotes\" 'too'"
    drawn = Drawn(build(page, {"pq_hard": text}, {}, child_name="<b>Ada</b>"))
    assert "<script" not in drawn.html and "<b>" not in drawn.html
    assert drawn.sent["pq_hard"] == text


@pytest.mark.parametrize("char", ["a", "字", "👧", "م", "क़"])
def test_fifty_thousand_characters_survive_the_page(page_app: Flask, char: str) -> None:
    page, text = catalogue.get("ehcna-req-parent").page("pq_hard"), (char * 49 + "\n") * 1000
    stored = build(page, {}, {}, formdata=_form({"pq_hard": text}), child_name="Ada").values()
    sent = Drawn(build(page, stored, {}, child_name="Ada")).sent
    again = build(page, stored, {}, formdata=sent, child_name="Ada")
    assert again.validate() and again.values() == stored


def test_an_answer_that_is_too_long_comes_back_whole_with_a_sentence(page_app: Flask) -> None:
    page, text = catalogue.get("ehcna-req-parent").page("pq_hard"), "x" * 50_001
    form = build(page, {}, {}, formdata=_form({"pq_hard": text}), child_name="Ada")
    assert not form.validate()
    assert form.problems()[0][0] == "pq_hard" and form.values()["pq_hard"] == text
    assert text in Drawn(form).html


def _form(values: dict[str, str]) -> Any:
    from werkzeug.datastructures import MultiDict

    return MultiDict(values)


def test_what_is_worked_out_in_a_row_is_shown_in_that_row(page_app: Flask) -> None:
    page = catalogue.get("provision-map").page("support-rows")
    stored = {"pm_row[]": ["a", "b"], "pm_row[a].cat": "d", "pm_row[b].cat": "d"}
    form = build(page, stored, {}, child_name="Ada", extras=Extras(states={"pm_row[a].cost": {"text": "£475.00"}}))
    assert [field.asked.state for field in form.places() if field.question.type == "calc"] == [{"text": "£475.00"}]
    assert "£475.00" in Drawn(form).html


def test_what_the_invited_person_answers_is_no_box_of_the_writers(page_app: Flask) -> None:
    page = catalogue.get("ar-invite").page("invited")
    drawn = Drawn(build(page, {"iv_ppl[]": ["a"]}, {"state": "sent"}, child_name="Ada"))
    assert "iv_ppl-a-kind" in drawn.ids and not [name for name in drawn.ids if "rsvp" in name]


def test_a_page_opens_with_the_childs_name(page_app: Flask) -> None:
    page = catalogue.get("sen-support-plan").page("cycles")
    assert build(page, {}, {}, child_name="Ada").intro == "One cycle at a time, with Ada and the parents."
    assert build(page, {}, {}, child_name="").intro == "One cycle at a time, with the child and the parents."


def test_nothing_is_said_to_be_attached_where_nothing_is(page_app: Flask) -> None:
    form = catalogue.get("ar-14-25")
    page = next(page for page in form.pages() if any(each.id == "rv_parent" for each in page.questions))
    attached, come = "Each parent's own form is attached.", "It comes here by itself once it is shared."
    bare = Drawn(build(page, {}, {}, child_name="Ada")).html.replace("&#39;", "'")
    there = Extras(states={each.id: {"text": "Shared"} for each in page.questions if each.type == "link"})
    full = Drawn(build(page, {}, {}, child_name="Ada", extras=there)).html.replace("&#39;", "'")
    assert (attached in bare, come in bare) == (False, True)
    assert (attached in full, come in full) == (True, False)

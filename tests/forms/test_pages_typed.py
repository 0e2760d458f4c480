"""What people type on a page: kept as it is, understood where it can be, refused only when it is nonsense."""

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict

from forms import catalogue
from forms.pages import Extras, PageForm, build
from tests.forms.drawn import Drawn

PARENT = catalogue.get("ehcna-req-parent")
SETTING = catalogue.get("ehcna-req-setting")
TODAY = date(2026, 11, 23)


def typed(page: str, values: Any, stored: dict[str, Any] | None = None, form: Any = PARENT, **more: Any) -> PageForm:
    made = build(form.page(page), stored or {}, {}, formdata=MultiDict(values), child_name="Ada", **more)
    made.validate()
    return made


@pytest.mark.parametrize(
    ("boxes", "kept", "at"),
    [
        ([], "", None),
        ([("day", "5/3/18")], "2018-03-05", None),
        ([("month", "3"), ("year", "2018")], {"day": "", "month": "3", "year": "2018"}, None),
        ([("day", "5"), ("year", "2018")], {"day": "5", "month": "", "year": "2018"}, "ch_dob-month"),
        ([("day", "31"), ("month", "2"), ("year", "2018")], {"day": "31", "month": "2", "year": "2018"}, "ch_dob-day"),
        ([("day", "5"), ("day", "6"), ("month", "Mar"), ("year", "18")], "2018-03-05", None),
    ],
)
def test_a_date_survives_any_number_of_parts(page_app: Flask, boxes: Any, kept: Any, at: str | None) -> None:
    form = typed("ch_dob", [(f"ch_dob-{part}", text) for part, text in boxes])
    assert form.values() == {"ch_dob": kept}
    assert [where for where, _ in form.problems()] == ([at] if at else [])
    assert at is None or at in Drawn(form).ids


@pytest.mark.parametrize(("year", "asks"), [("2018", False), ("2027", True), ("2000", True), ("99", True)])
def test_an_odd_birth_date_is_asked_about_and_kept(page_app: Flask, year: str, asks: bool) -> None:
    form = typed("ch_dob", {"ch_dob-day": "5", "ch_dob-month": "3", "ch_dob-year": year})
    assert form.problems() == []
    assert bool(form.doubts(TODAY)) is asks
    assert not asks or form.doubts(TODAY)[0][1].endswith("Is that right?")


@pytest.mark.parametrize(
    ("page", "name", "text", "kept", "says"),
    [
        ("attendance", "st_att_pct", "92 %", "92", None),
        ("attendance", "st_att_pct", "most days", "most days", "must be a number"),
        ("attendance", "st_att_pct", "120", "120", "from 0 to 100"),
        ("attendance", "st_att_poss", "1,040", "1040", None),
        ("attendance", "st_part", "sometimes", "", None),
        ("request", "rq_by-email", "not an address", {"email": "not an address"}, "must be an email address"),
        ("request", "rq_by-phone", "ask", {"phone": "ask"}, "must be a phone number"),
        ("request", "rq_by-name", "  Ms \x00S ", {"name": "Ms S"}, None),
    ],
)
def test_only_nonsense_is_refused_and_it_is_kept(
    page_app: Flask, page: str, name: str, text: str, kept: Any, says: str | None
) -> None:
    form = typed(page, {name: text}, {"rq_setting_kind": "school"}, SETTING)
    assert form.values()[name.split("-")[0]] == kept
    assert bool(form.problems()) is bool(says)
    if says:
        at, sentence = form.problems()[0]
        assert at == name and says in sentence and at in Drawn(form).ids


def test_every_page_can_be_skipped(page_app: Flask) -> None:
    for form in catalogue.all_forms():
        for page in form.pages():
            empty = build(page, {}, {}, formdata=MultiDict(), child_name="Ada")
            assert empty.validate() and empty.problems() == []


def test_names_are_kept_as_typed(page_app: Flask) -> None:
    names = ["d'Arcy", "O’Brien-Ó", "ஆதவன்", "X", "van der " * 30, "أبو بكر"]
    for name in names:
        assert typed("ch_first", {"ch_first": name}).values()["ch_first"] == name.strip()


def test_a_list_with_suggestions_keeps_an_id_or_the_words(page_app: Flask) -> None:
    stored = {"pq_where": "school"}
    lists = Extras(lists={"settings": catalogue.get("aam-primary").page("hp_mode").questions[0].options})
    assert typed("pq_setting", {"pq_setting": "ALL my own"}, stored, extras=lists).values()["pq_setting"] == "own"
    assert typed("pq_setting", {"pq_setting": "Aunt Jo"}, stored, extras=lists).values()["pq_setting"] == "Aunt Jo"


def test_ticks_that_are_no_options_are_not_kept(page_app: Flask) -> None:
    form = typed("pq_next", [("pq_next", "talk"), ("pq_next", "views"), ("pq_next", "hack")])
    assert form.values() == {"pq_next": ["views", "talk"]}


def test_a_row_with_something_in_it_is_kept_and_an_empty_new_one_is_not(page_app: Flask) -> None:
    form = typed("pf", [("pf[]", "a"), ("pf[]", "b"), ("pf[a].who-name", "Dr P"), ("pf[b].last-month", " ")])
    values = form.values()
    assert values["pf[]"] == ["a"]
    assert values["pf[a].who"] == {"name": "Dr P"}
    assert not [path for path in values if path.startswith("pf[b]")]


def test_a_stored_row_stays_until_it_is_removed(page_app: Flask) -> None:
    stored = {"pf[]": ["a", "b"], "pf[a].kind": "camhs-or-mental-health"}
    assert typed("pf", [("pf[]", "a"), ("pf[]", "b")], stored).values()["pf[]"] == ["a", "b"]
    removed = typed("pf", [("pf[]", "a"), ("pf[]", "b"), ("remove", "pf[a]")], stored)
    assert removed.values()["pf[]"] == ["b"] and removed.pressed == ("remove", "pf[a]")
    assert "pf-a" not in Drawn(removed).html


def test_adding_a_row_keeps_what_was_typed_and_draws_one_more(page_app: Flask) -> None:
    extras = Extras(new_row=lambda: "new")
    form = typed("pf", [("pf[]", "a"), ("pf[a].who-name", "Dr P"), ("add", "pf[]")], extras=extras)
    drawn = Drawn(form)
    assert form.pressed == ("add", "pf[]") and form.values()["pf[]"] == ["a"]
    assert drawn.sent.getlist("pf[]") == ["a", "new"] and drawn.sent["pf[a].who-name"] == "Dr P"


def test_saying_there_are_none_is_an_answer(page_app: Flask) -> None:
    stored = {"rq_setting_kind": "school"}
    none = typed("exclusions", [("st_excl[]-none", "yes"), ("st_excl[]", "a")], stored, SETTING)
    assert none.values()["st_excl[]"] == []
    assert typed("exclusions", [("st_excl[]", "a")], stored, SETTING).values()["st_excl[]"] is None
    both = typed(
        "exclusions", [("st_excl[]-none", "yes"), ("st_excl[]", "a"), ("st_excl[a].days", "2")], stored, SETTING
    )
    assert both.values()["st_excl[]"] == ["a"]


def test_made_up_row_ids_and_thousands_of_rows_are_not_taken(page_app: Flask) -> None:
    form = typed("pf", [("pf[]", "a].x[b"), *(("pf[]", f"r{at}") for at in range(5000))])
    assert len([place for place in form.places() if place.name.endswith(".kind")]) == 100


def test_a_problem_in_a_row_names_the_row_and_leads_to_it(page_app: Flask) -> None:
    form = typed("pf", [("pf[]", "a"), ("pf[a].last-month", "13"), ("pf[a].last-year", "2025")])
    assert form.problems()[0][0] == "pf-a-last-month"
    assert form.problems()[0][1].startswith("Person or service 1, When were they last in touch: The month")


def test_a_question_that_hangs_on_another_of_its_page_is_drawn_with_its_condition(page_app: Flask) -> None:
    drawn = Drawn(build(SETTING.page("child"), {}, {}, child_name="Ada"))
    assert "ch_last" in drawn.labels
    assert "data-when=" in drawn.html and "ch_onename" in drawn.html


def upload(name: str, size: int = 10) -> FileStorage:
    return FileStorage(stream=io.BytesIO(b"x" * size), filename=name)


def test_files_are_handed_on_and_those_taken_off_are_gone(page_app: Flask) -> None:
    stored = {"fi[]": ["a"], "fi[a].file": [{"id": "1", "name": "old.pdf"}, {"id": "2", "name": "gone.pdf"}]}
    files = MultiDict([("fi[a].file", upload("new.docx")), ("fi[a].file", upload("photo.HEIC"))])
    form = typed("fi", [("fi[]", "a"), ("fi[a].file-remove", "2")], stored, files=files)
    assert form.values()["fi[a].file"] == [{"id": "1", "name": "old.pdf"}]
    assert [each.filename for each in form.uploads()["fi[a].file"]] == ["new.docx", "photo.HEIC"]


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [
        ("a.svg", 9, "cannot be added"),
        ("a.html", 9, "cannot be added"),
        ("a.zip", 9, "cannot be added"),
        ("a.pdf", 0, "is empty"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_in_a_sentence(page_app: Flask, name: str, size: int, says: str) -> None:
    form = typed("fi", [("fi[]", "a")], files=MultiDict([("fi[a].file", upload(name, size))]))
    assert says in form.problems()[0][1] and form.uploads() == {}
    assert form.problems()[0][0] in Drawn(form).ids


def test_a_file_over_fifty_megabytes_is_too_big(page_app: Flask) -> None:
    big = upload("scan.pdf", 50 * 1024 * 1024 + 1)
    form = typed("fi", [("fi[]", "a")], files=MultiDict([("fi[a].file", big)]))
    assert "smaller than 50 MB" in form.problems()[0][1]


def test_a_row_with_only_a_new_file_is_kept(page_app: Flask) -> None:
    form = typed("fi", [("fi[]", "a")], files=MultiDict([("fi[a].file", upload("a.pdf"))]))
    assert form.values()["fi[]"] == ["a"]


def test_a_childs_picture_has_words_beside_it(page_app: Flask) -> None:
    child = catalogue.get("aam-primary")
    stored = {"ap_picture": {"files": [{"id": "1", "name": "me.png"}]}}
    assert typed("ap_picture", {"ap_picture-words": "Me on a boat"}, stored, child).values()["ap_picture"] == {
        "files": [{"id": "1", "name": "me.png"}],
        "words": "Me on a boat",
    }


def test_a_signature_keeps_who_signed_until_the_name_changes(page_app: Flask) -> None:
    stored = {"so_senco": {"name": "Ms S", "account": "7", "at": "2026-11-23T10:00Z"}}
    assert typed("sign-off", {"so_senco": "Ms S"}, stored, SETTING).values()["so_senco"] == stored["so_senco"]
    assert typed("sign-off", {"so_senco": "Mr T"}, stored, SETTING).values()["so_senco"] == {"name": "Mr T"}
    assert typed("sign-off", {"so_senco": ""}, stored, SETTING).values()["so_senco"] == {}


def test_rows_from_a_plan_carry_its_words_and_others_ask_for_theirs(page_app: Flask) -> None:
    page = catalogue.get("ar-0-13").page("progress")
    stored = {"rv_out[]": ["plan1", "own1"]}
    extras = Extras(row_titles={"plan1": "Ada will ask a friend to play"})
    drawn = Drawn(build(page, stored, {}, child_name="Ada", extras=extras))
    assert "Ada will ask a friend to play" in drawn.html
    assert "rv_out-own1-row__title" in drawn.labels and "rv_out-plan1-row__title" not in drawn.labels

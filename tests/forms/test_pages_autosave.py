"""Answers sent one by one are read as the page would have read them."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from forms import catalogue
from forms.pages import Extras, build, group_offered, read_typed
from tests.forms.drawn import Drawn

PARENT = catalogue.get("ehcna-req-parent")


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("pq_hard", "line\r\nline\x00", "line\nline"),
        ("pq_next", ["talk", "views"], ["views", "talk"]),
        ("pq_care", None, ""),
        ("pq_care", "yes", "yes"),
        ("ch_dob", {"day": "5", "month": "March", "year": "18"}, "2018-03-05"),
        ("ch_address", {"line1": "1 High Street", "postcode": ""}, {"line1": "1 High Street"}),
        ("pf[r1].last", {"month": "5", "year": "2026"}, "2026-05"),
        ("pr[r1].lang", "urdu", "urdu"),
        ("pq_hard", 7, ""),
    ],
)
def test_a_typed_answer_becomes_its_value(page_app: Flask, path: str, typed: Any, kept: Any) -> None:
    assert read_typed(PARENT, {path: typed}, {}) == ({path: kept}, [])


def test_nonsense_is_kept_and_named(page_app: Flask) -> None:
    typed = {"ch_dob": {"day": "31", "month": "2", "year": "2018"}, "pr[r1].email": "nobody"}
    read = read_typed(PARENT, typed, {})
    assert read.values == typed
    assert [at for at, _ in read.problems] == ["ch_dob-day", "pr-r1-email"]


def test_words_beside_a_picture_do_not_lose_the_picture(page_app: Flask) -> None:
    stored = {"ap_picture": {"files": [{"id": "1", "name": "me.png"}]}}
    read = read_typed(catalogue.get("aam-primary"), {"ap_picture": {"words": "Me"}}, stored)
    assert read.values["ap_picture"] == {**stored["ap_picture"], "words": "Me"}


@pytest.mark.parametrize("path", ["nobody", "pf[]", "pf[r1].nothing", "fi[r1].file", "de_sent", "sh_notice", "../etc"])
def test_an_address_that_takes_no_typing_is_refused(page_app: Flask, path: str) -> None:
    with pytest.raises(ValueError, match=r"has no question|travels with its page|not the address"):
        read_typed(PARENT, {path: "x"}, {})


def test_a_page_carries_the_version_each_answer_was_begun_on(page_app: Flask) -> None:
    page, extras = PARENT.page("pq_hard"), Extras(versions={"pq_hard": 4}, unsaved=True)
    drawn = Drawn(build(page, {"pq_hard": "x"}, {}, child_name="Ada", extras=extras))
    assert 'data-version="4" data-unsaved' in drawn.html
    again = build(page, {}, {}, formdata=MultiDict({"version:pq_hard": "4", "pq_hard": "y"}), child_name="Ada")
    assert again.versions() == {"pq_hard": 4}


@pytest.mark.parametrize(
    ("form", "path", "group"),
    [("ehcna-req-setting", "pv[p1].outcome", "ou[]"), ("sen-support-plan", "cy[c1].do[d1].outcome", "cy[c1].out[]")],
)
def test_a_choice_among_rows_is_kept_when_it_comes_by_itself(page_app: Flask, form: str, path: str, group: str) -> None:
    definition = catalogue.get(form)
    assert group_offered(definition, path) == group
    chosen = read_typed(definition, {path: "r2"}, {group: ["r1", "r2"]})
    assert chosen == ({path: "r2"}, [])
    assert read_typed(definition, {path: "r3"}, {group: ["r1", "r2"]}).values == {path: ""}

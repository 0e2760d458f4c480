"""The name the child likes, in the words of a form."""

import pytest
from flask import Flask

from forms import catalogue
from forms.definition import Form
from forms.pages import build
from forms.pages.rows import Rows
from forms.wording import named, opening

EARLY = catalogue.get("aam-early")


def test_opening_words_call_the_child_by_name() -> None:
    assert named(EARLY.intro, "Zoë").startswith("You know Zoë well. Write down what Zoë shows you.")


def test_a_child_whose_name_is_not_known_is_your_child_to_a_family() -> None:
    assert named(EARLY.intro, "", EARLY.written_by).startswith("You know your child well.")
    assert named("What does {name} like?", "", "setting") == "What does the child like?"


def test_a_familys_questions_call_the_child_by_name_and_the_windows_title_never_does(page_app: Flask) -> None:
    form = catalogue.get("ehcna-req-parent")
    for name, words in (("Zoë", "What does Zoë find hard?"), ("", "What does your child find hard?")):
        made = build(form.page("pq_hard"), {}, {}, child_name=name)
        assert made.top[0].asked.text == words
        assert made.title == "What does your child find hard?"


def test_what_is_folded_opens_once_something_is_in_it(page_app: Flask) -> None:
    page = catalogue.get("ehcna-req-parent").page("pf")
    rows = {"pf[]": ["r1"], "pf[r1].kind": "hearing"}
    for stored, opened in ((rows, False), ({**rows, "pf[r1].state": "yes"}, True)):
        group = build(page, stored, {}, child_name="").top[0]
        assert isinstance(group, Rows)
        assert [(row.opened, len(row.more)) for row in group.rows] == [(opened, 3)]


def test_a_question_and_what_hangs_on_it_are_one_page_and_drafts_on_the_version_before_keep_theirs() -> None:
    now, before = catalogue.get("views-parent"), catalogue.get("views-parent", 2)
    hard = ["na_ci_hard", "na_ci_effect", "na_ci_helps"]
    assert [asked.id for asked in now.page("na_ci_hard").questions] == hard
    assert [before.page(name).questions[0].id for name in hard] == hard
    assert set(now.question_ids()) == set(before.question_ids())


@pytest.mark.parametrize("form", list(catalogue.every_version()), ids=lambda form: f"{form.id}/{form.version}")
def test_nobody_is_asked_to_check_what_is_known_where_nothing_is(form: Form) -> None:
    for intro in (each.intro for section in form.sections for each in (section, *section.pages)):
        assert opening(intro, known=True) == intro
        assert opening(intro, known=False) == ("" if "known" in intro or "already know" in intro else intro)

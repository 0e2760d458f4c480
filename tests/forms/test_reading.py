"""What people said is shown in plain words and never changed."""

from typing import Any

import pytest
from flask import Flask, render_template_string

from forms import catalogue
from forms.definition import Option, question
from forms.reading import Said, lines, read

PARENT = catalogue.get("ehcna-req-parent")
SETTING = catalogue.get("ehcna-req-setting")


@pytest.mark.parametrize(
    ("question_id", "value", "words"),
    [
        ("ch_dob", "2018-03-05", ("5 March 2018",)),
        ("ch_dob", {"day": "", "month": "", "year": "2018"}, ("2018",)),
        ("ch_sex", "female", ("Female",)),
        ("ch_social", ["early-help", "none"], ("Early help", "None")),
        ("pr[].lang", "urdu", ("Urdu",)),
        ("pr[].lang", "Wolof", ("Wolof",)),
        ("pr[].limits", "not-sure", ("Not sure",)),
        ("ch_address", {"postcode": "X1 1XX", "line1": "1 High Street"}, ("1 High Street", "X1 1XX")),
        ("pf[].who", {"name": "Dr P", "phone": "1"}, ("Name: Dr P", "Phone: 1")),
        ("pf[].last", "2026-05", ("May 2026",)),
        ("pq_hard", "  one\n\ttwo", ("  one\n\ttwo",)),
        ("pq_hard", "", ()),
    ],
)
def test_a_value_is_shown_in_words(question_id: str, value: Any, words: tuple[str, ...]) -> None:
    assert lines(question(PARENT, question_id), value) == words


def test_numbers_carry_their_unit_and_what_is_no_number_is_shown_as_typed() -> None:
    attendance = question(SETTING, "st_att_pct")
    assert lines(attendance, "92.5") == ("92.5%",)
    assert lines(attendance, "nearly all") == ("nearly all",)
    assert lines(question(SETTING, "so_senco"), {"name": "Ms S", "at": "2026-11-23T10:00Z"}) == ("Ms S",)


def test_a_setting_chosen_from_the_register_is_shown_by_its_name() -> None:
    lists = {"settings": (Option(id="urn-1", label="Oak School"),)}
    assert lines(question(SETTING, "st_name"), "urn-1", lists) == ("Oak School",)


def all_said(answers: dict[str, Any], **more: Any) -> dict[str, Said]:
    sections = read(SETTING, answers, {}, child_name="Ada", **more)
    return {said.path: said for section in sections for said in section.answers}


def test_rows_are_read_inside_their_group_with_their_titles() -> None:
    answers = {"tr_cycle[]": ["a", "b"], "tr_cycle[a].aim": "Ask for help", "st_excl[]": []}
    said = all_said(answers, row_titles={"b": "Spring term"})
    rows = said["tr_cycle[]"].rows
    assert [row.title for row in rows] == ["Cycle 1", "Spring term"]
    assert {each.path: each.lines for each in rows[0].answers}["tr_cycle[a].aim"] == ("Ask for help",)
    assert said["st_excl[]"].none and said["tr_adv[]"].nothing
    assert "tr_cycle[a].aim" not in said


def test_ones_own_paper_is_read_with_its_section() -> None:
    said = all_said({"progress__paper": [{"id": "1", "name": "tracker.xlsx"}]})
    assert [file["name"] for file in said["progress__paper"].files] == ["tracker.xlsx"]
    assert "request__paper" not in said


def test_words_on_a_page_keep_their_breaks_their_direction_and_do_no_harm(page_app: Flask) -> None:
    text = "سلام\n<script>alert(1)</script>\n   three spaces"
    said = all_said({"rq_why_now": text, "tr_cycle[]": ["a"], "tr_cycle[a].aim": "x"})
    source = "{% from 'forms/answer.html' import answers %}{{ answers(said) }}"
    drawn = render_template_string(source, said=list(said.values()))
    assert "سلام\n&lt;script&gt;alert(1)&lt;/script&gt;\n   three spaces</p>" in drawn
    assert 'dir="auto">سلام' in drawn
    assert "Not answered yet" in drawn


def test_rows_chosen_are_read_in_their_own_words_and_those_taken_out_as_gone() -> None:
    answers = {"ou[]": ["a"], "ou[a].can": "Ask another child\nto play", "pv[]": ["p", "q"],
               "pv[p].outcome": "a", "pv[q].outcome": "gone"}  # fmt: skip
    rows = all_said(answers)["pv[]"].rows
    said = {each.path: each.lines for row in rows for each in row.answers}
    assert said["pv[p].outcome"] == ("Ask another child to play",)
    assert said["pv[q].outcome"] == ("One that was taken out since",)


def test_words_of_the_form_and_sums_without_a_result_are_no_answers() -> None:
    said = all_said({})
    assert not {"la_out", "sh_notice", "de_sent"} & said.keys()
    assert "la_beyond" in said


@pytest.mark.parametrize(
    ("name", "words"), [("Zoë", "What does Zoë find hard?"), ("", "What does your child find hard?")]
)
def test_a_familys_answers_are_read_under_the_words_they_were_asked_in(name: str, words: str) -> None:
    sections = read(PARENT, {"pq_hard": "Mornings"}, {}, child_name=name)
    assert [said.text for section in sections for said in section.answers if said.path == "pq_hard"] == [words]


def test_what_a_setting_answered_speaks_of_the_child() -> None:
    texts = [said.text for section in read(SETTING, {}, {}, child_name="") for said in section.answers]
    assert any("the child" in text for text in texts) and not any("{name}" in text for text in texts)

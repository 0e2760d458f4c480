"""The outcome helper asks what a kind colleague would, and keeps quiet where there is nothing to ask."""

from datetime import date
from typing import Any

import pytest

from forms.outcomes import Remark, look, look_at_all, look_at_provision, row_of
from forms.question import Question

TODAY = date(2026, 11, 23)
BORN = date(2015, 5, 4)
GOOD: dict[str, Any] = {
    "can": "By July Sam will notice when he is getting angry and use one of his three plans before he leaves the room.",
    "by": "2027-07-20",
    "know": "His chart shows four days out of five.",
    "hope": "friends",
    "steps": [],
}
STRONGER = [
    "By the end of Year 6 Mina will walk to the corner shop, choose and pay for two things, and come home by herself.",
    "By the end of Reception Olu will ask another child to play, using words or his device, at most playtimes.",
    "By the end of Year 13 Jo will have done two work placements of ten days each and be able to say which kind of "
    "work suits him and why.",
    "Ada will read her own timetable and make progress through the day by ticking each lesson off.",
]


def asked_about(**changed: Any) -> list[str]:
    return [each.test for each in remarks(**changed)]


def remarks(**changed: Any) -> tuple[Remark, ...]:
    return look({**GOOD, **changed}, names=("Sam",), born=BORN, today=TODAY)


def test_a_strong_outcome_is_left_in_peace() -> None:
    assert asked_about() == []


@pytest.mark.parametrize("text", STRONGER)
def test_the_stronger_examples_are_left_in_peace(text: str) -> None:
    assert look({**GOOD, "can": text}, names=("Mina", "Olu", "Jo"), born=BORN, today=TODAY) == ()


@pytest.mark.parametrize("nothing", [None, "", "  \n"])
def test_nothing_is_asked_before_anything_is_written(nothing: Any) -> None:
    assert asked_about(can=nothing, by="", know="", hope="") == []


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("To read more signs in the street", "About this person"),
        ("Staff will read signs with him", "From their side"),
        ("By July, the school will read signs with him", "From their side"),
        ("By the end of Year 6 we will read signs with him", "From their side"),
        ("To receive signs he can read", "From their side"),
        ("To improve my independence", "Specific"),
        ("Sam will be more confident", "Specific"),
        ("Sam will make progress", "Specific"),
        ("Sam will develop his social skills", "Specific"),
        ("Sam’s reading will get better", "Specific"),
        ("To have weekly speech therapy", "Not help in disguise"),
        ("Sam will access a nurture group to support emotional regulation", "Not help in disguise"),
        ("Sam will read with a TA", "Not help in disguise"),
        ("Sam will read 1:1", "Not help in disguise"),
        ("Sam will have a quiet place", "Not help in disguise"),
    ],
)
def test_words_that_hide_the_difference_are_asked_about(text: str, test: str) -> None:
    assert test in asked_about(can=text)


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("They will say ta to the driver", "Not help in disguise"),
        ("Sam will have finished his model", "Not help in disguise"),
        ("Sam will improve the sentence he wrote by adding two words himself", "Specific"),
        ("Sam will increase his walk to 5 streets", "Specific"),
        ("Sam will tell staff will power is not enough", "From their side"),
        ("SAM will read signs", "About this person"),
    ],
)
def test_the_same_words_in_another_meaning_are_not(text: str, test: str) -> None:
    assert test not in asked_about(can=text)


def test_a_childs_own_pronoun_counts_as_somebody() -> None:
    outcome = {"can": "By July ze will cross the road"}
    assert look(outcome, names=("Sam", "ze"), born=None, today=TODAY) == ()


@pytest.mark.parametrize("text", ["أن يعبر الطريق وحده", "سڑک پار کرے", "过马路"])
def test_words_in_another_language_are_not_judged_by_english_words(text: str) -> None:
    assert asked_about(can=text) == []


@pytest.mark.parametrize(
    ("changed", "test"),
    [({"know": ""}, "Can be seen or counted"), ({"hope": None}, "Leads to a hope"), ({"by": ""}, "Has a date")],
)
def test_what_is_missing_is_asked_for(changed: dict[str, Any], test: str) -> None:
    assert asked_about(**changed) == [test]


def test_what_a_form_does_not_ask_is_not_missed() -> None:
    assert look({"can": GOOD["can"]}, names=("Sam",), born=None, today=TODAY) == ()


@pytest.mark.parametrize(
    ("by", "asked"),
    [("2026-11-22", True), ("2026-11-23", False), ({"day": "31", "month": "2", "year": "2027"}, False)],
)
def test_a_date_in_the_past_is_asked_about(by: Any, asked: bool) -> None:
    assert ("Has a date" in asked_about(by=by)) == asked


@pytest.mark.parametrize(
    ("born", "by", "asked"),
    [
        (date(2001, 5, 4), "2027-05-03", False),
        (date(2001, 5, 4), "2027-05-04", True),
        (date(2000, 2, 29), "2026-02-28", False),
        (date(2004, 2, 29), "2030-03-01", True),
        (None, "2060-01-01", False),
    ],
)
def test_a_date_after_twenty_five_is_asked_about(born: date | None, by: str, asked: bool) -> None:
    found = look({**GOOD, "by": by}, names=("Sam",), born=born, today=date(2026, 1, 1))
    assert any("over 25" in each.say for each in found) == asked


@pytest.mark.parametrize(
    ("by", "steps", "asked"),
    [
        ("2027-11-23", [], False),
        ("2027-11-24", [], True),
        ("2027-11-24", [{"what": " ", "by": ""}], True),
        ("2027-11-24", [{"what": "Knows the route", "by": ""}], False),
    ],
)
def test_more_than_a_year_away_asks_for_small_steps(by: str, steps: list[Any], asked: bool) -> None:
    assert ("Has small steps" in asked_about(by=by, steps=steps)) == asked


@pytest.mark.parametrize(("number", "asked"), [(0, False), (10, False), (11, True)])
def test_more_than_ten_outcomes_are_asked_about(number: int, asked: bool) -> None:
    assert bool(look_at_all(number)) == asked


@pytest.mark.parametrize(
    "words",
    [
        "Access to a sensory room",
        "Regular breaks",
        "Support with reading, as required",
        "Up to 2 hours",
        "E.g. a chair",
    ],
)
def test_vague_words_of_provision_are_asked_about(words: str) -> None:
    assert look_at_provision({"what": words, "who": None, "watch": ""})


@pytest.mark.parametrize(
    "words", ["Reads with a trained adult for 20 minutes each day", "Learns an irregular verb each day", ""]
)
def test_provision_that_can_be_checked_is_left_in_peace(words: str) -> None:
    assert look_at_provision({"what": words, "who": "A teacher", "watch": None}) == ()


def test_a_row_is_read_by_short_names_with_the_steps_inside_it() -> None:
    group = Question.model_validate(
        {
            "id": "cy[].out[]", "text": "Outcomes", "type": "repeat", "helper": "outcome",
            "rows": [
                {"id": "cy[].out[].can", "text": "Can", "type": "area"},
                {
                    "id": "cy[].out[].steps[]", "text": "Steps", "type": "repeat",
                    "rows": [{"id": "cy[].out[].steps[].what", "text": "Step", "type": "area"}],
                },
            ],
        }
    )  # fmt: skip
    answers = {
        "cy[c1].out[o1].can": "read",
        "cy[c1].out[o1].steps[]": ["s2", "s1"],
        "cy[c1].out[o1].steps[s1].what": "first",
        "cy[c1].out[o2].can": "another row's",
    }
    assert row_of(group, answers, "c1", "o1") == {"can": "read", "steps": [{"what": None}, {"what": "first"}]}

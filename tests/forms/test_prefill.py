"""Where an answer may have been given before, and what of it fits."""

import pytest

from forms import catalogue, prefill
from forms.definition import Question, question
from forms.prefill import wanted

AREA = Question(id="a", text="A?", type="area")
TEXT = Question(id="t", text="T?", type="text")
YES_NO = Question(id="y", text="Y?", type="yesno", options=[["yes", "Yes"], ["no", "No"]])  # type: ignore[list-item]
BOTH = Question(id="b", text="B?", type="radio", options=[["yes", "Yes"], ["both", "Both"]])  # type: ignore[list-item]


def ids(asked: Question, form_id: str, *, own: bool = False) -> set[str]:
    found = prefill.places(asked, wanted(asked), catalogue.get(form_id), own=own)
    return {each.id for each in found}


def test_a_core_question_is_looked_for_under_its_own_id_on_any_form() -> None:
    assert ids(question(catalogue.get("ehcna-req-parent"), "ch_first"), "ehcna-req-setting") == {"ch_first"}


def test_what_a_child_said_is_found_on_any_all_about_me_by_its_meaning() -> None:
    asked = question(catalogue.get("aam-secondary"), "as_hard")
    assert ids(asked, "aam-primary", own=True) == {"ap_hard"}


def test_the_name_a_child_likes_is_the_name_on_the_record() -> None:
    assert "ch_known" in wanted(question(catalogue.get("aam-primary"), "ap_called")).core


def test_a_named_field_is_found_on_the_form_named_and_nowhere_else() -> None:
    asked = question(catalogue.get("ar-0-13"), "rv_date")
    assert ids(asked, "ar-meeting") == {"me_date"} and ids(asked, "ar-contribution") == set()


def test_ones_own_last_answer_is_no_offer_to_another() -> None:
    asked = question(catalogue.get("views-parent"), "vp_good")
    assert ids(asked, "views-parent", own=True) == {"vp_good"} and ids(asked, "views-parent") == set()


@pytest.mark.parametrize(
    "asked, source, value, kept",
    [
        (AREA, AREA, "Reading", "Reading"),
        (AREA, YES_NO, "no", "No"),
        (BOTH, YES_NO, "yes", None),
        (YES_NO, YES_NO, "yes", "yes"),
        (YES_NO, Question(**{**BOTH.model_dump(), "id": "x", "type": "yesno"}), "both", None),
        (TEXT, AREA, "", None),
        (AREA, Question(id="f", text="F?", type="file"), [{"id": "1"}], None),
    ],
)
def test_only_what_the_question_could_keep_is_offered(
    asked: Question, source: Question, value: object, kept: object
) -> None:
    assert prefill.fitted(asked, source, value) == kept


def test_rows_are_filled_from_cells_alike_in_name_and_kind() -> None:
    here = question(catalogue.get("aam-early"), "ae_comm[]")
    found = prefill.cells(here, here)
    said = {"ae_comm[]": ["r1", "r2"], "ae_comm[r1].does": "Claps", "ae_comm[r2].does": " "}
    assert found["ae_comm[].does"] == "ae_comm[].does"
    assert prefill.row_values(here, said, found.values()) == [{"ae_comm[].does": "Claps"}]

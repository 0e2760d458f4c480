"""What the invented people say fits the forms they say it on."""

from datetime import date
from typing import Any

import pytest

from forms import catalogue
from forms.definition import section_of
from web.demo import words
from web.demo.children import BY_PARENTS, PLANNED, REQUESTS

TODAY = date(2026, 11, 23)


def _said() -> list[tuple[str, dict[str, Any]]]:
    said = [("ehcna-req-setting", words.request(child)) for child in REQUESTS]
    said += [("ehcna-req-setting", {f"tr_cycle[].{k}": v for k, v in each.items()}) for each in words.cycles(TODAY)]
    said += [("views-parent", words.views(child)) for child in REQUESTS]
    said += [("aam-primary", words.about_me(child)) for child in REQUESTS]
    said += [("ehcna-req-parent", words.parents_request(child)) for child in BY_PARENTS]
    said += [("ehcna-req-parent", {f"pr[].{k}": v for k, v in words.carer(child).items()}) for child in BY_PARENTS]
    said += [("ar-0-13", words.review(child, TODAY)) for child in PLANNED]
    return said


@pytest.mark.parametrize("form_id, said", _said())
def test_every_choice_is_one_the_form_offers(form_id: str, said: dict[str, Any]) -> None:
    form = catalogue.get(form_id)
    for path, value in said.items():
        asked = section_of(form, path)[1]
        chosen = value if isinstance(value, list) else [value]
        offered = {option.id for option in asked.options} | (
            {"yes", "no", "not-sure"} if asked.type == "yesno" else set()
        )
        if asked.options and not asked.free_text:
            assert set(chosen) <= offered, path


def test_every_surname_says_that_nobody_is_real() -> None:
    plain = {child.last for child in (*REQUESTS, *BY_PARENTS, *PLANNED)}
    invented = {
        "Pretend",
        "Madeup",
        "Fictional",
        "Imagined",
        "O’Storybook",
        "Makebelieve",
        "Samplechild",
        "Notreal",
        "Invented",
        "Exampleton",
        "Fable",
        "Placeholder",
    }
    assert plain <= invented

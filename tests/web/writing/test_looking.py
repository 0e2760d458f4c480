"""The outcome helper asks kind questions beside a row, saved or being typed, and never stops anything."""

import re
from typing import Any

import pytest

from forms import catalogue
from forms.definition import Form, Question
from tests.web.writing.conftest import Desk

ROW = "xo[r1]"
OUTCOMES: dict[str, Any] = {
    "id": "xo[]", "text": "Outcomes", "type": "repeat", "row_name": "outcome", "helper": "outcome",
    "rows": [
        {"id": "xo[].can", "text": "By then, what will {name} be able to do?", "type": "area", "length": 400},
        {"id": "xo[].by", "text": "By when?", "type": "date"},
        {"id": "xo[].know", "text": "How will everyone know?", "type": "area"},
        {
            "id": "xo[].steps[]", "text": "Smaller steps", "type": "repeat", "row_name": "step",
            "rows": [{"id": "xo[].steps[].what", "text": "Step", "type": "area"}],
        },
    ],
}  # fmt: skip
PROVISION: dict[str, Any] = {
    "id": "xp[]", "text": "Provision", "type": "repeat", "row_name": "row", "helper": "provision",
    "rows": [{"id": "xp[].what", "text": "What will be done?", "type": "area"}],
}  # fmt: skip
ASKED = r"<li><strong>(.*?)</strong>"


@pytest.fixture(autouse=True)
def asks_for_outcomes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form like a school's request, that asks for outcomes and provision as well."""
    form = catalogue.get("ehcna-req-setting")
    first, *rest = form.sections
    groups = tuple(Question.model_validate(each) for each in (OUTCOMES, PROVISION))
    own, *others = first.questions
    longer = first.model_copy(update={"questions": (own, *groups, *others)})
    whole = {**form.model_dump(by_alias=True), "sections": [each.model_dump(by_alias=True) for each in (longer, *rest)]}
    made = Form.model_validate(whole)  # a copy would keep the index of the old questions
    read = catalogue._form
    monkeypatch.setattr(catalogue, "_form", lambda file: made if file.parent.name == made.id else read(file))


def asked(desk: Desk, typed: dict[str, Any], row: str = ROW, expect: int = 200) -> list[str]:
    """What the browser's script is told while a row is typed."""
    html = desk.client.get(f"/forms/{desk.form_id}/page/request").text
    token = re.search(r'name="csrf-token" content="([^"]+)"', html)[1]  # type: ignore[index]
    response = desk.client.post(
        f"/forms/{desk.form_id}/look", json={"row": row, "answers": typed}, headers={"X-CSRFToken": token}
    )
    assert response.status_code == expect, response.text
    return re.findall(ASKED, response.get_json().get("html", ""))


def shown(desk: Desk) -> list[str]:
    return re.findall(ASKED, desk.client.get(f"/forms/{desk.form_id}/page/request").text)


def test_a_saved_row_is_read_again_without_scripts(schools_request: Desk) -> None:
    assert shown(schools_request) == []
    page = schools_request.page("request")
    row = page["xo[]"][0]
    saved = schools_request.post("request", {**page, f"xo[{row}].can": "To improve independence"})
    assert saved.status_code == 302
    assert shown(schools_request) == [
        "Would it make sense with someone else’s name?",
        "Could two people picture the same thing?",
        "How will everyone know?",
        "By when?",
    ]


def test_a_row_is_read_as_it_is_typed_and_nothing_is_kept(schools_request: Desk, values: Any) -> None:
    typed = {f"{ROW}.can": "She will walk to school", f"{ROW}.by": {"day": "1", "month": "9", "year": "2036"}}
    assert asked(schools_request, typed) == ["How will everyone know?", "What comes first?"]
    typed |= {f"{ROW}.know": "We see it", f"{ROW}.steps[s1].what": "Knows the way"}
    assert asked(schools_request, typed) == []
    assert values(schools_request) == {}


def test_the_childs_name_from_the_form_makes_it_theirs(schools_request: Desk) -> None:
    typed = {f"{ROW}.can": "Ada will walk to school", f"{ROW}.know": "We see it"}
    assert "Would it make sense with someone else’s name?" in asked(schools_request, typed)
    schools_request.write("child", ch_first="Ada Mae", ch_last="Invented")
    assert asked(schools_request, typed) == ["By when?"]


def test_vague_words_of_help_are_asked_about(schools_request: Desk) -> None:
    typed = {"xp[p1].what": "Access to a quiet room as required"}
    assert asked(schools_request, typed, "xp[p1]") == ["Could a parent tell whether it is happening?"]


def test_what_is_typed_is_never_a_page(schools_request: Desk) -> None:
    html = "<script>alert(1)</script>"
    page = schools_request.page("request")
    row = page["xo[]"][0]
    schools_request.post("request", {**page, f"xo[{row}].can": html})
    assert html not in schools_request.client.get(f"/forms/{schools_request.form_id}/page/request").text


@pytest.mark.parametrize("row", ["rq_why_now", "xx[r1]", "", "xo[r1].steps[s1]", "xo[]"])
def test_only_a_row_with_a_helper_is_read(schools_request: Desk, row: str) -> None:
    page = f"/forms/{schools_request.form_id}/page/request"
    token = re.search(r'name="csrf-token" content="([^"]+)"', schools_request.client.get(page).text)[1]  # type: ignore[index]
    body = {"row": row, "answers": {}}
    response = schools_request.client.post(
        f"/forms/{schools_request.form_id}/look", json=body, headers={"X-CSRFToken": token}
    )
    assert response.status_code in (404, 422)


def test_another_rows_words_are_refused(schools_request: Desk) -> None:
    assert asked(schools_request, {"xo[r2].can": "Sam will"}, expect=422) == []


def test_nobody_without_the_form_may_ask(
    schools_request: Desk, client_for: Any, somebody: Any, parents_request: Desk
) -> None:
    stranger = parents_request.client
    html = stranger.get(f"/forms/{parents_request.form_id}/page/pq_who").text
    token = re.search(r'name="csrf-token" content="([^"]+)"', html)[1]  # type: ignore[index]
    response = stranger.post(
        f"/forms/{schools_request.form_id}/look", json={"row": ROW, "answers": {}}, headers={"X-CSRFToken": token}
    )
    assert response.status_code == 404

"""Saving while typing: said only when it is so, harmless to repeat, and never for somebody else."""

import uuid
from typing import Any

import pytest
from psycopg.errors import AdminShutdown
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from models.database import OwnedSession
from models.submissions import Contribution
from tests.web.writing.conftest import Desk
from tests.web.writing.test_pages import contributions

PAGE = "pq_hard"
OUTCOMES, PROVISION = "ahead-outcomes", "ahead-provision"


def one(value: Any, base: int = 0) -> dict[str, Any]:
    return {PAGE: {"value": value, "base": base}}


def test_a_save_says_when_and_which_version(parents_request: Desk, values: Any) -> None:
    response = parents_request.autosave(one("Mornings"), page=PAGE)
    assert response.status_code == 200
    assert set(response.json) == {"saved_at", "versions", "clashes"} and response.json["versions"] == {PAGE: 1}
    assert values(parents_request)[PAGE] == "Mornings"


def test_the_same_batch_again_changes_nothing_and_says_the_same(
    parents_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    save = uuid.uuid4()
    first = parents_request.autosave(one("Mornings"), save=save, page=PAGE)
    parents_request.autosave(one("Mornings and evenings", 1), page=PAGE)
    again = parents_request.autosave(one("Mornings"), save=save, page=PAGE)
    assert (first.json["versions"], first.json["clashes"]) == (again.json["versions"], again.json["clashes"])
    assert contributions(app, authority_id) == ["Mornings and evenings"]


def test_typing_on_extends_the_same_sitting(parents_request: Desk, app: Any, authority_id: uuid.UUID) -> None:
    for base, words in enumerate(["M", "Mo", "Mor"]):
        parents_request.autosave(one(words, base), page=PAGE)
    assert contributions(app, authority_id) == ["Mor"]


def test_an_old_version_keeps_both_and_says_where(parents_request: Desk) -> None:
    parents_request.autosave(one("mine"), page=PAGE)
    response = parents_request.autosave(one("from another tab"), page=PAGE)
    assert [each["path"] for each in response.json["clashes"]] == [PAGE]
    assert parents_request.client.get(response.json["clashes"][0]["url"]).status_code == 200


def test_the_page_posted_after_autosave_makes_no_clash(parents_request: Desk) -> None:
    page = parents_request.page(PAGE)
    saved = parents_request.autosave(one("typed"), page=PAGE).json
    version = str(saved["versions"][PAGE])  # the script puts it in the hidden field
    response = parents_request.post(PAGE, {**page, PAGE: "typed and more", f"version:{PAGE}": version})
    assert "/two-versions/" not in response.location


def test_a_date_arrives_in_parts_and_is_kept_as_a_date(parents_request: Desk, values: Any) -> None:
    parents_request.autosave(
        {"ch_dob": {"value": {"day": "5", "month": "March", "year": "2019"}, "base": 0}}, page="ch_dob"
    )
    assert values(parents_request)["ch_dob"] == "2019-03-05"


def test_words_in_a_new_row_bring_the_row_with_them(parents_request: Desk, values: Any) -> None:
    row = parents_request.page("pr")["pr[]"][0]
    parents_request.autosave({f"pr[{row}].name": {"value": "Asha", "base": 0}}, page="pr")
    kept = values(parents_request)
    assert kept["pr[]"] == [row] and kept[f"pr[{row}].name"] == "Asha"


def test_signed_out_is_said_in_json(parents_request: Desk) -> None:
    url = f"/forms/{parents_request.form_id}/autosave?who={parents_request.who.account_id}"
    parents_request.client.delete_cookie("session", domain="localhost")
    response = parents_request.client.post(url, json={"save": str(uuid.uuid4()), "answers": one("x")})
    assert response.status_code == 401 and response.is_json


def test_a_page_of_another_person_never_saves(parents_request: Desk, values: Any) -> None:
    token = parents_request.client.token(f"/forms/{parents_request.form_id}/page/{PAGE}")
    body = {"save": str(uuid.uuid4()), "answers": one("not mine")}
    for url in (f"?who={uuid.uuid4()}", "", f"?who={parents_request.who.account_id}&x"):
        more = {"person": str(uuid.uuid4())} if "&x" in url else {}
        response = parents_request.client.post(
            f"/forms/{parents_request.form_id}/autosave{url}", json={**body, **more}, headers={"X-CSRFToken": token}
        )
        assert response.status_code == 401, url
    assert values(parents_request) == {}


@pytest.mark.parametrize(
    "answers",
    [
        {"no_such": {"value": "x", "base": 0}},
        {"pr[../etc].name": {"value": "x", "base": 0}},
        {"pr[]": {"value": ["r1"], "base": 0}},
        {PAGE: {"value": "x" * 50_001, "base": 0}},
        {PAGE: "x"},
        [],
        {PAGE: {"value": "x", "base": "many"}},
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(parents_request: Desk, values: Any, answers: Any) -> None:
    response = parents_request.autosave(answers, page=PAGE)
    assert response.status_code == 422 and response.json["message"]
    assert values(parents_request) == {}


def test_when_the_commit_fails_nothing_is_said_to_be_saved(parents_request: Desk, values: Any) -> None:
    url = f"/forms/{parents_request.form_id}/autosave?who={parents_request.who.account_id}"
    token = parents_request.client.token(f"/forms/{parents_request.form_id}/page/{PAGE}")
    body = {"save": str(uuid.uuid4()), "answers": one("lost?")}

    def fail(session: OwnedSession, *_: object) -> None:
        if any(isinstance(each, Contribution) for each in session.new):
            session.info["wrote"] = True
        if session.info.get("wrote") and not _:
            raise OperationalError("commit", {}, AdminShutdown("gone"))

    event.listen(OwnedSession, "after_flush", fail)
    event.listen(OwnedSession, "before_commit", fail)
    try:
        response = parents_request.client.post(url, json=body, headers={"X-CSRFToken": token})
    finally:
        event.remove(OwnedSession, "after_flush", fail)
        event.remove(OwnedSession, "before_commit", fail)
    assert response.status_code == 503
    assert values(parents_request) == {}
    again = parents_request.client.post(url, json=body, headers={"X-CSRFToken": token})
    assert again.status_code == 200 and values(parents_request)[PAGE] == "lost?"


def test_an_outcome_chosen_for_provision_is_kept_as_it_is_chosen(schools_request: Desk, values: Any) -> None:
    can = {"ou[r1].can": {"value": "Ask for help", "base": 0}}
    assert schools_request.autosave(can, page=OUTCOMES).status_code == 200
    assert schools_request.autosave({"pv[p1].outcome": {"value": "r1", "base": 0}}, page=PROVISION).status_code == 200
    assert values(schools_request)["pv[p1].outcome"] == "r1"


def test_a_choice_stays_while_what_was_chosen_has_no_words(schools_request: Desk, values: Any) -> None:
    schools_request.autosave({"ou[r1].can": {"value": "Ask for help", "base": 0}}, page=OUTCOMES)
    schools_request.autosave({"pv[p1].outcome": {"value": "r1", "base": 0}}, page=PROVISION)
    schools_request.autosave({"ou[r1].can": {"value": "", "base": 1}}, page=OUTCOMES)
    html = schools_request.client.get(f"/forms/{schools_request.form_id}/page/{PROVISION}").text
    assert 'value="r1" selected' in html and "One that was taken out since" in html
    typed = {"pv[p1].what": "A group", "pv[p1].outcome": "r1"}
    assert schools_request.write(PROVISION, **typed).status_code == 302
    assert values(schools_request)["pv[p1].outcome"] == "r1"

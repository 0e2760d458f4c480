"""A page of a form: what is typed is kept, whatever happens around it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk, fields_of


def test_what_is_typed_is_kept_and_the_next_page_comes(parents_request: Desk, values: Any) -> None:
    response = parents_request.write("pq_who", pq_who="Mum")
    assert response.status_code == 302 and "/page/" in response.location
    assert values(parents_request)["pq_who"] == "Mum"


def test_a_page_that_was_not_touched_writes_nothing(parents_request: Desk, values: Any) -> None:
    parents_request.write("pq_who")
    assert values(parents_request) == {}


def test_pressing_twice_makes_one_contribution(parents_request: Desk, app: Any, authority_id: uuid.UUID) -> None:
    page = {**parents_request.page("pq_who"), "pq_who": "Mum"}
    first, second = parents_request.post("pq_who", page), parents_request.post("pq_who", page)
    assert first.location == second.location
    assert contributions(app, authority_id) == ["Mum"]


def test_back_and_other_words_keeps_the_other_words_too(
    parents_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    page = parents_request.page("pq_who")
    parents_request.post("pq_who", {**page, "pq_who": "Mum"})
    parents_request.post("pq_who", {**page, "pq_who": "Mother"})
    assert set(contributions(app, authority_id)) == {"Mum", "Mother"}


@pytest.mark.parametrize(
    "words",
    ["أنا أمّه\n\nسطر ثان", "ماں", "𝒜👩‍👧‍👦 é", "x" * 50_000, "one\n\n\ntwo  three\t"],
    ids=["arabic", "urdu", "emoji", "fifty thousand", "spaces"],
)
def test_any_script_and_any_length_comes_back_as_it_was(
    parents_request: Desk, values: Any, words: str, some_area: str
) -> None:
    parents_request.write(some_area, **{some_area: words})
    assert values(parents_request)[some_area] == words
    assert parents_request.page(some_area)[some_area] == [words]


@pytest.mark.parametrize("shown", ["check", "print"])
def test_fifty_thousand_characters_are_all_there_to_check_and_to_print(
    parents_request: Desk, some_area: str, shown: str
) -> None:
    words = ("م" * 49 + "\n") * 999 + "the very end of fifty thousand characters, not lost"[:50]
    parents_request.write(some_area, **{some_area: words})
    html = parents_request.client.get(f"/forms/{parents_request.form_id}/{shown}").text
    assert len(words) == 50_000 and words in html


def test_letters_that_no_script_uses_are_taken_out(parents_request: Desk, values: Any, some_area: str) -> None:
    parents_request.write(some_area, **{some_area: "be\x00fore\x07 after"})
    assert values(parents_request)[some_area] == "before after"


def test_an_over_long_answer_comes_back_whole_with_a_sentence(
    parents_request: Desk, values: Any, some_area: str
) -> None:
    words = "y" * 50_001
    response = parents_request.write(some_area, **{some_area: words})
    assert response.status_code == 422
    assert "50,001 characters" in response.text and words in response.text
    assert some_area not in values(parents_request)


def test_a_wrong_date_is_said_beside_the_boxes_and_kept_as_typed(parents_request: Desk) -> None:
    response = parents_request.write("ch_dob", **{"ch_dob-day": "31", "ch_dob-month": "2", "ch_dob-year": "2019"})
    assert response.status_code == 422
    assert 'href="#ch_dob-day"' in response.text and 'value="31"' in response.text


def test_the_same_page_open_twice_gives_two_versions(parents_request: Desk, some_area: str) -> None:
    one, two = parents_request.page(some_area), parents_request.page(some_area)
    parents_request.post(some_area, {**one, some_area: "first words"})
    response = parents_request.post(some_area, {**two, some_area: "second words"})
    assert "/two-versions/" in response.location
    html = parents_request.client.get(response.location).text
    assert "first words" in html and "second words" in html


def test_what_somebody_else_changed_meanwhile_is_not_undone_by_an_untouched_field(
    schools_request: Desk, values: Any
) -> None:
    page = schools_request.page("request")
    schools_request.write("request", rq_why_now="It has grown urgent.")
    response = schools_request.post("request", {**page, "rq_ask": ["yes"]})
    assert "/two-versions/" not in response.location
    assert values(schools_request)["rq_why_now"] == "It has grown urgent."


def test_words_typed_when_the_session_ended_are_there_after_signing_in(
    parents_request: Desk, client_for: Callable[..., PageClient], some_area: str, app: Any, authority_id: uuid.UUID
) -> None:
    from workflow import clock, web_sessions

    page = {**parents_request.page(some_area), some_area: "An hour of typing."}
    with app.database.transaction(authority_id) as session:
        data, account = parents_request.client.get_cookie("session").value, parents_request.who.account_id
        found = web_sessions.find(session, data, clock.now())
        found.ends_at = clock.now()
    assert parents_request.post(some_area, page).status_code == 302
    cookie = parents_request.client.get_cookie("session").value
    with app.database.transaction(authority_id) as session:
        found = web_sessions.find(session, cookie, clock.now())
        web_sessions.save(session, cookie, {**found.data, "kind": "family"}, account, clock.now())
    html = parents_request.client.get(f"/forms/{parents_request.form_id}/page/{some_area}").text
    assert "Not saved yet" in html and "An hour of typing." in html
    again = fields_of(html)
    assert parents_request.post(some_area, again).status_code == 302
    assert parents_request.page(some_area)[some_area] == ["An hour of typing."]


def test_a_page_made_for_another_person_never_saves(parents_request: Desk, some_area: str, values: Any) -> None:
    page = {**parents_request.page(some_area), some_area: "not theirs", "person": str(uuid.uuid4())}
    assert parents_request.post(some_area, page).status_code == 409
    assert some_area not in values(parents_request)


def test_another_family_finds_no_such_form(
    parents_request: Desk, somebody: Callable[..., Somebody], client_for: Callable[..., PageClient]
) -> None:
    stranger = client_for(somebody("family"))
    for path in ("", "/page/pq_who", "/check", "/print", "/send", "/sent", "/history/pq_who", "/two-versions/pq_who"):
        assert stranger.get(f"/forms/{parents_request.form_id}{path}").status_code == 404, path


@pytest.fixture
def some_area(parents_request: Desk) -> str:
    """A page with one long answer."""
    from forms import catalogue

    form = catalogue.get("ehcna-req-parent")
    return next(p.id for p in form.pages() if p.questions[0].type == "area" and p.questions[0].when is None)


def contributions(app: Any, authority_id: uuid.UUID) -> list[Any]:
    from sqlalchemy import select

    from models.submissions import Contribution

    with app.database.transaction(authority_id) as session:
        return list(session.scalars(select(Contribution.value).order_by(Contribution.version)))


def test_words_typed_after_the_session_was_ended_in_another_tab_are_nobody_elses(
    parents_request: Desk, client_for: Callable[..., PageClient], some_area: str, app: Any, authority_id: uuid.UUID
) -> None:
    from sqlalchemy import select

    from models.access import KeptText

    page = {**parents_request.page(some_area), some_area: "Nobody else's."}
    parents_request.client.submit("/sign-out", page="/home")
    assert parents_request.post(some_area, page).status_code == 302
    with app.database.transaction(authority_id) as session:
        assert session.scalars(select(KeptText.account_id)).one() == parents_request.who.account_id


def test_a_row_is_added_once_however_often_the_button_of_one_page_is_pressed(
    schools_request: Desk, values: Any
) -> None:
    page = schools_request.page("tried")
    first = page["tr_cycle[]"][0]
    pressed = {**page, f"tr_cycle[{first}].aim": "To read", "add": "tr_cycle[]"}
    answers = [schools_request.post("tried", pressed) for _ in range(2)]
    assert {each.status_code for each in answers} == {302} and answers[0].location == answers[1].location
    assert len(values(schools_request)["tr_cycle[]"]) == 2
    schools_request.post("tried", {**schools_request.page("tried"), "add": "tr_cycle[]"})
    assert len(values(schools_request)["tr_cycle[]"]) == 3


def test_a_row_added_on_a_page_with_a_mistake_is_added_once_too(schools_request: Desk, values: Any) -> None:
    page = schools_request.page("tried")
    first = page["tr_cycle[]"][0]
    pressed = {**page, f"tr_cycle[{first}].from-day": "45", f"tr_cycle[{first}].aim": "To read", "add": "tr_cycle[]"}
    shown = [schools_request.post("tried", pressed) for _ in range(2)]
    assert [each.status_code for each in shown] == [422, 422]
    again = fields_of(shown[1].text)
    assert again["tr_cycle[]"] == values(schools_request)["tr_cycle[]"] and len(again["tr_cycle[]"]) == 2
    again[f"tr_cycle[{first}].from-day"] = [""]
    schools_request.post("tried", {**again, "add": "tr_cycle[]"})
    assert len(values(schools_request)["tr_cycle[]"]) == 3

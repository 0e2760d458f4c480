"""Signing a form, over its page: with reasons, before and after sending, and shown to those who may know."""

import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from models.remarks import SignOff
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk, fields_of
from tests.web.writing.test_sending import fill_school, send
from tests.web.writing.test_together import parent, views

__all__ = ["parent", "views"]


def sign(desk: Desk, verdict: str, reason: str = "") -> Any:
    """Open the page, choose, press the button."""
    page = f"/forms/{desk.form_id}/sign"
    fields = fields_of(desk.client.get(page).text)
    return desk.client.post(page, data={**fields, "verdict": verdict, "reason": reason})


def overview(desk: Desk) -> str:
    return unescape(desk.client.get(f"/forms/{desk.form_id}").text)


def test_a_parent_disagrees_with_a_reason_and_everybody_may_read_it(parent: Desk, schools_request: Desk) -> None:
    assert f"/forms/{parent.form_id}/sign" in overview(parent)
    assert sign(parent, "disagree", "It leaves out the bus.").status_code == 302
    for page in ("", "/check", "/print"):
        html = schools_request.client.get(f"/forms/{parent.form_id}{page}").text
        assert "Priya Parent signed" in html and "Disagrees" in html and "It leaves out the bus." in html, page


@pytest.mark.parametrize(("verdict", "anchor"), [("", "verdict"), ("partly", "reason"), ("disagree", "reason")])
def test_what_is_missing_is_said_and_what_was_chosen_stays(parent: Desk, verdict: str, anchor: str) -> None:
    response = sign(parent, verdict)
    assert response.status_code == 422
    assert f'href="#{anchor}"' in response.text and f'id="{anchor}-error"' in response.text
    assert not verdict or f'value="{verdict}" checked' in response.text


def test_the_reason_typed_stays_when_the_form_changed_meanwhile(parent: Desk, schools_request: Desk) -> None:
    page = f"/forms/{parent.form_id}/sign"
    fields = fields_of(parent.client.get(page).text)
    schools_request.write("needs", na_ci_hard="Noise is hard.")
    response = parent.client.post(page, data={**fields, "verdict": "partly", "reason": "Too short."})
    assert response.status_code == 422 and "Read it again, then sign" in response.text
    assert "Too short." in response.text
    again = {**fields_of(response.text), "verdict": "partly", "reason": "Too short."}
    assert parent.client.post(page, data=again).status_code == 302


def test_pressing_twice_signs_once(parent: Desk, app: Any, authority_id: uuid.UUID) -> None:
    page = f"/forms/{parent.form_id}/sign"
    fields = {**fields_of(parent.client.get(page).text), "verdict": "agree"}
    for _ in range(2):
        assert parent.client.post(page, data=fields).status_code == 302
    with app.database.transaction(authority_id) as session:
        assert len(session.scalars(select(SignOff)).all()) == 1


def test_an_answer_changed_afterwards_shows_that_an_earlier_version_was_signed(
    parent: Desk, schools_request: Desk
) -> None:
    sign(parent, "agree")
    assert "Sign this form" not in overview(parent)
    schools_request.write("needs", na_ci_hard="Noise is hard.")
    assert "Signed an earlier version" in overview(schools_request)
    assert "Signed an earlier version" in overview(parent) and "Sign this form" in overview(parent)
    sign(parent, "agree")
    assert "Signed an earlier version" not in overview(schools_request)
    assert "Signed once before. That is kept too." in overview(schools_request)


def test_disagreement_does_not_stop_sending_and_the_head_signs_after_it(
    parent: Desk,
    schools_request: Desk,
    somebody: Callable[..., Somebody],
    school: uuid.UUID,
    desk: Any,
    client_for: Any,
) -> None:
    sign(parent, "disagree", "It leaves out the bus.")
    fill_school(schools_request)
    assert send(schools_request).status_code == 302
    head = desk(somebody("professional", "head", school, name="Hetty Head"), schools_request.form_id)
    assert sign(head, "agree").location.endswith("/check")
    officer = client_for(somebody("staff", "caseworker"))
    html = officer.get(f"/forms/{schools_request.form_id}/print").text
    assert "Hetty Head signed" in html and "It leaves out the bus." in html


def test_a_parent_is_not_shown_that_the_other_parent_signed(
    parent: Desk, schools_request: Desk, somebody: Callable[..., Somebody], invite: Any, desk: Any
) -> None:
    who = somebody("family", name="Quentin Other")
    invite(schools_request, who)
    sign(desk(who, schools_request.form_id), "disagree", "I was not asked.")
    for page in ("", "/check", "/print", "/sign"):
        html = parent.client.get(f"/forms/{parent.form_id}{page}").text
        assert "Quentin" not in html and "I was not asked." not in html, page
    assert "Quentin Other signed" in overview(schools_request)


def test_a_view_is_not_signed_and_staff_do_not_sign(
    views: Desk, schools_request: Desk, somebody: Callable[..., Somebody], client_for: Callable[..., PageClient]
) -> None:
    assert views.client.get(f"/forms/{views.form_id}/sign").status_code == 404
    fill_school(schools_request)
    send(schools_request)
    officer = client_for(somebody("staff", "caseworker"))
    assert officer.get(f"/forms/{schools_request.form_id}/sign").status_code == 404
    assert "Sign this form" not in officer.get(f"/forms/{schools_request.form_id}/check").text

"""Sending: once, with what the law needs, and then locked."""

import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

from sqlalchemy import select

from models.cases import Case
from models.submissions import Snapshot, Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk
from tests.web.writing.test_together import parent, views

__all__ = ["parent", "views"]


def fill(at: Desk) -> None:
    """The few things that a parent's request needs."""
    at.write("pq_ask", pq_ask=["yes"])
    at.write("pq_who", pq_who="Mum")
    page = at.page("pr")
    at.post("pr", {**page, f"pr[{page['pr[]'][0]}].name": "Asha Iqbal"})
    fill_child(at, "ch_first", "ch_dob")
    at.write("pq_hard", pq_hard="Mornings are hard.")
    at.write("de_name", de_name="Asha Iqbal", de_role="parent")


def fill_school(at: Desk) -> None:
    """The few things that a setting's request needs."""
    at.write("request", rq_ask=["yes"], **{"rq_by-name": "Sam Senco"})
    fill_child(at, "child", "child")
    at.write("send", de_name="Sam Senco", de_role="senco")


def fill_child(at: Desk, named: str, born: str) -> None:
    at.write(named, ch_first="Ada", ch_last="Example")
    at.write(born, **{"ch_dob-day": "5", "ch_dob-month": "3", "ch_dob-year": "2019"})


def send(at: Desk) -> Any:
    return at.client.submit(f"/forms/{at.form_id}/send")


def cases(app: Any, authority_id: uuid.UUID) -> int:
    with app.database.transaction(authority_id) as session:
        return len(session.scalars(select(Case)).all())


def test_what_is_missing_is_said_with_the_way_to_it(parents_request: Desk) -> None:
    html = parents_request.client.get(f"/forms/{parents_request.form_id}/send").text
    assert "We need this before it can be sent" in html and "/page/ch_dob" in html
    response = send(parents_request)
    assert response.status_code == 422


def test_a_request_is_sent_once_however_often_it_is_pressed(
    parents_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    fill(parents_request)
    token = parents_request.client.token(f"/forms/{parents_request.form_id}/send")
    for _ in range(2):
        response = parents_request.client.post(f"/forms/{parents_request.form_id}/send", data={"csrf_token": token})
        assert response.location.endswith("/sent"), response.text
    assert cases(app, authority_id) == 1
    html = parents_request.client.get(response.location).text
    assert "Your reference is" in html and "Why this date" in html


def test_a_sent_form_is_locked_and_still_read_and_printed(parents_request: Desk) -> None:
    page = parents_request.page("pq_who")
    fill(parents_request)
    send(parents_request)
    response = parents_request.post("pq_who", {**page, "pq_who": "Dad"})
    assert response.status_code == 409 and "Dad" in response.text and "locked" in response.text
    assert parents_request.client.get(f"/forms/{parents_request.form_id}/page/pq_who").location.endswith("/check")
    for path in ("check", "print"):
        html = parents_request.client.get(f"/forms/{parents_request.form_id}/{path}").text
        assert "Mum" in html and "Dad" not in html


def test_a_save_whose_answer_was_lost_is_confirmed_even_after_sending(parents_request: Desk) -> None:
    save, words = uuid.uuid4(), {"pq_effect": {"value": "Mornings", "base": 0}}
    page = f"/forms/{parents_request.form_id}/page/pq_effect"
    fill(parents_request)
    token = parents_request.client.token(page)
    url = f"/forms/{parents_request.form_id}/autosave?who={parents_request.who.account_id}"
    body = {"save": str(save), "answers": words}
    parents_request.client.post(url, json=body, headers={"X-CSRFToken": token})
    send(parents_request)
    again = parents_request.client.post(url, json=body, headers={"X-CSRFToken": token})
    assert again.status_code == 200 and again.json["versions"] == {"pq_effect": 1}
    more = parents_request.client.post(url, json={**body, "save": str(uuid.uuid4())}, headers={"X-CSRFToken": token})
    assert more.status_code == 422 and "has been sent" in more.json["message"]


def test_the_council_reads_nothing_before_and_the_form_after(
    parents_request: Desk, somebody: Callable[..., Somebody], client_for: Any
) -> None:
    fill(parents_request)
    staff = client_for(somebody("staff", "caseworker"))
    assert staff.get(f"/forms/{parents_request.form_id}/check").status_code == 404
    send(parents_request)
    assert "Mum" in staff.get(f"/forms/{parents_request.form_id}/check").text


def test_a_draft_view_stays_private_when_the_request_is_sent_and_can_be_sent_later(
    views: Desk,
    schools_request: Desk,
    app: Any,
    authority_id: uuid.UUID,
    somebody: Callable[..., Somebody],
    client_for: Any,
) -> None:
    fill_school(schools_request)
    response = send(schools_request)
    assert response.status_code == 302, response.text
    staff = client_for(somebody("staff", "caseworker"))
    assert staff.get(f"/forms/{views.form_id}/check").status_code == 404
    with app.database.transaction(authority_id) as session:
        assert session.get_one(Submission, (authority_id, views.form_id)).state == "draft"
    overview = unescape(views.client.get(f"/forms/{views.form_id}").text)
    assert "has been sent, without this. You can still write this, and send it yourself" in overview
    assert "Sending gives it to the council now, and locks it." in overview and "You need not do both" not in overview
    views.write("de_name", de_name="Priya Parent", de_role="parent")
    assert send(views).location.endswith("/sent")
    assert "PRIVATE MARK" in staff.get(f"/forms/{views.form_id}/check").text
    with app.database.transaction(authority_id) as session:
        assert len(session.scalars(select(Snapshot).where(Snapshot.submission_id == views.form_id)).all()) == 1


def test_after_sending_the_way_goes_on(parents_request: Desk) -> None:
    fill(parents_request)
    send(parents_request)
    sent = parents_request.client.get(f"/forms/{parents_request.form_id}/sent").text
    assert '<a class="govuk-link" href="/home">Go to your own page</a>' in sent


def test_a_view_cannot_be_sent_by_itself_before_its_request(views: Desk) -> None:
    assert views.client.get(f"/forms/{views.form_id}/send").status_code == 404


def test_a_shared_view_goes_with_the_request(
    views: Desk, schools_request: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    views.client.submit(f"/forms/{views.form_id}/share", page=f"/forms/{views.form_id}")
    fill_school(schools_request)
    send(schools_request)
    with app.database.transaction(authority_id) as session:
        assert session.get_one(Submission, (authority_id, views.form_id)).state == "sent"


def test_a_request_says_on_every_page_when_it_could_be_sent(parents_request: Desk) -> None:
    at, page = parents_request, f"/forms/{parents_request.form_id}/page/pq_effect"
    assert "Send it now" not in at.client.get(page).text
    at.write("pq_ask", pq_ask=["yes"])
    at.write("pq_who", pq_who="Mum")
    people = at.page("pr")
    at.post("pr", {**people, f"pr[{people['pr[]'][0]}].name": "Asha Iqbal"})
    fill_child(at, "ch_first", "ch_dob")
    assert "Send it now" not in at.client.get(page).text, "what is hard has not been said"
    at.write("pq_hard", pq_hard="Mornings are hard.")
    assert "Send it now" in at.client.get(page).text, "its writer's own name is asked for on the way out"

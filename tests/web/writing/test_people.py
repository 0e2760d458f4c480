"""Helpers and others on a form: let in as far as somebody chose, and stopped again."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.access import Grant
from models.cases import Event
from models.outbox import Message
from models.submissions import Contribution, Submission
from tests.web.conftest import Somebody
from tests.web.writing.conftest import Desk, fields_of
from tests.web.writing.people import PART, area_of, ask, come, helper
from workflow import clock

__all__ = ["ask", "come", "helper"]


def test_a_helper_opens_the_parts_that_were_chosen_and_no_others(parents_request: Desk, helper: Desk) -> None:
    assert helper.form_id == parents_request.form_id
    inside, _ = area_of(helper, only=PART)
    elsewhere, _ = area_of(helper, but=PART)
    assert helper.client.get(f"/forms/{helper.form_id}/page/{inside}").status_code == 200
    assert helper.client.get(f"/forms/{helper.form_id}/page/{elsewhere}").location.endswith("/check")


def test_a_helper_reads_nothing_of_the_other_parts(parents_request: Desk, helper: Desk) -> None:
    page, area = area_of(helper, but=PART)
    parents_request.write(page, **{area: "NOT FOR HELPERS"})
    for path in ("", "/check", "/print", f"/history/{area}", "/people"):
        assert "NOT FOR HELPERS" not in helper.client.get(f"/forms/{helper.form_id}{path}").text, path


def test_a_helper_reads_how_a_part_stands_and_not_its_drafts(parents_request: Desk, helper: Desk) -> None:
    page, area = area_of(helper, only=PART)
    parents_request.write(page, **{area: "A FIRST DRAFT"})
    helper.write(page, **{area: "As it stands"})
    history = f"/forms/{helper.form_id}/history/{area}"
    assert helper.client.get(history).status_code == 404
    assert "Earlier versions" not in helper.client.get(f"/forms/{helper.form_id}/page/{page}").text
    assert "A FIRST DRAFT" in parents_request.client.get(history).text


def test_what_a_helper_writes_down_is_the_parents_words_by_their_hand(
    parents_request: Desk, helper: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    page, area = area_of(helper, only=PART)
    assert (
        "You are writing down what Asha Iqbal says." in helper.client.get(f"/forms/{helper.form_id}/page/{page}").text
    )
    helper.write(page, **{area: "She said so."})
    with app.database.transaction(authority_id) as session:
        text = session.scalars(select(Contribution).where(Contribution.state == "current")).one()
        assert (text.author_id, text.entered_by) == (parents_request.who.person_id, helper.who.person_id)
        assert text.mode == "scribed"
    html = parents_request.client.get(f"/forms/{helper.form_id}/check").text
    assert "written down by Hana Helper" in html


def test_a_helper_neither_sends_nor_shares_nor_asks_nor_deletes(helper: Desk) -> None:
    token = {"csrf_token": helper.client.token(f"/forms/{helper.form_id}/how")}
    for path in ("send", "share", "invite/helper", "delete"):
        assert helper.client.post(f"/forms/{helper.form_id}/{path}", data=token).status_code == 404, path
    assert helper.client.get(f"/forms/{helper.form_id}/invite/helper").status_code == 404


def test_a_helper_is_stopped_at_once_and_their_words_stay(
    parents_request: Desk, helper: Desk, app: Any, authority_id: uuid.UUID
) -> None:
    page, area = area_of(helper, only=PART)
    helper.write(page, **{area: "Kept."})
    people = f"/forms/{helper.form_id}/people"
    html = parents_request.client.get(people).text
    assert "Hana Helper" in html and "A friend" in html
    stop = re.search(rf'href="({people}/[0-9a-f-]+/stop)"', html)[1]  # type: ignore[index]
    assert "Stop this person taking part?" in parents_request.client.get(stop).text
    assert parents_request.client.submit(stop).status_code == 302
    assert helper.client.get(f"/forms/{helper.form_id}").status_code == 404
    assert "Kept." in parents_request.client.get(f"/forms/{helper.form_id}/check").text
    with app.database.transaction(authority_id) as session:
        event = session.scalars(select(Event).where(Event.act == "stop_access")).one()
        assert event.facts["person"] == str(helper.who.person_id)


def test_a_helpers_part_is_over_once_the_form_is_sent(helper: Desk, app: Any, authority_id: uuid.UUID) -> None:
    with app.database.transaction(authority_id) as session:
        session.get_one(Submission, (authority_id, helper.form_id)).state = "sent"
    assert helper.client.get(f"/forms/{helper.form_id}/check").status_code == 404


def test_a_helpers_part_is_over_on_the_day_that_was_chosen(
    parents_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], app: Any, authority_id: uuid.UUID
) -> None:
    friend, day = somebody("family"), clock.london_day(clock.now()) + timedelta(days=3)
    typed = {f"until-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    come(friend, ask(parents_request, "helper", friend.email, being="advocate", parts=[PART], **typed))
    with app.database.transaction(authority_id) as session:
        grant = session.scalars(select(Grant).where(Grant.person_id == friend.person_id)).one()
        assert grant.until_at is not None
        assert clock.london_day(grant.until_at - timedelta(seconds=1)) == day


def test_every_part_can_be_opened_at_once(
    parents_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], desk: Any
) -> None:
    friend = somebody("family")
    form_id = come(friend, ask(parents_request, "helper", friend.email, being="relative", parts=["every"]))
    helper = desk(friend, form_id)
    for page in (area_of(helper, only=PART)[0], area_of(helper, but=PART)[0]):
        assert helper.client.get(f"/forms/{form_id}/page/{page}").status_code == 200


@pytest.mark.parametrize(
    "chosen, said",
    [
        ({"being": "friend"}, "Choose the parts they may see."),
        ({"parts": [PART]}, "Choose who they are."),
        ({"being": "friend", "parts": ["no-such-part"]}, "Choose the parts they may see."),
        (
            {"being": "friend", "parts": ["ask"], "until-day": "1", "until-month": "1", "until-year": "2020"},
            "still to come",
        ),
    ],
)
def test_who_a_helper_is_and_what_they_may_see_is_asked(
    parents_request: Desk, chosen: dict[str, Any], said: str
) -> None:
    page = f"/forms/{parents_request.form_id}/invite/helper"
    form = fields_of(parents_request.client.get(page).text)
    address = {"email": "hana@example.org", "again": "hana@example.org"}
    response = parents_request.client.post(page, data={**form, **address, **chosen})
    assert response.status_code == 422 and said in response.text


def test_ones_own_address_is_not_anothers(parents_request: Desk) -> None:
    mine = {"email": parents_request.who.email, "again": parents_request.who.email}
    response = parents_request.client.submit(f"/forms/{parents_request.form_id}/invite/parent", mine)
    assert response.status_code == 422 and "your own address" in response.text


def test_an_invitation_is_sent_again_with_new_words_and_taken_back(
    parents_request: Desk,
    ask: Any,
    somebody: Callable[..., Somebody],
    client_for: Any,
    app: Any,
    authority_id: uuid.UUID,
) -> None:
    other = somebody("family")
    first = ask(parents_request, "parent", other.email)
    people = f"/forms/{parents_request.form_id}/people"
    html = parents_request.client.get(people).text
    assert other.email in html
    again = re.search(rf'action="({people}/[0-9a-f-]+/again)"', html)[1]  # type: ignore[index]
    sent = parents_request.client.submit(again, page=people)
    assert re.search(r'govuk-panel__title">\w+ \w+ \w+<', parents_request.client.get(sent.location).text)
    assert client_for(other).get(f"/invitations/{first}/accept").status_code == 404
    html = parents_request.client.get(people).text
    back = re.findall(rf'action="({people}/[0-9a-f-]+/take-back)"', html)
    assert len(back) == 1
    parents_request.client.submit(back[0], page=people)
    assert "not here yet" not in parents_request.client.get(people).text
    with app.database.transaction(authority_id) as session:
        acts = list(session.scalars(select(Event.act).order_by(Event.seq)))
        assert acts == ["invite_to_form", "invite_to_form", "take_back_invitation"]


def test_the_mail_of_an_invitation_names_nobody(
    parents_request: Desk, ask: Any, app: Any, authority_id: uuid.UUID
) -> None:
    ask(parents_request, "parent", "mum@example.org")
    with app.database.transaction(authority_id) as session:
        message = session.scalars(select(Message).where(Message.template == "invitation")).one()
        assert message.words == {} and message.link_to.startswith("invitation:")

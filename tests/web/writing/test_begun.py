"""What somebody has begun, told apart, and gone on with."""

import re
from html import unescape
from typing import Any

from tests.web.writing.conftest import Desk
from tests.web.writing.test_beside import desk_at
from tests.web.writing.test_sending import fill, send


def test_drafts_tell_themselves_apart_by_whom_they_are_for_and_how_far_they_are(parents_request: Desk) -> None:
    client = parents_request.client
    other = client.submit("/ask", {"token": "5f0c6f3e-8a9f-4d1e-9a53-222222222222"}).location
    parents_request.write("ch_first", ch_known="Bo")
    home = unescape(client.get("/home").text)
    assert "For <bdi>Bo</bdi>." in home and "1 answer so far." in home
    assert f'href="{other}"' in home and "Nothing written yet." in home and home.count("Started ") >= 2


def test_asking_again_offers_to_go_on_first(parents_request: Desk) -> None:
    ask = unescape(parents_request.client.get("/ask").text)
    assert "You have started already" in ask and f'href="/forms/{parents_request.form_id}"' in ask
    assert "Go on with the one you started" in ask and "Sign in to go on" not in ask


def test_whoever_has_begun_nothing_is_only_asked_to_start(client_for: Any, somebody: Any) -> None:
    for client in (client_for(None), client_for(somebody("family"))):
        assert "You have started already" not in client.get("/ask").text


def test_the_writer_is_you_and_what_can_wait_is_folded(parents_request: Desk) -> None:
    html = unescape(parents_request.client.get(f"/forms/{parents_request.form_id}/page/pr").text)
    first, _, more = html.partition("More, if you want")
    assert "<bdi>You</bdi>" in first and "What is your name?" in first and "Your phone number" in first
    assert "Do you have parental responsibility?" in more and "Where do you live?" in more
    for of_others in ("Do they know about this form?", "not be sent letters", "Tell us about it", "Court order"):
        assert of_others not in html, of_others
    assert "Your account" in first, "what the account knows is offered"


def test_an_offer_never_comes_before_the_heading_of_its_page(parents_request: Desk) -> None:
    html = parents_request.client.get(f"/forms/{parents_request.form_id}/page/pr").text
    assert 0 < html.index("<h1") < html.index("app-earlier") < html.index("What is your name?")


def test_the_writers_own_row_stays_the_first(parents_request: Desk) -> None:
    html = parents_request.client.get(f"/forms/{parents_request.form_id}/page/pr").text
    assert "Add another parent or carer" in html and 'value="down:' not in html and 'name="remove"' not in html


def lines(client: Any) -> list[str]:
    """What the family's own page says under each form, and under each case, in plain words."""
    found = re.findall(r'(?:task-list__hint|govuk-hint)">(.*?)</(?:div|p)>', client.get("/home").text, re.S)
    return [" ".join(unescape(re.sub(r"<[^>]*>", "", each)).split()) for each in found]


def test_two_requests_for_one_child_are_told_apart_by_who_began_them_when_and_whether_they_are_sent(
    parents_request: Desk, schools_request: Desk, invite: Any
) -> None:
    client = parents_request.client
    fill(parents_request)
    send(parents_request)
    again = client.submit("/ask", {"token": "5f0c6f3e-8a9f-4d1e-9a53-333333333333"}).location
    desk_at(parents_request, again).write("ch_first", ch_first="Zara")
    invite(schools_request, parents_request.who)
    said = lines(client)
    assert len(set(said)) == len(said)
    told = [re.sub(r"\d+ \w+ 20\d\d(, \d\d:\d\d)?", "DAY", each) for each in said]
    assert any("Started by you, DAY. Sent DAY." in each for each in told), told
    assert any("Started by you, DAY. Not sent yet. 1 answer so far." in each for each in told), told
    assert any("Started by the school or college, DAY. Not sent yet. Last changed DAY." in each for each in told), told
    assert "Asked for by you, DAY." in told

"""What somebody has begun, told apart, and gone on with."""

from html import unescape
from typing import Any

from tests.web.writing.conftest import Desk


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

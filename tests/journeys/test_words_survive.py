"""What somebody types outlives a lost network and an ended session, and a page with nothing new on it moves on."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, Seat, Seats

pytestmark = pytest.mark.full
STATUS = "[data-save-status]"


def a_page(pat: Seat) -> str:
    """A page with one big box, on a request of somebody's own. Returns its address."""
    pat.go("/ask").press("Start now")
    pat.go(f"{pat.page.url.split('/page/')[0]}/page/pq_hard")
    return pat.page.url


def stands(pat: Seat, words: str) -> None:
    """The box holds these words."""
    expect(pat.page.locator('[name="pq_hard"]')).to_have_value(words)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["375", "1280"])
def test_a_page_with_nothing_new_on_it_moves_on_at_the_first_press(seat: Seats, size: dict[str, int]) -> None:
    pat = seat("pat9", size)
    here = a_page(pat)
    pat.press("Save and continue")
    assert pat.page.url != here  # with nothing on it at all
    pat.go(here).page.locator('[name="pq_hard"]').fill("Mornings.")
    pat.press("Save and continue")
    pat.go(here)
    stands(pat, "Mornings.")
    pat.press("Save and continue")
    assert pat.page.url != here  # with what was saved before


def test_words_typed_without_a_network_stay_on_the_page_and_are_saved_when_it_is_back(seat: Seats) -> None:
    pat = seat("pat9off")
    here = a_page(pat)
    pat.context.set_offline(True)
    words = f"Typed in a tunnel, {uuid.uuid4().hex[:6]}."
    pat.page.locator('[name="pq_hard"]').fill(words)
    pat.page.get_by_role("button", name="Save and continue").click()
    expect(pat.page.locator(STATUS)).to_have_attribute("data-state", "waiting", timeout=30_000)
    assert pat.page.url == here
    stands(pat, words)
    pat.context.set_offline(False)
    expect(pat.page.locator(STATUS)).to_have_attribute("data-state", "saved", timeout=60_000)
    pat.go(here)
    stands(pat, words)
    pat.press("Save and continue")
    assert pat.page.url != here


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_words_typed_into_a_session_that_has_ended_are_there_after_signing_in(seat: Seats, scripted: bool) -> None:
    pat = seat("pat9out", DESK, scripted=scripted)
    pat.be("Pat Pretend")
    here = a_page(pat)
    words = f"Typed too late, {uuid.uuid4().hex[:6]}."
    sign_out_elsewhere(pat)
    pat.page.locator('[name="pq_hard"]').fill(words)
    pat.press("Save and continue")
    assert "/sign-in" in pat.page.url
    pat.go("/demo").press("Pat Pretend", first=True).go(here).sees("Not saved yet.")
    stands(pat, words)
    pat.press("Save and continue")
    pat.go(here).does_not_see("Not saved yet.")
    stands(pat, words)


def test_nobody_else_who_signs_in_at_the_same_screen_is_given_the_words(seat: Seats) -> None:
    pat = seat("pat9two", DESK)
    pat.be("Pat Pretend")
    here = a_page(pat)
    words = f"Nobody else's, {uuid.uuid4().hex[:6]}."
    sign_out_elsewhere(pat)
    pat.page.locator('[name="pq_hard"]').fill(words)
    pat.press("Save and continue")
    pat.be("Fran Fictional").does_not_see(words)
    assert words not in pat.context.request.get(here).text()


def sign_out_elsewhere(seat: Seat) -> None:
    """The session ends while a page is open: it was ended in another tab."""
    other = seat.context.new_page()
    other.goto(f"{seat.stack.base}/home")
    with other.expect_navigation():
        other.get_by_role("button", name="Sign out").click()
    other.close()

"""A parent with a phone checks a date: no sign-in, no legal word to know; by keyboard alone, and without scripts."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack

pytestmark = pytest.mark.full


def give(seat: Seat, name: str, day: str, month: str, year: str) -> Seat:
    """Fill the three boxes of a question."""
    for part, text in (("day", day), ("month", month), ("year", year)):
        seat.page.locator(f"#{name}-{part}").fill(text)
    return seat


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["375", "1280"])
def test_a_parent_finds_that_the_plan_is_late_and_prints_a_letter(
    seat: Seats, stack: Stack, size: dict[str, int]
) -> None:
    pat = seat("dates", size).go("/dates").sees("We keep nothing you type here.")
    pat.follow("The council got a request for an assessment")
    give(pat, "request_received", "31", "2", "2025").press("Show me the dates").sees("This is not a real date")
    expect(pat.page.locator("#request_received-day")).to_have_value("31")
    give(pat, "request_received", "3", "March", "2025").press("Show me the dates")
    pat.sees("If there is to be a plan, the council must send you the final one.").sees("21 July 2025")
    pat.page.get_by_text("Why this date").last.click()
    pat.sees("The time allowed is 20 weeks.")
    pat.follow("Show the words that professionals use").sees("SEND Regulations 2014, reg 13(2)")
    pat.follow("Show plain words")
    assert b"DTSTART;VALUE=DATE:20250721" in fetched(pat, "Put these dates in my calendar")
    pat.press(re.compile("Get a letter.*the final one"), "link")  # type: ignore[arg-type]
    pat.sees("The authority must send the finalised plan.").sees("SENDIASS")
    pat.page.emulate_media(media="print")
    expect(pat.page.get_by_role("button", name="Print this letter")).to_be_hidden()
    expect(pat.page.locator(".app-letter")).to_be_visible()
    assert pat.context.cookies() == []


def test_the_answer_prints_with_its_heading_its_law_and_the_day_it_was_worked_out(seat: Seats, stack: Stack) -> None:
    pat = seat("dates-print").go("/dates/answer?event=request&request_received=2025-03-03")
    pat.page.emulate_media(media="print")
    expect(pat.page.locator("h1")).to_have_count(1)
    expect(pat.page.get_by_text("SEND Regulations 2014, reg 13(2)").first).to_be_visible()
    expect(pat.page.get_by_text("Worked out on")).to_be_visible()
    expect(pat.page.get_by_text("Get a letter to send").first).to_be_hidden()


def test_a_date_is_checked_by_keyboard_alone(seat: Seats, stack: Stack) -> None:
    pat = seat("dates-keys", PHONE).go("/dates")
    tab_to(pat, "Reviews and changes")
    pat.page.keyboard.press("Enter")
    tab_to(pat, "There is a review meeting, or there was one")
    enter(pat)
    tab_to(pat, "review_meeting-day")
    for text in ("3", "3", "2027"):
        pat.page.keyboard.type(text)
        pat.page.keyboard.press("Tab")
    enter(pat)
    pat.sees("31 March 2027").sees("The council must tell you if it will keep, change or end the plan.")


def test_a_date_is_checked_without_scripts(seat: Seats, stack: Stack) -> None:
    pat = seat("dates-plain", PHONE, scripted=False).go("/dates")
    pat.page.get_by_text("If you and the council do not agree").click()
    pat.follow("The tribunal made its order")
    pat.press("Show me the dates").sees("Choose the one that fits.").sees("Enter the date.")
    pat.page.get_by_label("Change the school or college").check()
    give(pat, "order_made", "7", "10", "2026").press("Show me the dates")
    pat.sees("21 October 2026").sees("The council must send you the plan with the new school or college.")
    pat.page.get_by_text("Why this date").first.click()
    pat.sees("The time allowed is 2 weeks.")


def fetched(seat: Seat, link: str) -> bytes:
    """What a link leads to, fetched beside the browser."""
    address = str(seat.page.get_by_role("link", name=link).get_attribute("href"))
    with urllib.request.urlopen(seat.stack.base + address) as answer:
        return bytes(answer.read())


def tab_to(seat: Seat, wanted: str) -> None:
    """Press Tab until the thing with these words, or this id, has the focus."""
    for _ in range(60):
        seat.page.keyboard.press("Tab")
        focus = seat.page.evaluate("[document.activeElement.id, document.activeElement.innerText.trim()]")
        if wanted in focus:
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def enter(seat: Seat) -> None:
    """Press Enter, and look at the page that comes."""
    with seat.page.expect_navigation():
        seat.page.keyboard.press("Enter")
    seat.look()

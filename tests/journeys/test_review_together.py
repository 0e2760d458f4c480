"""An annual review that many people write: planned, noted together, each with their own views, reported and sent."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.asking import hand_over
from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack
from tests.journeys.reviewing import bring_in_plan, fill_report, open_part, open_review, put_date
from tests.journeys.steps import ask_to_take_part, follow_invitation
from workflow.clock import london_day, now

pytestmark = pytest.mark.full
HOPE = "rv_asp"  # the child's and family's hopes, on the report


def come(sam: Seat, stack: Stack, form: str, guest: Seat, name: str, kind: str, choose: tuple[str, ...] = ()) -> str:
    """Somebody is asked to take part in a form and comes. Returns the form of their own."""
    address = f"{kind}-{uuid.uuid4().hex[:8]}@guest.example"
    sam.go(f"{form}/invite/{kind}")
    for words in choose:
        sam.page.get_by_label(words, exact=True).check()
    words = ask_to_take_part(sam, address)
    follow_invitation(guest, stack, address, name, words, ("Ivy", "Storybook"))
    return guest.page.url


def write(seat: Seat, form: str, page: str, box: str, words: str) -> None:
    """Write in one box of one page."""
    seat.go(f"{form}/page/{page}?all=1").page.locator(f'[name="{box}"]').fill(words)
    seat.press("Save and continue")


def test_a_review_is_planned_noted_reported_and_signed_by_all_who_take_part(
    seat: Seats, stack: Stack, tmp_path: Path
) -> None:
    sam = seat("sam-r", DESK)
    last = bring_in_plan(seat("casey-r", DESK), "2018-05-03", tmp_path)
    review = open_review(sam, last)
    plan_the_meeting(sam, review)
    report = open_part(sam, review, "Go on with the report")
    guests = {
        name: seat(name.split()[0], PHONE)
        for name in ("Mum Testparent", "Dad Testparent", "Terry Teacher", "Ed Adviser")
    }
    mum, dad, terry, adviser = guests.values()
    own = {
        mum: come(sam, stack, report, mum, "Mum Testparent", "parent"),
        dad: come(sam, stack, report, dad, "Dad Testparent", "parent"),
        terry: come(sam, stack, report, terry, "Terry Teacher", "teacher"),
        adviser: come(
            sam, stack, report, adviser, "Ed Adviser", "professional", ("Educational psychologist", "Every part")
        ),
    }
    each_writes_their_own(own, mum, dad, terry, adviser)
    child = hand_over(seat("tablet-r", {"width": 768, "height": 1024}), report)
    notes_are_written_together(sam, mum, review)
    talk_about_the_report(sam, mum, adviser, report)
    fill_report(sam, report, london_day(now()))
    head = seat("heddy-r", DESK)
    sign(head.be("Heddy Head"), report, "Yes, I agree")
    sign(mum, report, "I agree with some of it", "MUM: the taxi is still missing.")
    sam.go(report).press("Go to send").press("Send now")
    everything_is_in_print(seat("casey-r2", DESK).be("Casey Worker"), report, own)
    assert child


def plan_the_meeting(sam: Seat, review: str) -> None:
    """The invitation: the day, the place, and everyone is told."""
    form = open_part(sam, review, "Plan the meeting and invite everyone")
    sam.go(f"{form}/page/review").page.locator('[name="iv_kind"]').first.check()
    sam.press("Save and continue").go(f"{form}/page/meeting")
    put_date(sam, "iv_date", london_day(now()) + timedelta(days=20))
    sam.page.locator('[name="iv_time"]').fill("2pm")
    sam.page.locator('[name="iv_place"]').fill("The library")
    sam.press("Save and continue").go(form).press("Go to send").press("Send now")


def each_writes_their_own(own: dict[Seat, str], mum: Seat, dad: Seat, terry: Seat, adviser: Seat) -> None:
    """Four views, each shared by its writer."""
    write(mum, own[mum], "vp_great", "vp_great", "MUMSOWN: kind")
    write(dad, own[dad], "vp_great", "vp_great", "DADSOWN: funny")
    write(terry, own[terry], "about", "ve_admire", "TEACHERS: never gives up")
    write(adviser, own[adviser], "changes", "co_next", "ADVISERS: one step at a time")
    for seat, form in own.items():
        seat.go(form).press("Share").sees("Take back")


def notes_are_written_together(sam: Seat, mum: Seat, review: str) -> None:
    """The notes of the meeting: school and mother write in the same notes, each under their name, and they are sent."""
    notes = open_part(sam, review, "Notes of the meeting")
    sam.go(f"{notes}/page/here")
    put_date(sam, "me_date", london_day(now()))
    if not sam.page.locator('[name^="me_here["][name$=".who"]').count():
        sam.press("Add", first=True)
    sam.page.locator('[name^="me_here["][name$=".who"]').first.fill("Mum and Sam")
    sam.page.locator('[name^="me_here["][value="room"]').first.check()
    sam.press("Save and continue")
    write(sam, notes, "important", "me_to", "SCHOOLNOTE: her friends")
    write(mum, notes, "important", "me_for", "MUMNOTE: enough sleep")
    mum.go(f"{notes}/check").sees("SCHOOLNOTE: her friends").sees("Sam Senco")
    sam.go(f"{notes}/print").sees("MUMNOTE: enough sleep").sees("Mum Testparent")
    sam.go(notes).press("Go to send").press("Send now")


def talk_about_the_report(sam: Seat, mum: Seat, adviser: Seat, report: str) -> None:
    """A comment by the adviser; a question to the mother, who is told, and her answer."""
    write(sam, report, "views", HOPE, "She hopes to swim.")
    adviser.go(f"{report}/say/comment/{HOPE}").page.locator("#words").fill("COMMENT: the pool has a hoist.")
    adviser.press("Say it").sees("COMMENT: the pool has a hoist.")
    sam.go(f"{report}/say/question/{HOPE}").page.get_by_label("Mum Testparent").check()
    sam.page.locator("#words").fill("QUESTION: which day suits?")
    sam.press("Ask", exact=True)
    mum.go("/home").sees("Somebody asked you something")
    mum.go(report).sees("Somebody asked you something")
    mum.page.locator("#waiting + ul a").first.click()
    mum.page.locator("#words").fill("ANSWER: Thursdays.")
    mum.press("Send my answer").sees("ANSWER: Thursdays.")


def sign(seat: Seat, report: str, verdict: str, reason: str = "") -> None:
    """Sign the report as it stands."""
    seat.go(f"{report}/sign").page.get_by_label(verdict).check()
    seat.page.locator("#reason").fill(reason)
    seat.press("Sign", exact=True).sees("You have signed this form")


def everything_is_in_print(casey: Seat, report: str, own: dict[Seat, str]) -> None:
    """What was said, asked, answered and signed is printed; each view is there under its own writer."""
    printed = casey.go(f"{report}/print").page.locator("main").inner_text()
    for words in (
        "She hopes to swim.",
        "COMMENT: the pool has a hoist.",
        "QUESTION: which day suits?",
        "ANSWER: Thursdays.",
        "Heddy Head signed",
        "Mum Testparent signed",
        "MUM: the taxi is still missing.",
    ):
        assert words in printed, words
    for form, words in zip(own.values(), ("MUMSOWN", "DADSOWN", "TEACHERS", "ADVISERS"), strict=True):
        casey.go(f"{form}/print").sees(words)

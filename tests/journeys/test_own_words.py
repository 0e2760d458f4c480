"""Words stay their speaker's: a young person's own request, and a parent helped by an interpreter."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.asking import name_child
from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack
from tests.journeys.steps import follow_invitation, sign_in_by_code
from workflow.clock import now

pytestmark = pytest.mark.full
ARABIC = "الصباح صعب جدا على ابني"


def keep_an_address(seat: Seat, stack: Stack, name: str) -> str:
    """An address to come back with, proved by a code. Returns it."""
    address = f"family-{uuid.uuid4().hex[:8]}@family.example"
    seat.go("/keep").page.locator('[name="email"]').fill(address)
    seat.press("Send me a code")
    sign_in_by_code(seat, stack, address, name)
    return address


def ask_a_helper(seat: Seat, form: str, being: str, *parts: str) -> tuple[str, str]:
    """Ask somebody to help with parts of a form. Returns their address and the three words."""
    address = f"helper-{uuid.uuid4().hex[:8]}@help.example"
    seat.go(f"{form}/people").follow("Ask somebody to help you")
    seat.page.get_by_label(being).check()
    for part in parts:
        seat.page.get_by_label(part, exact=True).check()
    seat.page.locator('[name="email"]').fill(address)
    seat.page.locator('[name="again"]').fill(address)
    seat.press("Send the invitation")
    return address, seat.page.locator("h2.govuk-panel__title").inner_text()


def write(seat: Seat, form: str, box: str, words: str) -> None:
    """Answer one question on its own page."""
    seat.go(f"{form}/page/{box}").page.locator(f'[name="{box}"]').fill(words)
    seat.press("Save and continue")


def test_a_young_person_asks_for_themself_on_their_own_screen_with_a_helper_they_choose(
    seat: Seats, stack: Stack
) -> None:
    young, helper = seat("young", PHONE), seat("advocate", PHONE)
    young.go("/ask").press("Ask for myself")
    form = young.page.url.split("/page/")[0]
    young.go(f"{form}/page/yq_ask").page.locator('[name="yq_ask"]').check()
    young.press("Save and continue").go(f"{form}/page/yq_self").page.locator('[value="helped"]').check()
    young.press("Save and continue").go(f"{form}/page/ch_first")
    name_child(young, "Robin", "Pretend-Young", "", "", "")
    young.press("Save and continue").go(f"{form}/page/ch_dob")
    name_child(young, "", "", "4", "2", str(now().year - 18))
    young.press("Save and continue")
    write(young, form, "yq_hard", "KEPT: the noise in the workshop.")
    write(young, form, "yq_like", "SHOWN: fixing bikes.")
    about = all_about_me(young, form)
    keep_an_address(young, stack, "Robin Pretend-Young")
    address, words = ask_a_helper(young, form, "An advocate or adviser", "Talking with you")
    follow_invitation(helper, stack, address, "Addy Advocate", words, ("Robin", "Pretend-Young"))
    seen = helper.page.content() + helper.context.request.get(f"{form}/check").text()
    assert "Talking with you" in seen
    for page in (f"{form}/print", f"{form}/check", f"{form}/page/yq_hard", f"{about}/print", about):
        text = helper.context.request.get(page).text()
        assert "KEPT" not in text and "SHOWN" not in text and "OWN" not in text, page
    send(young, form)
    casey = seat("casey-own", DESK).be("Casey Worker").go(f"{form}/print").sees("KEPT: the noise in the workshop.")
    casey.does_not_see("A parent or carer")
    assert "KEPT" not in helper.context.request.get(f"{form}/print").text()


def all_about_me(young: Seat, form: str) -> str:
    """All About Me on their own screen: nobody hands it over, no number is asked for. Returns its address."""
    young.go(form)
    young.page.get_by_role("button", name=re.compile("^Start “")).first.click()
    young.look().does_not_see("Choose a number")
    about = young.page.url.split("/page/")[0]
    write(young, about, "ax_good", "OWN: I can take an engine apart.")
    young.go(f"{about}/check").sees("OWN: I can take an engine apart.")
    return about


def send(young: Seat, form: str) -> None:
    """What is needed to send, and sent."""
    young.go(f"{form}/page/de_name").page.locator('[name="de_name"]').fill("Robin Pretend-Young")
    young.page.locator('[name="de_role"]').select_option("yp")
    young.press("Save and continue").go(form).press("Go to send")
    young.press("Send now").sees("Your reference is")


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_an_interpreter_writes_down_what_a_parent_says_and_the_words_stay_apart(
    seat: Seats, stack: Stack, scripted: bool
) -> None:
    pat, inter = seat("pat-scribe", PHONE, scripted=scripted), seat("interpreter", PHONE, scripted=scripted)
    pat.be("Pat Pretend").go("/ask").press("Start now")
    form = pat.page.url.split("/page/")[0]
    write(pat, form, "pq_now", "MINE: the school gives him a quiet room.")
    address, words = ask_a_helper(pat, form, "An interpreter or signer", "Every part")
    follow_invitation(inter, stack, address, "Ines Interpreter", words, ("Pretend",))
    speak(inter, form, "Pat Pretend said it and I wrote it down", "Arabic").sees("You are writing in Arabic.")
    write(inter, form, "pq_hard", ARABIC)
    speak(inter, form, "I asked Pat Pretend and wrote what I saw", "English")
    write(inter, form, "pq_effect", "SEEN: he left the room twice.")
    told_apart(pat, form)
    write(pat, form, "pq_hard", f"{ARABIC}\nMINE: and the bus.")
    pat.go(f"{form}/history/pq_hard").sees("MINE: and the bus.").sees("Ines Interpreter").sees("in Arabic")


def speak(inter: Seat, form: str, whose: str, language: str) -> Seat:
    """Say once whose words these are, and in which language."""
    inter.go(f"{form}/page/pq_hard")
    inter.page.locator('a[href*="/how"]').first.click()
    inter.page.get_by_label(whose).check()
    inter.page.get_by_label("I am writing in").select_option(label=language)
    return inter.press("Continue")


def told_apart(pat: Seat, form: str) -> None:
    """The parent reads who said what, who wrote it down, in which language; Arabic runs from the right."""
    pat.go(f"{form}/check").sees(ARABIC).sees("SEEN: he left the room twice.").sees("MINE: the school gives")
    words = pat.page.get_by_text(ARABIC).first
    expect(words).to_have_css("direction", "rtl")
    expect(words).to_have_attribute("lang", "ar")
    said = pat.page.locator("main").inner_text()
    assert re.search(r"You, written down by Ines Interpreter, .*in Arabic, interpreted", said), said
    assert "What Ines Interpreter saw" in said

"""How an assessment goes from the decision to the final plan, for every journey that needs a part of it."""

import uuid

from tests.journeys.asking import accept_invitation, invite, start_request
from tests.journeys.conftest import Seat, Stack
from tests.journeys.steps import ask_to_take_part, follow_invitation


def new_child() -> tuple[str, str, str, str, str]:
    """A child whom no other journey has."""
    letters = "".join(chr(ord("a") + int(each, 16)) for each in uuid.uuid4().hex[:8])
    return ("Marlow", letters.capitalize(), "5", "3", "2018")


def send(seat: Seat, form: str) -> Seat:
    """Send a form that is filled in."""
    return seat.go(form).press("Go to send").press("Send now")


def request_together(sam: Seat, pat: Seat, stack: Stack, child: tuple[str, str, str, str, str]) -> None:
    """The school's request, with the voice of a parent who comes by invitation, is sent."""
    form, address = start_request(sam, child), f"parent-{uuid.uuid4().hex[:8]}@family.example"
    views = accept_invitation(pat, stack, address, invite(sam, form, address))
    pat.go(f"{views}/page/vp_great").page.locator('[name="vp_great"]').fill("Loves trains and kindness")
    pat.press("Save and continue").go(views).press("Share")
    send(sam, form)


def open_case(seat: Seat, person: str, last: str, first: str = "Marlow") -> str:
    """Somebody of the council opens a case. Returns its address."""
    seat.be(person).go("/council/cases").page.locator('[name="name"]').fill(f"{first} {last}")
    return seat.press("Search").follow(f"{first} {last}", first=True).page.url


def agree_to_assess(dara: Seat, last: str) -> None:
    """The decider agrees."""
    weigh(dara, last, has_sen="yes", may_need_plan="yes", assess="yes")
    dara.page.locator('[name="reasons"]').fill("The school’s two cycles and your views show that a plan may be needed.")
    dara.press("See the letters before they go").press("Decide, and send the letters")


def weigh(dara: Seat, last: str, **answers: str) -> None:
    """The decider marks all that was sent as considered, and answers the law's questions."""
    open_case(dara, "Dara Decider", last)
    dara.press("Decide whether to assess")
    for name, answer in answers.items():
        dara.page.locator(f'[name="{name}"][value="{answer}"]').check()
    for box in dara.page.locator('[name="considered"]').all():
        box.check()


def ask_for_advice(casey: Seat, case: str, *whom: str) -> None:
    """The caseworker asks some of those whom the law wants asked."""
    for name in whom:
        casey.go(case).press("Advice: who is asked, what came")
        with casey.page.expect_navigation():
            casey.page.get_by_role("listitem").filter(has_text=name).get_by_role("button").click()
        casey.look()


def invite_adviser(casey: Seat, case: str, name: str, address: str) -> str:
    """Let an adviser answer here. Returns the three words to pass on."""
    casey.go(case).press("Advice: who is asked, what came").follow(name, first=True)
    casey.follow("Let them answer here: invite them by email")
    return ask_to_take_part(casey, address)


def come_to_advise(guest: Seat, stack: Stack, address: str, words: str, last: str) -> None:
    """The adviser follows the mail to what is asked."""
    follow_invitation(guest, stack, address, "Ed Adviser", words, (last,))


def begin_plan(casey: Seat, case: str) -> str:
    """The caseworker begins the plan. Returns the address of its page."""
    return casey.go(case).press("The plan", exact=True).press("Begin the draft").page.url.split("?")[0]


def write_plan(casey: Seat, plan: str, *letters: str) -> None:
    """The plan takes what people said for some sections, and gets an outcome and the help that leads to it."""
    for letter in letters:
        casey.go(plan).page.get_by_text(f"What people said for Section {letter}:").click()
        casey.page.locator(f'section[aria-labelledby="section-{letter}"]').get_by_role(
            "button", name="Put in all that is not used"
        ).click()
        casey.look()
    casey.go(plan).follow("Write Section E")
    casey.page.locator('[name$="].can"]:visible').first.fill("By next July Marlow reads a page alone.")
    casey.press("Save and continue")
    casey.go(plan).follow("Write Section F")
    casey.page.locator('[name$="].what"]:visible').first.fill("A reading programme.")
    casey.page.locator('[name$="].who"]:visible').first.fill("A trained teaching assistant.")
    casey.press("Save and continue")


def serve_plan(casey: Seat, plan: str) -> None:
    """The draft goes to the family, once its letters have been looked at."""
    casey.go(plan).press("Send the draft to the family").press("See the letters before they go")
    casey.sees("Section I, the school or college, is left blank").press("Do it, and send the letters")


def consult(casey: Seat, plan: str, *names: str) -> None:
    """Settings are asked whether they could meet the plan; the first is the family's wish."""
    casey.go(plan).follow("Consult settings")
    for name in names:
        casey.page.locator("#setting").select_option(label=name)
        if name == names[0]:
            casey.page.get_by_label("The family asked for this place").check()
        casey.press("Send it the draft, and ask")


def fill(seat: Seat, form: str, page: str, **said: str) -> None:
    """Answer some questions on a page of a form: a choice by its value, anything else by its words."""
    seat.go(f"{form}/page/{page}?all=1")
    for name, value in said.items():
        choice = seat.page.locator(f'[name="{name}"][value="{value}"]')
        if choice.count():
            choice.check()
            continue
        box = seat.page.locator(f'[name="{name}"]:visible, [name="{name}-name"]:visible').first
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    seat.press("Save and continue")

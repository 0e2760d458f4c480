"""From the decision to assess to the final plan: everybody who has a part in it, at their own screen."""

import re
import uuid

import pytest

from tests.journeys.assessing import (
    agree_to_assess,
    ask_for_advice,
    begin_plan,
    come_to_advise,
    consult,
    fill,
    invite_adviser,
    new_child,
    open_case,
    request_together,
    send,
    serve_plan,
    write_plan,
)
from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack
from tests.journeys.reviewing import SCHOOL, put_date
from workflow.clock import london_day, now

pytestmark = pytest.mark.full

EP, ANOTHER = "Educational psychology service", "Copper Beech Junior School"


def test_an_assessment_becomes_a_plan_that_everybody_had_a_part_in(seat: Seats, stack: Stack) -> None:
    child = new_child()
    sam, pat, casey, dara = seat("sam-p", DESK), seat("pat-p", PHONE), seat("casey-p", DESK), seat("dara-p", DESK)
    request_together(sam, pat, stack, child)
    agree_to_assess(dara, child[1])
    case = open_case(casey, "Casey Worker", child[1])
    advise(seat("adviser", PHONE), sam, casey, stack, case, child[1])
    plan = begin_plan(casey, case)
    write_plan(casey, plan, "A", "B")
    serve_plan(casey, plan)
    consult(casey, plan, SCHOOL, ANOTHER)
    reply_to_consultation(sam, child[0])
    comment(pat)
    answer_each(casey, plan)
    finish(casey, dara, plan)
    told(pat, sam, seat("sol", PHONE), child[0])


def advise(guest: Seat, sam: Seat, casey: Seat, stack: Stack, case: str, last: str) -> None:
    """Two are asked; the psychologist comes by email and sends their advice, and the school reads what it is asked."""
    ask_for_advice(casey, case, SCHOOL, EP)
    address = f"adviser-{uuid.uuid4().hex[:8]}@guest.example"
    come_to_advise(guest, stack, address, invite_adviser(casey, case, EP, address), last)
    guest.sees("What the family sent")
    form = guest.press("Write your advice").page.url
    fill(guest, form, "reply", ad_reply="new")
    fill(guest, form, "seen", ad_who="Ed Adviser")
    fill(guest, form, "sign", ad_sign="Ed Adviser")
    send(guest, form)
    sam.go("/school/").page.get_by_role("link", name=re.compile("Education advice")).last.click()
    sam.look().sees("What we ask")
    casey.go(case).press("Advice: who is asked, what came").sees("Advice received")


def reply_to_consultation(sam: Seat, first: str) -> None:
    """The school reads the draft, without a place in it, and says that it can."""
    sam.go("/school/").page.get_by_role("link", name=f"{first}: could you meet this plan?").last.click()
    page = sam.look().page.url
    sam.follow("The draft plan").sees("A reading programme.")
    form = sam.go(page).press("Write your reply").page.url
    fill(sam, form, "reply", cr_can="yes", cr_age="yes", cr_others="no")
    fill(sam, form, "sign", cr_sign="Sam Senco")
    send(sam, form)
    sam.go(page).sees("You replied on")


def comment(pat: Seat) -> None:
    """The parent says what should change in one part, and which school she wants."""
    pat.go("/home").follow("Draft plan", first=True)
    draft = pat.press("Open the plan that goes with this letter").page.url
    pat.follow("Say what you think of this", first=True).page.get_by_label("I want a change").check()
    pat.page.locator('[name="change"]').fill("At home too.")
    pat.press("Keep it")
    form = pat.go(draft).press("Go on, and send it").page.url
    fill(pat, form, "dr_place", dr_place=SCHOOL)
    fill(pat, form, "de_name", de_name="Pat Testparent", de_role="parent")
    send(pat, form)


def answer_each(casey: Seat, plan: str) -> None:
    """Each thing is answered: taken, and where it went."""
    casey.go(f"{plan}/comments")
    waiting = casey.page.locator("section.app-voice > details[open]")
    for _ in range(waiting.count()):
        waiting.first.locator('[name="taken"][value="yes"]').check()
        waiting.first.locator('[name="letter"]').select_option("I")
        waiting.first.locator('[name="words"]').fill("Thank you. It is in the plan now.")
        with casey.page.expect_navigation():
            waiting.first.get_by_role("button", name="Keep the answer").click()
        casey.look()
    casey.go(plan).sees("0 without an answer")


def finish(casey: Seat, dara: Seat, plan: str) -> None:
    """The final version names the place whose reply is in; the family has agreed to have it sooner."""
    casey.go(plan).press("Write the next version").press("Make this version the final one")
    casey.press("Name it in Section I", first=True).follow("Write Section I")
    casey.page.locator('[name="pi_type"]').fill("Mainstream primary school")
    casey.press("Save and continue")
    dara.go(plan).press("Issue the final plan")
    dara.page.get_by_text("The family agreed in writing to have it sooner").click()
    dara.page.locator('[name="agreed"]').fill("Please finish it now. We agree.")
    put_date(dara, "agreed_on", london_day(now()))
    dara.press("See the letters before they go").sees("The last day to appeal is").press("Do it, and send the letters")


def told(pat: Seat, sam: Seat, sol: Seat, first: str) -> None:
    """The family, the school that is named and the one that is not: each is told what is theirs to know."""
    pat.go("/home").follow("Final plan", first=True).sees("The last day to appeal is").sees("Meadow Mediation")
    sam.go("/school/").follow("Final plan", first=True).sees("final education, health and care plan")
    sol.be("Sol Support")
    letters = sol.page.get_by_role("link", name="The plan you were consulted about").all()
    for address in [each.get_attribute("href") or "" for each in letters]:
        if "does not name your setting" in sol.go(address).page.content():
            break
    sol.sees("does not name your setting").does_not_see(SCHOOL).does_not_see(first)

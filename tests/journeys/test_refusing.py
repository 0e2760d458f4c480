"""The council says no, twice: to an assessment, and to a plan after one. Everybody reads what is theirs to know."""

import uuid
from datetime import date

import pytest

from law import due
from law.explain import say_date
from tests.journeys.asking import accept_invitation, invite, start_request
from tests.journeys.assessing import agree_to_assess, begin_plan, new_child, open_case, send
from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack
from workflow.clock import london_day, now

pytestmark = pytest.mark.full

REASONS = "The two cycles at school show good progress, and so do the things you told us."
INSTEAD = "The school keeps up the daily reading, and looks at it with you in March."


def last_day(rule: str, **trigger: date) -> str:
    """The law's day, as a page says it."""
    day = due.compute(rule, trigger).due
    assert day
    return say_date(day)


def ask(sam: Seat, pat: Seat, stack: Stack) -> tuple[str, str]:
    """School and parent ask together; the parent reads by when there must be an answer. The child's names."""
    child, address = new_child(), f"parent-{uuid.uuid4().hex[:8]}@family.example"
    form = start_request(sam, child)
    views = accept_invitation(pat, stack, address, invite(sam, form, address))
    pat.go(f"{views}/page/vp_great").page.locator('[name="vp_great"]').fill("Loves trains and kindness")
    pat.press("Save and continue").go(views).press("Share")
    send(sam, form)
    pat.go("/home").follow(child[0], first=True).sees(last_day("assess.decide", request_received=london_day(now())))
    return child[:2]


def look_at_all(dara: Seat) -> None:
    """Each paper was looked at; why, and what happens instead."""
    for box in dara.page.locator('[name="considered"]').all():
        box.check()
    dara.page.locator('[name="reasons"]').fill(REASONS)
    dara.page.locator('[name="instead"]').fill(INSTEAD)


def send_letters(dara: Seat) -> None:
    """The letters are read before they go: reasons, rights, and the days the law gives."""
    told = london_day(now())
    dara.press("See the letters before they go").sees(REASONS)
    dara.sees(last_day("appeal.lodge", decision_sent=told)).press("Decide, and send the letters")


def read_no(pat: Seat, letter: str) -> None:
    """The family's letter: why, what happens instead, how to appeal and by when, mediation, and who helps."""
    told = london_day(now())
    pat.go("/home").follow(letter, first=True).sees(REASONS).sees(INSTEAD).sees("First-tier Tribunal")
    pat.sees(last_day("appeal.lodge", decision_sent=told)).sees(last_day("mediation.contact", decision_sent=told))
    pat.sees("Meadow Mediation").sees("mediation certificate").sees("contact SENDIASS")


def read_decision_alone(sam: Seat, letter: str) -> None:
    """The school is told what was decided, and not why."""
    sam.go("/school/").follow(letter, first=True).does_not_see(REASONS).does_not_see("Tribunal")


def test_an_assessment_is_refused_and_each_reads_their_letter(seat: Seats, stack: Stack) -> None:
    sam, pat, dara, casey = seat("sam-n", DESK), seat("pat-n", PHONE), seat("dara-n", DESK), seat("casey-n", DESK)
    _, last = ask(sam, pat, stack)
    open_case(dara, "Dara Decider", last)
    dara.press("Decide whether to assess")
    for name, value in (("has_sen", "yes"), ("may_need_plan", "no"), ("assess", "no")):
        dara.page.locator(f'[name="{name}"][value="{value}"]').check()
    dara.press("See the letters before they go").sees("There is a problem")  # without reasons nothing is decided
    look_at_all(dara)
    send_letters(dara)
    read_no(pat, "We will not assess")
    read_decision_alone(sam, "There will be no assessment")
    open_case(casey, "Casey Worker", last)
    casey.sees(last_day("appeal.lodge", decision_sent=london_day(now())))
    assert not casey.page.get_by_role("button", name="Decide whether to assess").count()


def test_no_plan_is_made_after_an_assessment_and_each_reads_their_letter(seat: Seats, stack: Stack) -> None:
    sam, pat, dara, casey = seat("sam-o", DESK), seat("pat-o", PHONE), seat("dara-o", DESK), seat("casey-o", DESK)
    _, last = ask(sam, pat, stack)
    agree_to_assess(dara, last)
    pat.go("/home").follow("We will assess", first=True)
    case = open_case(casey, "Casey Worker", last)
    plan = begin_plan(casey, case)
    dara.go(plan).follow("Decide that there will be no plan").page.locator('[name="necessary"][value="yes"]').check()
    look_at_all(dara)
    dara.press("See the letters before they go").sees("there must be one")  # the law's test was answered yes
    dara.page.locator('[name="necessary"][value="no"]').check()
    send_letters(dara)
    read_no(pat, "We will not make a plan")
    read_decision_alone(sam, "No plan will be made")
    casey.go(case).sees(last_day("appeal.lodge", decision_sent=london_day(now())))

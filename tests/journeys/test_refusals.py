"""The council says no: to an assessment, and to a plan. Each reads why, what happens instead, and what they can do."""

import pytest

from law import due
from law.explain import say_date
from tests.journeys.assessing import agree_to_assess, new_child, open_case, request_together, weigh
from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack
from workflow.clock import london_day, now

pytestmark = pytest.mark.full

WHY = "Your views say that mornings are hard. The school’s records show that reading has caught up since June."
INSTEAD = "Bramble Hill keeps the reading group three times a week, and looks at it again with you by Easter."


@pytest.fixture
def asked(seat: Seats, stack: Stack) -> tuple[Seat, Seat, str]:
    """(parent, SENCO, the child's last name) of a request that a parent added their voice to."""
    child = new_child()
    sam, pat = seat(f"sam-{child[1]}", DESK), seat(f"pat-{child[1]}", PHONE)
    request_together(sam, pat, stack, child)
    return pat, sam, child[1]


def reads_why_and_what_to_do(pat: Seat, title: str) -> None:
    """The family has the whole of what the law names, on a phone, with the law's own days."""
    pat.go("/home").follow(title, first=True).sees(WHY).sees(INSTEAD).sees("First-tier Tribunal")
    for rule in ("appeal.lodge", "mediation.contact"):
        last = due.compute(rule, {"decision_sent": london_day(now())}).due
        assert last
        pat.sees(say_date(last))
    pat.sees("The last day to appeal is").sees("Meadow Mediation").sees("SENDIASS")


DAYS = """items => items.map(
    (each) => each.querySelector(".app-law").textContent + ": " + each.querySelector("time")?.getAttribute("datetime")
)"""


def has_the_same_days(pat: Seat, casey: Seat, case: str, law: str) -> None:
    """The family's page and the council's show the same dates, each with its law."""
    pat.go("/home").follow("See all dates, and why", first=True)
    casey.go(case)
    theirs, ours = (who.page.eval_on_selector_all(".app-timeline__item", DAYS) for who in (pat, casey))
    assert theirs == ours and any(law in each for each in ours), (theirs, ours)


def refuse(dara: Seat) -> None:
    """Reasons that name no child are not let through; with reasons of this child and what happens instead, they are."""
    dara.page.locator('[name="reasons"]').fill(WHY)
    dara.press("See the letters before they go").sees("There is a problem")
    dara.page.locator('[name="instead"]').fill(INSTEAD)
    dara.press("See the letters before they go").sees("The last day to appeal is").sees("Meadow Mediation")


def test_a_refusal_to_assess_is_read_by_each_with_its_reasons_and_what_can_be_done(
    seat: Seats, asked: tuple[Seat, Seat, str]
) -> None:
    pat, sam, last = asked
    dara, casey = seat("dara-no", DESK), seat("casey-no", DESK)
    weigh(dara, last, has_sen="yes", may_need_plan="no", assess="no")
    refuse(dara)
    dara.press("Decide, and send the letters").sees("The family was told that there will be no assessment, and why")
    reads_why_and_what_to_do(pat, "We will not assess")
    sam.go("/school/").follow("There will be no assessment", first=True).does_not_see(WHY)
    case = open_case(casey, "Casey Worker", last)
    casey.sees("No assessment").sees("We will not assess")
    has_the_same_days(pat, casey, case, "SEND Regulations 2014, reg 5")


def test_a_refusal_of_a_plan_is_read_by_each_with_its_reasons_and_what_can_be_done(
    seat: Seats, asked: tuple[Seat, Seat, str]
) -> None:
    pat, sam, last = asked
    dara, casey = seat("dara-no", DESK), seat("casey-no", DESK)
    agree_to_assess(dara, last)
    case = open_case(casey, "Casey Worker", last)
    casey.press("The plan", exact=True).does_not_see("Decide that there will be no plan")
    dara.go(case).press("The plan", exact=True).follow("Decide that there will be no plan")
    for box in dara.page.locator('[name="considered"]').all():
        box.check()
    dara.page.locator('[name="necessary"][value="no"]').check()
    refuse(dara)
    dara.press("Decide, and send the letters")
    reads_why_and_what_to_do(pat, "We will not make a plan")
    sam.go("/school/").follow("No plan will be made", first=True).does_not_see(WHY)
    has_the_same_days(pat, casey, case, "SEND Regulations 2014, reg 10")

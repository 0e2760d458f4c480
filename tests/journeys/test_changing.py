"""What the year brings: a review that changes the plan, everybody who moves to secondary school, and a young person
who takes over; each as each party sees it."""

import re
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest

from law import age
from law.moves import MOVES, births, year_to_plan
from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack
from tests.journeys.reviewing import bring_in_plan, fill_report, open_part, put_date
from tests.journeys.steps import ask_to_take_part, follow_invitation
from workflow.clock import london_day, now

pytestmark = pytest.mark.full
HELP = "She reads with a partner every morning, twenty minutes."


def find(casey: Seat, name: str) -> str:
    """Find a child's case by name. Returns its address."""
    casey.go("/council/cases").page.locator('[name="name"]').fill(name)
    return casey.press("Search").follow(name, first=True).page.url


def test_a_review_changes_the_plan_and_the_family_gets_each_change_beside_what_stood_there(
    seat: Seats, stack: Stack
) -> None:
    casey, sol, immy = seat("casey-c", DESK), seat("sol-c", DESK), seat("immy-c", PHONE)
    case = find(casey.be("Casey Worker"), "Isla Invented")
    make_final(casey, case)
    sol.be("Sol Support").go("/school/reviews").follow("Isla Invented", first=True)
    report = open_part(sol, sol.page.url, "Start the report")
    fill_report(sol, report, london_day(now()))
    sol.go(report).follow("Recommendation").page.locator('[name="rv_rec"][value="change"]').check()
    sol.press("Save and continue").go(report).press("Go to send").press("Send now")
    casey.be("Dara Decider").go(case).press("Decide after the review")
    casey.page.locator('[name="decision"][value="change"]').check()
    casey.page.locator('[name="reasons"]').fill("The meeting agreed that reading needs more help.")
    casey.press("See the letters before they go").press("Decide, and send the letters")
    page, changed = propose(casey)
    immy.be("Immy Imagined").go("/home").follow("The plan will change", first=True)
    immy.sees("The meeting agreed that reading needs more help.").sees(HELP)
    immy.go("/home").follow("Isla", first=True)
    immy.go(changed).sees("Changes to the plan").sees("What changes in the plan").sees(HELP)
    immy.sees("This part is left blank for now").sees("You have until the end of")
    sol.go("/school/").follow("The plan will change", first=True)
    sol.sees("has decided to change the plan").does_not_see("reading needs more help")
    sol.does_not_see("Open the plan that goes with this letter")
    wait_for_the_family(casey, case, page)


def make_final(casey: Seat, case: str) -> None:
    """The draft that the family commented on becomes the plan in force."""
    page = casey.go(case).press("The plan").page.url
    casey.go(f"{page}/comments")
    while casey.page.locator("details[open] form").count():
        form = casey.page.locator("details[open] form").first
        form.locator('[name="taken"][value="no"]').check()
        form.locator('[name="words"]').fill("We looked at this, and the reports do not say it.")
        with casey.page.expect_navigation():
            form.get_by_role("button").click()
    casey.go(f"{page}/met")
    put_date(casey, "met_on", london_day(now()))
    casey.page.locator('[name="words"]').fill("We spoke by phone.")
    casey.press("Record the meeting").press("Write the next version").press("Make this version the final one")
    casey.go(page).follow("Write Section I")
    casey.page.locator('[name="pi_name"]').fill("Copper Beech Junior School")
    casey.page.locator('[name="pi_type"]').fill("A mainstream junior school")
    casey.press("Save and continue").be("Dara Decider").go(page).press("Issue the final plan")
    casey.page.get_by_text("The family agreed in writing to have it sooner").click()
    casey.page.locator('[name="agreed"]').fill("We agree to have the plan now.")
    put_date(casey, "agreed_on", london_day(now()))
    casey.press("See the letters before they go").press("Do it, and send the letters")


def propose(casey: Seat) -> tuple[str, str]:
    """The next version is written and its changes sent. Returns its page, and where the family reads it."""
    casey.press("Write the next version").sees("What this version changes in the plan in force")
    page = casey.page.url
    casey.follow("Write Section F").page.locator('[name^="pv["][name$=".what"]').first.fill(HELP)
    casey.press("Save and continue").go(page).sees("What this version changes in the plan in force").sees(HELP)
    casey.press("Send the changes to the family").page.locator('[name="evidence"]').fill("The report of the review.")
    casey.press("See the letters before they go").sees(HELP).press("Do it, and send the letters")
    version = casey.go(page).page.get_by_role("link", name=re.compile("The version of")).get_attribute("href")
    assert version
    return page, version


def wait_for_the_family(casey: Seat, case: str, page: str) -> None:
    """The amended plan is not made before the family has had its time; the next year's review waits already."""
    casey.go(case).sees("Changes proposed").go(page).press("Write the next version").press(
        "Make this version the final one"
    ).go(page)
    casey.press("Issue the final plan").sees("The family has until the end of")


def test_everybody_who_moves_to_secondary_school_is_asked_together(seat: Seats, stack: Stack, tmp_path: Path) -> None:
    casey, pat, year = seat("casey-m", DESK), seat("pat-m", PHONE), year_to_plan(london_day(now()))
    last = bring_in_plan(casey, births(MOVES["secondary"], year)[1].isoformat(), tmp_path)
    case = find(casey, f"Ivy {last}")
    address = f"mum-{uuid.uuid4().hex[:8]}@family.example"
    words = ask_to_take_part(casey.follow("Invite a parent or carer"), address)
    follow_invitation(pat, stack, address, "Pat Testparent", words, (last,))
    board = f"/council/moving?move=secondary&year={year}"
    casey.go(board).sees(f"14 February {year}").sees(f"Ivy {last}")
    casey.page.get_by_label(f"Choose Ivy {last}").check()
    casey.press("Ask what they would like").sees(f"Ivy {last}")
    put_date(casey, "reply_by", london_day(now()) + timedelta(days=21))
    casey.press("See what it would do").sees("Nothing is done yet").sees(f"15 February {year}")
    casey.press("Do it").sees("Done for 1 of 1.")
    pat.go("/home").follow("Where would you like to go next?").sees(f"15 February {year}")
    pat.sees("A child with a plan gets a school or college place through the plan")
    casey.go(board).page.get_by_label(f"Choose Ivy {last}").check()
    casey.press("Bring the plans under review").press("See what it would do").press("Do it").sees("Done for 1 of 1.")
    row = casey.page.get_by_role("row").filter(has_text=last)
    assert "Plan under review" in row.inner_text()
    sam = seat("sam-m", DESK).be("Sam Senco")
    sam.go("/school/reviews").follow(f"Ivy {last}", first=True).sees("15 February")
    bring_in_plan(casey, "2019-05-03", tmp_path)
    casey.go(f"{case}/moving?move=secondary&year={year}").page.locator('[name="moves"][value="yes"]').check()
    casey.page.locator('[name="why"]').fill("Taught with the year above.")
    casey.press("Record it").sees("Taught with the year above.")


def test_a_young_person_takes_over_and_the_parent_reads_on_until_they_say_otherwise(
    seat: Seats, stack: Stack, tmp_path: Path
) -> None:
    casey, pat, yuri = seat("casey-y", DESK), seat("pat-y", PHONE), seat("yuri-y", PHONE)
    born = date(age.school_year_of(london_day(now())) - 16, 5, 3)
    last = bring_in_plan(casey, born.isoformat(), tmp_path)
    case = find(casey, f"Ivy {last}")
    for guest, name, link in ((pat, "Pat Testparent", "Invite a parent or carer"), (yuri, "Yuri Testyoung", "")):
        address = f"{uuid.uuid4().hex[:8]}@family.example"
        casey.go(case)
        words = ask_to_take_part(casey.follow(link) if link else casey.go(f"{case}/invite/young-person"), address)
        follow_invitation(guest, stack, address, name, words, (last,))
    queue = casey.go("/council/turns").page.get_by_role("row").filter(has_text=last)
    if queue.get_by_role("link", name="Begin").count():
        queue.get_by_role("link", name="Begin").click()
        casey.press("See").press("Do it") if casey.page.get_by_role("button", name="See").count() else None
    casey.go("/council/turns").page.get_by_role("row").filter(has_text=last).get_by_role(
        "link", name="Settle it"
    ).click()
    turn = casey.page.url
    casey.go(turn).sees("Nobody is locked out").follow("Take over")
    casey.press("See").press("Do it, and send the letters").go(turn).sees("Young person decides")
    for each in (yuri, pat):
        each.go("/home").follow("From today the young person decides" if each is yuri else "Ivy", first=True)
    casey.go(turn).page.locator('[name^="reads_"][value="no"]').check()
    casey.page.locator('[name="why"]').fill("I want to read my letters first.")
    casey.press("Record it").sees("Settled")
    pat.go("/home").does_not_see("Ivy")
    yuri.go("/home").sees("Ivy")
    casey.go("/council/turns")
    assert not casey.page.get_by_role("row").filter(has_text=last).count()

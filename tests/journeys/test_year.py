"""The year of a plan: the council brings in the plans it holds, school and family are reminded of the review, the
SENCO reports on the meeting, the council decides, and the next year's date is set."""

import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack
from tests.journeys.reviewing import SCHOOL, choose, fill_report
from tests.journeys.steps import ask_to_take_part, follow_invitation, follow_link, sweep
from workflow.clock import london_day, now


@pytest.mark.full
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "375"])
def test_a_plan_brought_in_is_reviewed_and_the_next_year_is_set(
    seat: Seats, stack: Stack, size: dict[str, int], tmp_path: Path
) -> None:
    last, tomorrow = f"Storybook-{uuid.uuid4().hex[:6]}", london_day(now()) + timedelta(days=1)
    due = tomorrow + timedelta(days=84)  # the first reminder of a yearly review goes twelve weeks before
    casey, sam, pat = (seat(name, size) for name in ("casey3", "sam3", "pat3"))
    bring_in(casey, last, a_year_before(due), tmp_path / "plans.csv")
    address = f"mum-{uuid.uuid4().hex[:8]}@family.example"
    casey.go("/council/cases")
    find(casey, last)
    words = ask_to_take_part(casey.follow("Invite a parent or carer"), address)
    follow_invitation(pat, stack, address, "Pat Testparent", words, (last, SCHOOL))
    pat.sees("The council must look at the plan again with you").sees(says(due))
    assert "-84 setting" in sweep(stack, tomorrow) and not [m for m in stack.mails(address) if says(due) in str(m)]
    sweep(stack, tomorrow, "--send")
    for told in (address, "sam@bramblehill"):
        text = stack.mail(told, says(due))
        assert last not in text and SCHOOL not in text
    follow_link(sam.be("Sam Senco"), stack, stack.mail("sam@bramblehill", says(due)))
    report(sam, last, london_day(now()))
    find(casey.go("/council/cases"), last)
    decide_to_keep(casey)
    pat.go("/home").follow("Ivy", first=True).sees(says(a_year_after(london_day(now()))))


def bring_in(casey: Seat, last: str, reviewed: date, file: Path) -> None:
    """Bring in one good plan, one whose dates have passed and one bad line; then the same file again."""
    made = reviewed - timedelta(days=365)
    rows = [
        f"Ivy,{last},2018-05-03,{SCHOOL},{made},{reviewed},",
        f"Rowan,{last},2019-02-28,{SCHOOL},{made - timedelta(days=900)},,",
        f"Nobody,{last},31/31/2019,{SCHOOL},{made},,",
    ]
    file.write_text("child_first,child_last,birth_date,setting,plan_date,last_review,caseworker\n" + "\n".join(rows))
    casey.be("Casey Worker").go("/council/plans")
    choose(casey, file).sees("Lines that cannot be used").press("Bring in 2 plans").sees("Here already")
    casey.follow("Work through the dates that had passed").sees(f"Rowan {last}")
    choose(casey.go("/council/plans"), file).sees("There is nothing new to bring in")


def find(casey: Seat, last: str) -> None:
    """Find the child's case by name."""
    casey.page.locator('[name="name"]').fill(f"Ivy {last}")
    casey.press("Search").follow(f"Ivy {last}", first=True)


def report(sam: Seat, last: str, met_on: date) -> None:
    """The short form after the meeting, filled in and sent."""
    sam.sees(f"Ivy {last}").press("Start the report")
    form = sam.page.url
    fill_report(sam, form, met_on)
    sam.go(form).press("Go to send").press("Send now")


def decide_to_keep(casey: Seat) -> None:
    """The decider keeps the plan: the letter with the rights goes, and the next year's date stands on the case."""
    case = casey.page.url
    casey.go("/demo").press("Dara Decider").go(case).press("Decide after the review")
    casey.page.locator('[name="decision"][value="keep"]').check()
    casey.page.locator('[name="reasons"]').fill("Everybody at the meeting agreed that the support works.")
    casey.press("See the letters before they go").sees("The last day to appeal is")
    casey.press("Decide, and send the letters")
    casey.go(case).sees(says(a_year_after(london_day(now()))))


def a_year_before(day: date) -> date:
    """The review from which the next is due on a day: the twelve months end the day before its anniversary."""
    day += timedelta(days=1)
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def a_year_after(day: date) -> date:
    """The last day of the twelve months from a review."""
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day) - timedelta(days=1)


def says(day: date) -> str:
    """A day as people read it."""
    return f"{day.day} {day:%B %Y}"

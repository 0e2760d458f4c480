"""How a review of a plan comes about, for every journey that needs one."""

import uuid
from datetime import date, timedelta
from pathlib import Path

from tests.journeys.conftest import Seat
from tests.journeys.test_year import SCHOOL, choose
from workflow.clock import london_day, now


def bring_in_plan(casey: Seat, born: str, folder: Path) -> str:
    """The council brings in one plan whose review comes up. Returns the child's last name."""
    last, today = f"Storybook-{uuid.uuid4().hex[:6]}", london_day(now())
    reviewed = today - timedelta(days=270)
    file = folder / "plan.csv"
    file.write_text(
        "child_first,child_last,birth_date,setting,plan_date,last_review,caseworker\n"
        f"Ivy,{last},{born},{SCHOOL},{reviewed - timedelta(days=365)},{reviewed},\n"
    )
    casey.be("Casey Worker").go("/council/plans")
    choose(casey, file).press("Bring in 1 plan")
    return last


def open_review(sam: Seat, last: str) -> str:
    """The SENCO opens the review of the child. Returns its address."""
    sam.be("Sam Senco").go("/school/reviews").follow(f"Ivy {last}", first=True)
    return sam.page.url


def open_part(sam: Seat, review: str, words: str) -> str:
    """Open the invitation, the notes or the report. Returns the form's address."""
    return sam.go(review).press(words).page.url


def put_date(seat: Seat, box: str, day: date) -> None:
    """Type a date into its three boxes."""
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        seat.page.locator(f"#{box}-{part}").fill(str(number))

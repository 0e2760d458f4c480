"""How a review of a plan comes about, for every journey that needs one."""

import uuid
from datetime import date, timedelta
from pathlib import Path

from tests.journeys.conftest import Seat
from workflow.clock import london_day, now

SCHOOL = "Bramble Hill Primary School"


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


def choose(casey: Seat, file: Path) -> Seat:
    """Hand over the file."""
    casey.page.locator('input[type="file"]').set_input_files(file)
    return casey.press("See what it would do")


def fill_report(sam: Seat, form: str, met_on: date) -> None:
    """What must be there to send the report, and what was said."""
    sam.go(form).follow("Review details").page.locator('[name="rv_kind"][value="annual"]').check()
    put_date(sam, "rv_date", met_on)
    if sam.page.locator('[name="rv_who"]').count():
        sam.page.locator('[name="rv_who"]').fill("Mum, the SENCO and the class teacher.")
    sam.press("Save and continue")
    sam.go(form).follow("Recommendation").page.locator('[name="rv_rec"][value="keep"]').check()
    sam.page.locator('[name="rv_rec_why"]').fill("The support works.")
    sam.press("Save and continue").page.locator('[name="rv_sign"]').fill("Heddy Head")
    sam.press("Save and continue")
    sam.go(form).follow("Send", exact=True).page.locator('[name="de_name"]').fill("Sam Senco")
    sam.page.locator('[name="de_role"]').select_option("senco")
    sam.press("Save and continue")


def put_date(seat: Seat, box: str, day: date) -> None:
    """Type a date into its three boxes."""
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        seat.page.locator(f"#{box}-{part}").fill(str(number))

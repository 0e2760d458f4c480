"""A service that nobody looks after: reminders go before, on and after the day, and everything outlives a restart."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.conftest import DESK, Seats, running
from tests.journeys.steps import sweep
from workflow.clock import london_day, now

WORDS = "Half a sentence that nobody has sent"


@pytest.mark.full
def test_nobody_acts_and_everybody_is_told_and_a_restart_forgets_nothing(seat: Seats, tmp_path: Path) -> None:
    with running(tmp_path) as stack:
        sam, max_ = seat("sam4", DESK, at=stack), seat("max", DESK, at=stack)
        sam.be("Sam Senco").press("Start an EHC needs assessment request").follow("About this request")
        form = sam.page.url.split("/page/")[0].removeprefix(stack.base)
        sam.page.locator('[name="rq_why_now"]').fill(WORDS)
        sam.press("Save and continue")
        until = london_day(now()) + timedelta(days=60)
        ahead = sweep(stack, until)
        for stage in ("-14 caseworker", "-5 caseworker", "+0 caseworker", "+1 caseworker", "+1 manager", "+1 family"):
            assert f"{stage} assess.decide" in ahead, stage
        sweep(stack, until, "--send")
        for told in ("casey.worker@", "morgan.caseload@", "max.manager@"):
            subjects = [str(mail["Subject"]) for mail in stack.mails(told)]
            assert any(each.startswith("Overdue since") for each in subjects), (told, subjects)
        assert any("this is due by" in str(mail["Subject"]) for mail in stack.mails("casey.worker@"))
        sam.go("/school/")  # a page of a form asks now and then who else is there, and the service is about to stop
        seen = len(stack.mails())
        assert max_.be("Max Manager").go("/demo/mail").page.locator("main article").count()
    with running(tmp_path) as stack:
        again = seat("sam5", DESK, at=stack)
        again.be("Sam Senco").go(form).follow("About this request")
        assert again.page.locator('[name="rq_why_now"]').input_value() == WORDS
        assert len(stack.mails()) >= seen
        again.go("/school/reviews")
        assert "0 reminders" in sweep(stack, london_day(now()))

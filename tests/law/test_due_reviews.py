"""Reviews and amendments, worked by hand. M is a meeting of Monday 1 June 2026."""

from datetime import date

import pytest

from law.due import compute

M = {"review_meeting": "2026-06-01"}
DATES = [
    ("the first review ends the day before the anniversary", "review.first", {"plan_made": "2026-05-05"},
     date(2027, 5, 4)),
    ("the next review runs from the last one", "review.annual", {"last_review_completed": "2027-03-01"},
     date(2028, 2, 29)),
    ("a review completed on a leap day", "review.annual", {"last_review_completed": "2028-02-29"}, date(2029, 2, 28)),
    ("a review completed at the end of a month", "review.annual", {"last_review_completed": "2026-08-31"},
     date(2027, 8, 30)),
    ("a plan made on New Year's Day", "review.first", {"plan_made": "2027-01-01"}, date(2027, 12, 31)),
    ("papers over the New Year", "review.circulate_advice", {"review_meeting": "2027-01-11"}, date(2026, 12, 28)),
    ("a decision on Easter Monday stays there", "review.decide", {"review_meeting": "2027-03-01"}, date(2027, 3, 29)),
    ("a report on the leap day", "review.report", {"review_meeting": "2028-02-15"}, date(2028, 2, 29)),
    ("invitations go two weeks before", "review.meeting_notice", M, date(2026, 5, 18)),
    ("papers go two weeks before", "review.circulate_advice", M, date(2026, 5, 18)),
    ("the list goes two weeks before term", "review.notify_schools_list", {"term_starts": "2026-09-01"},
     date(2026, 8, 18)),
    ("the report follows in two weeks", "review.report", M, date(2026, 6, 15)),
    ("the decision follows in four weeks", "review.decide", M, date(2026, 6, 29)),
    ("the notice of changes follows in four weeks", "review.amend_notice", M, date(2026, 6, 29)),
    ("the family has fifteen days with the changes", "review.amend_representations",
     {"amend_notice_served": "2026-06-29"}, date(2026, 7, 13)),
    ("an early notice brings the amended plan forward", "review.amended_final",
     {**M, "amend_notice_sent": "2026-06-22"}, date(2026, 8, 17)),
    ("a notice on the last day gives twelve weeks", "review.amended_final",
     {**M, "amend_notice_sent": "2026-06-29"}, date(2026, 8, 24)),
    ("a late notice buys no time", "review.amended_final",
     {**M, "amend_notice_sent": "2026-07-06"}, date(2026, 8, 24)),
    ("without a meeting only the eight weeks run", "review.amended_final",
     {"amend_notice_sent": "2026-06-22"}, date(2026, 8, 17)),
    ("not amending has eight weeks from the notice", "review.decide_not_to_amend",
     {"amend_notice_sent": "2026-06-29"}, date(2026, 8, 24)),
    ("an amendment without a review has eight weeks", "amend.without_review",
     {"amend_notice_sent": "2026-11-02"}, date(2026, 12, 28)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rule", "trigger", "due"), DATES, ids=[row[0] for row in DATES])
def test_dates(words: str, rule: str, trigger: dict[str, str], due: date) -> None:
    assert compute(rule, trigger).due == due


def test_the_amended_final_plan_does_not_restart_the_year() -> None:
    due = compute("review.annual", {"last_review_completed": "2026-06-29", "amended_final_issued": "2026-08-24"})
    assert due.due == date(2027, 6, 28)


def test_the_report_date_does_not_move_the_decision() -> None:
    assert compute("review.decide", {**M, "review_report_sent": "2026-06-26"}).due == date(2026, 6, 29)


def test_a_late_notice_is_governed_by_the_meeting_and_says_why() -> None:
    due = compute("review.amended_final", {**M, "amend_notice_sent": "2026-07-06"})
    assert due.trigger_key == "review_meeting"
    assert "late notice gives no extra time" in due.remark


def test_at_least_two_weeks_aims_for_a_working_day_sooner() -> None:
    due = compute("review.meeting_notice", M)
    assert due.aim_for == date(2026, 5, 15)


NO_NUMBER = [("review.under5", {"plan_made": "2026-05-05"})]


@pytest.mark.parametrize(("rule", "trigger"), NO_NUMBER)
def test_reviews_of_the_under_fives_have_no_fixed_day(rule: str, trigger: dict[str, str]) -> None:
    due = compute(rule, trigger)
    assert due.due is None
    assert not due.statutory

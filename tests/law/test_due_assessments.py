"""Requests, advice and plans, worked by hand. R is a request of Wednesday 7 October 2026."""

from datetime import date

import pytest

from law.due import compute

R = {"request_received": "2026-10-07"}
DATES = [
    ("the decision to assess has six weeks", "assess.decide", R, date(2026, 11, 18)),
    ("a refusal has the same six weeks", "assess.refuse", R, date(2026, 11, 18)),
    ("becoming responsible starts the clock without a request", "assess.decide", {"became_responsible": "2026-10-08"},
     date(2026, 11, 19)),
    ("no plan has sixteen weeks from the request", "plan.decide_not_to_issue", R, date(2027, 1, 27)),
    ("the draft aims at sixteen weeks", "plan.issue_draft", R, date(2027, 1, 27)),
    ("the final plan has twenty weeks from the request", "plan.finalise", R, date(2027, 2, 24)),
    ("a request at Christmas still runs", "plan.finalise", {"request_received": "2026-12-25"}, date(2027, 5, 14)),
    ("a request on a leap day", "assess.decide", {"request_received": "2028-02-29"}, date(2028, 4, 11)),
    ("six weeks to Good Friday stay there", "assess.decide", {"request_received": "2027-02-12"}, date(2027, 3, 26)),
    ("sixteen weeks to Easter Monday stay there", "plan.decide_not_to_issue", {"request_received": "2026-12-07"},
     date(2027, 3, 29)),
    ("twenty weeks to the Christmas substitute stay there", "plan.finalise", {"request_received": "2027-08-09"},
     date(2027, 12, 27)),
    ("a request on the last day of the year", "plan.finalise", {"request_received": "2026-12-31"}, date(2027, 5, 20)),
    ("a request at the end of a month", "assess.refuse", {"request_received": "2026-11-30"}, date(2027, 1, 11)),
    ("the autumn clock change moves nothing", "assess.decide", {"request_received": "2026-10-24"}, date(2026, 12, 5)),
    ("twenty weeks over a leap day", "plan.finalise", {"request_received": "2027-12-01"}, date(2028, 4, 19)),
    ("advice has six weeks from the body's own receipt", "advice.respond",
     {"advice_request_received_by_body": "2026-11-20"}, date(2027, 1, 1)),
    ("a school's advice has the same six weeks", "advice.respond_setting",
     {"advice_request_received_by_body": "2026-11-20"}, date(2027, 1, 1)),
    ("the family has fifteen days with the draft, its day included", "plan.draft_representations",
     {"draft_served": "2026-12-18"}, date(2027, 1, 1)),
    ("a setting has fifteen days after being asked", "consult.setting", {"consultation_sent": "2026-12-18"},
     date(2027, 1, 2)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rule", "trigger", "due"), DATES, ids=[row[0] for row in DATES])
def test_dates(words: str, rule: str, trigger: dict[str, str], due: date) -> None:
    assert compute(rule, trigger).due == due


def test_the_twenty_weeks_never_run_from_the_decision_to_assess() -> None:
    late = compute("plan.finalise", {**R, "decision_to_assess_notified": "2027-01-04"})
    assert (late.due, late.trigger_key) == (date(2027, 2, 24), "request_received")


def test_a_request_governs_where_the_authority_also_became_responsible() -> None:
    both = compute("assess.decide", {"became_responsible": "2026-10-01", **R})
    assert both.due == date(2026, 11, 18)


def test_a_date_on_a_bank_holiday_stays_and_is_acted_on_before() -> None:
    due = compute("assess.decide", {"request_received": "2026-02-20"})
    assert (due.due, due.act_by) == (date(2026, 4, 3), date(2026, 4, 2))


def test_beyond_the_known_holidays_the_date_stands_without_a_day_to_act_by() -> None:
    due = compute("plan.finalise", {"request_received": "2028-12-01"})
    assert (due.due, due.act_by) == (date(2029, 4, 20), None)
    assert due.act_by_reason == "act_by.holidays_unknown"


NO_NUMBER = [
    ("assess.consult", R),
    ("assess.notify_considering", R),
    ("assess.notify_others", R),
    ("advice.request", {"decision_to_assess_notified": "2026-11-18"}),
    ("advice.request", {"reassess_decision_notified": "2026-11-18"}),
    ("plan.meeting", {"meeting_requested": "2027-01-20"}),
    ("plan.admit", {"final_issued": "2027-02-24"}),
    ("plan.secure", {"final_issued": "2027-02-24"}),
]


@pytest.mark.parametrize(("rule", "trigger"), NO_NUMBER)
def test_a_duty_without_a_number_has_no_date_and_says_so(rule: str, trigger: dict[str, str]) -> None:
    due = compute(rule, trigger)
    assert (due.due, due.act_by, due.act_by_reason) == (None, None, "act_by.no_date")


def test_only_what_binds_is_called_statutory() -> None:
    assert compute("plan.finalise", R).statutory
    assert not compute("plan.issue_draft", R).statutory
    assert not compute("advice.respond_setting", {"advice_request_received_by_body": "2026-11-20"}).statutory

"""Exceptions disapply a limit where the law's own test is met, and never otherwise.

The period is that of a request of Monday 15 June 2026: six weeks end on Monday 27 July, twenty on 2 November.
"""

from datetime import date

import pytest

from law.due import Due, compute
from law.errors import BadException

Record = dict[str, object]
REQUEST = {"request_received": "2026-06-15"}
CLOSED: Record = {
    "type": "school_closed_4w",
    "impractical": True,
    "advice_requested_on": "2026-07-20",
    "closed_from": "2026-07-22",
    "reopens_on": "2026-09-02",
}
AWAY: Record = {"type": "absent_from_area", "impractical": True, "from": "2026-06-20", "to": "2026-07-17"}
PERSONAL: Record = {"type": "exceptional_personal_circumstances", "impractical": True}


def decide(record: Record) -> Due:
    return compute("assess.decide", REQUEST, [record])


ACCEPTED: list[tuple[str, Record]] = [
    ("a closure over the summer with the request in the window", CLOSED),
    ("asked exactly a week before closing", {**CLOSED, "advice_requested_on": "2026-07-15"}),
    ("asked exactly a week before reopening", {**CLOSED, "advice_requested_on": "2026-08-26"}),
    ("closed exactly twenty-eight days", {**CLOSED, "reopens_on": "2026-08-19"}),
    ("an early years provider closed", {**CLOSED, "type": "early_years_closed_4w"}),
    ("away exactly twenty-eight days", AWAY),
    ("personal circumstances without dates", PERSONAL),
    ("personal circumstances on the last day", {**PERSONAL, "from": "2026-07-27", "to": "2026-08-30"}),
]


@pytest.mark.parametrize(("words", "record"), ACCEPTED, ids=[row[0] for row in ACCEPTED])
def test_an_exception_that_meets_its_test_lifts_the_limit_and_leaves_the_date(words: str, record: Record) -> None:
    due = decide(record)
    assert due.limit_disapplied
    assert due.due == date(2026, 7, 27)


REFUSED: list[tuple[str, Record, str]] = [
    ("closed a day too short", {**CLOSED, "reopens_on": "2026-08-18"}, "closed_too_short"),
    ("asked a day before the window", {**CLOSED, "advice_requested_on": "2026-07-14"}, "asked_outside_window"),
    ("asked a day after the window", {**CLOSED, "advice_requested_on": "2026-08-27"}, "asked_outside_window"),
    ("no date of asking", {**CLOSED, "advice_requested_on": None}, "dates_missing"),
    ("a closure in another season", {**CLOSED, "closed_from": "2026-11-01", "reopens_on": "2026-12-01",
                                     "advice_requested_on": "2026-11-01"}, "outside_period"),
    ("away a day too short", {**AWAY, "to": "2026-07-16"}, "absent_too_short"),
    ("away long, but mostly after the period", {**AWAY, "from": "2026-07-10", "to": "2026-09-30"}, "absent_too_short"),
    ("away with its dates back to front", {**AWAY, "to": "2026-06-01"}, "dates_back_to_front"),
    ("away on unknown dates", {"type": "absent_from_area", "impractical": True}, "dates_missing"),
    ("personal circumstances at another time", {**PERSONAL, "from": "2026-01-01", "to": "2026-02-01"},
     "outside_period"),
    ("personal circumstances that did not make it impractical", {**PERSONAL, "impractical": False}, "not_impractical"),
    ("impracticality not recorded at all", {"type": "exceptional_personal_circumstances"}, "not_impractical"),
    ("a shortage of psychologists", {"type": "ep_shortage", "impractical": True}, "not_in_law"),
    ("a waiting list", {"type": "waiting_list", "impractical": True}, "not_in_law"),
    ("a missed appointment, which is for advice only", {"type": "missed_appointment", "impractical": True},
     "not_for_this_rule"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "record", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_an_exception_that_fails_its_test_is_refused_with_the_reason(words: str, record: Record, reason: str) -> None:
    due = decide(record)
    assert not due.limit_disapplied
    assert [finding.reason_id for finding in due.exceptions_found] == [f"exception.{reason}"]


@pytest.mark.parametrize(
    ("rule", "trigger"),
    [
        ("assess.refuse", REQUEST),
        ("review.decide", {"review_meeting": "2026-06-15"}),
        ("review.amended_final", {"amend_notice_sent": "2026-06-15"}),
        ("phase.secondary", {"transfer_date": "2026-09-01"}),
        ("move.inform_family", {"plan_transferred": "2026-06-15"}),
        ("mediation.contact", {"decision_sent": "2026-06-15"}),
        ("assess.notify_others", REQUEST),
    ],
)
def test_a_duty_that_has_no_exceptions_keeps_its_limit(rule: str, trigger: dict[str, str]) -> None:
    due = compute(rule, trigger, [PERSONAL])
    assert not due.limit_disapplied
    assert due.exceptions_found[0].reason_id == "exception.rule_has_none"


def test_an_exception_at_six_weeks_excuses_twenty_only_if_it_also_falls_in_that_period() -> None:
    autumn: Record = {**PERSONAL, "from": "2026-09-01", "to": "2026-10-01"}
    assert not decide(autumn).limit_disapplied
    assert compute("plan.finalise", REQUEST, [autumn]).limit_disapplied


def test_one_accepted_exception_is_enough() -> None:
    due = compute("assess.decide", REQUEST, [{"type": "ep_shortage", "impractical": True}, PERSONAL])
    assert [finding.accepted for finding in due.exceptions_found] == [False, True]
    assert due.limit_disapplied


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, "accepted"),
        ({"made_by_body": False}, "not_made_by_body"),
        ({"appointment_on": None}, "dates_missing"),
        ({"appointment_on": "2026-07-28"}, "outside_period"),
    ],
)
def test_a_missed_appointment_counts_only_if_the_body_made_it_in_its_six_weeks(more: Record, reason: str) -> None:
    record = {"type": "missed_appointment", "impractical": True, "made_by_body": True, "appointment_on": "2026-07-01"}
    due = compute("advice.respond", {"advice_request_received_by_body": "2026-06-15"}, [{**record, **more}])
    assert due.exceptions_found[0].reason_id == f"exception.{reason}"


@pytest.mark.parametrize("rule", ["order.amend_content", "unopposed.amend_content"])
def test_for_orders_an_absence_of_two_weeks_is_enough(rule: str) -> None:
    trigger = {"order_made": "2026-06-15", "la_notified_tribunal": "2026-06-15"}
    two_weeks = {**AWAY, "to": "2026-07-03"}
    assert compute(rule, trigger, [two_weeks]).limit_disapplied
    assert not compute(rule, trigger, [{**two_weeks, "to": "2026-07-02"}]).limit_disapplied


def test_for_orders_a_circumstance_that_excused_the_twenty_weeks_counts() -> None:
    record = {"type": "reg13_3_applied", "impractical": True}
    assert compute("order.amend_content", {"order_made": "2026-06-15"}, [record]).limit_disapplied


@pytest.mark.parametrize(
    "record",
    [
        {"impractical": True},
        {"type": " "},
        {"type": "absent_from_area", "from": "yesterday"},
        {"type": "absent_from_area", "impractical": "perhaps"},
    ],
)
def test_a_record_that_cannot_be_read_is_an_error(record: Record) -> None:
    with pytest.raises(BadException):
        decide(record)

"""Appeals, mediation, orders and ceasing, worked by hand."""

from datetime import date

import pytest

from law.due import compute
from law.errors import BadTrigger, BeyondKnownHolidays

LODGE = [
    ("two months", "2026-10-07", None, date(2026, 12, 7)),
    ("a later certificate gives one month from itself", "2026-10-01", "2026-11-10", date(2026, 12, 10)),
    ("an early certificate changes nothing", "2026-10-07", "2026-10-20", date(2026, 12, 7)),
    ("a Saturday moves to Monday", "2026-10-05", None, date(2026, 12, 7)),
    ("a date in August moves past the bank holiday to September", "2026-06-05", None, date(2026, 9, 1)),
    ("a bank holiday in August also moves to September", "2027-06-30", None, date(2027, 9, 1)),
    ("the later date is taken first, then moved once", "2026-06-10", "2026-07-31", date(2026, 9, 1)),
    ("a period passing through August is not lengthened", "2026-07-10", None, date(2026, 9, 10)),
    ("Christmas Day moves past the new year", "2026-10-25", None, date(2027, 1, 4)),
    ("New Year's Day moves on", "2026-11-01", None, date(2027, 1, 4)),
    ("24 December is an ordinary day", "2026-10-24", None, date(2026, 12, 24)),
    ("31 December ends with February, then moves to Monday", "2026-12-31", None, date(2027, 3, 1)),
    ("31 December before a leap year ends on the leap day", "2027-12-31", None, date(2028, 2, 29)),
    ("Good Friday moves past Easter Monday", "2027-01-26", None, date(2027, 3, 30)),
    ("Easter Monday moves to Tuesday", "2027-01-29", None, date(2027, 3, 30)),
    ("the Christmas substitute moves past the New Year substitute", "2027-10-28", None, date(2028, 1, 4)),
    ("a certificate of 31 January ends with February", "2026-11-25", "2027-01-31", date(2027, 3, 1)),
]


@pytest.mark.parametrize(("words", "sent", "certificate", "due"), LODGE, ids=[row[0] for row in LODGE])
def test_the_last_day_to_appeal(words: str, sent: str, certificate: str | None, due: date) -> None:
    trigger = {"decision_sent": sent, "certificate_issued": certificate}
    assert compute("appeal.lodge", trigger).due == due


CEASE = [
    ("the day after the last day to appeal", {"decision_sent": "2026-10-25"}, date(2027, 1, 5)),
    ("later with a late certificate", {"decision_sent": "2026-10-01", "certificate_issued": "2026-11-10"},
     date(2026, 12, 11)),
    ("even on a Saturday", {"decision_sent": "2026-10-04"}, date(2026, 12, 5)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "trigger", "due"), CEASE, ids=[row[0] for row in CEASE])
def test_a_plan_may_cease_only_the_day_after_the_last_day_to_appeal(
    words: str, trigger: dict[str, str], due: date
) -> None:
    answer = compute("cease.not_before", trigger)
    assert (answer.due, answer.act_by, answer.act_by_reason) == (due, None, "act_by.not_a_deadline")


def test_an_appeal_beyond_the_known_holidays_is_refused() -> None:
    with pytest.raises(BeyondKnownHolidays):
        compute("appeal.lodge", {"decision_sent": "2028-12-01"})


DATES = [
    ("the response leaves August out", "appeal.la_response", {"appeal_received_by_la": "2026-07-20"},
     date(2026, 9, 29)),
    ("the response leaves Christmas out", "appeal.la_response", {"appeal_received_by_la": "2026-11-30"},
     date(2027, 1, 19)),
    ("the tribunal's own date wins", "appeal.la_response",
     {"appeal_received_by_la": "2026-11-30", "tribunal_directed_date": "2027-01-12"}, date(2027, 1, 12)),
    ("the tribunal's own date is enough", "appeal.la_response", {"tribunal_directed_date": "2027-01-12"},
     date(2027, 1, 12)),
    ("an order to assess is notified in two weeks", "order.assess_notify", {"order_made": "2026-08-03"},
     date(2026, 8, 17)),
    ("an order runs from being made, not received", "order.assess_final",
     {"order_made": "2026-10-07", "order_received": "2026-10-14"}, date(2027, 1, 13)),
    ("an order to make a plan: draft", "order.make_plan_draft", {"order_made": "2026-10-07"}, date(2026, 11, 11)),
    ("an order to make a plan: final", "order.make_plan_final", {"order_made": "2026-10-07"}, date(2026, 12, 23)),
    ("an order on content has five weeks", "order.amend_content", {"order_made": "2026-10-07"}, date(2026, 11, 11)),
    ("an order on placement has two", "order.amend_placement", {"order_made": "2026-10-07"}, date(2026, 10, 21)),
    ("the tribunal may set another date for an order", "order.amend_placement",
     {"order_made": "2026-10-07", "tribunal_directed_date": "2026-10-30"}, date(2026, 10, 30)),
    ("a dismissed appeal ends the plan that day", "order.cease_dismissed", {"order_made": "2026-10-07"},
     date(2026, 10, 7)),
    ("a recommendation is answered in 35 days counting the first", "order.recommendation_response",
     {"recommendation_made": "2026-10-07"}, date(2026, 11, 10)),
    ("conceding on content has five weeks, not four", "unopposed.amend_content",
     {"la_notified_tribunal": "2026-10-07"}, date(2026, 11, 11)),
    ("conceding on placement has two weeks", "unopposed.placement_only", {"la_notified_tribunal": "2026-10-07"},
     date(2026, 10, 21)),
    ("an order to assess: no plan has ten weeks", "order.assess_no_plan", {"order_made": "2026-10-07"},
     date(2026, 12, 16)),
    ("an order to think again has two weeks, New Year or not", "order.reconsider", {"order_made": "2026-12-18"},
     date(2027, 1, 1)),
    ("an order to keep and change the plan has five weeks", "order.continue_and_amend", {"order_made": "2026-10-07"},
     date(2026, 11, 11)),
    ("an order to keep the plan holds that day", "order.continue", {"order_made": "2026-10-07"}, date(2026, 10, 7)),
    ("conceding an assessment is notified in two weeks, over a leap day", "unopposed.assess_notify",
     {"la_notified_tribunal": "2028-02-16"}, date(2028, 3, 1)),
    ("conceding an assessment: no plan has ten weeks", "unopposed.assess_no_plan",
     {"la_notified_tribunal": "2026-10-07"}, date(2026, 12, 16)),
    ("conceding an assessment: final plan has fourteen", "unopposed.assess_final",
     {"la_notified_tribunal": "2026-10-07"}, date(2027, 1, 13)),
    ("conceding a plan: draft", "unopposed.make_plan_draft", {"la_notified_tribunal": "2026-10-07"},
     date(2026, 11, 11)),
    ("conceding that the plan goes on holds that day", "unopposed.cease", {"la_notified_tribunal": "2026-10-07"},
     date(2026, 10, 7)),
    ("conceding that it goes on with changes has five weeks", "unopposed.cease_and_amend",
     {"la_notified_tribunal": "2026-10-07"}, date(2026, 11, 11)),
    ("conceding a plan: final", "unopposed.make_plan_final", {"la_notified_tribunal": "2026-10-07"},
     date(2026, 12, 23)),
    ("mediation is asked for in two months, August or not", "mediation.contact", {"decision_sent": "2026-06-05"},
     date(2026, 8, 5)),
    ("a certificate follows in three working days", "mediation.certificate_after",
     {"mediation_concluded": "2026-12-23"}, date(2026, 12, 30)),
    ("a certificate over Easter", "mediation.certificate_no_mediation",
     {"family_told_adviser_no_mediation": "2027-03-24"}, date(2027, 3, 31)),
    ("a certificate over Christmas and its substitute", "mediation.deemed_certificate",
     {"la_told_adviser_cannot_arrange": "2026-12-24"}, date(2026, 12, 31)),
    ("health is told over the New Year and its substitute", "mediation.notify_commissioner",
     {"family_told_la_health_issue": "2027-12-30"}, date(2028, 1, 5)),
    ("mediation is arranged in thirty calendar days", "mediation.arrange",
     {"family_told_la_wants_mediation": "2026-12-10"}, date(2027, 1, 9)),
    ("details come five working days before", "mediation.inform_details", {"mediation_date": "2027-01-04"},
     date(2026, 12, 23)),
    ("another agreement is carried out in two weeks", "mediation.comply_other", {"agreement_date": "2026-10-07"},
     date(2026, 10, 21)),
    ("a date agreed in writing replaces it", "mediation.comply_other",
     {"agreement_date": "2026-10-07", "agreed_date_in_writing": "2026-12-01"}, date(2026, 12, 1)),
    ("but not the commissioner's week", "mediation.commissioner_notify_la",
     {"agreement_date": "2026-10-07", "agreed_date_in_writing": "2026-12-01"}, date(2026, 10, 14)),
    ("an agreement counts as the matching order", "mediation.comply_appealable",
     {"agreement_date": "2026-10-07", "as_if_order": "order.amend_content"}, date(2026, 11, 11)),
    ("an agreement to keep the plan holds that day", "mediation.comply_appealable",
     {"agreement_date": "2026-10-07", "as_if_order": "order.continue"}, date(2026, 10, 7)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rule", "trigger", "due"), DATES, ids=[row[0] for row in DATES])
def test_dates(words: str, rule: str, trigger: dict[str, str], due: date) -> None:
    assert compute(rule, trigger).due == due


NO_NUMBER = [("mediation.attend", {"mediation_date": "2027-01-04"})]


@pytest.mark.parametrize(("rule", "trigger"), NO_NUMBER)
def test_a_duty_on_the_day_itself_has_no_date(rule: str, trigger: dict[str, str]) -> None:
    assert compute(rule, trigger).due is None


def test_an_agreement_must_match_a_real_order() -> None:
    with pytest.raises(BadTrigger, match="as_if_order"):
        compute("mediation.comply_appealable", {"agreement_date": "2026-10-07", "as_if_order": "order.nonsense"})


def test_an_order_made_at_a_weekend_has_no_working_day_to_act_by() -> None:
    due = compute("order.continue", {"order_made": "2026-10-10"})
    assert (due.act_by, due.act_by_reason) == (None, "act_by.no_working_day")

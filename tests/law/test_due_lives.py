"""Phase transfers, moves, re-assessments, the upper age and money, worked by hand."""

from datetime import date

import pytest

from law.due import compute
from law.errors import BadTrigger

PHASES = [
    ("a move in September 2027", "phase.secondary", {"transfer_date": "2027-09-01"}, date(2027, 2, 15)),
    ("born on 31 August: the youngest of the year", "phase.secondary", {"date_of_birth": "2015-08-31"},
     date(2026, 2, 15)),
    ("born on 1 September: the oldest of the next", "phase.secondary", {"date_of_birth": "2015-09-01"},
     date(2027, 2, 15)),
    ("born on 29 February", "phase.secondary", {"date_of_birth": "2016-02-29"}, date(2027, 2, 15)),
    ("born on 31 December", "phase.infant_junior", {"date_of_birth": "2019-12-31"}, date(2027, 2, 15)),
    ("born on 1 September, after school", "phase.post16", {"date_of_birth": "2010-09-01"}, date(2027, 3, 31)),
    ("a move in January is of its own year", "phase.secondary", {"transfer_date": "2027-01-05"}, date(2027, 2, 15)),
    ("into Reception", "phase.early_years", {"date_of_birth": "2022-09-01"}, date(2027, 2, 15)),
    ("into junior school", "phase.infant_junior", {"date_of_birth": "2019-05-01"}, date(2026, 2, 15)),
    ("into middle school", "phase.primary_middle", {"date_of_birth": "2017-05-01"}, date(2026, 2, 15)),
    ("out of middle school", "phase.middle_secondary", {"date_of_birth": "2013-05-01"}, date(2026, 2, 15)),
    ("after school it is 31 March", "phase.post16", {"date_of_birth": "2010-08-31"}, date(2026, 3, 31)),
    ("the actual transfer overrides the date of birth", "phase.secondary",
     {"date_of_birth": "2015-08-31", "transfer_date": "2027-09-01", "out_of_cohort": "true"}, date(2027, 2, 15)),
    ("a local system names its own year group", "phase.primary_middle",
     {"date_of_birth": "2017-05-01", "transfer_year_group": "4"}, date(2025, 2, 15)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rule", "trigger", "due"), PHASES, ids=[row[0] for row in PHASES])
def test_phase_transfers_have_a_cut_off_and_the_day_before(
    words: str, rule: str, trigger: dict[str, str], due: date
) -> None:
    answer = compute(rule, trigger)
    assert answer.due == due
    assert answer.last_compliant_day == due.replace(day=due.day - 1)


def test_a_pupil_out_of_cohort_needs_the_actual_transfer() -> None:
    with pytest.raises(BadTrigger, match="transfer_date"):
        compute("phase.secondary", {"date_of_birth": "2015-08-31", "out_of_cohort": True})


COLLEGES = [
    ("same day-number", "2027-09-01", date(2027, 4, 1), date(2027, 3, 31)),
    ("shorter month, and aim for a Friday", "2027-07-31", date(2027, 2, 28), date(2027, 2, 26)),
    ("a leap day", "2028-07-31", date(2028, 2, 29), date(2028, 2, 28)),
    ("over the New Year, and aim past Christmas", "2027-05-28", date(2026, 12, 28), date(2026, 12, 24)),
]


@pytest.mark.parametrize(("words", "transfer", "due", "aim"), COLLEGES, ids=[row[0] for row in COLLEGES])
def test_between_colleges_it_is_five_months_before(words: str, transfer: str, due: date, aim: date) -> None:
    answer = compute("phase.post16_to_post16", {"transfer_date": transfer})
    assert (answer.due, answer.last_compliant_day, answer.aim_for) == (due, due, aim)


MOVES = [
    ("long notice: the day of the move", "2026-11-16", date(2026, 11, 16), False),
    ("just fifteen: the move, and a human look", "2026-10-26", date(2026, 10, 26), True),
    ("just fourteen: fifteen days, and a human look", "2026-10-23", date(2026, 10, 23), True),
    ("short notice: fifteen working days", "2026-10-12", date(2026, 10, 23), False),
    ("found out afterwards: fifteen working days", "2026-09-01", date(2026, 10, 23), False),
]


@pytest.mark.parametrize(("words", "move", "due", "close"), MOVES, ids=[row[0] for row in MOVES])
def test_a_plan_follows_the_move(words: str, move: str, due: date, close: bool) -> None:
    answer = compute("move.transfer", {"old_la_aware": "2026-10-05", "move_date": move})
    assert answer.due == due
    assert bool(answer.remark) == close


FIRST_REVIEWS = [
    ("a year from the plan", {"plan_made": "2026-05-05", "plan_transferred": "2026-10-01"}, date(2027, 5, 4)),
    ("three months from a late transfer", {"plan_made": "2026-05-05", "plan_transferred": "2027-03-01"},
     date(2027, 5, 31)),
    ("three months from the end of November", {"plan_made": "2025-05-05", "plan_transferred": "2026-11-30"},
     date(2027, 2, 28)),
    ("a year from the last review",
     {"plan_made": "2024-05-05", "last_review_completed": "2026-08-10", "plan_transferred": "2026-10-01"},
     date(2027, 8, 9)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "trigger", "due"), FIRST_REVIEWS, ids=[row[0] for row in FIRST_REVIEWS])
def test_the_new_authority_reviews_by_the_later_date(words: str, trigger: dict[str, str], due: date) -> None:
    assert compute("move.review", trigger).due == due


DATES = [
    ("the family is told in six weeks", "move.inform_family", {"plan_transferred": "2026-10-07"}, date(2026, 11, 18)),
    ("the commissioner has fifteen working days", "move.commissioner_notify", {"old_rcb_aware": "2026-10-05"},
     date(2026, 10, 23)),
    ("the new commissioner has fifteen, over Christmas and New Year", "move.commissioner_request",
     {"new_rcb_aware": "2026-12-21"}, date(2027, 1, 13)),
    ("the commissioner follows a move known in time", "move.commissioner_notify",
     {"old_rcb_aware": "2026-10-05", "move_date": "2026-11-16"}, date(2026, 11, 16)),
    ("an assessment starts afresh", "move.during_assessment", {"became_responsible": "2026-10-07"}, date(2026, 11, 18)),
    ("a re-assessment is decided in fifteen calendar days", "reassess.decide", {"request_received": "2026-12-18"},
     date(2027, 1, 2)),
    ("advice for a re-assessment has six weeks", "reassess.advice", {"advice_request_received_by_body": "2026-11-20"},
     date(2027, 1, 1)),
    ("a detained person has six weeks of the home authority", "detained.decide", {"request_received": "2026-10-07"},
     date(2026, 11, 18)),
    ("a health body's notice is thought about in six weeks at most", "health_notice.consider",
     {"health_notice_received": "2028-01-18"}, date(2028, 2, 29)),
    ("a re-assessed plan has fourteen weeks from the decision", "reassess.finalise",
     {"request_received": "2026-09-20", "reassess_decision_notified": "2026-10-07"}, date(2027, 1, 13)),
    ("or from the authority's own decision", "reassess.finalise", {"own_motion_decision": "2026-10-07"},
     date(2027, 1, 13)),
    ("college: 31 July of the academic year of turning 25", "cease.age25_latest",
     {"date_of_birth": "2001-07-31", "setting": "further_education_institution"}, date(2026, 7, 31)),
    ("college: an August birthday has another year", "cease.age25_latest",
     {"date_of_birth": "2001-08-01", "setting": "further_education_institution"}, date(2027, 7, 31)),
    ("elsewhere: the day before the 26th birthday", "cease.age25_latest",
     {"date_of_birth": "2000-02-29", "setting": "apprenticeship"}, date(2026, 2, 28)),
    ("elsewhere: the end of the course if earlier", "cease.age25_latest",
     {"date_of_birth": "2000-02-29", "setting": "apprenticeship", "course_ends": "2025-12-19"}, date(2025, 12, 19)),
    ("college: born on 29 February", "cease.age25_latest",
     {"date_of_birth": "2000-02-29", "setting": "further_education_institution"}, date(2025, 7, 31)),
    ("college: born on 1 September", "cease.age25_latest",
     {"date_of_birth": "2001-09-01", "setting": "further_education_institution"}, date(2027, 7, 31)),
    ("direct payments from the end of November", "budget.dp_review", {"first_direct_payment": "2026-11-30"},
     date(2027, 2, 28)),
    ("direct payments are reviewed in three months", "budget.dp_review", {"first_direct_payment": "2026-10-07"},
     date(2027, 1, 6)),
    ("compulsory school age ends on the last Friday in June", "age.compulsory_school_age_ends",
     {"date_of_birth": "2010-08-31"}, date(2026, 6, 26)),
    ("born on 1 September, compulsory school age ends a year later", "age.compulsory_school_age_ends",
     {"date_of_birth": "2010-09-01"}, date(2027, 6, 25)),
    ("born on 29 February, it ends in the year of turning 16", "age.compulsory_school_age_ends",
     {"date_of_birth": "2012-02-29"}, date(2028, 6, 30)),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rule", "trigger", "due"), DATES, ids=[row[0] for row in DATES])
def test_dates(words: str, rule: str, trigger: dict[str, str], due: date) -> None:
    assert compute(rule, trigger).due == due


CEASING = {"ceasing_considered": "2026-10-07"}
NO_NUMBER = [
    ("budget.prepare", {"budget_requested": "2026-10-07"}),
    ("cease.consult", CEASING),
    ("cease.under18", CEASING),
    ("cease.18plus", CEASING),
    ("cease.grounds_never", CEASING),
    ("cease.notify", {"decision_sent": "2026-10-07"}),
    ("reassess.no_change", {"own_motion_decision": "2026-10-07"}),
]


@pytest.mark.parametrize(("rule", "trigger"), NO_NUMBER)
def test_duties_and_tests_without_a_number_have_no_date(rule: str, trigger: dict[str, str]) -> None:
    assert compute(rule, trigger).due is None


BARRED = [("2027-03-31", "may refuse for that reason"), ("2027-04-01", "may not refuse for that reason")]


@pytest.mark.parametrize(("request_received", "words"), BARRED)
def test_a_second_assessment_within_six_months_may_be_refused(request_received: str, words: str) -> None:
    due = compute("reassess.bar", {"request_received": request_received, "last_assessment_completed": "2026-10-01"})
    assert due.due is None
    assert words in due.remark

"""SEN support, the One Page Profile and top-up funding, worked by hand."""

from datetime import date

import pytest

from law.due import compute

DATES = [
    ("the review is on the day agreed", "support.review", {"support_review_agreed": "2027-02-12"}, date(2027, 2, 12)),
    ("begun in September, the first meeting is by the end of December", "support.meet_parents",
     {"support_started": "2026-09-15"}, date(2026, 12, 31)),
    ("begun on the last day of a part, the meeting is that day", "support.meet_parents",
     {"support_started": "2027-04-30"}, date(2027, 4, 30)),
    ("begun in August, the first meeting waits for the new year", "support.meet_parents",
     {"support_started": "2027-08-05"}, date(2027, 12, 31)),
    ("met in November, next by the end of April", "support.meet_parents",
     {"support_started": "2026-09-15", "parents_met": "2026-11-20"}, date(2027, 4, 30)),
    ("met on New Year's Eve, next by the end of April", "support.meet_parents", {"parents_met": "2026-12-31"},
     date(2027, 4, 30)),
    ("met on New Year's Day, next by the end of July", "support.meet_parents", {"parents_met": "2027-01-01"},
     date(2027, 7, 31)),
    ("met in May, next by the end of December", "support.meet_parents", {"parents_met": "2027-05-01"},
     date(2027, 12, 31)),
    ("met on 31 August, next by the end of December", "support.meet_parents", {"parents_met": "2027-08-31"},
     date(2027, 12, 31)),
    ("met on 1 September, next by the end of April", "support.meet_parents", {"parents_met": "2027-09-01"},
     date(2028, 4, 30)),
    ("the first report is within a year of the beginning", "support.report", {"support_started": "2026-09-15"},
     date(2027, 9, 14)),
    ("the next within a year of the last", "support.report",
     {"support_started": "2026-09-15", "progress_report_sent": "2027-07-16"}, date(2028, 7, 15)),
    ("a report sent on a leap day", "support.report", {"progress_report_sent": "2028-02-29"}, date(2029, 2, 28)),
    ("the profile says its own day", "support.profile", {"profile_next_look": "2027-04-30"}, date(2027, 4, 30)),
    ("funding is decided on the day promised", "topup.decide", {"topup_decision_promised": "2027-03-26"},
     date(2027, 3, 26)),
    ("and looked at on the day agreed", "topup.review", {"topup_review_agreed": "2027-07-16"}, date(2027, 7, 16)),
]  # fmt: skip
NO_NUMBER = [("support.inform_family", {"support_started": "2026-09-15"})]


@pytest.mark.parametrize(("words", "rule", "trigger", "due"), DATES, ids=[row[0] for row in DATES])
def test_dates(words: str, rule: str, trigger: dict[str, str], due: date) -> None:
    assert compute(rule, trigger).due == due


@pytest.mark.parametrize(("rule", "trigger"), NO_NUMBER)
def test_telling_the_family_is_law_and_at_once(rule: str, trigger: dict[str, str]) -> None:
    due = compute(rule, trigger)
    assert due.due is None
    assert due.statutory


@pytest.mark.parametrize("rule", ["support.review", "support.meet_parents", "support.report", "support.profile"])
def test_what_the_code_asks_of_schools_is_guidance(rule: str) -> None:
    row = next(each for each in DATES if each[1] == rule)
    due = compute(rule, row[2])
    assert not due.statutory
    assert due.citation.startswith("SEND Code of Practice 2015, 6.")


def test_a_meeting_in_each_part_makes_three_in_a_school_year() -> None:
    met = date(2026, 9, 1)
    year = []
    for _ in range(3):
        due = compute("support.meet_parents", {"parents_met": met}).due
        assert due is not None
        year.append(met := due)
    assert year == [date(2027, 4, 30), date(2027, 7, 31), date(2027, 12, 31)]

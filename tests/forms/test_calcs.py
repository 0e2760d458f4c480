"""What forms work out: in words, from answers and facts, and nothing while there is nothing to say."""

from typing import Any

import pytest

from forms import calcs, catalogue
from forms.reading import read

REVIEW = catalogue.get("ar-14-25")
INVITE = catalogue.get("ar-invite")
TRIAGE = catalogue.get("la-triage")
PLAN = catalogue.get("sen-support-plan")
CYCLE = {
    "from": "2026-01-05", "done_on": "2026-03-27", "base": "Asks once a day", "parent": "Pleased", "child": "Good",
    "out[]": ["o"], "out[o].know": "Counted", "out[o].result": "met",
    "do[]": ["d"], "do[d].who": "Assistant", "do[d].times": "3", "do[d].per": "week",
}  # fmt: skip


def worked(form: Any, answers: dict[str, Any], **facts: Any) -> dict[str, str]:
    return calcs.worked_out(form, answers, facts)


def plan(*cycles: dict[str, Any]) -> dict[str, Any]:
    ids = [f"c{number}" for number in range(len(cycles))]
    return {"cy[]": ids} | {f"cy[{i}].{k}": v for i, c in zip(ids, cycles, strict=True) for k, v in c.items()}


def test_dates_that_are_told_are_said_in_words_and_else_left_out() -> None:
    told = worked(REVIEW, {}, sent_on="2026-11-22", report_due="2026-11-30", decision_due="2026-12-14")
    assert told["de_sent"] == "22 November 2026"
    assert (told["rv_report_due"], told["rv_la_due"]) == ("30 November 2026", "14 December 2026")
    assert not {"de_sent", "rv_report_due"} & worked(REVIEW, {}).keys()
    assert worked(INVITE, {}, review_due="2027-01-09")["iv_due"] == "9 January 2027"


@pytest.mark.parametrize(
    ("meeting", "says"),
    [
        ("2026-12-06", "14 days"),
        ("2026-12-05", "13 days: fewer than the 14 that people need"),
        ("2026-11-23", "1 day: fewer than the 14 that people need"),
        ("2026-11-21", "That day has gone."),
    ],
)
def test_the_days_of_notice_are_counted_to_the_meeting(meeting: str, says: str) -> None:
    assert worked(INVITE, {"iv_date": meeting}, asked_on="2026-11-22")["iv_notice"] == says


def test_no_notice_is_counted_without_a_real_date() -> None:
    for unknown in ("", {"day": "31", "month": "2", "year": "2026"}, None):
        assert "iv_notice" not in worked(INVITE, {"iv_date": unknown}, asked_on="2026-11-22")


def test_every_outcome_must_have_an_area_of_adult_life() -> None:
    rows = {"ou[]": ["a", "b"], "ou[a].pfa": ["work"]}
    assert worked(REVIEW, rows)["pa_out_area"] == "Not yet: 1 of 2 have no area."
    assert worked(REVIEW, {**rows, "ou[b].pfa": ["health", "people"]})["pa_out_area"] == "Yes"
    assert worked(REVIEW, {})["pa_out_area"] == "No outcomes are written here yet."


def test_the_clock_runs_from_the_day_it_came_unless_it_is_no_request() -> None:
    got = {"lt_got": "2026-11-20"}
    assert (
        worked(TRIAGE, {**got, "lt_is": "unclear"})["lt_valid"] == "Running from 20 November 2026. Nobody can pause it."
    )
    assert worked(TRIAGE, {**got, "lt_is": "no"})["lt_valid"].startswith("Not running")
    assert "lt_valid" not in worked(TRIAGE, {})


@pytest.mark.parametrize(("person", "says"), [("child", "Child"), ("yp", "Young person"), (None, "Child")])
def test_who_decides_today_is_told(person: str | None, says: str) -> None:
    assert worked(TRIAGE, {}, **({"person": person} if person else {}))["lt_yp"] == says


def test_cycles_are_numbered_in_their_order() -> None:
    found = worked(PLAN, plan(CYCLE, CYCLE))
    assert (found["cy[c0].no"], found["cy[c1].no"]) == ("1", "2")


def test_a_whole_cycle_counts() -> None:
    assert worked(PLAN, plan(CYCLE, CYCLE))["tk_cycles"] == "2"
    assert worked(PLAN, {})["tk_cycles"] == "0"


@pytest.mark.parametrize("gone", sorted(CYCLE))
def test_a_cycle_without_one_of_its_parts_does_not_count(gone: str) -> None:
    empty: Any = [] if gone.endswith("[]") else ""
    assert worked(PLAN, plan({**CYCLE, gone: empty}))["tk_cycles"] == "0"


@pytest.mark.parametrize(("reviewed", "counts"), [("2026-02-02", "1"), ("2026-02-01", "0"), ("soon", "0")])
def test_a_cycle_lasts_four_weeks_at_least(reviewed: str, counts: str) -> None:
    assert worked(PLAN, plan({**CYCLE, "done_on": reviewed}))["tk_cycles"] == counts


@pytest.mark.parametrize(("asked_on", "counts"), [("2027-09-27", "1"), ("2027-09-28", "0")])
def test_a_review_counts_for_eighteen_months(asked_on: str, counts: str) -> None:
    assert worked(PLAN, plan(CYCLE), asked_on=asked_on)["tk_cycles"] == counts


def test_views_at_the_end_of_a_cycle_count_as_heard() -> None:
    late = {**CYCLE, "parent": "", "parent_end": "Better", "child": "", "child_end": "I like it"}
    assert worked(PLAN, plan(late))["tk_cycles"] == "1"


def test_meetings_are_those_of_this_school_year_so_far() -> None:
    days = ["2026-08-31", "2026-09-01", "2026-11-22", "2026-11-23", ""]
    answers = {"mt[]": list("abcde")} | {f"mt[{row}].date": day for row, day in zip("abcde", days, strict=True)}
    assert worked(PLAN, answers, asked_on="2026-11-22")["tk_meet"] == "2"
    assert worked(PLAN, answers, asked_on="2026-08-31")["tk_meet"] == "1"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("2026-07-10", "Yes, on 10 July 2026"),
        ("2025-11-22", "Yes, on 22 November 2025"),
        ("2025-11-20", "Not in the last 12 months"),
        ("2026-12-01", "Not in the last 12 months"),
        ("", "No"),
    ],
)
def test_a_yearly_report_counts_for_a_year(given: str, says: str) -> None:
    assert worked(PLAN, {"rp_date": given}, asked_on="2026-11-22")["tk_report"] == says


def test_what_is_worked_out_is_read_with_the_answers() -> None:
    sections = read(PLAN, plan(CYCLE), {"asked_on": "2026-11-22"}, child_name="Ada")
    said = {each.path: each.lines for section in sections for each in section.answers}
    assert said["tk_cycles"] == ("1",)
    assert said["tk_report"] == ("No",)


def test_the_linked_maps_total_is_told() -> None:
    setting = catalogue.get("ehcna-req-setting")
    told = worked(setting, {}, sent=("tr_map",), provision_total="4312.5")
    assert told["tr_map_total"] == "£4,312.50"

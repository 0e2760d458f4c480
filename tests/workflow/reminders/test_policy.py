"""Who is reminded when: our lines, an authority's own, and the days they fall on."""

import uuid
from datetime import date, timedelta

import pytest

from law.rules import RULE_IDS
from models.cases import Deadline
from workflow.reminders.policy import AUDIENCES, BY_RULE, BadPolicy, Stage, lines_for, stages

DUE = date(2027, 3, 15)
KNOWN = date(2026, 9, 1)


def about(rule: str = "assess.decide", **given: object) -> Deadline:
    values = {"due_on": DUE, "known_since": KNOWN, "limit_disapplied": False, **given}
    return Deadline(id=uuid.uuid4(), rule=rule, **values)


def days(found: Deadline, audience: str) -> list[int]:
    return [(s.day - DUE).days for s in stages(found, lines_for(found.rule, {})) if s.audience == audience]


@pytest.mark.parametrize(
    ("rule", "audience", "offsets"),
    [
        ("assess.decide", "caseworker", [-14, -5, 0, 1]),
        ("assess.decide", "manager", [1, 7]),
        ("assess.decide", "family", [1]),
        ("review.annual", "setting", [-84, -42, -14, 0, 1]),
        ("review.annual", "family", [-84, -28]),
        ("review.report", "setting", [-7, 0, 1]),
        ("review.decide", "manager", [1]),
        ("appeal.lodge", "family", [-28, -7]),
    ],
)
def test_our_lines_fall_on_their_days(rule: str, audience: str, offsets: list[int]) -> None:
    assert days(about(rule), audience) == offsets


def test_every_rule_of_the_law_has_lines_for_known_audiences() -> None:
    for rule in RULE_IDS | set(BY_RULE):
        lines = lines_for(rule, {})
        assert any(lines.values())
        assert set(lines) <= set(AUDIENCES)


def test_every_line_of_ours_is_about_a_rule_of_the_law() -> None:
    assert set(BY_RULE) <= RULE_IDS


@pytest.mark.parametrize(
    "closed", [{"satisfied_on": DUE}, {"voided_on": DUE}, {"due_on": None}], ids=["done", "voided", "no number"]
)
def test_a_deadline_that_is_closed_or_has_no_date_has_no_stages(closed: dict[str, object]) -> None:
    found = about(**closed)
    assert stages(found, lines_for(found.rule, {})) == []


def test_an_imported_date_that_was_already_over_makes_no_mail() -> None:
    assert days(about(known_since=DUE + timedelta(days=1)), "manager") == []


def test_stages_before_the_service_knew_the_date_are_not_made_up_for() -> None:
    assert days(about(known_since=DUE - timedelta(days=6)), "caseworker") == [-5, 0, 1]


def test_on_the_day_the_office_is_told_on_the_last_working_day() -> None:
    assert days(about(act_by=DUE - timedelta(days=2)), "caseworker") == [-14, -5, -2, 1]


def test_families_hear_of_no_lateness_where_the_limit_does_not_apply() -> None:
    assert days(about(limit_disapplied=True), "family") == []


@pytest.mark.parametrize(
    ("audience", "offset", "template"),
    [
        ("family", -5, "reminder"),
        ("family", 0, "reminder"),
        ("family", 1, "late"),
        ("setting", 1, "reminder"),
        ("caseworker", 0, "reminder"),
        ("caseworker", 1, "overdue_staff"),
        ("manager", 7, "overdue_staff"),
    ],
)
def test_past_the_day_the_family_is_told_that_we_are_late_and_the_office_that_it_is(
    audience: str, offset: int, template: str
) -> None:
    assert Stage(audience, offset, DUE).template == template


@pytest.mark.parametrize("rule", ["appeal.lodge", "plan.draft_representations", "review.report", "consult.setting"])
def test_an_authority_may_not_tell_a_family_that_it_is_late_with_what_others_do(rule: str) -> None:
    with pytest.raises(BadPolicy, match="late"):
        lines_for(rule, {"reminders": {rule: {"family": [1], "caseworker": [0]}}})


def test_an_authority_may_tell_a_family_that_its_yearly_review_is_late() -> None:
    lines = lines_for("review.annual", {"reminders": {"review.annual": {"family": [-28, 7]}}})
    assert lines["family"] == (-28, 7)


def test_an_authority_may_change_a_line_and_keeps_the_others() -> None:
    lines = lines_for("assess.decide", {"reminders": {"assess.decide": {"caseworker": [0, -21]}}})
    assert (lines["caseworker"], lines["manager"]) == ((-21, 0), (1, 7))


@pytest.mark.parametrize(
    "own",
    [
        {"somebody": [1]},
        {"caseworker": "soon"},
        {"caseworker": [True]},
        {"caseworker": [-400]},
        {"caseworker": list(range(9))},
        {"caseworker": [-5], "manager": []},
    ],
)
def test_an_authority_may_not_forget_a_duty_or_write_nonsense(own: dict[str, object]) -> None:
    with pytest.raises(BadPolicy):
        lines_for("assess.decide", {"reminders": {"assess.decide": own}})

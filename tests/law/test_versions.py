"""Rules change by date: tomorrow's law stands beside today's, and each answers for its own days.

The reform here is invented: from September 2029 an assessment is decided in eight weeks, advice is no longer
asked for, and every child with SEN has a support plan in ten weeks.
"""

from dataclasses import replace
from datetime import date

import pytest

from law.due import as_json, compute
from law.errors import BadTrigger, UnknownRule
from law.rules import LAW, RULE_IDS, current
from law.rules.book import Rules
from law.rules.shape import Count

REFORM = date(2029, 9, 1)
EIGHT_WEEKS = replace(current("assess.decide"), count=Count("weeks", 8), citation="An Act of 2029", valid_from=REFORM)
SUPPORT_PLAN = replace(
    current("support.report"), id="support.make_plan", count=Count("weeks", 10), citation="An Act of 2029",
    standing="statutory", valid_from=REFORM,
)  # fmt: skip
COMING = LAW.and_also((EIGHT_WEEKS, SUPPORT_PLAN))


def test_the_rules_of_each_day_are_the_ones_in_force_on_it() -> None:
    before, after = COMING.on(date(2029, 8, 31)), COMING.on(REFORM)
    assert "support.make_plan" not in before
    assert after["support.make_plan"] is SUPPORT_PLAN
    assert (before["assess.decide"].count, after["assess.decide"].count) == (Count("weeks", 6), Count("weeks", 8))


def test_everything_the_reform_leaves_alone_goes_on() -> None:
    before, after = COMING.on(date(2029, 8, 31)), COMING.on(REFORM)
    assert before.keys() == RULE_IDS
    assert [rule_id for rule_id in after if after[rule_id] is not before.get(rule_id)] == [
        "assess.decide",
        "support.make_plan",
    ]


def test_todays_law_is_not_touched_by_a_set_that_is_made_from_it() -> None:
    assert current("assess.decide").valid_to is None
    with pytest.raises(UnknownRule):
        LAW.versions_of("support.make_plan")


def test_a_request_of_the_last_day_has_six_weeks_and_of_the_next_eight() -> None:
    before = compute("assess.decide", {"request_received": "2029-08-31"}, rules=COMING)
    after = compute("assess.decide", {"request_received": "2029-09-01"}, rules=COMING)
    assert (before.due, after.due) == (date(2029, 10, 12), date(2029, 10, 27))
    assert (before.citation, after.citation) == ("SEND Regulations 2014, reg 5(1)-(2)", "An Act of 2029")


def test_an_old_request_is_judged_by_the_old_rule_when_it_is_asked_about_later() -> None:
    facts = {"request_received": "2029-08-20", "decision_sent": "2029-11-01"}
    assert compute("assess.decide", facts, rules=COMING).due == date(2029, 10, 1)


def test_a_new_kind_of_plan_is_data_and_explains_itself() -> None:
    answer = as_json(compute("support.make_plan", {"support_started": "2029-09-03"}, rules=COMING))
    assert answer["due"] == "2029-11-12"
    assert "10 weeks" in str(answer["explanation"])
    with pytest.raises(BadTrigger, match="not in force"):
        compute("support.make_plan", {"support_started": "2029-08-31"}, rules=COMING)


def test_a_repealed_rule_answers_nothing_after_its_end() -> None:
    repealed = Rules([replace(current("assess.decide"), valid_to=date(2029, 8, 31))])
    with pytest.raises(BadTrigger, match="not in force"):
        compute("assess.decide", {"request_received": "2029-09-01"}, rules=repealed)


def test_two_versions_of_a_rule_cannot_be_in_force_at_once() -> None:
    with pytest.raises(ValueError, match=r"Two versions of 'assess\.decide'"):
        Rules([current("assess.decide"), EIGHT_WEEKS])


def test_a_version_that_begins_with_the_old_one_cannot_follow_it() -> None:
    with pytest.raises(ValueError, match="in force"):
        LAW.and_also([replace(EIGHT_WEEKS, valid_from=current("assess.decide").valid_from)])

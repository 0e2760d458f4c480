"""What must hold for any date at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law import calendar
from law.due import compute
from law.explain import explain, say_date
from law.keys import KEYS
from law.rules import RULES
from law.rules.shape import Count, Rule

# Far enough inside the known bank holidays for every count of working days to stay there.
DAYS = st.dates(date(2025, 3, 1), date(2027, 9, 30))
COUNTED = [rule for rule in RULES if isinstance(rule.count, Count)]
WORKDAYS = (calendar.workdays_from, calendar.workdays_after)
EXCEPTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                ["school_closed_4w", "exceptional_personal_circumstances", "absent_from_area", "ep_shortage"]
            ),
            "impractical": st.booleans(),
        },
        optional={name: DAYS for name in ("advice_requested_on", "closed_from", "reopens_on", "from", "to")},
    ),
    max_size=3,
)


def facts_for(rule: Rule, day: date) -> dict[str, object]:
    """Enough facts for a rule, all of them on one day."""
    facts: dict[str, object] = {key: day for key in rule.needs[0] if KEYS[key].kind == "date"}
    if "as_if_order" in rule.needs[0]:
        facts["as_if_order"] = "order.amend_content"
    if "setting" in rule.needs[0]:
        facts["setting"] = "further_education_institution"
    return facts


@given(rule=st.sampled_from(COUNTED), day=DAYS)
def test_a_forward_rule_never_falls_before_its_trigger(rule: Rule, day: date) -> None:
    due = compute(rule.id, facts_for(rule, day))
    assert due.due is not None
    assert due.due >= day


@given(rule=st.sampled_from(RULES), day=DAYS, later=st.integers(0, 400))
def test_a_later_trigger_never_gives_an_earlier_date(rule: Rule, day: date, later: int) -> None:
    after = min(day + timedelta(days=later), date(2027, 9, 30))
    first, second = (compute(rule.id, facts_for(rule, start)).due for start in (day, after))
    assert (first is None) == (second is None)
    assert first is None or second is None or first <= second


@given(rule=st.sampled_from(RULES), day=DAYS, records=EXCEPTIONS)
def test_an_exception_never_changes_a_date(rule: Rule, day: date, records: list[dict[str, object]]) -> None:
    plain, excused = compute(rule.id, facts_for(rule, day)), compute(rule.id, facts_for(rule, day), records)
    assert (plain.due, plain.act_by) == (excused.due, excused.act_by)
    assert len(excused.exceptions_found) == len(records)


@given(rule=st.sampled_from(RULES), day=DAYS)
def test_the_day_to_act_by_is_a_working_day_and_never_after_the_date(rule: Rule, day: date) -> None:
    due = compute(rule.id, facts_for(rule, day))
    if due.act_by:
        assert due.due is not None
        assert due.act_by <= due.due
        assert calendar.is_working_day(due.act_by)


@pytest.mark.parametrize("register", ["professional", "family"])
@given(rule=st.sampled_from(RULES), day=DAYS)
def test_an_explanation_always_gives_the_citation_and_the_dates(register: str, rule: Rule, day: date) -> None:
    due = compute(rule.id, facts_for(rule, day))
    text = explain(due, "family" if register == "family" else "professional").text
    assert rule.citation in text
    assert say_date(due.trigger_on) in text
    assert due.due is None or say_date(due.due) in text


@given(day=DAYS, later=st.integers(0, 60), n=st.integers(1, 40), more=st.integers(0, 20))
@settings(max_examples=50)
def test_adding_working_days_is_monotone_in_both(day: date, later: int, n: int, more: int) -> None:
    for count in WORKDAYS:
        assert count(day, n) <= count(day + timedelta(days=later), n)
        assert count(day, n) + timedelta(days=more) <= count(day, n + more)


@given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)), n=st.integers(1, 36))
def test_a_period_beginning_with_a_day_is_never_longer_than_one_after_it(day: date, n: int) -> None:
    assert day <= calendar.months_from(day, n) <= calendar.months_after(day, n)
    assert calendar.months_after(day, n) - calendar.months_from(day, n) <= timedelta(days=1)

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
# These are counted back from a day to come: a meeting, a term, a move.
BACKWARD = {
    *("review.notify_schools_list", "review.meeting_notice", "review.circulate_advice", "mediation.inform_details"),
    *(rule.id for rule in RULES if rule.id.startswith("phase.")),
}
FORWARD = [rule for rule in RULES if rule.id not in BACKWARD]
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


@given(rule=st.sampled_from(FORWARD), day=DAYS)
def test_a_forward_rule_never_falls_before_its_trigger(rule: Rule, day: date) -> None:
    due = compute(rule.id, facts_for(rule, day))
    assert due.due is None or due.due >= due.trigger_on


@given(rule=st.sampled_from(COUNTED), day=DAYS)
def test_every_rule_that_counts_gives_a_date(rule: Rule, day: date) -> None:
    assert compute(rule.id, facts_for(rule, day)).due is not None


@given(rule=st.sampled_from([rule for rule in RULES if rule.id in BACKWARD]), day=DAYS)
def test_a_rule_counted_back_from_a_meeting_or_a_term_leaves_time_before_it(rule: Rule, day: date) -> None:
    if not rule.id.startswith("phase."):
        due = compute(rule.id, facts_for(rule, day)).due
        assert due is not None and due < day


@given(method=st.sampled_from(sorted(calendar.METHODS)), day=DAYS, later=st.integers(0, 400), n=st.integers(1, 30))
def test_within_one_method_a_later_start_never_gives_an_earlier_end(method: str, day: date, later: int, n: int) -> None:
    count = calendar.METHODS[method]
    after = min(day + timedelta(days=later), date(2027, 9, 30))
    assert day <= count(day, n) <= count(after, n)


@given(method=st.sampled_from(sorted(calendar.METHODS)), day=DAYS, n=st.integers(1, 30))
def test_within_one_method_a_longer_period_never_ends_sooner(method: str, day: date, n: int) -> None:
    count = calendar.METHODS[method]
    assert count(day, n) <= count(day, n + 1)


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


@given(rule=st.sampled_from(RULES), day=DAYS, records=EXCEPTIONS)
def test_an_explanation_with_exceptions_still_gives_the_citation_and_the_same_date(
    rule: Rule, day: date, records: list[dict[str, object]]
) -> None:
    plain, excused = (explain(compute(rule.id, facts_for(rule, day), given)) for given in ((), records))
    assert rule.citation in excused.text
    assert (excused.date, excused.counted) == (plain.date, plain.counted)


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


WORKING_DAYS = DAYS.filter(calendar.is_working_day)


@given(day=WORKING_DAYS, n=st.integers(1, 40))
@settings(max_examples=50)
def test_from_a_working_day_going_back_undoes_going_on_and_the_other_way_round(day: date, n: int) -> None:
    assert calendar.workdays_before(calendar.workdays_after(day, n), n) == day
    back = min(n, 20)
    assert calendar.workdays_after(calendar.workdays_before(day, back), back) == day


@given(day=DAYS, n=st.integers(1, 20))
@settings(max_examples=50)
def test_going_back_from_any_day_lands_on_a_working_day_before_it(day: date, n: int) -> None:
    back = calendar.workdays_before(day, n)
    assert back < day
    assert calendar.is_working_day(back)


@given(day=WORKING_DAYS, n=st.integers(1, 40))
@settings(max_examples=50)
def test_counting_the_first_working_day_saves_exactly_one(day: date, n: int) -> None:
    assert calendar.workdays_from(day, n + 1) == calendar.workdays_after(day, n)


@given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)), n=st.integers(1, 36))
def test_a_period_beginning_with_a_day_is_never_longer_than_one_after_it(day: date, n: int) -> None:
    assert day <= calendar.months_from(day, n) <= calendar.months_after(day, n)
    assert calendar.months_after(day, n) - calendar.months_from(day, n) <= timedelta(days=1)

"""Each event yields the dates worked out by hand, and every rule can be reached from some event."""

from datetime import date

import pytest

from law.rules import RULE_IDS, current
from web.dates.answers import Answer, Asked, answer
from web.dates.events import EVENTS

# Rules no event leads to: their day is the one a person named, or they say what happens on the day itself.
LEFT_OUT = {
    "mediation.attend",
    "support.review",
    "support.profile",
    "topup.decide",
    "topup.review",
}

# event, choice, the days given in the order of its questions, {rule: day worked out by hand}
BY_HAND: list[tuple[str, str, str, dict[str, str]]] = [
    ("request", "", "2026-10-07", {"assess.decide": "2026-11-18", "assess.refuse": "2026-11-18"}),
    ("request", "", "2026-10-07", {"plan.issue_draft": "2027-01-27", "plan.finalise": "2027-02-24"}),
    ("will-assess", "", "2026-11-18 2026-10-07", {"plan.finalise": "2027-02-24"}),
    ("will-not-assess", "", "2026-11-18", {"appeal.lodge": "2027-01-18", "mediation.contact": "2027-01-18"}),
    ("will-not-assess", "", "2026-11-18 2027-01-04", {"appeal.lodge": "2027-02-04"}),
    ("draft", "", "2027-01-27", {"plan.draft_representations": "2027-02-10"}),
    ("draft", "", "2027-01-27 - 2026-10-07", {"plan.finalise": "2027-02-24"}),
    # 27 March 2027 is the Saturday before Easter Monday.
    ("no-plan", "", "2027-01-27", {"mediation.contact": "2027-03-27", "appeal.lodge": "2027-03-30"}),
    ("final", "", "2027-02-24", {"appeal.lodge": "2027-04-26", "review.first": "2028-02-23"}),
    ("made", "", "2026-05-05", {"review.first": "2027-05-04"}),
    ("reviewed", "", "2026-03-10", {"review.annual": "2027-03-09"}),
    ("meeting", "", "2027-03-03", {"review.meeting_notice": "2027-02-17", "review.circulate_advice": "2027-02-17"}),
    ("meeting", "", "2027-03-03", {"review.report": "2027-03-17", "review.decide": "2027-03-31"}),
    # 31 May 2027 is a bank holiday.
    ("kept", "", "2027-03-31", {"appeal.lodge": "2027-06-01", "review.annual": "2028-03-30"}),
    ("changes", "", "2027-03-31 2027-04-02", {"review.amend_representations": "2027-04-16"}),
    ("changes", "", "2027-03-31 2027-04-02", {"review.amended_final": "2027-05-26"}),
    # A notice sent more than four weeks after the meeting gives no extra time.
    ("changes", "", "2027-03-31 2027-04-02 2027-03-01", {"review.amended_final": "2027-05-24"}),
    ("changes-no-review", "", "2026-06-01 2026-06-03", {"amend.without_review": "2026-07-27"}),
    ("changed", "", "2027-05-26", {"appeal.lodge": "2027-07-26"}),
    # A period that ends in August moves to September.
    ("not-changed", "", "2026-06-25", {"mediation.contact": "2026-08-25", "appeal.lodge": "2026-09-01"}),
    ("next-school", "secondary", "2016-05-12", {"phase.secondary": "2027-02-15"}),
    ("next-school", "secondary", "2016-05-12", {"age.compulsory_school_age_ends": "2032-06-25"}),
    ("next-school", "post16", "2010-09-01", {"phase.post16": "2027-03-31"}),
    ("next-school", "start", "2016-05-12 2028-09-04", {"phase.early_years": "2028-02-15"}),
    ("next-college", "", "2027-09-01", {"phase.post16_to_post16": "2027-04-01"}),
    ("moved", "", "2027-03-01 2027-02-25", {"move.transfer": "2027-03-17"}),
    (
        "moved",
        "",
        "2027-03-01 2027-02-25 2027-03-17 2026-03-10",
        {"move.inform_family": "2027-04-28", "move.review": "2027-06-16"},
    ),
    ("moved-asking", "", "2026-10-07", {"move.during_assessment": "2026-11-18", "plan.finalise": "2027-02-24"}),
    ("will-end", "", "2026-11-18", {"appeal.lodge": "2027-01-18", "cease.not_before": "2027-01-19"}),
    ("longest", "college", "2002-03-03", {"cease.age25_latest": "2027-07-31"}),
    ("longest", "other", "2002-03-03", {"cease.age25_latest": "2028-03-02"}),
    ("want-mediation", "", "2026-10-07", {"mediation.arrange": "2026-11-06"}),
    ("no-mediation", "", "2026-10-08", {"mediation.certificate_no_mediation": "2026-10-13"}),
    ("mediation-health", "", "2026-10-08", {"mediation.notify_commissioner": "2026-10-13"}),
    ("mediation-set", "", "2026-10-21", {"mediation.inform_details": "2026-10-14"}),
    ("mediation-cannot", "", "2026-10-08", {"mediation.deemed_certificate": "2026-10-13"}),
    ("mediation-over", "", "2026-10-08", {"mediation.certificate_after": "2026-10-13"}),
    ("agreed", "place", "2026-10-07", {"mediation.comply_appealable": "2026-10-21"}),
    ("agreed", "make", "2026-10-07", {"mediation.comply_appealable": "2026-12-23"}),
    ("agreed", "other", "2026-10-07", {"mediation.comply_other": "2026-10-21"}),
    ("agreed", "other", "2026-10-07 2026-12-01", {"mediation.comply_other": "2026-12-01"}),
    ("appeal", "", "2026-10-05", {"appeal.la_response": "2026-11-16"}),
    ("not-opposed", "assess", "2026-10-07", {"unopposed.assess_notify": "2026-10-21"}),
    ("not-opposed", "assess", "2026-10-07", {"unopposed.assess_final": "2027-01-13"}),
    ("order", "content", "2026-10-07", {"order.amend_content": "2026-11-11"}),
    ("order", "make", "2026-10-07", {"order.make_plan_draft": "2026-11-11", "order.make_plan_final": "2026-12-23"}),
    ("recommendation", "", "2026-10-07", {"order.recommendation_response": "2026-11-10"}),
    ("reassess", "", "2026-10-07", {"reassess.decide": "2026-10-22"}),
    ("will-reassess", "", "2026-10-07", {"reassess.finalise": "2027-01-13"}),
    ("will-not-reassess", "", "2026-11-18", {"appeal.lodge": "2027-01-18"}),
    ("support", "", "2026-10-07", {"support.meet_parents": "2026-12-31", "support.report": "2027-10-06"}),
    ("payments", "", "2026-10-07", {"budget.dp_review": "2027-01-06"}),
    ("advice", "", "2026-10-07", {"advice.respond": "2026-11-18", "advice.respond_setting": "2026-11-18"}),
    ("consulted", "", "2026-10-07", {"consult.setting": "2026-10-22"}),
    ("term", "", "2027-01-06", {"review.notify_schools_list": "2026-12-23"}),
    ("health-notice", "", "2026-10-07", {"health_notice.consider": "2026-11-18"}),
    ("health-moved", "", "2027-02-25 - 2027-02-25", {"move.commissioner_request": "2027-03-17"}),
    ("own-motion", "", "2026-10-07", {"reassess.finalise": "2027-01-13"}),
    ("reassess-advice", "", "2026-10-07", {"reassess.advice": "2026-11-18"}),
    ("detained", "", "2026-10-07", {"detained.decide": "2026-11-18"}),
]
WITHOUT_DAYS = {"may-end", "budget"}


def ask(event_id: str, what: str = "", days: str = "2026-10-07") -> Answer:
    """The answer to an event with its days in order; "-" leaves one empty."""
    event = EVENTS[event_id]
    given = zip(event.questions, days.split(), strict=False)
    found = {question.name: date.fromisoformat(day) for question, day in given if day != "-"}
    choice = next((each for each in event.choices if each.value == what), None)
    return answer(Asked(event, found, choice), "family", str)


@pytest.mark.parametrize(("event_id", "what", "days", "expected"), BY_HAND, ids=lambda each: str(each)[:40])
def test_an_event_yields_the_days_worked_out_by_hand(
    event_id: str, what: str, days: str, expected: dict[str, str]
) -> None:
    found = {line.rule.id: str(line.on) for line in ask(event_id, what, days).lines}
    assert {rule: found.get(rule) for rule in expected} == expected


def test_every_event_is_in_the_table_worked_by_hand() -> None:
    assert {row[0] for row in BY_HAND} | WITHOUT_DAYS == set(EVENTS)


def test_every_rule_is_named_once_and_follows_from_some_event() -> None:
    reached: set[str] = set()
    for event in EVENTS.values():
        for choice in event.choices or (None,):
            rules = event.rules_for(choice)
            assert rules and len(rules) == len(set(rules)), event.id
            reached |= set(rules)
    assert reached == RULE_IDS - LEFT_OUT


def test_an_event_asks_only_for_what_some_rule_of_it_uses() -> None:
    for event in EVENTS.values():
        rules = {current(rule) for choice in event.choices or (None,) for rule in event.rules_for(choice)}
        used = {key for rule in rules for keys in (*rule.needs, rule.also, rule.replaced_by) for key in keys}
        for question in event.questions:
            assert set(question.keys) <= used, (event.id, question.name)


def test_the_days_that_must_be_given_are_enough_for_an_answer() -> None:
    for event in EVENTS.values():
        for choice in event.choices or (None,):
            needed = {each.name: date(2026, 10, 7) for each in event.questions if not each.optional}
            assert answer(Asked(event, needed, choice), "family", str).lines, event.id


def test_days_come_soonest_first_after_what_is_to_be_done_at_once() -> None:
    lines = ask("request").lines
    days = [line.on for line in lines if line.on]
    assert days == sorted(days) and len(days) == 5
    assert [line.no_number for line in lines] == [True] * 3 + [False] * 5


def test_a_day_beyond_the_known_bank_holidays_is_explained_and_not_guessed() -> None:
    (line,) = ask("mediation-over", days="2029-05-01").lines
    assert line.on is None and "we do not guess" in line.unknown


def test_a_question_left_empty_is_offered_with_what_it_would_tell() -> None:
    more = ask("draft", days="2027-01-27").more
    assert [question.name for question in more] == ["meeting_requested", "request_received"]
    assert ask("draft", days="2027-01-27 2027-01-28 2026-10-07").more == []


def test_what_happens_on_the_same_day_never_counts_as_late() -> None:
    (line,) = ask("order", "keep", "2026-10-07").lines
    assert line.at_once and not line.passed(date(2027, 1, 1)) and not line.can_write(date(2027, 1, 1))


def test_a_council_is_written_to_only_about_its_own_day_once_it_has_passed() -> None:
    found = {line.rule.id: line for line in ask("will-end", days="2026-11-18").lines}
    assert not found["appeal.lodge"].can_write(date(2028, 1, 1))
    final = ask("request").line("plan.finalise")
    assert final and not final.can_write(date(2027, 2, 24)) and final.can_write(date(2027, 2, 25))

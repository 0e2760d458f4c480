"""What single processes may do and what their acts begin, meet and end."""

import pytest

from law.errors import NotAllowed
from law.tables import PROCESSES, Transition, next_transition


def line(process_name: str, stage: str, act: str) -> Transition:
    return next_transition(process_name, stage, act)


def test_a_request_starts_every_clock_at_once() -> None:
    line = next_transition("assessment", "not_started", "receive_request")
    assert {"assess.decide", "plan.decide_not_to_issue", "plan.issue_draft", "plan.finalise"} <= set(line.starts)
    assert line.records == ("request_received",)


def test_asking_for_information_touches_no_clock() -> None:
    line = next_transition("assessment", "requested", "ask_for_information")
    assert (line.to, line.records, line.starts, line.meets, line.voids) == ("requested", (), (), (), ())


def test_a_refusal_stops_the_later_clocks_and_starts_the_familys_appeal() -> None:
    line = next_transition("assessment", "requested", "refuse_to_assess")
    assert "appeal.lodge" in line.starts
    assert {"plan.decide_not_to_issue", "plan.issue_draft", "plan.finalise"} <= set(line.voids)


def test_a_request_joined_to_another_stops_and_taken_up_again_runs_on_from_the_same_day() -> None:
    joined = next_transition("assessment", "requested", "set_aside")
    again = next_transition("assessment", "joined", "take_up_again")
    started = set(next_transition("assessment", "not_started", "receive_request").starts)
    assert started <= set(joined.voids)
    assert set(again.resumes) == started
    assert (again.records, again.starts) == ((), ())


def test_deciding_to_change_a_plan_meets_no_limit_until_the_changes_are_sent() -> None:
    assert next_transition("review", "held", "decide_change").meets == ()
    sent = next_transition("review", "changing", "send_amend_notice")
    assert {"review.decide", "review.amend_notice"} <= set(sent.meets)


@pytest.mark.parametrize("act", ["decide_keep", "decide_change", "decide_end"])
def test_the_law_does_not_wait_for_the_report(act: str) -> None:
    assert next_transition("review", "held", act).from_ == "held"


def test_holding_the_meeting_does_not_complete_the_review() -> None:
    line = next_transition("review", "arranged", "hold_meeting")
    assert not {"review.first", "review.annual"} & {*line.meets, *line.voids}


def test_a_disagreement_takes_the_familys_time_limits_over_from_the_decision() -> None:
    raised = line("disagreement", "not_started", "raise_disagreement")
    assert raised.starts == raised.takes == ("appeal.lodge", "mediation.contact")


def test_a_certificate_is_a_fact_of_the_running_time_to_appeal() -> None:
    for stage in ("certificate_due", "mediated"):
        assert line("disagreement", stage, "record_certificate").records == ("certificate_issued",)


def test_an_appeal_about_the_setting_alone_needs_no_certificate() -> None:
    assert line("disagreement", "not_started", "receive_appeal").to == "appealed"


def test_an_agreement_must_say_which_order_it_is_like() -> None:
    assert line("disagreement", "mediated", "agree_what_could_be_ordered").asks == ("as_if_order",)


def test_conceding_is_possible_only_before_the_response() -> None:
    assert line("disagreement", "appealed", "concede").opens == ("order",)
    with pytest.raises(NotAllowed):
        line("disagreement", "responded", "concede")


def test_a_plan_ordered_by_the_tribunal_never_starts_twenty_weeks_or_a_new_appeal() -> None:
    started = {rule_id for each in PROCESSES["order"].transitions for rule_id in each.starts}
    assert not started & {"plan.finalise", "plan.decide_not_to_issue", "assess.decide"}
    assert line("order", "to_amend", "issue_amended").starts == ()


def test_a_plan_never_ends_on_the_day_that_is_decided() -> None:
    decided = line("ceasing", "consulted", "decide_to_end")
    assert "cease.not_before" in decided.starts
    assert decided.to not in PROCESSES["ceasing"].ends


def test_nobody_decides_to_end_a_plan_without_asking_first() -> None:
    with pytest.raises(NotAllowed):
        line("ceasing", "considering", "decide_to_end")
    assert line("ceasing", "considering", "consult_on_ending").meets == ("cease.consult",)


def test_an_appeal_keeps_the_plan_going() -> None:
    appealed = line("ceasing", "decided", "hear_of_appeal")
    assert (appealed.voids, appealed.to) == (("cease.not_before",), "appealed")


def test_when_the_young_person_takes_over_no_other_date_moves() -> None:
    touched = {
        rule_id for each in PROCESSES["turn"].transitions for rule_id in (*each.starts, *each.meets, *each.voids)
    }
    assert touched == {"age.compulsory_school_age_ends"}
    words = line("turn", "told", "take_over").recorded_words
    assert "right of appeal" in words and "consent" in words


def test_capacity_is_never_assumed_to_be_missing() -> None:
    assert line("turn", "doubted", "take_over").to == "taken_over"
    assert set(line("turn", "doubted", "find_no_capacity").roles) == {"decider", "manager"}


@pytest.mark.parametrize("name", ["amendment", "review"])
def test_a_change_cannot_be_made_final_while_the_family_waits_for_its_meeting(name: str) -> None:
    assert line(name, "proposed", "ask_for_meeting").to == "meeting_owed"
    with pytest.raises(NotAllowed):
        line(name, "meeting_owed", "issue_amended")


def test_an_unfinished_assessment_does_not_move_and_its_clock_begins_afresh() -> None:
    found = line("move_in", "not_started", "find_unfinished_assessment")
    assert (found.starts, found.opens) == ((), ("assessment",))


def test_the_first_review_after_a_move_is_the_reviews_own_deadline() -> None:
    assert "review" in line("move_in", "not_started", "receive_plan").opens
    assert line("review", "waiting", "begin_after_move").starts == ("move.review",)


def test_asking_for_an_assessment_or_money_does_not_end_support() -> None:
    for stage in ("assessing", "planned", "reviewed"):
        assert line("support", stage, "ask_for_assessment").to == stage
        assert line("support", stage, "ask_for_top_up").to == stage


def test_a_phase_move_leaves_the_meeting_the_letters_and_the_appeal_to_its_review() -> None:
    started = {rule_id for each in PROCESSES["phase"].transitions for rule_id in each.starts}
    assert {rule_id.split(".")[0] for rule_id in started} == {"phase", "consult"}
    assert line("phase", "preferred", "review_for_move").opens == ("review",)


def test_money_is_taken_away_only_with_notice_and_may_be_questioned_once() -> None:
    with pytest.raises(NotAllowed):
        line("budget", "paying", "stop_payments")
    assert line("budget", "stopping", "ask_to_reconsider").to == "reconsidering_stop"
    with pytest.raises(NotAllowed):
        line("budget", "confirmed", "ask_to_reconsider")


def test_a_health_notice_that_asks_for_an_assessment_opens_one_at_once() -> None:
    asked = line("health_notice", "not_started", "receive_notice_with_request")
    assert (asked.opens, asked.starts) == (("assessment",), ())

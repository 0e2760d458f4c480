"""Every process: each pair of stage and act, every way through, and every deadline accounted for."""

from collections.abc import Iterator
from typing import get_args

import pytest

from law import listing
from law.errors import NotAllowed, UnknownProcess
from law.keys import KEYS
from law.notices import NOTICES
from law.rules import RULE_IDS, current
from law.tables import PROCESSES, Process, Role, Transition, next_transition, process

each_process = pytest.mark.parametrize("table", PROCESSES.values(), ids=lambda table: table.name)

# These belong to the family, the setting or the plan itself, and live on after the process that began them.
LIVES_ON = {"appeal.lodge", "mediation.contact", "plan.admit", "plan.secure", "cease.not_before"}

# A fact of the child's own record, which every process knows.
ALWAYS_KNOWN = {"date_of_birth"}

# Kept by doing it again: each time, the next one begins.
GOES_ROUND = {"support.meet_parents", "support.report", "support.profile"}

# Begun by more than one process, for duties that are each time another one. Why:
BEGUN_IN_SEVERAL = {
    "advice.request": "each assessment asks for its own advice",
    "plan.draft_representations": "each draft has its own fifteen days",
    "plan.meeting": "each draft can be met about",
    "plan.admit": "each final plan names its own setting",
    "plan.secure": "each final plan has its own provision",
    "review.amend_representations": "each notice of changes has its own fifteen days",
    "consult.setting": "each setting asked has its own fifteen days",
    "appeal.lodge": "each decision has its own time to appeal, which a disagreement takes over",
    "mediation.contact": "the same",
    "cease.not_before": "the wait after a review is taken over by ending the plan",
}

# Begun by no process. Why:
BEGUN_BY_NONE = {
    "assess.refuse": "the same six weeks as assess.decide, which runs",
    "move.during_assessment": "the same six weeks as assess.decide, which the new authority's assessment begins",
    "advice.respond": "belongs to one request for advice, a row of its own",
    "advice.respond_setting": "the same",
    "reassess.advice": "the same",
    "cease.notify": "the act that decides is the telling",
    "cease.under18": "a test for whoever decides, not a deadline",
    "cease.18plus": "the same",
    "cease.grounds_never": "the same",
    "cease.age25_latest": "a limit to ask about, not a deadline",
    "reassess.bar": "a question to ask about a request, not a deadline",
    "review.notify_schools_list": "belongs to a term and all its schools, not to a case",
    "review.under5": "only to be considered, with no day",
    "detained.decide": "a flow that is never begun without asking a person",
}


def stages() -> Iterator[tuple[Process, str]]:
    for table in PROCESSES.values():
        yield from ((table, stage) for stage in table.stages)


@pytest.mark.parametrize(("table", "stage"), list(stages()), ids=lambda part: getattr(part, "name", part))
def test_every_act_at_a_stage_is_in_the_table_or_refused(table: Process, stage: str) -> None:
    for act in sorted({line.act for line in table.transitions}):
        lines = [line for line in table.transitions if (line.from_, line.act) == (stage, act)]
        if lines:
            assert [next_transition(table, stage, act)] == lines
        else:
            with pytest.raises(NotAllowed) as refused:
                next_transition(table, stage, act)
            assert (refused.value.stage, refused.value.act) == (stage, act)


@each_process
def test_every_stage_can_be_reached_and_can_end(table: Process) -> None:
    reached = _spread({table.start}, [(line.from_, line.to) for line in table.transitions])
    ending = _spread(set(table.ends), [(line.to, line.from_) for line in table.transitions])
    assert reached == set(table.stages)
    assert ending == set(table.stages)


@each_process
def test_nothing_can_be_done_after_an_end_and_something_at_every_other_stage(table: Process) -> None:
    for stage in table.stages:
        assert bool(table.acts_at(stage)) == (stage not in table.ends)


@each_process
def test_every_line_names_real_stages_rules_facts_notices_and_roles(table: Process) -> None:
    for line in table.transitions:
        assert {line.from_, line.to} <= set(table.stages)
        assert {*line.starts, *line.meets, *line.voids, *line.resumes} <= RULE_IDS
        assert all(KEYS[key].kind == "date" for key in line.records)
        assert set(line.notices) <= NOTICES.keys()
        assert line.roles and set(line.roles) <= set(get_args(Role))
        assert line.recorded_words


@each_process
def test_every_rule_an_act_starts_has_the_facts_it_needs(table: Process) -> None:
    recorded = {key for line in table.transitions for key in line.records} | ALWAYS_KNOWN
    for line in table.transitions:
        known, told = {*line.records, *ALWAYS_KNOWN}, {*recorded, *line.asks}
        for rule_id in line.starts:
            assert any(keys[0] in known and set(keys) <= told for keys in current(rule_id).needs), (line.act, rule_id)


@each_process
def test_whatever_way_a_stage_was_reached_the_deadlines_begun_there_can_be_worked_out(table: Process) -> None:
    known = _always_known_at(table)
    for line in table.transitions:
        told = known[line.from_] | {*line.records, *line.asks}
        for rule_id in line.starts:
            assert any(set(keys) <= told for keys in current(rule_id).needs), (line.from_, line.act, rule_id)


@each_process
def test_no_deadline_is_both_met_and_voided_by_one_act(table: Process) -> None:
    for line in table.transitions:
        assert not set(line.meets) & set(line.voids), line.act
        assert not set(line.starts) & {*line.meets, *line.voids}, line.act


@each_process
def test_every_deadline_that_is_begun_can_be_met(table: Process) -> None:
    begun = {rule_id for line in table.transitions for rule_id in line.starts}
    met = {rule_id for line in table.transitions for rule_id in line.meets}
    assert begun - met <= LIVES_ON | GOES_ROUND


@each_process
def test_every_hand_over_is_to_another_process_or_to_the_next_run(table: Process) -> None:
    for line in table.transitions:
        assert set(line.opens) <= PROCESSES.keys()
        assert set(line.takes) <= {*line.starts, *line.meets}
        assert all(KEYS[key].kind != "date" for key in line.asks)


@each_process
def test_an_act_says_the_same_letters_and_roles_or_says_why_in_other_words(table: Process) -> None:
    rows: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    for line in table.transitions:
        said = (line.roles, line.records, line.notices, line.opens)
        rows.setdefault((line.act, line.recorded_words), set()).add(said)
    assert all(len(different) == 1 for different in rows.values())


@each_process
def test_no_exception_and_no_question_touches_a_clock(table: Process) -> None:
    for line in table.transitions:
        if line.act in ("record_exception", "ask_for_information"):
            assert line.to == line.from_
            assert not (line.records or line.starts or line.meets or line.voids or line.resumes), line.act


@each_process
def test_a_correction_starts_and_ends_nothing(table: Process) -> None:
    for line in table.transitions:
        if line.act.startswith("correct_"):
            assert line.to == line.from_ and line.records
            assert not (line.starts or line.meets or line.voids), line.act


def test_a_duty_is_begun_by_one_process_unless_there_is_a_reason() -> None:
    begun: dict[str, set[str]] = {}
    for table in PROCESSES.values():
        for line in table.transitions:
            for rule_id in line.starts:
                begun.setdefault(rule_id, set()).add(table.name)
    assert {rule_id for rule_id, tables in begun.items() if len(tables) > 1} == BEGUN_IN_SEVERAL.keys()
    assert RULE_IDS - begun.keys() == BEGUN_BY_NONE.keys()


@each_process
def test_no_way_through_leaves_a_deadline_running_at_its_end(table: Process) -> None:
    seen: set[tuple[str, frozenset[str]]] = set()
    todo = [(table.start, frozenset[str]())]
    while todo:
        stage, running = todo.pop()
        if (stage, running) in seen:
            continue
        seen.add((stage, running))
        if stage in table.ends:
            assert running <= LIVES_ON, (stage, running - LIVES_ON)
        todo += [(line.to, _after(line, running)) for line in table.acts_at(stage)]


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


def line(process_name: str, stage: str, act: str) -> Transition:
    return next_transition(process_name, stage, act)


def test_there_is_a_table_for_every_kind_of_process() -> None:
    assert list(PROCESSES) == [
        *("support", "topup", "assessment", "review", "phase", "amendment", "reassessment"),
        *("move_in", "move_out", "disagreement", "order", "budget", "turn", "ceasing", "health_notice", "details"),
    ]


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


def test_an_unknown_process_is_refused() -> None:
    with pytest.raises(UnknownProcess):
        process("wishing")
    with pytest.raises(UnknownProcess):
        next_transition("wishing", "waiting", "begin")


def test_the_public_tables_have_the_promised_shape() -> None:
    tables = listing.tables()
    assert tables.keys() == PROCESSES.keys()
    assert {"stages", "start", "ends", "transitions"} <= tables["review"].keys()


def _after(line: Transition, running: frozenset[str]) -> frozenset[str]:
    return (running | set(line.starts) | set(line.resumes)) - set(line.meets) - set(line.voids)


def _always_known_at(table: Process) -> dict[str, set[str]]:
    """The facts that every way to a stage has recorded."""
    known = {stage: set(KEYS) for stage in table.stages}
    known[table.start] = set(ALWAYS_KNOWN)
    changed = True
    while changed:
        changed = False
        for line in table.transitions:
            here = known[line.to] & (known[line.from_] | {*line.records, *line.asks})
            changed |= here != known[line.to]
            known[line.to] = here
    return known


def _spread(reached: set[str], steps: list[tuple[str, str]]) -> set[str]:
    while more := {to for from_, to in steps if from_ in reached} - reached:
        reached |= more
    return reached

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


def pairs() -> Iterator[tuple[Process, str, str]]:
    for table in PROCESSES.values():
        acts = {line.act for line in table.transitions}
        yield from ((table, stage, act) for stage in table.stages for act in sorted(acts))


@pytest.mark.parametrize(("table", "stage", "act"), list(pairs()), ids=lambda part: getattr(part, "name", part))
def test_every_pair_of_stage_and_act_is_in_the_table_or_refused(table: Process, stage: str, act: str) -> None:
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
    recorded = {key for line in table.transitions for key in line.records}
    for line in table.transitions:
        for rule_id in line.starts:
            rule = current(rule_id)
            assert any(keys[0] in line.records and set(keys) <= recorded for keys in rule.needs), (line.act, rule_id)


@each_process
def test_no_deadline_is_both_met_and_voided_by_one_act(table: Process) -> None:
    for line in table.transitions:
        assert not set(line.meets) & set(line.voids), line.act
        assert not set(line.starts) & {*line.meets, *line.voids}, line.act


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


def _spread(reached: set[str], steps: list[tuple[str, str]]) -> set[str]:
    while more := {to for from_, to in steps if from_ in reached} - reached:
        reached |= more
    return reached

"""Every process: each pair of stage and act, every way through, and nothing named that is not there."""

from collections.abc import Iterator
from typing import get_args

import pytest

from law import listing
from law.errors import NotAllowed, UnknownProcess
from law.keys import KEYS
from law.notices import NOTICES
from law.rules import RULE_IDS
from law.tables import PROCESSES, Process, Role, next_transition, process
from tests.law.tables import each_process


def test_there_is_a_table_for_every_kind_of_process() -> None:
    assert list(PROCESSES) == [
        *("support", "topup", "assessment", "review", "phase", "amendment", "reassessment"),
        *("move_in", "move_out", "disagreement", "order", "budget", "turn", "ceasing", "health_notice", "details"),
    ]


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
        if line.act in ("record_exception", "end_exception", "ask_for_information"):
            assert line.to == line.from_
            assert not (line.records or line.starts or line.meets or line.voids or line.resumes), line.act


@each_process
def test_a_correction_starts_and_ends_nothing(table: Process) -> None:
    for line in table.transitions:
        if line.act.startswith("correct_"):
            assert line.to == line.from_ and line.records
            assert not (line.starts or line.meets or line.voids), line.act


def test_an_unknown_process_is_refused() -> None:
    with pytest.raises(UnknownProcess):
        process("wishing")
    with pytest.raises(UnknownProcess):
        next_transition("wishing", "waiting", "begin")


def test_the_public_tables_have_the_promised_shape() -> None:
    tables = listing.tables()
    assert tables.keys() == PROCESSES.keys()
    assert {"stages", "start", "ends", "transitions"} <= tables["review"].keys()


def _spread(reached: set[str], steps: list[tuple[str, str]]) -> set[str]:
    while more := {to for from_, to in steps if from_ in reached} - reached:
        reached |= more
    return reached

"""Rows with a small table of their own: every way from asking to the reply, within the processes that hold them."""

import pytest

from law.errors import NotAllowed, UnknownProcess
from law.rules import RULE_IDS
from law.tables import PROCESSES, ROWS, Process, next_step

each_row = pytest.mark.parametrize("table", ROWS.values(), ids=lambda table: table.name)
WITHIN = {"advice": ("assessment", "reassessment"), "consultation": ("assessment", "reassessment", "order")}


@each_row
def test_every_stage_can_be_reached_and_something_can_be_done_at_each_but_an_end(table: Process) -> None:
    reached = {table.start}
    for _ in table.stages:
        reached |= {line.to for line in table.transitions if line.from_ in reached}
    assert reached == set(table.stages)
    for stage in table.stages:
        assert bool(table.acts_at(stage)) == (stage not in table.ends)


@each_row
def test_every_act_on_a_row_can_be_done_within_its_process_with_the_same_deadlines(table: Process) -> None:
    for name in WITHIN[table.name]:
        within = {line.act: line for line in PROCESSES[name].transitions}
        for line in table.transitions:
            held = within[line.act]
            assert (held.starts, held.meets, held.voids) == (line.starts, line.meets, line.voids)
            assert set(line.starts + line.meets + line.voids) <= RULE_IDS


@each_row
def test_an_end_leaves_no_deadline_running(table: Process) -> None:
    begun = {rule for line in table.transitions for rule in line.starts}
    for line in table.transitions:
        if line.to in table.ends and line.from_ not in ("not_started", "wanted"):
            assert begun <= {*line.meets, *line.voids}, line.act


def test_not_known_is_no_advice_so_advice_can_still_come() -> None:
    assert next_step("advice", "nil", "receive_advice").to == "replied"


def test_only_the_service_settles_that_existing_advice_is_enough_once_all_three_have_agreed() -> None:
    assert next_step("advice", "agreeing", "settle_existing_advice").roles == ("system",)


def test_what_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(NotAllowed):
        next_step("advice", "not_started", "receive_advice")
    with pytest.raises(UnknownProcess):
        next_step("assessment", "requested", "withdraw")

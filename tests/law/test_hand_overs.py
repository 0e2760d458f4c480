"""What one process hands to another: the act that begins it, and the deadlines it takes over."""

from collections.abc import Iterator

import pytest

from law.tables import PROCESSES, Transition


def lines() -> Iterator[tuple[str, Transition]]:
    for table in PROCESSES.values():
        yield from ((table.name, line) for line in table.transitions)


HANDING = [(name, line) for name, line in lines() if line.begins]


@pytest.mark.parametrize(("name", "line"), HANDING, ids=lambda part: getattr(part, "act", part))
def test_an_act_that_begins_a_process_names_a_first_act_of_it(name: str, line: Transition) -> None:
    (opened,) = line.opens
    assert line.begins in {each.act for each in PROCESSES[opened].acts_at(PROCESSES[opened].start)}


@pytest.mark.parametrize(("name", "line"), HANDING, ids=lambda part: getattr(part, "act", part))
def test_what_a_first_act_records_is_known_or_is_the_day_of_the_act_that_opens_it(name: str, line: Transition) -> None:
    (opened,) = line.opens
    first = next(each for each in PROCESSES[opened].transitions if each.act == line.begins)
    told = {*line.records, "plan_made", "last_review_completed"}  # the plan knows these itself
    # Only the day on which something is received, begun or first considered may stand for itself.
    assert set(first.records) - told <= {"request_received", "became_responsible", "ceasing_considered"}


def test_an_act_that_takes_deadlines_over_has_a_name_no_other_process_uses() -> None:
    for taker in {line.act for _, line in lines() if line.takes}:
        assert len({name for name, line in lines() if line.act == taker}) == 1, taker


def test_what_is_taken_over_is_begun_by_another_process_too() -> None:
    for name, line in lines():
        for rule in line.takes:
            assert any(rule in other.starts for at, other in lines() if at != name), (name, rule)

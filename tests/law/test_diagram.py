"""The picture of a process says what its table says."""

import re

import pytest

from law.diagram import mermaid
from law.tables import PROCESSES, Process


@pytest.mark.parametrize("table", PROCESSES.values(), ids=lambda table: table.name)
def test_the_picture_has_every_act_of_the_table_and_no_other(table: Process) -> None:
    drawn = {
        (start, act, end)
        for start, end, acts in re.findall(r"^    (\w+) --> (\w+): (.+)$", mermaid(table), re.MULTILINE)
        for act in acts.split(", ")
    }
    assert drawn == {(line.from_, line.act.replace("_", " "), line.to) for line in table.transitions}


def test_the_picture_shows_where_a_process_hands_over_to_another() -> None:
    picture = mermaid(PROCESSES["disagreement"])
    assert "    note right of conceded: concede opens order\n" in picture
    assert "    note right of ordered: receive order opens order\n" in picture


def test_the_picture_begins_at_the_start_and_stops_at_every_end() -> None:
    picture = mermaid(PROCESSES["assessment"])
    assert picture.startswith("stateDiagram-v2\n")
    assert "    [*] --> not_started\n" in picture
    assert all(f"    {end} --> [*]\n" in picture for end in PROCESSES["assessment"].ends)

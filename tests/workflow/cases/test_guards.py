"""An act the law does not let happen yet is refused, with the first day on which it may."""

import uuid
from datetime import date, datetime, timedelta

import pytest

from law.tables import PROCESSES
from models.cases import Process
from tests.workflow.cases.builders import World
from workflow.cases import acts, doing, guards
from workflow.cases.doing import Said
from workflow.errors import Refused


def begun(world: World, kind: str, act: str, **dates: date) -> Process:
    case, _ = world.plan(made_on=date(2025, 12, 1), first="Wren")
    return doing.begin(
        world.session,
        case,
        kind,
        act,
        world.staff("manager"),
        Said(on=world.today, dates=dates),
        token=uuid.uuid4(),
        now=world.now,
    )


def at(world: World, process: Process, act: str, on: date) -> None:
    now = datetime.combine(on, world.now.timetz())
    acts.perform(world.session, process.id, act, world.staff("manager"), happened_on=on, now=now)


@pytest.mark.parametrize(("kind", "act"), guards.GUARDS)
def test_every_guard_is_on_an_act_that_exists(kind: str, act: str) -> None:
    assert act in {line.act for line in PROCESSES[kind].transitions}


def test_a_plan_cannot_end_while_the_family_can_still_appeal(world: World) -> None:
    process = begun(world, "ceasing", "take_over_from_review", decision_sent=world.today)
    first = date(2027, 1, 26)  # two months from Monday 23 November 2026 end on 25 January, and it is the day after
    with pytest.raises(Refused, match="26 January 2027"):
        at(world, process, "end_plan", first - timedelta(days=1))
    at(world, process, "end_plan", first)
    assert process.stage == "ended"


def test_a_young_person_does_not_take_over_while_of_school_age(world: World) -> None:
    process = begun(world, "turn", "look_ahead")  # born on 5 March 2014: school age ends on 28 June 2030
    with pytest.raises(Refused, match="29 June 2030"):
        at(world, process, "take_over", date(2030, 6, 28))
    at(world, process, "take_over", date(2030, 6, 29))
    assert process.stage == "taken_over"

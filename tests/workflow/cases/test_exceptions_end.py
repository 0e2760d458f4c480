"""An exception that is over: recorded, judged anew, the same words for everybody, and no date moved."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.cases import Deadline, Event, Process
from tests.workflow.cases.builders import World
from workflow import audit
from workflow.cases import triage, undoing
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused
from workflow.queries import timelines

DAY = timedelta(days=1)


def decide_by(world: World, process: Process) -> Deadline:
    wanted = select(Deadline).where(Deadline.process_id == process.id, Deadline.rule == "assess.decide")
    return world.session.scalars(wanted).one()


def lifted(world: World, **exception: Any) -> tuple[Process, uuid.UUID]:
    """A request whose limit an exception lifts, and the act that recorded it."""
    _, process = world.request(on=world.ago(10))
    facts = {"impractical": True, "from": (world.today - 5 * DAY).isoformat(), **exception}
    decider = world.staff("decider")
    triage.record_exception(world.session, process, decider, exception=facts, why="They told us.", now=world.now)
    return process, world.session.scalars(select(Event.id).where(Event.act == "record_exception")).one()


def away(world: World) -> tuple[Process, uuid.UUID]:
    return lifted(world, type="absent_from_area", to=(world.today + 60 * DAY).isoformat())


def end(world: World, process: Process, event_id: uuid.UUID, role: str = "decider", **more: Any) -> None:
    given = {"ended_on": world.today - DAY, "why": "They came home.", **more}
    triage.end_exception(world.session, process, world.staff(role), event_id=event_id, now=world.now, **given)


def test_an_absence_that_was_shorter_in_the_end_lifts_the_limit_no_more_and_moves_no_date(world: World) -> None:
    process, event_id = away(world)
    before = decide_by(world, process).due_on
    assert decide_by(world, process).limit_disapplied
    end(world, process, event_id)
    assert (decide_by(world, process).limit_disapplied, decide_by(world, process).due_on) == (False, before)
    audit.verify(world.session)


def test_circumstances_that_are_over_lifted_the_limit_all_the_same(world: World) -> None:
    process, event_id = lifted(world, type="exceptional_personal_circumstances")
    end(world, process, event_id)
    assert decide_by(world, process).limit_disapplied


def test_the_family_and_the_council_read_the_same_days(world: World) -> None:
    process, event_id = lifted(world, type="exceptional_personal_circumstances")
    for register in ("family", "professional"):
        (said,) = timelines.dated(decide_by(world, process), register).exceptions  # type: ignore[arg-type]
        assert "It began on 18 November 2026. It is not over." in said
    end(world, process, event_id)
    for register in ("family", "professional"):
        (said,) = timelines.dated(decide_by(world, process), register).exceptions  # type: ignore[arg-type]
        assert "The last day of it was 22 November 2026." in said


def test_what_cannot_be_is_refused_and_nothing_is_done(world: World) -> None:
    process, event_id = away(world)
    for wrong in ({"why": " "}, {"ended_on": world.today + DAY}, {"ended_on": world.today - 9 * DAY}):
        with pytest.raises(Refused):
            end(world, process, event_id, **wrong)
    with pytest.raises(NotFound):
        end(world, process, uuid.uuid4())
    with pytest.raises(NotPermitted):
        end(world, process, event_id, "caseworker")
    assert decide_by(world, process).limit_disapplied


def test_it_ends_once_and_taking_that_back_lifts_the_limit_again(world: World) -> None:
    process, event_id = away(world)
    end(world, process, event_id)
    with pytest.raises(AlreadyDone):
        end(world, process, event_id)
    decider = world.staff("decider")
    newest = undoing.undoable(world.session, process, decider, world.now)
    assert newest and newest.act == triage.END_EXCEPTION
    undoing.undo(
        world.session, process, decider, event_id=newest.id, why="Wrong child.", seen=process.version, now=world.now
    )
    assert decide_by(world, process).limit_disapplied
    (found,) = triage.recorded(world.session, process, world.today)
    assert found.goes_on

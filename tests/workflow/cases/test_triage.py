"""Before a decision: exceptions lift and never move, corrections recompute and remember."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.cases import Deadline, Event, Note, Process
from tests.workflow.cases.builders import World
from workflow.cases import triage
from workflow.errors import NotPermitted, Refused


def decide_by(world: World, process: Process) -> Deadline:
    return world.session.scalars(
        select(Deadline).where(Deadline.process_id == process.id, Deadline.rule == "assess.decide")
    ).one()


def personal(world: World, **more: Any) -> dict[str, Any]:
    return {"type": "exceptional_personal_circumstances", "impractical": True, "from": world.today.isoformat(), **more}


def test_an_exception_in_law_lifts_the_limit_and_moves_no_date(world: World) -> None:
    _, process = world.request()
    before = decide_by(world, process).due_on
    judged = triage.record_exception(
        world.session, process, world.staff("decider"), exception=personal(world), why="A bereavement.", now=world.now
    )
    assert decide_by(world, process).due_on == before
    assert decide_by(world, process).limit_disapplied
    assert any(each.accepted and "does not move the date" in each.said for each in judged)


@pytest.mark.parametrize(
    ("exception", "because"),
    [
        ({"type": "staff_shortage", "impractical": True}, "not among the exceptions"),
        ({"type": "exceptional_personal_circumstances", "impractical": False}, "impractical"),
        ({"type": "school_closed_4w", "impractical": True}, "dates needed"),
        ({"type": "absent_from_area", "impractical": True, "from": "2026-11-23", "to": "2026-11-30"}, "too short"),
    ],
)
def test_what_the_law_does_not_know_is_refused_in_its_words(
    world: World, exception: dict[str, Any], because: str
) -> None:
    _, process = world.request()
    with pytest.raises(Refused, match=because):
        triage.record_exception(
            world.session, process, world.staff("decider"), exception=exception, why="Because.", now=world.now
        )
    assert not decide_by(world, process).limit_disapplied


def test_an_exception_needs_its_facts_and_a_decider(world: World) -> None:
    _, process = world.request()
    with pytest.raises(Refused, match="Say what happened"):
        triage.record_exception(
            world.session, process, world.staff("decider"), exception=personal(world), why=" ", now=world.now
        )
    with pytest.raises(NotPermitted):
        triage.record_exception(
            world.session, process, world.staff("caseworker"), exception=personal(world), why="X.", now=world.now
        )


def test_correcting_the_received_date_recomputes_and_keeps_the_old_value_on_record(world: World) -> None:
    _, process = world.request()
    earlier = world.today - timedelta(days=9)
    triage.correct_received_date(
        world.session, process, world.staff("caseworker"), received_on=earlier, why="It came by post.", now=world.now
    )
    event = world.session.scalars(select(Event).where(Event.act == "correct_received_date")).one()
    words = world.session.scalars(select(Note.words).where(Note.event_id == event.id)).one()
    assert decide_by(world, process).due_on == earlier + timedelta(weeks=6)
    assert (event.facts["was"], words) == (world.today.isoformat(), "It came by post.")
    assert event.corrects_id is not None


@pytest.mark.parametrize(("days", "why"), [(-9, " "), (0, "The same day."), (1, "Tomorrow.")])
def test_a_correction_without_a_reason_to_the_same_day_or_to_the_future_is_refused(
    world: World, days: int, why: str
) -> None:
    _, process = world.request()
    with pytest.raises(Refused):
        triage.correct_received_date(
            world.session,
            process,
            world.staff("manager"),
            received_on=world.today + timedelta(days=days),
            why=why,
            now=world.now,
        )


def test_consulting_the_family_meets_the_duty_and_stops_no_clock(world: World) -> None:
    _, process = world.request()
    triage.consult_family(
        world.session, process, world.staff("caseworker"), on=world.today, how="By phone.", now=world.now
    )
    consult = world.session.scalars(select(Deadline).where(Deadline.rule == "assess.consult")).one()
    assert consult.satisfied_on == world.today
    assert decide_by(world, process).satisfied_on is None


def test_a_note_is_kept_apart_from_the_chain(world: World) -> None:
    case, _ = world.request()
    triage.write_note(world.session, case, "Called the school.", world.staff("caseworker"), now=world.now)
    event = world.session.scalars(select(Event).where(Event.act == "note")).one()
    assert "school" not in str(event.facts)
    with pytest.raises(Refused):
        triage.write_note(world.session, case, "  ", world.staff("caseworker"), now=world.now)

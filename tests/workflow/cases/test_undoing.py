"""What nobody was told of can be taken back; everything is then as it was, and both acts stay on record."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.cases import Deadline, Event, Note, Process
from tests.workflow.cases.builders import World
from workflow import audit
from workflow.access.actor import Actor
from workflow.cases import acts, doing, triage, undoing
from workflow.cases.doing import Said
from workflow.errors import AlreadyDone, NotPermitted, Refused


def standing(world: World, process: Process) -> dict[str, tuple[date | None, bool, bool]]:
    """Each deadline's day, and whether it is met or has ended."""
    world.session.flush()
    rows = world.session.scalars(
        select(Deadline).where(Deadline.process_id == process.id).execution_options(populate_existing=True)
    )
    return {row.rule: (row.due_on, row.satisfied_on is not None, row.voided_on is not None) for row in rows}


def undo(world: World, process: Process, by: Actor, why: str = "Pressed the wrong one.") -> Event:
    newest = undoing.undoable(world.session, process, by, world.now)
    assert newest is not None
    return undoing.undo(world.session, process, by, event_id=newest.id, why=why, seen=process.version, now=world.now)


def consult(world: World, process: Process) -> None:
    triage.consult_family(
        world.session, process, world.staff("caseworker"), on=world.today, how="By phone.", now=world.now
    )


def test_an_act_taken_back_leaves_every_date_as_it_was(world: World) -> None:
    _, process = world.request()
    before = standing(world, process)
    consult(world, process)
    assert standing(world, process) != before
    undo(world, process, world.staff("caseworker"))
    assert standing(world, process) == before
    consult(world, process)
    assert standing(world, process)["assess.consult"][1]


def test_the_record_keeps_the_act_and_its_undoing_with_the_reason(world: World) -> None:
    _, process = world.request()
    consult(world, process)
    event = undo(world, process, world.staff("caseworker"), "The wrong family.")
    kept = world.session.scalars(select(Event).where(Event.act == "consult_family")).one()
    assert event.corrects_id == kept.id
    assert world.session.scalars(select(Note.words).where(Note.event_id == event.id)).one() == "The wrong family."
    audit.verify(world.session)


def test_a_deadline_that_an_act_began_ends_when_it_is_taken_back(world: World) -> None:
    _, process = world.plan(made_on=date(2025, 12, 1))
    meeting = world.today + timedelta(days=30)
    acts.perform(
        world.session,
        process.id,
        "arrange_meeting",
        world.staff("caseworker"),
        happened_on=world.today,
        now=world.now,
        triggers={"review_meeting": meeting},
    )
    undo(world, process, world.staff("caseworker"))
    assert process.stage == "waiting"
    assert standing(world, process)["review.meeting_notice"][2]


def test_an_end_that_is_taken_back_is_no_end(world: World) -> None:
    case, _ = world.plan(made_on=date(2025, 12, 1))
    process = doing.begin(
        world.session,
        case,
        "ceasing",
        "consider_ending",
        world.staff("manager"),
        Said(on=world.today),
        token=uuid.uuid4(),
        now=world.now,
    )
    acts.perform(
        world.session, process.id, "think_no_further", world.staff("manager"), happened_on=world.today, now=world.now
    )
    assert process.ended_on
    undo(world, process, world.staff("manager"))
    assert (process.stage, process.ended_on) == ("considering", None)


def test_what_somebody_was_told_of_is_not_taken_back(world: World) -> None:
    _, process = world.request()
    world.decide(process, assess=True)
    assert undoing.undoable(world.session, process, world.staff("manager"), world.now) is None


def test_what_the_school_was_asked_is_not_taken_back(world: World) -> None:
    _, process = world.request(by=world.senco())
    from workflow.cases import requests

    requests.ask_for_information(
        world.session,
        process,
        world.staff("caseworker"),
        "The spring report.",
        reply_by=world.today + timedelta(days=5),
        now=world.now,
    )
    world.session.flush()
    assert undoing.undoable(world.session, process, world.staff("caseworker"), world.now) is None


def test_what_began_a_process_is_not_taken_back(world: World) -> None:
    _, process = world.plan(made_on=date(2025, 12, 1))
    assert undoing.undoable(world.session, process, world.staff("manager"), world.now) is None


def test_after_a_week_it_is_corrected_and_not_taken_back(world: World) -> None:
    _, process = world.request()
    consult(world, process)
    later = world.now + timedelta(days=7, minutes=1)
    assert undoing.undoable(world.session, process, world.staff("caseworker"), later) is None


def test_without_a_reason_nothing_is_taken_back(world: World) -> None:
    _, process = world.request()
    consult(world, process)
    with pytest.raises(Refused) as refused:
        undo(world, process, world.staff("caseworker"), " ")
    assert refused.value.field == "why"


def test_an_act_that_somebody_built_on_is_not_taken_back(world: World) -> None:
    _, process = world.request()
    consult(world, process)
    first = undoing.undoable(world.session, process, world.staff("caseworker"), world.now)
    consult(world, process)
    assert first is not None
    with pytest.raises(AlreadyDone):
        undoing.undo(
            world.session,
            process,
            world.staff("caseworker"),
            event_id=first.id,
            why="Wrong.",
            seen=process.version,
            now=world.now,
        )


def test_who_may_not_do_an_act_may_not_take_it_back(world: World) -> None:
    _, process = world.request()
    consult(world, process)
    newest = undoing.undoable(world.session, process, world.staff("caseworker"), world.now)
    assert newest is not None
    with pytest.raises(NotPermitted):
        undoing.undo(
            world.session,
            process,
            world.senco(),
            event_id=newest.id,
            why="Wrong.",
            seen=process.version,
            now=world.now,
        )

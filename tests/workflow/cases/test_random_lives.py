"""Whatever is lawfully done on a case, in any order, over months: nothing is lost, and something always follows."""

import uuid
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from law import tables
from law.rules import current
from models.cases import Case, Deadline, Event, Process
from models.database import Database
from tests.conftest import NOW
from tests.workflow.cases.builders import World
from tests.workflow.cases.test_every_triple import role_of, said_for
from workflow import audit
from workflow.access.actor import Actor
from workflow.cases import deadlines, doing, following, undoing
from workflow.errors import Refused

KINDS = ("phase", "amendment", "reassessment", "disagreement", "ceasing", "health_notice", "details", "turn", "budget")
BORN = date(2014, 3, 5)  # as the builders' plans have it
STEP = st.tuples(st.integers(0, 10_000), st.integers(0, 45))


class _Undo(Exception):
    """Ends a life's transaction without keeping it."""


def actor_for(world: World, roles: tuple[str, ...]) -> Actor:
    """Whoever of the council, the school, the family or the service may do it, in that order."""
    order = ("manager", "decider", "caseworker", "senco", "head", "parent", "young_person", "system")
    return role_of(world, next(each for each in order if each in roles))


def one_step(world: World, case: Case, at: int) -> tuple[str, str] | None:
    """Do one of the things that can be done now, chosen by number. What it was; None when the law said not yet."""
    chances: list[tuple[Process | None, str, tables.Transition]] = []
    for running in world.session.scalars(
        select(Process).where(Process.case_id == case.id, Process.ended_on.is_(None)).order_by(Process.id)
    ):
        here = tables.PROCESSES[running.kind].acts_at(running.stage)
        chances += [(running, running.kind, line) for line in here if not tables.on_a_row(running.kind, line.act)]
    manager = world.staff("manager")
    chances += [(None, kind, line) for kind in KINDS for line in following.first_acts(kind, manager)]
    process, kind, line = chances[at % len(chances)]
    actor = actor_for(world, line.roles)
    trial = world.session.begin_nested()
    try:
        if process is None:
            unborn = Process(id=uuid.uuid4(), case_id=case.id, kind=kind, stage=tables.PROCESSES[kind].start)
            said = said_for(world, unborn, line.act, actor, world.today)
            doing.begin(
                world.session, case, kind, line.act, actor, said, token=uuid.UUID(int=at + 10**9), now=world.now
            )
        else:
            said = said_for(world, process, line.act, actor, world.today)
            doing.do(world.session, process, line.act, actor, said, seen=process.version, now=world.now)
    except Refused:
        trial.rollback()
        world.session.expire_all()
        return None
    trial.commit()
    return kind, line.act


def take_back(world: World, case: Case) -> None:
    """Take back the newest act of the first process that lets it."""
    for process in world.session.scalars(select(Process).where(Process.case_id == case.id).order_by(Process.id)):
        newest = undoing.undoable(world.session, process, world.staff("manager"), world.now)
        if newest is not None:
            undoing.undo(
                world.session,
                process,
                world.staff("manager"),
                event_id=newest.id,
                why="It was the wrong one.",
                seen=process.version,
                now=world.now,
            )
            return


def look(world: World, case: Case) -> None:
    """What must hold at every moment of a case's life."""
    world.session.flush()
    events = world.session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.seq)).all()
    assert [event.seq for event in events] == sorted(event.seq for event in events)
    for process in world.session.scalars(select(Process).where(Process.case_id == case.id)):
        table = tables.PROCESSES[process.kind]
        mine = [event for event in events if event.process_id == process.id]
        assert mine[-1].facts["to"] == process.stage
        # A next step, or an end.
        assert (process.ended_on is not None) == (process.stage in table.ends)
        assert process.ended_on or table.acts_at(process.stage)
        stored = world.session.scalars(select(Deadline).where(Deadline.process_id == process.id)).all()
        for deadline in stored:
            assert current(deadline.rule).owed_by
        taking = [each for each in events if each.process_id == process.id or each.act in deadlines.TAKING]
        rebuilt = deadlines.worked_out(process, deadlines.standing_of(taking), BORN, today=world.today)
        assert {_facts(each) for each in rebuilt} == {_facts(each) for each in stored if not _gone(each, rebuilt)}


def _facts(deadline: Deadline) -> tuple[object, ...]:
    return deadline.subject_id, deadline.rule, deadline.due_on, deadline.satisfied_on, deadline.voided_on


def _gone(deadline: Deadline, rebuilt: list[Deadline]) -> bool:
    """A row whose beginning was taken back stays, ended: no rebuilding brings it back."""
    known = {(each.subject_id, each.rule) for each in rebuilt}
    return (deadline.subject_id, deadline.rule) not in known and deadline.voided_on is not None


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_whatever_is_lawfully_done_nothing_is_lost_and_something_always_follows(
    shared_database: Database, casework_authority: uuid.UUID, steps: list[tuple[int, int]]
) -> None:
    try:
        with shared_database.transaction(casework_authority) as session:
            world = World(session, NOW)
            for role in ("manager", "decider", "caseworker"):
                world.staff(role)
            world.senco()
            case, _ = world.plan(made_on=world.today - timedelta(days=200), first="Ash")
            done = 0
            for at, days in steps:
                world.now += timedelta(days=days)
                done += one_step(world, case, at) is not None
                if at % 5 == 0:
                    take_back(world, case)
                look(world, case)
            written = session.scalars(select(Event).where(Event.case_id == case.id, Event.act != undoing.UNDO)).all()
            assert len(written) >= done
            audit.verify(session)
            raise _Undo
    except _Undo:
        pass


def test_something_can_always_be_begun_by_a_manager() -> None:
    manager = Actor("staff", uuid.uuid4(), None, frozenset({"manager"}), frozenset())
    assert all(following.first_acts(kind, manager) for kind in KINDS)

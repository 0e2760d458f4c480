"""Every act at every stage by every role: done where the state table has it, refused everywhere else.

The tables are walked with the real verbs, so that each line is shown to be reachable, to write its letters whole and
to leave every deadline with an owner.
"""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from law import notices as law_notices
from law import tables
from law.keys import KEYS
from law.rules import current
from law.tables import Process as Table
from law.tables import Transition
from models.cases import Case, Deadline, Notice, Process
from tests.workflow.cases.builders import World
from workflow.access.actor import SYSTEM, Actor
from workflow.cases import acts, doing, guards
from workflow.cases.doing import Said
from workflow.errors import AlreadyDone, NotFound, NotPermitted
from workflow.queries import acts_now

# The law makes these wait: how many days, for the child of these tests.
LATER = {"ceasing": 100, "review": 20, "amendment": 20, "turn": 1400}
COUNCIL = ("caseworker", "decider", "manager")
each_table = pytest.mark.parametrize("table", tables.PROCESSES.values(), ids=lambda table: table.name)


def role_of(world: World, role: str) -> Actor:
    """Somebody in a role of the tables."""
    if role == "system":
        return SYSTEM
    if role in COUNCIL:
        return world.staff(role)
    if role in ("senco", "head"):
        return Actor("professional", world.senco().person_id, None, frozenset({role}), frozenset())
    return Actor("family", world.staff("caseworker").person_id, None, frozenset({role}), frozenset())


def said_for(world: World, process: Process, act: str, actor: Actor, on: date) -> Said:
    """Everything an act takes, said in the plainest way; what the service writes by itself is left to it."""
    line = tables.next_transition(process.kind, process.stage, act)
    items = [item for each in line.notices for item in law_notices.notice(each).must_contain]
    if acts_now.here(process.kind, act):
        items = [item.id for item in doing.needs(world.session, process, act, actor).items]
    begins = {
        kind: first.act
        for kind in line.opens
        if not line.begins
        for first in tables.PROCESSES[kind].acts_at(tables.PROCESSES[kind].start)
        if first.starts and (actor.roles | {actor.kind}) & set(first.roles)
    }
    return Said(
        on=on,
        dates={key: on for key in line.records},
        why="It was asked for.",
        words={item: f"Said about {item}." for item in items} | told(begins),
        begins=begins,
        facts={key: "order.amend_content" for key in line.asks if KEYS[key].kind != "date"},
        reply_by=on + timedelta(days=15),
        done_by=on + timedelta(days=30),
    )


def told(begins: dict[str, str]) -> dict[str, str]:
    """Words for the letters of what is opened."""
    lines = [line for kind, act in begins.items() for line in tables.PROCESSES[kind].transitions if line.act == act]
    return {item: "Said." for line in lines for each in line.notices for item in law_notices.notice(each).must_contain}


def born_at(world: World, case: Case, table: Table, stage: str) -> Process:
    """A process that stands at a stage, as if it had got there: what an act does from there is what is looked at."""
    process = Process(id=uuid.uuid4(), case_id=case.id, kind=table.name, stage=stage, started_on=world.today)
    world.session.add(process)
    world.session.flush()
    return process


def pairs(table: Table) -> Iterator[tuple[str, str]]:
    """Every stage with every act of its table, possible there or not."""
    for stage in table.stages:
        yield from ((stage, act) for act in sorted({line.act for line in table.transitions}))


@each_table
def test_every_act_at_every_stage_by_every_role_is_done_or_refused_as_the_table_says(
    world: World, table: Table
) -> None:
    case, _ = world.plan(made_on=world.today - timedelta(days=200))
    lines = {(line.from_, line.act): line for line in table.transitions}
    roles = ("caseworker", "decider", "manager", "senco", "head", "parent", "young_person")
    actors = {role: role_of(world, role) for role in roles}
    for stage, act in pairs(table):
        process = born_at(world, case, table, stage)
        line = lines.get((stage, act))
        may = {role for role, actor in actors.items() if act in acts.possible(process, actor)}
        named = set(line.roles) & actors.keys() if line else set()
        # What is done to one request for advice is offered on its own page alone.
        assert may == (set() if tables.on_a_row(table.name, act) else named), (stage, act)
        # Where the stage has not the act at all, it is refused before anybody's role is asked.
        for role in sorted(actors.keys() - named) if line else ("manager",):
            with pytest.raises(NotPermitted if line else AlreadyDone):
                acts.perform(world.session, process.id, act, actors[role], happened_on=world.today, now=world.now)
            with pytest.raises(NotFound):
                doing.needs(world.session, process, act, actors[role])
        assert process.stage == stage and process.version == 0


@pytest.mark.full
@each_table
def test_every_line_of_a_table_can_be_done_with_its_letters_and_its_deadlines(world: World, table: Table) -> None:
    for role in (*COUNCIL, "senco"):
        role_of(world, role)
    for stage in filter(table.acts_at, table.stages):
        case, _ = world.plan(made_on=date(2016, 12, 1), first=f"Ash{stage}")
        process = _reached(world, case, table, stage)
        for line in (each for each in table.acts_at(stage) if not tables.on_a_row(table.name, each.act)):
            trial = world.session.begin_nested()
            _do_line(world, table, process, line)
            trial.rollback()
            world.session.expire_all()


def _do_line(world: World, table: Table, process: Process, line: Transition) -> None:
    role = next(each for each in (*COUNCIL, *line.roles) if each in line.roles)
    actor = role_of(world, role)
    later = timedelta(days=LATER.get(table.name, 0) if (table.name, line.act) in guards.GUARDS else 0)
    done = doing.do(
        world.session,
        process,
        line.act,
        actor,
        said_for(world, process, line.act, actor, world.today + later),
        seen=process.version,
        now=world.now + later,
    )
    assert process.stage == line.to and (process.ended_on is not None) == (line.to in table.ends), line
    sent = world.session.scalars(select(Notice).where(Notice.event_id == done.event.id)).all()
    assert {each.kind for each in sent} == set(line.notices), line
    for notice in sent:
        said = {part["item"]: part["text"] for part in notice.letter["parts"]}
        assert law_notices.missing(notice.kind, said) == ()
    rows = world.session.scalars(select(Deadline).where(Deadline.process_id == process.id)).all()
    assert set(line.starts) <= {row.rule for row in rows}, line
    for row in rows:
        assert current(row.rule).owed_by, row.rule


def _reached(world: World, case: Case, table: Table, stage: str) -> Process:
    """A process brought to a stage by the shortest way of acts."""
    process = Process(id=uuid.uuid4(), case_id=case.id, kind=table.name, stage=table.start, started_on=world.today)
    world.session.add(process)
    world.session.flush()
    for line in _way(table, stage):
        known = {key: world.today for key in line.records}
        facts = {key: "order.amend_content" for key in line.asks}
        first = {
            kind: each.act
            for kind in line.opens
            if not line.begins
            for each in tables.PROCESSES[kind].acts_at(tables.PROCESSES[kind].start)
            if each.starts
        }
        acts.perform(
            world.session,
            process.id,
            line.act,
            SYSTEM,
            happened_on=world.today,
            now=world.now,
            triggers={**known, **facts},
            begins=first,
        )
    return process


def _way(table: Table, stage: str) -> list[Transition]:
    ways: dict[str, list[Transition]] = {table.start: []}
    edge = [table.start]
    while edge:
        here = edge.pop(0)
        for line in table.acts_at(here):
            if line.to not in ways:
                ways[line.to] = [*ways[here], line]
                edge.append(line.to)
    return ways[stage]

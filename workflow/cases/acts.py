"""Doing an act on a process: the state table allows it, the chain records it, the deadlines follow."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from law import tables
from law.tables import Transition
from models.cases import Case, Event, Process
from models.database import OwnedSession
from workflow import audit
from workflow.access.actor import SYSTEM, Actor
from workflow.audit import Subject
from workflow.cases import deadlines, following, guards
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused


@dataclass(frozen=True)
class Done:
    """An act that was done: its event, the row of the state table that allowed it, and what began with it."""

    event: Event
    transition: Transition
    opened: tuple["Done", ...] = ()


def start(
    session: OwnedSession,
    case: Case,
    kind: str,
    act: str,
    actor: Actor,
    *,
    happened_on: date,
    now: datetime,
    triggers: Mapping[str, date | str] | None = None,
    facts: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    begins: Mapping[str, str] | None = None,
    process_id: uuid.UUID | None = None,
) -> tuple[Process, Done]:
    """Begin a process on a case with its first act."""
    process = Process(
        id=process_id or uuid.uuid4(),
        case_id=case.id,
        kind=kind,
        stage=tables.PROCESSES[kind].start,
        started_on=happened_on,
    )
    session.add(process)
    session.flush()
    done = perform(
        session,
        process.id,
        act,
        actor,
        happened_on=happened_on,
        now=now,
        triggers=triggers,
        facts=facts,
        words=words,
        begins=begins,
    )
    return process, done


def perform(
    session: OwnedSession,
    process_id: uuid.UUID,
    act: str,
    actor: Actor,
    *,
    happened_on: date,
    now: datetime,
    seen: int | None = None,
    triggers: Mapping[str, date | str] | None = None,
    facts: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    submission_id: uuid.UUID | None = None,
    corrects_id: uuid.UUID | None = None,
    begins: Mapping[str, str] | None = None,
) -> Done:
    """Do one act: check the table and the role, record it, move the stage, recompute the deadlines.

    Deadlines it takes over from other processes end there, and the processes it opens are begun, each by its own
    first act (see `following`). `begins` says by which, where the tables leave that to a person.

    happened_on: the day it was done, which may lie in the past but never in the future. `seen` is the
    process's version on the page where the act was chosen. `triggers` name facts the act fixes, dates when they
    differ from `happened_on`. Raises `NotPermitted`, `AlreadyDone`, `Refused`.
    """
    process = locked(session, process_id, seen)
    if happened_on > london_day(now):
        raise Refused("This date is in the future. Enter the day it was done.", "happened_on")
    transition = _allowed(process, act)
    if actor.kind != "system" and not (actor.roles | {actor.kind, actor.role}) & set(transition.roles):
        raise NotPermitted("Your role does not do this.")
    guards.check(session, process, act, happened_on)
    openings = following.to_open(session, process, transition, actor, begins or {})
    fixed = {key: happened_on.isoformat() for key in transition.records}
    fixed |= {key: str(fact) for key, fact in (triggers or {}).items()}
    before = process.stage
    process.stage, process.version = transition.to, process.version + 1
    if transition.to in tables.PROCESSES[process.kind].ends:
        process.ended_on = happened_on
    event = audit.record(
        session,
        act,
        actor,
        Subject(process.case_id, process.id, submission_id),
        happened_on=happened_on,
        now=now,
        facts={**(facts or {}), "from": before, "to": transition.to, "triggers": fixed},
        words=dict(words or {}),
        corrects_id=corrects_id,
    )
    deadlines.project(session, process, today=london_day(now))
    if transition.takes:
        deadlines.project_taken(session, process, transition.takes, today=london_day(now))
    opened = tuple(
        _open(session, process, kind, gone_on, first, actor, event, now) for kind, gone_on, first in openings
    )
    return Done(event, transition, opened)


def locked(session: OwnedSession, process_id: uuid.UUID, seen: int | None) -> Process:
    """The process, locked until the transaction ends. Raises `NotFound`, `AlreadyDone` when it is not as seen."""
    process = session.scalars(
        select(Process).where(Process.id == process_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if process is None:
        raise NotFound
    if seen is not None and seen != process.version:
        raise AlreadyDone("Somebody moved this on since you opened the page. Look again before you decide.")
    return process


def _allowed(process: Process, act: str) -> Transition:
    try:
        return tables.next_transition(process.kind, process.stage, act)
    except tables.NotAllowed:
        raise AlreadyDone("This cannot be done at this stage. Look at the case again.") from None


def _open(
    session: OwnedSession,
    process: Process,
    kind: str,
    gone_on: Process | None,
    act: str,
    actor: Actor,
    by: Event,
    now: datetime,
) -> Done:
    first = _allowed(gone_on, act) if gone_on else tables.next_transition(kind, tables.PROCESSES[kind].start, act)
    who = SYSTEM if "system" in first.roles else actor
    known = following.triggers(session, process.case_id, first, by.facts["triggers"])
    about = {"opened_by": str(by.id)}
    if gone_on:
        return perform(session, gone_on.id, act, who, happened_on=by.happened_on, now=now, triggers=known, facts=about)
    case = session.get_one(Case, (session.authority_id, process.case_id))
    _, done = start(session, case, kind, act, who, happened_on=by.happened_on, now=now, triggers=known, facts=about)
    return done


def possible(process: Process, actor: Actor) -> frozenset[str]:
    """The acts this actor may do at the process's stage: what buttons are shown by.

    What is done to one request for advice is done on its own page, and not among these.
    """
    roles = actor.roles | {actor.kind}
    return frozenset(
        transition.act
        for transition in tables.PROCESSES[process.kind].transitions
        if transition.from_ == process.stage
        and roles & set(transition.roles)
        and not tables.on_a_row(process.kind, transition.act)
    )

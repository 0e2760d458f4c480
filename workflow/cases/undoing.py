"""Taking back an act of which nothing has left the building. The record keeps both, the act and its undoing."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import String, cast, select

from law import tables
from models.cases import Event, Notice, Process
from models.database import OwnedSession
from models.outbox import Message
from workflow import audit
from workflow.access.actor import Actor
from workflow.audit import Subject
from workflow.cases import acts, deadlines
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotPermitted, Refused

UNDO = deadlines.UNDO
WITHIN = timedelta(days=7)


def undoable(session: OwnedSession, process: Process, actor: Actor, now: datetime) -> Event | None:
    """The newest act on a process, if this actor may take it back; None where it is too late or too much.

    It is too much when it was done to a row of its own, when somebody was told of it, when another process began with
    it, when it took over deadlines, when a form was sent with it, or when it began the process; too late after a week.
    """
    events = deadlines.standing_acts(session, process.id)
    if len(events) < 2:
        return None
    newest = events[-1]
    line = tables.next_transition(process.kind, newest.facts["from"], newest.act)
    fine = (
        not (line.notices or line.takes or newest.submission_id or deadlines.subject_of(newest))
        and now - newest.recorded_at <= WITHIN
        and bool((actor.roles | {actor.kind}) & set(line.roles))
        and newest.actor_role != "system"
    )
    return newest if fine and not _left_the_building(session, newest) else None


def undo(
    session: OwnedSession,
    process: Process,
    actor: Actor,
    *,
    event_id: uuid.UUID,
    why: str,
    seen: int,
    now: datetime,
) -> Event:
    """Take the newest act back: the stage and every date are as before it, and the record says who did so and why.

    Raises `Refused` without a reason, `AlreadyDone` when the process has moved on, `NotPermitted` for an act that
    cannot be taken back (it is corrected by another act).
    """
    if not why.strip():
        raise Refused("Write why. It stays in the record.", "why")
    locked = acts.locked(session, process.id, seen)
    newest = undoable(session, locked, actor, now)
    if newest is None or newest.id != event_id:
        if any(each.id == event_id for each in deadlines.standing_acts(session, process.id)[:-1]):
            raise AlreadyDone("Something else was done since. Look at the case again.")
        raise NotPermitted("This can no longer be taken back. Record what is right instead.")
    before = locked.stage
    locked.stage, locked.version, locked.ended_on = newest.facts["from"], locked.version + 1, None
    event = audit.record(
        session,
        UNDO,
        actor,
        Subject(locked.case_id, locked.id),
        happened_on=london_day(now),
        now=now,
        facts={"undoes": str(newest.id), "from": before, "to": locked.stage},
        words={"why": why.strip()},
        corrects_id=newest.id,
    )
    deadlines.project(session, locked, today=london_day(now))
    return event


def _left_the_building(session: OwnedSession, event: Event) -> bool:
    """Whether a letter or a message went out about it, or another process began with it."""
    return any(
        session.scalars(found.limit(1)).first()
        for found in (
            select(Notice.id).where(Notice.event_id == event.id),
            select(Message.id).where(Message.dedupe_key.startswith(f"event:{event.id}:")),
            select(Event.id).where(
                Event.case_id == event.case_id, Event.facts["opened_by"].astext == cast(str(event.id), String)
            ),
        )
    )

"""A decision that was made: by whom, in what words, and its letters."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Uuid, cast, select

from law import tables
from models.cases import Event, Note, Notice, Process
from models.database import OwnedSession
from models.people import Person
from workflow.cases.deadlines import UNDO
from workflow.queries.wordings import note_title


@dataclass(frozen=True)
class Made:
    """What was decided. `notes` are (heading, words)."""

    words: str
    who: str
    at: datetime
    on: date
    notes: tuple[tuple[str, str], ...]
    letters: tuple[Notice, ...]


def of(session: OwnedSession, process: Process, acts: tuple[str, ...]) -> Made | None:
    """The newest of these acts on a process, or None while none was done."""
    taken_back = select(cast(Event.facts["undoes"].astext, Uuid)).where(
        Event.process_id == process.id, Event.act == UNDO
    )
    rows = session.execute(
        select(Event, Person.name)
        .outerjoin(Person, Person.id == Event.actor_id)
        .where(Event.process_id == process.id, Event.act.in_(acts), Event.id.not_in(taken_back))
        .order_by(Event.seq.desc())
    ).all()
    if not rows:
        return None
    event, who = rows[0]
    notes = session.scalars(select(Note).where(Note.event_id == event.id))
    return Made(
        words=tables.next_transition(process.kind, event.facts["from"], event.act).recorded_words,
        who=who or "This service",
        at=event.recorded_at,
        on=event.happened_on,
        notes=tuple((note_title(each.kind), each.words) for each in notes if each.words),
        letters=_letters(session, [each.id for each, _ in rows]),
    )


def _letters(session: OwnedSession, event_ids: list[uuid.UUID]) -> tuple[Notice, ...]:
    found = session.scalars(
        select(Notice).where(Notice.event_id.in_(event_ids)).order_by(Notice.audience, Notice.to_name)
    )
    return tuple(found)

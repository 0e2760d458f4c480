"""Deadlines: the law's rules applied to what happened. A projection, always worked out anew from events."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from law import due, explain, tables
from law.errors import BeyondKnownHolidays
from models.cases import Case, Deadline, Event, Process
from models.database import OwnedSession
from models.people import Child
from workflow import reminders


@dataclass
class Fold:
    """What a process's events add up to: known dates, and which rules were started, met and voided when."""

    triggers: dict[str, str] = field(default_factory=dict)
    started: dict[str, None] = field(default_factory=dict)  # in order
    met: dict[str, date] = field(default_factory=dict)
    voided: dict[str, date] = field(default_factory=dict)
    exceptions: list[dict[str, Any]] = field(default_factory=list)


def fold(kind: str, events: list[Event]) -> Fold:
    """Read a process's events in order through its state table."""
    total = Fold()
    for event in events:
        row = tables.next_transition(kind, event.facts["from"], event.act)
        total.triggers |= event.facts.get("triggers", {})
        if "exception" in event.facts:
            total.exceptions.append(event.facts["exception"])
        for rule in row.starts:
            total.started[rule] = None
            total.met.pop(rule, None)
            total.voided.pop(rule, None)
        total.met |= {rule: event.happened_on for rule in row.meets}
        total.voided |= {rule: event.happened_on for rule in row.voids}
        for rule in row.resumes:
            total.voided.pop(rule, None)
    return total


def project(session: OwnedSession, process: Process, *, today: date) -> list[Deadline]:
    """Recompute a process's deadlines. Old values live on in the events that gave them."""
    session.flush()
    events = list(session.scalars(select(Event).where(Event.process_id == process.id).order_by(Event.seq)))
    total = fold(process.kind, events)
    standing = {
        deadline.rule: deadline
        for deadline in session.scalars(select(Deadline).where(Deadline.process_id == process.id))
    }
    triggers: dict[str, object] = {**_birth(session, process.case_id), **total.triggers}
    for rule in total.started:
        deadline = standing.get(rule) or Deadline(
            id=uuid.uuid4(),
            case_id=process.case_id,
            process_id=process.id,
            subject_id=process.id,
            rule=rule,
            known_since=today,
        )
        _apply(deadline, triggers, total)
        session.add(deadline)
        standing[rule] = deadline
        session.flush()
        reminders.schedule(session, deadline, today)
    return list(standing.values())


def open_of(session: OwnedSession, process_id: uuid.UUID) -> list[Deadline]:
    """A process's deadlines that are neither met nor voided, earliest first."""
    return list(
        session.scalars(
            select(Deadline)
            .where(Deadline.process_id == process_id, Deadline.satisfied_on.is_(None), Deadline.voided_on.is_(None))
            .order_by(Deadline.due_on, Deadline.rule)
        )
    )


def explained(deadline: Deadline, register: str) -> explain.Account:
    """The account of one deadline: what happened, how it was counted, the law, who owes it to whom."""
    answer = due.compute(deadline.rule, deadline.trigger, deadline.exceptions)
    return explain.explain(answer, register)  # type: ignore[arg-type]


def _apply(deadline: Deadline, triggers: dict[str, object], total: Fold) -> None:
    try:
        answer = due.compute(deadline.rule, triggers, total.exceptions)
        deadline.trigger_key, deadline.due_on, deadline.act_by = answer.trigger_key, answer.due, answer.act_by
        deadline.limit_disapplied = answer.limit_disapplied
    except BeyondKnownHolidays:
        # Needs working days past the holidays that are known: no date is better than a guess.
        deadline.trigger_key, deadline.due_on, deadline.act_by = "", None, None
    deadline.trigger = {key: triggers[key] for key in triggers}
    deadline.exceptions = total.exceptions
    deadline.satisfied_on = total.met.get(deadline.rule)
    deadline.voided_on = total.voided.get(deadline.rule)


def _birth(session: OwnedSession, case_id: uuid.UUID) -> dict[str, object]:
    born = session.scalars(select(Child.born_on).join(Case, Case.child_id == Child.id).where(Case.id == case_id)).one()
    return {"date_of_birth": born.isoformat()}

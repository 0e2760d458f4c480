"""Deadlines: the law's rules applied to what happened. A projection, always worked out anew from events."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from law import due, explain, tables
from law.errors import BeyondKnownHolidays
from law.exceptions import ended
from law.tables import Transition
from law.wording import Register
from models.cases import Case, Deadline, Event, Process
from models.database import OwnedSession
from models.people import Child
from workflow import reminders

# The acts that take over deadlines another process began, by name; no two processes take with acts of one name.
TAKING = {
    line.act: [each for each in table.transitions if each.act == line.act and each.takes]
    for table in tables.PROCESSES.values()
    for line in table.transitions
    if line.takes
}


UNDO = "undo"  # takes an earlier act of its process back, which then counts for nothing


@dataclass
class Fold:
    """What events add up to for one subject: known dates, and which rules were started, met and voided when."""

    triggers: dict[str, str] = field(default_factory=dict)
    started: dict[str, None] = field(default_factory=dict)  # in order
    met: dict[str, date] = field(default_factory=dict)
    voided: dict[str, date] = field(default_factory=dict)
    exceptions: dict[str, dict[str, Any]] = field(default_factory=dict)  # by the act that recorded each

    def learn(self, event: Event, row: Transition) -> None:
        """Take in one act done to this subject."""
        self.learn_facts(event)
        for rule in row.starts:
            self.started[rule] = None
            self.met.pop(rule, None)
            self.voided.pop(rule, None)
        self.end(event, row)

    def open(self) -> set[str]:
        """The rules that run."""
        return self.started.keys() - self.met.keys() - self.voided.keys()

    def learn_facts(self, event: Event) -> None:
        """Take in the dates and the exception an act fixed."""
        self.triggers |= event.facts.get("triggers", {})
        if "exception" in event.facts:
            self.exceptions[str(event.id)] = event.facts["exception"]
        if (ends := event.facts.get("ends_exception")) in self.exceptions:
            on = date.fromisoformat(event.facts["ended_on"])
            self.exceptions[ends] = ended(self.exceptions[ends], on)

    def end(self, event: Event, row: Transition, but: Collection[str] = ()) -> None:
        """Take in which of the rules an act met, voided or resumed, `but` some that are another's."""
        mine = self.started.keys() - set(but)
        self.met |= {rule: event.happened_on for rule in row.meets if rule in mine}
        self.voided |= {rule: event.happened_on for rule in row.voids if rule in mine}
        for rule in row.resumes:
            self.voided.pop(rule, None)


def fold(process_id: uuid.UUID, kind: str, events: Sequence[Event]) -> dict[uuid.UUID, Fold]:
    """Read events in order through the state tables: what they add up to, by subject. The process is one itself.

    `events` are the process's own, and those of other processes on the case, which matter for the deadlines they
    take over. An act on one subject (a request for advice, a setting that was asked) names it in its facts and
    touches that one, and what it ends that the subject never began is the process's; an act that names none touches
    the process and all its subjects.
    """
    total = {process_id: Fold()}
    for event in events:
        if event.process_id != process_id:
            for each in total.values():
                each.voided |= {rule: event.happened_on for rule in _taken(event) if rule in each.open()}
            continue
        row = tables.next_transition(kind, event.facts["from"], event.act)
        subject = subject_of(event) or process_id
        if subject not in total:
            total[subject] = Fold(triggers=dict(total[process_id].triggers))
        total[subject].learn(event, row)
        if subject == process_id:
            for other in (each for key, each in total.items() if key != process_id):
                other.learn_facts(event)
                other.end(event, row)
        else:
            total[process_id].end(event, row, but=total[subject].started)
    return total


def subject_of(event: Event) -> uuid.UUID | None:
    """The row of its own that an act was done to, where it was not the whole process."""
    named = event.facts.get("subject")
    return uuid.UUID(named) if named else None


def project(session: OwnedSession, process: Process, *, today: date) -> list[Deadline]:
    """Recompute a process's deadlines. Old values live on in the events that gave them."""
    session.flush()
    standing = {
        (deadline.subject_id, deadline.rule): deadline
        for deadline in session.scalars(select(Deadline).where(Deadline.process_id == process.id))
    }
    rebuilt = worked_out(
        process, _events(session, process), _birth(session, process.case_id), today=today, standing=standing
    )
    for deadline in rebuilt:
        session.add(deadline)
        session.flush()
        reminders.schedule(session, deadline, today)
    gone = [standing[key] for key in standing.keys() - {(each.subject_id, each.rule) for each in rebuilt}]
    for deadline in gone:
        # What began it was taken back: reminders planned from it stop with it.
        deadline.voided_on = deadline.voided_on or today
        reminders.schedule(session, deadline, today)
    return [*rebuilt, *gone]


def worked_out(
    process: Process,
    events: Sequence[Event],
    born_on: date,
    *,
    today: date,
    standing: Mapping[tuple[uuid.UUID, str], Deadline] | None = None,
) -> list[Deadline]:
    """The deadlines that some events add up to: rows of `standing` brought up to date, and new ones beside them.

    events: a process's acts in order, without those taken back, and acts on the case that take deadlines over. New
    rows belong to no session, so that a past day can be worked out too.
    """
    found: list[Deadline] = []
    for subject, total in fold(process.id, process.kind, events).items():
        triggers: dict[str, object] = {"date_of_birth": born_on.isoformat(), **total.triggers}
        for rule in total.started:
            deadline = (standing or {}).get((subject, rule)) or Deadline(
                id=uuid.uuid4(),
                case_id=process.case_id,
                process_id=process.id,
                subject_id=subject,
                rule=rule,
                known_since=today,
            )
            _apply(deadline, triggers, total)
            found.append(deadline)
    return found


def project_taken(session: OwnedSession, process: Process, rules: Collection[str], *, today: date) -> None:
    """Recompute the deadlines that a process has just taken over from others on its case."""
    others = select(Process).where(
        Process.case_id == process.case_id,
        Process.id != process.id,
        Process.id.in_(
            select(Deadline.process_id).where(
                Deadline.rule.in_(rules), Deadline.satisfied_on.is_(None), Deadline.voided_on.is_(None)
            )
        ),
    )
    for other in session.scalars(others):
        project(session, other, today=today)


def open_of(session: OwnedSession, process_id: uuid.UUID) -> list[Deadline]:
    """A process's deadlines that are neither met nor voided, earliest first."""
    return list(
        session.scalars(
            select(Deadline)
            .where(Deadline.process_id == process_id, Deadline.satisfied_on.is_(None), Deadline.voided_on.is_(None))
            .order_by(Deadline.due_on, Deadline.rule)
        )
    )


def explained(deadline: Deadline, register: Register) -> explain.Account:
    """The account of one deadline: what happened, how it was counted, the law, who owes it to whom."""
    answer = due.compute(deadline.rule, deadline.trigger, deadline.exceptions)
    return explain.explain(answer, register)


def _apply(deadline: Deadline, triggers: dict[str, object], total: Fold) -> None:
    exceptions = list(total.exceptions.values())
    try:
        answer = due.compute(deadline.rule, triggers, exceptions)
        deadline.trigger_key, deadline.due_on, deadline.act_by = answer.trigger_key, answer.due, answer.act_by
        deadline.limit_disapplied = answer.limit_disapplied
    except BeyondKnownHolidays:
        # Needs working days past the holidays that are known: no date is better than a guess.
        deadline.trigger_key, deadline.due_on, deadline.act_by = "", None, None
    deadline.trigger = {key: triggers[key] for key in triggers}
    deadline.exceptions = exceptions
    deadline.satisfied_on = total.met.get(deadline.rule)
    deadline.voided_on = total.voided.get(deadline.rule)


def standing_acts(session: OwnedSession, process_id: uuid.UUID) -> list[Event]:
    """A process's acts in order, without those that were taken back and what took them back."""
    events = session.scalars(select(Event).where(Event.process_id == process_id).order_by(Event.seq))
    return standing_of(list(events))


def _events(session: OwnedSession, process: Process) -> list[Event]:
    theirs = Event.act.in_(TAKING) & (Event.case_id == process.case_id) & Event.process_id.is_not(None)
    found = session.scalars(select(Event).where(or_(Event.process_id == process.id, theirs)).order_by(Event.seq))
    return standing_of(list(found))


def standing_of(events: Sequence[Event]) -> list[Event]:
    """Those of some acts that were not taken back among them, in order."""
    undone = {event.facts["undoes"] for event in events if event.act == UNDO}
    return [event for event in events if event.act != UNDO and str(event.id) not in undone]


def _taken(event: Event) -> tuple[str, ...]:
    """The rules that an act of another process takes over; none, where it is an act of the same name."""
    return next(
        (line.takes for line in TAKING.get(event.act, ()) if line.from_ == event.facts["from"]),
        (),
    )


def _birth(session: OwnedSession, case_id: uuid.UUID) -> date:
    return session.scalars(select(Child.born_on).join(Case, Case.child_id == Child.id).where(Case.id == case_id)).one()

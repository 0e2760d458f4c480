"""A case as it stood on a day that is past: from its acts alone, so that no later correction colours it."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from law import tables
from law.wording import Register
from models.cases import Case, Event, Notice, Process
from models.database import OwnedSession
from models.people import Child, Person
from models.submissions import Submission
from workflow.cases import deadlines, lateness
from workflow.clock import LONDON
from workflow.queries import case_page, timelines

FAMILY = "family"


@dataclass(frozen=True)
class Stood:
    """A process and the stage it had reached."""

    title: str
    stage: str
    began_on: date


@dataclass(frozen=True)
class Letter:
    """A letter that had been sent."""

    id: uuid.UUID
    title: str
    to_name: str
    on: date


@dataclass(frozen=True)
class AsItWas:
    """What was known of a case at the end of a day: stages, dates with their reasons, letters, forms sent.

    `acts` are (day, words, who) in the order they were put on record; the family is shown none.
    """

    stood: list[Stood]
    dates: list[timelines.Dated]
    letters: list[Letter]
    papers: list[case_page.Paper]
    acts: list[tuple[date, str, str]]


def as_it_was(session: OwnedSession, case: Case, day: date, register: Register) -> AsItWas:
    """A case as it stood when a day in London had ended, as that party saw it.

    register: `family` for what the family was told, with their own letters alone, else `professional`. What was put on
    record later is left out, whatever day it is about: a letter keyed in on Friday was not known on Thursday.
    """
    ends = end_of(day)
    found = session.execute(
        select(Event, Person.name)
        .outerjoin(Person, Person.id == Event.actor_id)
        .where(Event.case_id == case.id, Event.recorded_at < ends)
        .order_by(Event.seq)
    )
    rows = [(event, name) for event, name in found]
    events = [event for event, _ in rows]
    known = {event.process_id for event in events if event.process_id}
    processes = {each.id: each for each in session.scalars(select(Process).where(Process.id.in_(known)))}
    born_on = session.get_one(Child, (session.authority_id, case.child_id)).born_on
    of_family = register == FAMILY
    return AsItWas(
        stood=_stood(processes, events),
        dates=_dates(processes, events, born_on, day, register, lateness.reasons(session, case.id, ends)),
        letters=_letters(session, case.id, {event.id for event in events}, of_family),
        papers=[] if of_family else _papers(session, case.id, ends),
        acts=[] if of_family else _acts(rows, processes),
    )


def end_of(day: date) -> datetime:
    """The instant at which a day in London is over."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def _stood(processes: dict[uuid.UUID, Process], events: Sequence[Event]) -> list[Stood]:
    newest = {event.process_id: event for event in events if event.process_id and "to" in event.facts}
    first: dict[uuid.UUID, date] = {}
    for event in events:
        if event.process_id:
            first.setdefault(event.process_id, event.happened_on)
    return [
        Stood(_table(each).title, _table(each).stages[newest[each.id].facts["to"]], first[each.id])
        for each in sorted(processes.values(), key=lambda each: first[each.id])
        if each.id in newest
    ]


def _dates(
    processes: dict[uuid.UUID, Process],
    events: Sequence[Event],
    born_on: date,
    day: date,
    register: Register,
    said: Mapping[lateness.Of, str],
) -> list[timelines.Dated]:
    of_process: dict[uuid.UUID, list[Event]] = defaultdict(list)
    for event in deadlines.standing_of(events):
        if event.process_id is None:
            continue
        for process_id in processes:
            if event.process_id == process_id or event.act in deadlines.TAKING:
                of_process[process_id].append(event)
    found = [
        deadline
        for process_id, acts in of_process.items()
        for deadline in deadlines.worked_out(processes[process_id], acts, born_on, today=day)
    ]
    found.sort(key=lambda each: (each.due_on or date.min, each.rule))
    return [timelines.dated(each, register, said) for each in found]


def _letters(session: OwnedSession, case_id: uuid.UUID, events: set[uuid.UUID], of_family: bool) -> list[Letter]:
    wanted = select(Notice).where(Notice.case_id == case_id, Notice.event_id.in_(events))
    if of_family:
        wanted = wanted.where(Notice.audience == FAMILY)
    rows = session.scalars(wanted.order_by(Notice.notified_on, Notice.kind, Notice.to_name))
    return [Letter(each.id, each.letter["title"], each.to_name, each.notified_on) for each in rows]


def _papers(session: OwnedSession, case_id: uuid.UUID, ends: datetime) -> list[case_page.Paper]:
    sent = set(session.scalars(select(Submission.id).where(Submission.case_id == case_id, Submission.sent_at < ends)))
    return [paper for paper in case_page.papers(session, case_id) if paper.id in sent]


def _acts(rows: Sequence[tuple[Event, str | None]], processes: dict[uuid.UUID, Process]) -> list[tuple[date, str, str]]:
    kinds = {each.id: each.kind for each in processes.values()}
    return [(event.happened_on, case_page.words_of(event, kinds), name or "This service") for event, name in rows]


def _table(process: Process) -> tables.Process:
    return tables.PROCESSES[process.kind]

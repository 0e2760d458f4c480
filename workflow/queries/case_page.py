"""Everything the council's page of one case shows."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from forms import catalogue
from law import tables
from models.access import Grant, Invitation
from models.cases import Case, Event, Note, Notice, Plan, Process
from models.database import OwnedSession
from models.outbox import Message
from models.people import Child, Contact, Person, Setting
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.cases import acts
from workflow.coproduction import invitations
from workflow.queries import letters_became, timelines
from workflow.queries.wordings import OTHER_ACTS, message_words, note_title, template_words

ROLES = {
    "parent": "Parent or carer",
    "yp": "Young person",
    "rep": "Representative",
    "child": "Child",
    "helper": "Helper",
    "senco": "SENCO",
    "head": "Head teacher",
    "caseworker": "Caseworker",
    "decider": "Decider",
    "manager": "Manager",
    "system": "This service",
}


@dataclass(frozen=True)
class Known:
    """Somebody who takes part, and how to reach them. Contact details are shown to staff alone."""

    name: str
    role: str
    until: datetime | None
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """A process, its stage in words, and what this actor may do now."""

    process: Process
    title: str
    stage: str
    possible: frozenset[str]


@dataclass(frozen=True)
class Act:
    """One line of the record."""

    words: str
    happened_on: date
    recorded_at: datetime
    who: str
    role: str
    notes: tuple[tuple[str, str], ...]
    corrects: bool


@dataclass(frozen=True)
class Paper:
    """A form that was sent."""

    id: uuid.UUID
    title: str
    by: str
    sent_at: datetime | None
    reference: str | None


@dataclass(frozen=True)
class Sent:
    """A message about the case, in words."""

    what: str
    to: str
    at: datetime
    became: str


@dataclass(frozen=True)
class Joined:
    """A case joined to this one, or that this one is joined to."""

    id: uuid.UUID
    called: str
    opened_on: date


@dataclass(frozen=True)
class CasePage:
    """The whole page."""

    case: Case
    child: Child
    setting: str | None
    caseworker: str | None
    plan: Plan | None
    runs: list[Run]
    people: list[Known]
    invited: list[Invitation]
    dates: list[timelines.Dated]
    record: list[Act]
    papers: list[Paper]
    letters: list[letters_became.Letter]
    messages: list[Sent]
    joined: list[Joined]
    joined_to: Joined | None


def page(session: OwnedSession, case: Case, actor: Actor, now: datetime) -> CasePage:
    """One case, whole. The number of queries does not grow with what is on it."""
    child = session.get_one(Child, (session.authority_id, case.child_id))
    setting = session.get(Setting, (session.authority_id, child.setting_id)) if child.setting_id else None
    caseworker = session.get(Person, (session.authority_id, case.caseworker_id)) if case.caseworker_id else None
    processes = list(
        session.scalars(select(Process).where(Process.case_id == case.id).order_by(Process.started_on, Process.id))
    )
    return CasePage(
        case=case,
        child=child,
        setting=setting.name if setting else None,
        caseworker=caseworker.name if caseworker else None,
        plan=session.scalars(
            select(Plan).where(Plan.case_id == case.id, Plan.ceased_on.is_(None)).order_by(Plan.made_on.desc())
        ).first(),
        runs=[_run(each, actor) for each in processes],
        people=people(session, case, now),
        invited=invitations.waiting(session, case, now),
        dates=timelines.timeline(session, case.id, "professional"),
        record=record(session, case.id, {each.id: each.kind for each in processes}),
        papers=papers(session, case.id),
        letters=letters(session, case.id),
        messages=_messages(session, case.id),
        joined=_joined(session, actor, Case.joined_to_id == case.id),
        joined_to=next(iter(_joined(session, actor, Case.id == case.joined_to_id)), None)
        if case.joined_to_id
        else None,
    )


def called(session: OwnedSession, case: Case) -> str:
    """The name the child of a case goes by."""
    child = session.get_one(Child, (session.authority_id, case.child_id))
    return f"{child.known_as} {child.last}".strip()


def known_as(session: OwnedSession, case: Case) -> str:
    """The first name the child of a case goes by."""
    return session.get_one(Child, (session.authority_id, case.child_id)).known_as


def people(session: OwnedSession, case: Case, now: datetime) -> list[Known]:
    """Who may read the case now, and how to reach them."""
    rows = session.execute(
        select(Grant, Person.name)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.case_id == case.id, or_(Grant.until_at.is_(None), Grant.until_at > now))
        .order_by(Grant.from_at, Person.name)
    ).all()
    reach: dict[uuid.UUID, list[str]] = defaultdict(list)
    for contact in session.scalars(
        select(Contact)
        .where(Contact.person_id.in_([grant.person_id for grant, _ in rows]), Contact.dead_at.is_(None))
        .order_by(Contact.kind)
    ):
        reach[contact.person_id].append(contact.value)
    return [
        Known(name, ROLES.get(grant.role, grant.role), grant.until_at, tuple(reach[grant.person_id]))
        for grant, name in rows
    ]


def record(session: OwnedSession, case_id: uuid.UUID, kinds: dict[uuid.UUID, str]) -> list[Act]:
    """The record of acts, newest first, in the words of the state tables."""
    events = session.execute(
        select(Event, Person.name)
        .outerjoin(Person, Person.id == Event.actor_id)
        .where(Event.case_id == case_id)
        .order_by(Event.seq.desc())
        .limit(500)
    ).all()
    notes: dict[uuid.UUID, list[tuple[str, str]]] = defaultdict(list)
    for note in session.scalars(select(Note).where(Note.event_id.in_([event.id for event, _ in events]))):
        if note.words:
            notes[note.event_id].append((note_title(note.kind), note.words))
    return [
        Act(
            words=words_of(event, kinds),
            happened_on=event.happened_on,
            recorded_at=event.recorded_at,
            who=name or "This service",
            role=ROLES.get(event.actor_role, ""),
            notes=tuple(notes[event.id]),
            corrects=event.corrects_id is not None,
        )
        for event, name in events
    ]


def papers(session: OwnedSession, case_id: uuid.UUID) -> list[Paper]:
    """The forms that were sent, in the order they came."""
    rows = session.execute(
        select(Submission, Person.name)
        .join(Person, Person.id == Submission.owner_id)
        .where(Submission.case_id == case_id, Submission.state == "sent")
        .order_by(Submission.sent_at, Submission.created_at)
    )
    return [
        Paper(each.id, catalogue.get(each.form_id, each.form_version).title, by, each.sent_at, each.reference)
        for each, by in rows
    ]


def letters(session: OwnedSession, case_id: uuid.UUID) -> list[letters_became.Letter]:
    """Every letter of the case, newest first, with what became of it."""
    found = session.scalars(
        select(Notice).where(Notice.case_id == case_id).order_by(Notice.notified_on.desc(), Notice.kind, Notice.to_name)
    ).all()
    return letters_became.of(session, found)


def _run(process: Process, actor: Actor) -> Run:
    table = tables.PROCESSES[process.kind]
    return Run(process, table.title, table.stages[process.stage], acts.possible(process, actor))


def words_of(event: Event, kinds: dict[uuid.UUID, str]) -> str:
    """What an act is called in the record. `kinds` says of which kind each process is."""
    kind = kinds.get(event.process_id) if event.process_id else None
    if kind and "from" in event.facts and event.act not in OTHER_ACTS:
        return tables.next_transition(kind, event.facts["from"], event.act).recorded_words
    return OTHER_ACTS.get(event.act, event.act.replace("_", " ").capitalize())


def _messages(session: OwnedSession, case_id: uuid.UUID) -> list[Sent]:
    rows = session.execute(
        select(Message, Person.name)
        .outerjoin(Person, Person.id == Message.person_id)
        .where(Message.case_id == case_id, Message.notice_id.is_(None))
        .order_by(Message.created_at.desc())
        .limit(100)
    )
    return [
        Sent(template_words(message.template), name or "A body", message.created_at, message_words(message))
        for message, name in rows
    ]


def _joined(session: OwnedSession, actor: Actor, which: ColumnElement[bool]) -> list[Joined]:
    rows = session.execute(
        select(Case, Child.known_as, Child.last)
        .join(Child, Child.id == Case.child_id)
        .where(which, ~kept_from(actor.person, Case.id))
    )
    return [Joined(each.id, f"{known} {last}".strip(), each.opened_on) for each, known, last in rows]

"""What a family's pages read."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from law import tables
from law.rules import current
from models.cases import Case, Deadline, Event, Note, Notice, Process
from models.database import OwnedSession
from models.people import Child, Person
from models.submissions import Answer, Contribution, Submission
from workflow.access.actor import Actor
from workflow.access.scope import cases_for, live_grants, submissions_for
from workflow.cases import lateness
from workflow.clock import london_day
from workflow.coproduction import kinds
from workflow.coproduction.submissions import form_of
from workflow.errors import NotFound
from workflow.queries.writing import NAMES


@dataclass(frozen=True)
class FormLine:
    """A form somebody can open, and how it stands.

    about: whom it is about, as they themselves wrote it, else as a case of theirs calls the child; "" while neither is
    known.
    answered: how many questions of their own form have an answer, a group of rows being one.
    begun_by: who began it, as this person may know them: `you`, or what kind of writer.
    """

    id: uuid.UUID
    title: str
    state: str
    changed_at: datetime
    begun_at: datetime
    mine: bool
    begun_by: str
    sent_at: datetime | None
    hand_over: bool = False
    about: str = ""
    answered: int = 0


@dataclass(frozen=True)
class CaseLine:
    """A child's case with the next date, and the first that the authority should have kept by now and has not. What
    each is for is in the family's words. asked_by: who sent its request, as in a form's line, or "" without one."""

    id: uuid.UUID
    called: str
    asked_by: str
    asked_at: datetime | None
    stage: str
    next_on: date | None = None
    next_what: str = ""
    late_since: date | None = None
    late_what: str = ""


def forms(session: OwnedSession, actor: Actor, now: datetime) -> list[FormLine]:
    """The forms this person may open, newest first. Five queries, however many there are."""
    handed = set(session.scalars(select(live_grants(actor.person, now).subquery().c.submission_id)))
    rows = session.scalars(submissions_for(actor, now).order_by(Submission.changed_at.desc()).limit(50)).all()
    return _lines(session, actor, rows, handed, now)


def begun(session: OwnedSession, actor: Actor, form_ids: Iterable[str], now: datetime) -> list[FormLine]:
    """Their own drafts of some forms, newest first: what they could go on with. Four queries."""
    rows = session.scalars(
        select(Submission)
        .where(
            Submission.owner_id == actor.person,
            Submission.form_id.in_(form_ids),
            Submission.state.in_(("draft", "shared")),
        )
        .order_by(Submission.changed_at.desc())
        .limit(5)
    ).all()
    return _lines(session, actor, rows, set(), now)


def _lines(
    session: OwnedSession, actor: Actor, rows: Sequence[Submission], handed: set[uuid.UUID | None], now: datetime
) -> list[FormLine]:
    written = _own_words(session, [each.id for each in rows if each.owner_id == actor.person])
    children = {each.child_id for each in rows if each.child_id}
    # What the record calls a child was said by somebody: only whoever may know of the case is told it.
    theirs = cases_for(actor, now).with_only_columns(Case.child_id)
    on_record = select(Child.id, Child.known_as).where(Child.id.in_(children), Child.id.in_(theirs))
    called = {child: name for child, name in session.execute(on_record)}
    return [
        _line(
            each,
            actor,
            handed=each.form_id in kinds.CHILDS and each.id in handed and each.state != "sent",
            about=next((name for asked in NAMES if (name := written[each.id].get(asked))), "")
            or (called.get(each.child_id, "") if each.child_id else ""),
            answered=len(written[each.id]),
        )
        for each in rows
    ]


def _own_words(session: OwnedSession, forms: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, str]]:
    """For each form, the questions that have an answer: what it says where it is a name, else ""."""
    asked = func.split_part(Answer.path, "[", 1)
    standing = (
        select(Answer.submission_id, asked)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .where(Answer.submission_id.in_(forms), Contribution.state == "current")
    )
    found: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    for form, question_id in session.execute(standing.distinct()):
        found[form][question_id] = ""
    for form, question_id, name in session.execute(
        standing.where(Answer.path.in_(NAMES)).add_columns(Contribution.value)
    ):
        found[form][question_id] = str(name or "")
    return found


def caseworker(session: OwnedSession, case: Case) -> str | None:
    """Who looks after a case at the council, by name; of a case that was joined to another, who looks after that."""
    kept = session.get_one(Case, (session.authority_id, case.joined_to_id)) if case.joined_to_id else case
    found = session.get(Person, (session.authority_id, kept.caseworker_id)) if kept.caseworker_id else None
    return found.name if found else None


def cases(session: OwnedSession, actor: Actor, now: datetime) -> list[CaseLine]:
    """Their cases, each with who asked and when, its stage in words and the next open date. Four queries."""
    found = session.execute(
        cases_for(actor, now).join(Child, Child.id == Case.child_id).add_columns(Child.known_as)
    ).all()
    ids = [case.id for case, _ in found]
    processes = {
        process.case_id: process
        for process in session.scalars(select(Process).where(Process.case_id.in_(ids)).order_by(Process.started_on))
    }
    today = london_day(now)
    dates: dict[uuid.UUID, Deadline] = {}
    late: dict[uuid.UUID, Deadline] = {}
    for deadline in session.scalars(
        select(Deadline)
        .where(
            Deadline.case_id.in_(ids),
            Deadline.satisfied_on.is_(None),
            Deadline.voided_on.is_(None),
            Deadline.due_on.is_not(None),
        )
        .order_by(Deadline.due_on, Deadline.rule)
    ):
        if lateness.is_late(deadline, today):
            late.setdefault(deadline.case_id, deadline)
        elif deadline.due_on and deadline.due_on >= today:
            dates.setdefault(deadline.case_id, deadline)
    wanted = select(Submission).where(Submission.case_id.in_(ids), Submission.form_id.in_(kinds.REQUESTS))
    requests = {each.case_id: each for each in session.scalars(wanted.order_by(Submission.sent_at.desc()))}
    return [
        CaseLine(
            case.id,
            called,
            _whose(requests[case.id], actor) if case.id in requests else "",
            requests[case.id].sent_at if case.id in requests else None,
            _stage(processes.get(case.id)),
            *_dated(dates.get(case.id)),
            *_dated(late.get(case.id)),
        )
        for case, called in found
    ]


def _dated(deadline: Deadline | None) -> tuple[date | None, str]:
    """When it is due, and what it is in the family's words."""
    return (deadline.due_on, current(deadline.rule).family) if deadline else (None, "")


def letters(session: OwnedSession, actor: Actor, case_id: uuid.UUID | None = None) -> list[Notice]:
    """Letters to this person, newest first."""
    wanted = select(Notice).where(Notice.person_id == actor.person)
    if case_id:
        wanted = wanted.where(Notice.case_id == case_id)
    return list(session.scalars(wanted.order_by(Notice.notified_on.desc()).limit(50)))


def heard(session: OwnedSession, actor: Actor, case: Case, now: datetime) -> list[FormLine]:
    """What was sent about a case that this person may read."""
    rows = session.scalars(
        submissions_for(actor, now).where(Submission.case_id == case.id).order_by(Submission.sent_at)
    )
    return [_line(each, actor) for each in rows]


def _line(each: Submission, actor: Actor, *, handed: bool = False, about: str = "", answered: int = 0) -> FormLine:
    title, by = form_of(each).title_for(family=True), _whose(each, actor)
    times = (each.changed_at, each.created_at)
    return FormLine(each.id, title, each.state, *times, by == "you", by, each.sent_at, handed, about, answered)


def _whose(each: Submission, actor: Actor) -> str:
    """Whose form it is, by the kind of person alone: no more of anybody is told than that."""
    return "you" if each.owner_id == actor.person else form_of(each).written_by


@dataclass(frozen=True)
class Asked:
    """Something the council asked a setting for."""

    on: date
    words: str
    reply_by: date


def asked(session: OwnedSession, case_id: uuid.UUID) -> list[Asked]:
    """What the council has asked the setting for on a case, newest first."""
    rows = session.execute(
        select(Event, Note)
        .join(Note, Note.event_id == Event.id)
        .where(Event.case_id == case_id, Event.act == "ask_for_information", Note.kind == "asked")
        .order_by(Event.seq.desc())
    )
    return [Asked(event.happened_on, note.words, date.fromisoformat(event.facts["reply_by"])) for event, note in rows]


def process_of(session: OwnedSession, deadline_id: uuid.UUID) -> Process:
    """The process a deadline belongs to: only its kind and case are used, to choose the page. Raises `NotFound`."""
    found = session.scalars(
        select(Process).join(Deadline, Deadline.process_id == Process.id).where(Deadline.id == deadline_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def _stage(process: Process | None) -> str:
    return tables.PROCESSES[process.kind].stages[process.stage] if process else ""

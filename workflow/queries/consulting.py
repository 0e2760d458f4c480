"""Which settings are consulted on a plan, by when each replies, and what they said: side by side."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, true

from forms import catalogue
from forms import reading as words
from law import tables
from models.advice import Consultation
from models.cases import Case, Deadline, Event, Notice, Process
from models.database import OwnedSession
from models.people import Child, Setting
from models.submissions import Submission
from workflow.access.actor import SETTING_ROLES, Actor
from workflow.access.advising import consulted_at
from workflow.access.relation import relations
from workflow.access.scope import submissions_for
from workflow.cases import consulting, plan_comments
from workflow.coproduction import reading
from workflow.coproduction.kinds import ADVICE, CONSULTATION
from workflow.errors import NotFound
from workflow.queries import advice
from workflow.queries.advice import Said

STAGES = tables.ROWS["consultation"].stages
WANTED = "dr_place"  # where a family says which place it wants named
MATTERS = (
    "cr_can",
    "cr_age",
    "cr_age_why",
    "cr_others",
    "cr_others_why",
    "cr_cost",
    "cr_need",
    "cr_start",
    "cr_comment",
)


@dataclass(frozen=True)
class Line:
    """One setting that is consulted, with its reply: what it said to each question of the form, in words."""

    row: Consultation
    setting: Setting
    stage: str
    due_on: date | None
    overdue: bool
    said: tuple[Said, ...]
    answers: Mapping[str, tuple[str, ...]]

    @property
    def waits(self) -> bool:
        """Whether a reply is still asked for."""
        return self.row.stage == consulting.WAITS


def lines(session: OwnedSession, process_id: uuid.UUID, actor: Actor, now: datetime, today: date) -> list[Line]:
    """The consultations of a process, the family's wish first. The number of queries does not grow with them."""
    rows = session.execute(
        select(Consultation, Setting)
        .join(Setting, Setting.id == Consultation.setting_id)
        .where(Consultation.process_id == process_id)
        .order_by(Consultation.preferred.desc(), Consultation.made_at, Consultation.id)
    ).all()
    owed = advice.owed(session, [row.id for row, _ in rows])
    said = advice.said(session, [process_id])
    answers = _answers(session, [row.reply_id for row, _ in rows if row.reply_id], actor, now)
    return [_line(row, at, owed.get(row.id), said.get(row.id, ()), answers, today) for row, at in rows]


def questions() -> tuple[tuple[str, str], ...]:
    """(id, text) of what is set side by side: the grounds of s.39(4), and what it would take."""
    form = catalogue.get(CONSULTATION)
    asked = {each.id: each.text for section in form.sections for each in section.questions}
    return tuple((each, asked[each]) for each in MATTERS)


def wished(session: OwnedSession, process: Process, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Which place the family said it wants named, in its own words."""
    said = plan_comments.on_drafts(session, process, actor, now)
    return tuple(line for each in said if each.comment.path == WANTED for line in each.comment.words)


@dataclass(frozen=True)
class ToReply:
    """A consultation that waits for a setting: which child, and until when."""

    id: uuid.UUID
    called: str
    due_on: date


def to_reply(session: OwnedSession, actor: Actor) -> list[ToReply]:
    """The consultations that wait where this person works."""
    at = Consultation.setting_id.in_(actor.settings if actor.roles & SETTING_ROLES else ())
    rows = session.execute(
        select(Consultation, Child.known_as, Child.first)
        .join(Case, Case.id == Consultation.case_id)
        .join(Child, Child.id == Case.child_id)
        .where(consulted_at(at))
        .order_by(Consultation.sent_on, Consultation.id)
    ).all()
    return [ToReply(row.id, known_as or first, consulting.due_on(row)) for row, known_as, first in rows]


def find(session: OwnedSession, actor: Actor, consultation_id: uuid.UUID) -> Consultation:
    """A consultation that went where this person works, open or over. Raises `NotFound`."""
    mine = actor.settings if actor.kind == "professional" and actor.roles & SETTING_ROLES else ()
    wanted = select(Consultation).where(Consultation.id == consultation_id, Consultation.setting_id.in_(mine))
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise NotFound
    return found


def waits(session: OwnedSession, row: Consultation) -> bool:
    """Whether a reply is still asked for: the plan is still being made."""
    return (
        session.scalars(select(Consultation.id).where(Consultation.id == row.id, consulted_at(true()))).first()
        is not None
    )


def papers(session: OwnedSession, actor: Actor, row: Consultation, now: datetime) -> list[Submission]:
    """The advice that goes with the draft, as this setting may read it; nothing once it is no longer asked."""
    if not waits(session, row):
        return []
    wanted = submissions_for(actor, now).where(
        Submission.case_id == row.case_id, Submission.state == "sent", Submission.form_id.in_(ADVICE)
    )
    return list(session.scalars(wanted.order_by(Submission.sent_at)))


def letter(session: OwnedSession, row: Consultation) -> Mapping[str, Any] | None:
    """The letter that asked, or the one that said what came of it: the newest."""
    return session.scalars(_letters(row)).first()


def of_deadline(session: OwnedSession, deadline_id: uuid.UUID) -> uuid.UUID | None:
    """The consultation that a date is about, if it is about one: to choose the page, which asks who may."""
    wanted = select(Consultation.id).join(Deadline, Deadline.subject_id == Consultation.id)
    return session.scalars(wanted.where(Deadline.id == deadline_id)).one_or_none()


def _letters(row: Consultation) -> Select[Any]:
    named = Event.facts["subject"].astext == str(row.id)
    return (
        select(Notice.letter)
        .join(Event, Event.id == Notice.event_id)
        .where(Event.process_id == row.process_id, named)
        .order_by(Event.seq.desc())
    )


def _answers(
    session: OwnedSession, ids: Iterable[uuid.UUID], actor: Actor, now: datetime
) -> dict[uuid.UUID, dict[str, tuple[str, ...]]]:
    forms = list(session.scalars(select(Submission).where(Submission.id.in_(list(ids)))))
    standing = relations(session, actor, forms, now)
    found = reading.read_all(session, [(each, standing[each.id]) for each in forms])
    form = catalogue.get(CONSULTATION)
    return {
        each: {
            answer.path: answer.lines
            for section in words.read(form, read.values, {}, child_name="")
            for answer in section.answers
            if answer.lines
        }
        for each, read in found.items()
    }


def _line(
    row: Consultation,
    setting: Setting,
    owed: Deadline | None,
    said: tuple[Said, ...],
    answers: Mapping[uuid.UUID, Mapping[str, tuple[str, ...]]],
    today: date,
) -> Line:
    due = owed.due_on if owed else None
    late = bool(row.stage == consulting.WAITS and due and due < today)
    mine = answers.get(row.reply_id, {}) if row.reply_id else {}
    return Line(row, setting, STAGES[row.stage], due, late, said, mine)

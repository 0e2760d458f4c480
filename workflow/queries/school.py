"""What a setting's pages read."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Text, and_, cast, select

from forms import catalogue
from law import tables
from models.cases import Case, Deadline, Plan, Process
from models.database import OwnedSession
from models.people import Child, Setting
from models.submissions import Answer, Contribution, Submission
from workflow.access.actor import Actor
from workflow.coproduction.kinds import REPORTS
from workflow.errors import NotFound

YEARLY = ("review.annual", "review.first")


@dataclass(frozen=True)
class RequestLine:
    """A form of the setting, named by the child as typed so far."""

    id: uuid.UUID
    title: str
    called: str
    state: str
    changed_at: datetime
    case_id: uuid.UUID | None


@dataclass(frozen=True)
class ReviewLine:
    """A pupil with a plan, and when the review must be finished."""

    process_id: uuid.UUID
    called: str
    stage: str
    stage_words: str
    due_on: date | None
    submission_id: uuid.UUID | None


def settings_of(session: OwnedSession, actor: Actor) -> list[Setting]:
    """Where this person works."""
    return list(session.scalars(select(Setting).where(Setting.id.in_(actor.settings)).order_by(Setting.name)))


def requests(
    session: OwnedSession, actor: Actor, form_ids: Collection[str] = ("ehcna-req-setting",)
) -> list[RequestLine]:
    """The setting's own requests (or other forms of its own), newest first, in two queries however many."""
    found = session.scalars(
        select(Submission)
        .where(Submission.setting_id.in_(actor.settings), Submission.form_id.in_(form_ids))
        .order_by(Submission.changed_at.desc())
        .limit(100)
    ).all()
    names = _names(session, [each.id for each in found])
    return [
        RequestLine(
            each.id,
            catalogue.get(each.form_id, each.form_version).title,
            names.get(each.id, ""),
            each.state,
            each.changed_at,
            each.case_id,
        )
        for each in found
    ]


@dataclass(frozen=True)
class KeptLine:
    """A form that a setting keeps, named by the child as typed so far."""

    id: uuid.UUID
    form_id: str
    called: str
    changed_at: datetime


def kept_for(session: OwnedSession, submission: Submission, form_ids: Collection[str]) -> list[KeptLine]:
    """The forms of these kinds that the setting of a form keeps, newest first, in two queries however many."""
    found = session.scalars(
        select(Submission)
        .where(
            Submission.setting_id == submission.setting_id,
            Submission.form_id.in_(form_ids),
            Submission.state != "withdrawn",
            Submission.id != submission.id,
        )
        .order_by(Submission.changed_at.desc())
        .limit(100)
    ).all()
    names = _names(session, [each.id for each in found])
    return [KeptLine(each.id, each.form_id, names.get(each.id, ""), each.changed_at) for each in found]


def reviews(session: OwnedSession, actor: Actor, *, limit: int = 200) -> list[ReviewLine]:
    """Pupils with plans at the actor's settings whose review is not over, soonest first."""
    due = select(Deadline.process_id, Deadline.due_on).where(Deadline.rule.in_(YEARLY)).subquery()
    rows = session.execute(
        select(Process, Child.known_as, Child.last, due.c.due_on, Submission.id)
        .join(Case, Case.id == Process.case_id)
        .join(Child, Child.id == Case.child_id)
        .join(Plan, and_(Plan.case_id == Case.id, Plan.ceased_on.is_(None)))
        .outerjoin(due, due.c.process_id == Process.id)
        .outerjoin(
            Submission,
            and_(
                Submission.case_id == Case.id,
                Submission.form_id.in_(REPORTS),
                Submission.facts["process"].astext == cast(Process.id, Text),
            ),
        )
        .where(
            Process.kind == "review",
            Process.ended_on.is_(None),
            Plan.setting_id.in_(actor.settings),
        )
        .order_by(due.c.due_on)
        .limit(limit)
    )
    stages = tables.PROCESSES["review"].stages
    return [
        ReviewLine(process.id, f"{known} {last}".strip(), process.stage, stages[process.stage], on, form)
        for process, known, last, on, form in rows
    ]


def review(session: OwnedSession, actor: Actor, process_id: uuid.UUID) -> Process:
    """A review of a pupil at one of the actor's settings. Raises `NotFound`."""
    found = session.scalars(
        select(Process)
        .join(Plan, and_(Plan.case_id == Process.case_id, Plan.ceased_on.is_(None)))
        .where(Process.id == process_id, Process.kind == "review", Plan.setting_id.in_(actor.settings))
    ).first()
    if found is None:
        raise NotFound
    return found


def _names(session: OwnedSession, ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = session.execute(
        select(Answer.submission_id, Answer.path, Contribution.value)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .where(
            Answer.submission_id.in_(ids),
            Answer.path.in_(("ch_first", "ch_last")),
            Contribution.state == "current",
        )
        .order_by(Answer.path)
    )
    names: dict[uuid.UUID, str] = {}
    for submission_id, _, value in rows:
        names[submission_id] = f"{names.get(submission_id, '')} {value}".strip()
    return names

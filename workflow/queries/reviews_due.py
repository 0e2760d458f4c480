"""Plans and their next reviews, by the day each is due."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, select

from law import tables
from models.cases import Case, Deadline, Plan, Process
from models.database import OwnedSession
from models.people import Child, Person, Setting
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.queries.paging import Page, page_of

YEARLY = ("review.first", "review.annual")
WHEN = ("all", "overdue", "three_months")
THREE_MONTHS = timedelta(days=92)


@dataclass(frozen=True)
class Review:
    """A plan with its next review."""

    case_id: uuid.UUID
    process_id: uuid.UUID
    called: str
    setting: str | None
    made_on: date
    last_review_on: date | None
    due_on: date
    days: int
    stage: str
    caseworker: str | None


@dataclass(frozen=True)
class Filters:
    """Which reviews: of one setting, and when (a word of WHEN)."""

    when: str = "all"
    setting_id: uuid.UUID | None = None
    page: int = 1


def reviews(session: OwnedSession, actor: Actor, filters: Filters, today: date) -> tuple[list[Review], Page]:
    """A page of plans, the earliest review first."""
    wanted = _wanted(actor, filters, today)
    at = page_of(session, wanted, filters.page)
    rows = session.execute(wanted.order_by(Deadline.due_on, Plan.id).offset(at.offset).limit(at.size))
    return [_review(row, today) for row in rows], at


def settings(session: OwnedSession) -> list[Setting]:
    """The settings to choose from."""
    return list(session.scalars(select(Setting).order_by(Setting.name)))


def next_of(session: OwnedSession, case_id: uuid.UUID) -> date | None:
    """The day the next review of a case's plan is due."""
    return session.scalars(
        select(Deadline.due_on)
        .where(
            Deadline.case_id == case_id,
            Deadline.rule.in_(YEARLY),
            Deadline.satisfied_on.is_(None),
            Deadline.voided_on.is_(None),
        )
        .order_by(Deadline.due_on)
    ).first()


def decide_by(session: OwnedSession, process_id: uuid.UUID) -> date | None:
    """The last day to tell the family of the decision after a review."""
    return _due(session, process_id, "review.decide")


def notice_by(session: OwnedSession, process_id: uuid.UUID) -> date | None:
    """The last day to send the family the changes proposed after a review."""
    return _due(session, process_id, "review.amend_notice")


def _due(session: OwnedSession, process_id: uuid.UUID, rule: str) -> date | None:
    return session.scalars(
        select(Deadline.due_on).where(Deadline.process_id == process_id, Deadline.rule == rule)
    ).first()


def _wanted(actor: Actor, filters: Filters, today: date) -> Select[*tuple[Any, ...]]:
    wanted = (
        select(
            Plan.id,
            Plan.made_on,
            Plan.last_review_on,
            Process.case_id,
            Process.id.label("process_id"),
            Process.kind,
            Process.stage,
            Deadline.due_on,
            Child.known_as,
            Child.last,
            Setting.name.label("setting"),
            Person.name.label("caseworker"),
        )
        .select_from(Deadline)
        .join(Process, and_(Process.authority_id == Deadline.authority_id, Process.id == Deadline.process_id))
        .join(Case, Case.id == Process.case_id)
        .join(Plan, and_(Plan.case_id == Case.id, Plan.ceased_on.is_(None)))
        .join(Child, Child.id == Case.child_id)
        .outerjoin(Setting, Setting.id == Plan.setting_id)
        .outerjoin(Person, Person.id == Case.caseworker_id)
        .where(
            Deadline.rule.in_(YEARLY),
            Deadline.satisfied_on.is_(None),
            Deadline.voided_on.is_(None),
            Deadline.due_on.is_not(None),
            ~kept_from(actor.person, Case.id),
        )
    )
    if filters.setting_id:
        wanted = wanted.where(Plan.setting_id == filters.setting_id)
    if filters.when == "overdue":
        wanted = wanted.where(Deadline.due_on < today)
    if filters.when == "three_months":
        wanted = wanted.where(Deadline.due_on >= today, Deadline.due_on <= today + THREE_MONTHS)
    return wanted


def _review(row: Any, today: date) -> Review:
    return Review(
        case_id=row.case_id,
        process_id=row.process_id,
        called=f"{row.known_as} {row.last}".strip(),
        setting=row.setting,
        made_on=row.made_on,
        last_review_on=row.last_review_on,
        due_on=row.due_on,
        days=(row.due_on - today).days,
        stage=tables.PROCESSES[row.kind].stages[row.stage],
        caseworker=row.caseworker,
    )

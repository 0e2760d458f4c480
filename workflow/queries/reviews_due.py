"""Plans and their next reviews, by the day each is due."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select

from law import age, tables
from models.cases import Case, Deadline, Plan, Process
from models.database import OwnedSession
from models.people import Child, Person, Setting
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.queries.paging import Page, page_of

YEARLY = ("review.first", "review.annual")
WHEN = ("all", "overdue", "three_months")
THREE_MONTHS = timedelta(days=92)
STAGES = ("waiting", "arranged", "held", "reported", "changing")
STEPS = ("review.meeting_notice", "review.circulate_advice", "review.report", "review.decide", "review.amend_notice")
STANDS = {
    "waiting": "Planned: no meeting yet",
    "arranged": "Meeting dated",
    "invited": "Everyone invited",
    "papers": "Papers sent",
    "held": "Held: report due",
    "report_late": "Held: report late",
    "reported": "Report in: decision due",
    "changing": "Changes to send",
}
FIVE = 5


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
    next_due: date | None
    next_days: int | None
    under_five: bool


@dataclass(frozen=True)
class Filters:
    """Which reviews: of one setting, at one stage, and when: a word of WHEN, or a month like 2027-01."""

    when: str = "all"
    stage: str = ""
    month: str = ""
    setting_id: uuid.UUID | None = None
    page: int = 1


def reviews(session: OwnedSession, actor: Actor, filters: Filters, today: date) -> tuple[list[Review], Page]:
    """A page of plans, the earliest review first."""
    wanted = _wanted(actor, filters, today)
    at = page_of(session, wanted, filters.page)
    rows = session.execute(wanted.order_by(Deadline.due_on, Plan.id).offset(at.offset).limit(at.size))
    found = rows.all()
    steps = _steps(session, [row.process_id for row in found])
    return [_review(row, steps.get(row.process_id, {}), today) for row in found], at


def months(today: date) -> list[tuple[str, date]]:
    """The twelve months from this one: as the address has it, and its first day."""
    firsts = [date(today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1, 1) for n in range(12)]
    return [(f"{each:%Y-%m}", each) for each in firsts]


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
            Child.born_on,
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
    if filters.stage in STAGES:
        wanted = wanted.where(Process.stage == filters.stage)
    if filters.month:
        wanted = wanted.where(func.to_char(Deadline.due_on, "YYYY-MM") == filters.month)
    if filters.when == "overdue":
        wanted = wanted.where(Deadline.due_on < today)
    if filters.when == "three_months":
        wanted = wanted.where(Deadline.due_on >= today, Deadline.due_on <= today + THREE_MONTHS)
    return wanted


def _steps(session: OwnedSession, process_ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, tuple[date | None, bool]]]:
    """By review and rule: the day a step is due, and whether it was done."""
    found: dict[uuid.UUID, dict[str, tuple[date | None, bool]]] = {}
    rows = session.execute(
        select(Deadline.process_id, Deadline.rule, Deadline.due_on, Deadline.satisfied_on).where(
            Deadline.process_id.in_(process_ids), Deadline.rule.in_(STEPS), Deadline.voided_on.is_(None)
        )
    )
    for process_id, rule, due_on, done in rows:
        found.setdefault(process_id, {})[rule] = (due_on, done is not None)
    return found


def _stands(stage: str, steps: Mapping[str, tuple[date | None, bool]], today: date) -> str:
    """Where a review stands, as an office says it."""
    if stage == "arranged":
        done = [rule for rule, (_, met) in steps.items() if met]
        return STANDS["papers" if STEPS[1] in done else "invited" if STEPS[0] in done else "arranged"]
    report = steps.get("review.report", (None, False))
    if stage == "held" and report[0] and report[0] < today and not report[1]:
        return STANDS["report_late"]
    return STANDS.get(stage, tables.PROCESSES["review"].stages[stage])


def _review(row: Any, steps: Mapping[str, tuple[date | None, bool]], today: date) -> Review:
    next_due = min((due for due, met in steps.values() if due and not met), default=None)
    return Review(
        case_id=row.case_id,
        process_id=row.process_id,
        called=f"{row.known_as} {row.last}".strip(),
        setting=row.setting,
        made_on=row.made_on,
        last_review_on=row.last_review_on,
        due_on=row.due_on,
        days=(row.due_on - today).days,
        stage=_stands(row.stage, steps, today),
        caseworker=row.caseworker,
        next_due=next_due,
        next_days=(next_due - today).days if next_due else None,
        under_five=age.age_on(row.born_on, today) < FIVE,
    )

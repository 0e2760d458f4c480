"""The office's to-do list: what is due first, what waits for a decision, what waits for a person."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import aliased

from law.rules import RULE_IDS, current
from models.cases import Case, Deadline, Process
from models.database import OwnedSession
from models.outbox import Message
from models.people import Child, Person
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.cases import readiness
from workflow.clock import london_day
from workflow.outbox.people import NEEDS_A_PERSON
from workflow.queries import letters_to_print, turns, urgent
from workflow.queries import readiness as readiness_of
from workflow.queries.paging import Page, page_of

OWED_HERE = tuple(
    sorted(each for each in RULE_IDS if current(each).owed_by == "authority" and current(each).bearing == "deadline")
)
WITHIN = {"week": timedelta(days=7), "six_weeks": timedelta(days=42), "year": timedelta(days=365)}
TRIAGE_SIZE = 10
READY_TO_DECIDE = ("held", "reported", "changing")


@dataclass(frozen=True)
class Filters:
    """What is shown: whose cases (`mine`, `nobody`, `all`), how far ahead (a key of WITHIN), which pages."""

    whose: str
    within: str = "six_weeks"
    page: int = 1
    triage_page: int = 1


@dataclass(frozen=True)
class Due:
    """A deadline the authority owes, with enough to find the case by."""

    case_id: uuid.UUID
    called: str
    what: str
    due_on: date
    act_by: date | None
    days: int
    caseworker: str | None
    disapplied: bool


@dataclass(frozen=True)
class Waiting:
    """A request in triage, or a review that waits for its decision."""

    case_id: uuid.UUID
    process_id: uuid.UUID
    called: str
    started_on: date
    due_on: date | None
    days: int | None
    caseworker: str | None
    stage: str = ""
    missing: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True)
class Counts:
    """What else waits for a person."""

    messages: int
    letters: int
    past: Page


@dataclass(frozen=True)
class Queue:
    """Everything on the page."""

    due: list[Due]
    due_page: Page
    triage: list[Waiting]
    triage_page: Page
    reviews: list[Waiting]
    counts: Counts
    turns: int


def queue(session: OwnedSession, actor: Actor, filters: Filters, now: datetime) -> Queue:
    """The whole page. The number of queries is the same however many cases there are."""
    today = london_day(now)
    due, due_page = _due(session, actor, filters, today)
    triage, triage_page = _triage(session, actor, filters, today)
    return Queue(
        due=due,
        due_page=due_page,
        triage=triage,
        triage_page=triage_page,
        reviews=_reviews(session, actor, filters, today),
        counts=counts(session, actor, today),
        turns=turns.to_settle(session, actor, now),
    )


def past(session: OwnedSession, actor: Actor, page: int, today: date) -> tuple[list[Due], Page]:
    """The worklist of an import: dates that had gone when the service first knew them, oldest first."""
    wanted = _open_here(actor).where(Deadline.due_on < Deadline.known_since)
    at = page_of(session, wanted, page)
    rows = session.execute(_with_case(wanted).order_by(Deadline.due_on, Deadline.id).offset(at.offset).limit(at.size))
    return [_row(row, today) for row in rows], at


def _due(session: OwnedSession, actor: Actor, filters: Filters, today: date) -> tuple[list[Due], Page]:
    other = aliased(Deadline)
    # One line a process: what is owed first. The rest shows when this is done.
    sooner = (
        select(other.id)
        .where(
            other.process_id == Deadline.process_id,
            other.rule.in_(OWED_HERE),
            other.satisfied_on.is_(None),
            other.voided_on.is_(None),
            tuple_(other.due_on, other.rule) < tuple_(Deadline.due_on, Deadline.rule),
        )
        .exists()
    )
    wanted = _open_here(actor).where(
        Deadline.due_on <= today + WITHIN[filters.within],
        Deadline.due_on >= Deadline.known_since,
        ~sooner,
        *_whose(actor, filters),
    )
    at = page_of(session, wanted, filters.page)
    rows = session.execute(_with_case(wanted).order_by(Deadline.due_on, Deadline.id).offset(at.offset).limit(at.size))
    return [_row(row, today) for row in rows], at


def _triage(session: OwnedSession, actor: Actor, filters: Filters, today: date) -> tuple[list[Waiting], Page]:
    wanted = _waiting("assess.decide", actor).where(
        Process.kind == "assessment",
        Process.stage == "requested",
        Deadline.satisfied_on.is_(None),
        Deadline.voided_on.is_(None),
        *_whose(actor, filters),
    )
    at = page_of(session, wanted, filters.triage_page, TRIAGE_SIZE)
    pressing = urgent.cases(session)
    first = [Case.id.in_(pressing).desc()] if pressing else []  # with none, the index's own order serves
    wanted = wanted.order_by(*first, Deadline.due_on, Process.id)
    rows = session.execute(wanted.offset(at.offset).limit(at.size)).all()
    lines = readiness_of.of_cases(session, [row.Case.id for row in rows], today)
    return [_wait(row, today, lines.get(row.Case.id, []), row.Case.id in pressing) for row in rows], at


def _reviews(session: OwnedSession, actor: Actor, filters: Filters, today: date) -> list[Waiting]:
    wanted = _waiting("review.decide", actor).where(
        Process.kind == "review", Process.stage.in_(READY_TO_DECIDE), *_whose(actor, filters)
    )
    rows = session.execute(wanted.order_by(Deadline.due_on, Process.id).limit(50))
    return [_wait(row, today) for row in rows]


def counts(session: OwnedSession, actor: Actor, today: date) -> Counts:
    """What else waits for a person."""
    messages = select(func.count()).select_from(Message).where(Message.state.in_(NEEDS_A_PERSON))
    past_here = _open_here(actor).where(Deadline.due_on < Deadline.known_since)
    return Counts(
        messages=session.scalars(messages).one(),
        letters=letters_to_print.count(session, actor, today),
        past=page_of(session, past_here, 1),
    )


def _open_here(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(Deadline)
        .join(Case, and_(Case.authority_id == Deadline.authority_id, Case.id == Deadline.case_id))
        .where(
            Deadline.rule.in_(OWED_HERE),
            Deadline.satisfied_on.is_(None),
            Deadline.voided_on.is_(None),
            Deadline.due_on.is_not(None),
            Case.joined_to_id.is_(None),
            ~kept_from(actor.person, Case.id),
        )
    )


def _waiting(rule: str, actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(Process, Case, Child.known_as, Child.last, Person.name.label("caseworker"), Deadline.due_on)
        .join(Case, Case.id == Process.case_id)
        .join(Child, Child.id == Case.child_id)
        .outerjoin(Person, Person.id == Case.caseworker_id)
        .outerjoin(Deadline, and_(Deadline.process_id == Process.id, Deadline.rule == rule))
        .where(Case.joined_to_id.is_(None), ~kept_from(actor.person, Case.id))
    )


def _with_case(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        wanted.add_columns(Case, Child.known_as, Child.last, Person.name.label("caseworker"))
        .join(Child, Child.id == Case.child_id)
        .outerjoin(Person, Person.id == Case.caseworker_id)
    )


def _whose(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    if filters.whose == "mine":
        return [Case.caseworker_id == actor.person]
    if filters.whose == "nobody":
        return [Case.caseworker_id.is_(None)]
    return []


def _row(row: Any, today: date) -> Due:
    deadline: Deadline = row.Deadline
    assert deadline.due_on
    return Due(
        case_id=deadline.case_id,
        called=name_of(row),
        what=current(deadline.rule).title,
        due_on=deadline.due_on,
        act_by=deadline.act_by if deadline.act_by != deadline.due_on else None,
        days=(deadline.due_on - today).days,
        caseworker=row.caseworker,
        disapplied=deadline.limit_disapplied,
    )


def _wait(row: Any, today: date, lines: list[readiness.Line] | None = None, pressing: bool = False) -> Waiting:
    return Waiting(
        case_id=row.Case.id,
        process_id=row.Process.id,
        called=name_of(row),
        started_on=row.Process.started_on,
        due_on=row.due_on,
        days=(row.due_on - today).days if row.due_on else None,
        caseworker=row.caseworker,
        stage=row.Process.stage,
        missing=tuple(each.title for each in lines or () if each.state in (readiness.NOT_ASKED, readiness.ASKED)),
        urgent=pressing,
    )


def name_of(row: Any) -> str:
    """A child's name as lists show it."""
    return f"{row.known_as} {row.last}".strip()

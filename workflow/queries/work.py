"""What waits in each of the office's queues, and in whose. Costs the same however many cases there are."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select, union_all

from law.rules import current
from models.cases import Case, Deadline, Process
from models.database import OwnedSession
from models.people import Child, Person
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.access.office import covered_by
from workflow.allocation import settings
from workflow.queries import paging
from workflow.queries.paging import Page
from workflow.queries.queue import name_of
from workflow.queries.work_queues import QUEUES, WorkQueue

WHOSE = ("mine", "team", "nobody", "all")


@dataclass(frozen=True)
class Waits:
    """How much waits in a queue, and the first day of all."""

    queue: WorkQueue
    at: Page
    first_on: date | None
    days: int | None


@dataclass(frozen=True)
class Line:
    """One thing that waits, why, until when, and the page where it is done."""

    case_id: uuid.UUID
    process_id: uuid.UUID
    called: str
    what: str
    law: str
    due_on: date
    days: int
    disapplied: bool
    caseworker: str | None
    page: str


def overview(session: OwnedSession, actor: Actor, whose: str, today: date) -> list[Waits]:
    """Every queue with how much waits there. One query a queue."""
    theirs = of_whom(session, actor, whose, today)
    return [_waits(session, queue, _first(queue, actor, theirs, today), 1, today) for queue in QUEUES]


def lines(
    session: OwnedSession, queue: WorkQueue, actor: Actor, whose: str, page: int, today: date
) -> tuple[list[Line], Page]:
    """A page of one queue, what is late longest first."""
    first = _first(queue, actor, of_whom(session, actor, whose, today), today)
    at = _waits(session, queue, first, page, today).at
    chosen = select(first.c.id).order_by(first.c.due_on, first.c.id).offset(at.offset).limit(at.size)
    rows = session.execute(
        select(Deadline, Case, Child.known_as, Child.last, Person.name.label("caseworker"))
        .join(Case, and_(Case.authority_id == Deadline.authority_id, Case.id == Deadline.case_id))
        .join(Child, and_(Child.authority_id == Case.authority_id, Child.id == Case.child_id))
        .outerjoin(Person, and_(Person.authority_id == Case.authority_id, Person.id == Case.caseworker_id))
        .where(Deadline.id.in_(chosen))
        .order_by(Deadline.due_on, Deadline.id)
    )
    return [_line(queue, row, today) for row in rows], at


def _first(queue: WorkQueue, actor: Actor, theirs: list[ColumnElement[bool]], today: date) -> Subquery:
    """What waits in a queue, the first `MOST` of each rule and one more: each is read in the order of its index, and
    no further."""
    each = (_of_rule(queue, rule, actor, theirs, today).limit(paging.MOST + 1).subquery() for rule in queue.rules)
    return union_all(*(select(part.c.id, part.c.due_on) for part in each)).subquery()


def _of_rule(
    queue: WorkQueue, rule: str, actor: Actor, theirs: list[ColumnElement[bool]], today: date
) -> Select[*tuple[Any, ...]]:
    wanted = (
        select(Deadline.id, Deadline.due_on)
        .join(Case, and_(Case.authority_id == Deadline.authority_id, Case.id == Deadline.case_id))
        .where(
            Deadline.rule == rule,
            Deadline.satisfied_on.is_(None),
            Deadline.voided_on.is_(None),
            Deadline.due_on.is_not(None),
            Case.joined_to_id.is_(None),
            ~kept_from(actor.person, Case.id),
            *theirs,
        )
        .order_by(Deadline.due_on, Deadline.id)
    )
    if queue.within is not None:
        wanted = wanted.where(Deadline.due_on <= today + queue.within)
    if queue.stages:
        here = and_(Process.authority_id == Deadline.authority_id, Process.id == Deadline.process_id)
        wanted = wanted.join(Process, here).where(Process.stage.in_(queue.stages))
    return wanted


def of_whom(session: OwnedSession, actor: Actor, whose: str, today: date) -> list[ColumnElement[bool]]:
    """Of a row with `Case`: whether it is shown to somebody who asks for these."""
    if whose == "mine":
        return [Case.caseworker_id.in_({actor.person, *covered_by(session, actor.person, today)})]
    if whose == "nobody":
        return [Case.caseworker_id.is_(None)]
    return [Case.caseworker_id.in_(teammates(session, actor))] if whose == "team" else []


def teammates(session: OwnedSession, actor: Actor) -> set[uuid.UUID]:
    """Everybody in a team this person is in, themselves too."""
    teams = settings.standing(session).routing.teams
    mine = [team for team in teams if any(each.person_id == actor.person_id for each in team.members)]
    return {each.person_id for team in mine for each in team.members} | {actor.person}


def _waits(session: OwnedSession, queue: WorkQueue, first: Subquery, page: int, today: date) -> Waits:
    count, due_on = session.execute(select(func.count(), func.min(first.c.due_on))).one()
    at = Page(page, min(count, paging.MOST), more=count > paging.MOST)
    return Waits(queue, at, due_on, (due_on - today).days if due_on else None)


def _line(queue: WorkQueue, row: Any, today: date) -> Line:
    deadline: Deadline = row.Deadline
    rule = current(deadline.rule)
    assert deadline.due_on
    return Line(
        case_id=deadline.case_id,
        process_id=deadline.process_id,
        called=name_of(row),
        what=rule.title,
        law=rule.citation,
        due_on=deadline.due_on,
        days=(deadline.due_on - today).days,
        disapplied=deadline.limit_disapplied,
        caseworker=row.caseworker,
        page=queue.page(deadline.rule),
    )

"""What the page of a hand-over shows: who has how much, and everything that is open in one person's cases."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from law import tables
from law.rules import current
from models.access import Post
from models.advice import AdviceRequest, Consultation
from models.cases import Case, Deadline, Process
from models.database import OwnedSession
from models.people import Child, Person
from models.submissions import Submission
from models.tasks import Task
from workflow.access.actor import STAFF_ROLES
from workflow.allocation import giving
from workflow.cases.advice import OPEN
from workflow.cases.consulting import WAITS


@dataclass(frozen=True)
class Load:
    """Somebody with how many open cases, how many in all, and the last day they work here, where that is known."""

    id: uuid.UUID
    name: str
    open_cases: int
    cases: int
    here: bool
    until_on: date | None


@dataclass(frozen=True)
class Line:
    """One case: what is under way and the stage it waits at, its open dates, and who owes something."""

    id: uuid.UUID
    called: str
    under_way: tuple[str, ...]
    dates: int
    next_on: date | None
    next_what: str
    asked: int
    consulted: int
    tasks: int


def loads(session: OwnedSession, today: date) -> list[Load]:
    """Everybody who works here or has cases, whoever leaves first. Four queries."""
    mine = (Case.caseworker_id.is_not(None), Case.joined_to_id.is_(None))
    counted = select(Case.caseworker_id, func.count()).where(*mine).group_by(Case.caseworker_id)
    cases = Counter({person_id: count for person_id, count in session.execute(counted) if person_id})
    last: dict[uuid.UUID, date | None] = {}
    for person_id, until_on in session.execute(
        select(Post.person_id, Post.until_on).where(Post.role.in_(STAFF_ROLES), Post.from_on <= today)
    ):
        before = last.get(person_id, date.min)
        last[person_id] = None if until_on is None or before is None else max(before, until_on)
    here = giving.at_work(session, today)
    people = session.execute(select(Person.id, Person.name).where(Person.id.in_({*cases, *here}))).all()
    open_cases = giving.loads(session, [person_id for person_id, _ in people])
    found = [
        Load(each, name, open_cases.get(each, 0), cases[each], each in here, last.get(each)) for each, name in people
    ]
    return sorted(found, key=lambda each: (each.here, each.until_on or date.max, each.name))


def lines(session: OwnedSession, cases: Collection[Case], whose: uuid.UUID, today: date) -> list[Line]:
    """Their cases, what is due first at the top, those with nothing under way last. Six queries."""
    ids = [case.id for case in cases]
    names = {
        child.id: f"{child.known_as} {child.last}".strip()
        for child in session.scalars(select(Child).where(Child.id.in_([case.child_id for case in cases])))
    }
    under_way: dict[uuid.UUID, list[str]] = defaultdict(list)
    for process in session.scalars(
        select(Process).where(Process.case_id.in_(ids), Process.ended_on.is_(None)).order_by(Process.started_on)
    ):
        table = tables.PROCESSES[process.kind]
        under_way[process.case_id].append(f"{table.title}: {table.stages[process.stage]}")
    dates: dict[uuid.UUID, list[Deadline]] = defaultdict(list)
    for deadline in session.scalars(
        select(Deadline)
        .where(Deadline.case_id.in_(ids), Deadline.satisfied_on.is_(None), Deadline.voided_on.is_(None))
        .where(Deadline.due_on.is_not(None))
        .order_by(Deadline.due_on, Deadline.rule)
    ):
        dates[deadline.case_id].append(deadline)
    asked = _count(session, AdviceRequest.case_id, AdviceRequest.stage.in_(OPEN), ids)
    consulted = _count(session, Consultation.case_id, Consultation.stage == WAITS, ids)
    tasks = {
        case_id: count
        for case_id, count in session.execute(
            select(Submission.case_id, func.count())
            .join(Task, Task.submission_id == Submission.id)
            .where(Submission.case_id.in_(ids), Task.person_id == whose, Task.done_at.is_(None))
            .group_by(Submission.case_id)
        )
    }
    found = [
        Line(
            id=case.id,
            called=names[case.child_id],
            under_way=tuple(under_way[case.id]),
            dates=len(dates[case.id]),
            next_on=next((each.due_on for each in dates[case.id]), None),
            next_what=next((current(each.rule).title for each in dates[case.id]), ""),
            asked=asked.get(case.id, 0),
            consulted=consulted.get(case.id, 0),
            tasks=tasks.get(case.id, 0),
        )
        for case in cases
    ]
    return sorted(found, key=lambda each: (not each.under_way, each.next_on or date.max, each.called))


def _count(
    session: OwnedSession, column: InstrumentedAttribute[uuid.UUID], waits: ColumnElement[bool], cases: list[uuid.UUID]
) -> dict[uuid.UUID, int]:
    wanted = select(column, func.count()).where(column.in_(cases), waits).group_by(column)
    return {case_id: count for case_id, count in session.execute(wanted)}

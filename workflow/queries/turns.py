"""Young people who take over: who is coming, and what a person must settle, by when."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select

from law import age, tables
from models.access import Grant
from models.cases import Case, Event, Plan, Process
from models.database import OwnedSession
from models.people import Child, Person
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.access.scope import not_over
from workflow.cases import coming, turning
from workflow.clock import london_day
from workflow.queries.paging import Page

WHICH = ("settle", "coming")
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Turn:
    """One hand-over. `process_id` is None while it has not begun; `settle_by` is known once the day has come."""

    case_id: uuid.UUID
    process_id: uuid.UUID | None
    called: str
    from_on: date
    days: int
    stage: str
    over: bool
    reading_settled: bool
    here: bool
    settle_by: date | None
    caseworker: str | None


def turns(session: OwnedSession, actor: Actor, which: str, page: int, now: datetime) -> tuple[list[Turn], Page]:
    """Hand-overs to settle, or those that come within a year; the earliest first. One query."""
    today = london_day(now)
    found = [_turn(row, today) for row in session.execute(_wanted(actor, now, today))]
    chosen = [each for each in found if (each.from_on > today) is (which == "coming") and not _settled(each)]
    at = Page(page, len(chosen))
    return sorted(chosen, key=lambda each: each.from_on)[at.offset : at.offset + at.size], at


def to_settle(session: OwnedSession, actor: Actor, now: datetime) -> int:
    """How many hand-overs wait for a person now."""
    return turns(session, actor, "settle", 1, now)[1].total


def _settled(turn: Turn) -> bool:
    return turn.over and turn.reading_settled


def _wanted(actor: Actor, now: datetime, today: date) -> Any:
    settled = exists().where(Event.case_id == Case.id, Event.act == turning.SETTLE)
    here = exists().where(Grant.case_id == Case.id, Grant.role == "yp", not_over(now))
    return (
        select(
            Case.id.label("case_id"),
            Process.id.label("process_id"),
            Process.stage,
            Process.ended_on,
            Child.known_as,
            Child.last,
            Child.born_on,
            Person.name.label("caseworker"),
            settled.label("settled"),
            here.label("here"),
        )
        .select_from(Case)
        .join(Child, Child.id == Case.child_id)
        .outerjoin(Person, Person.id == Case.caseworker_id)
        .outerjoin(Process, and_(Process.case_id == Case.id, Process.kind == "turn"))
        .where(
            Case.joined_to_id.is_(None),
            ~kept_from(actor.person, Case.id),
            Child.born_on <= coming.born_by(today + A_YEAR - coming.LOOK_AHEAD),
            Child.born_on > age.birthday_in(today, today.year - 25),
            or_(
                and_(Process.id.is_not(None), Process.stage != "closed"),
                and_(Process.id.is_(None), exists().where(Plan.case_id == Case.id, Plan.ceased_on.is_(None))),
            ),
        )
        .order_by(Child.born_on, Child.last, Case.id)
    )


def _turn(row: Any, today: date) -> Turn:
    from_on = age.young_person_from(row.born_on)
    return Turn(
        case_id=row.case_id,
        process_id=row.process_id,
        called=f"{row.known_as} {row.last}".strip(),
        from_on=from_on,
        days=(from_on - today).days,
        stage=tables.PROCESSES["turn"].stages[row.stage] if row.process_id else "Not begun",
        over=row.ended_on is not None,
        reading_settled=bool(row.settled),
        here=bool(row.here),
        settle_by=turning.settle_by(row.born_on, today),
        caseworker=row.caseworker,
    )


def names(session: OwnedSession, grants: list[Grant]) -> dict[uuid.UUID, str]:
    """The name of whoever holds each grant, by the grant's id."""
    people = select(Person.id, Person.name).where(Person.id.in_([each.person_id for each in grants]))
    known = {person_id: name for person_id, name in session.execute(people)}
    return {each.id: known[each.person_id] for each in grants}


def settled(session: OwnedSession, process: Process) -> bool:
    """Whether it is on record who goes on reading."""
    return (
        session.scalars(select(Event.id).where(Event.case_id == process.case_id, Event.act == turning.SETTLE)).first()
        is not None
    )


def here(session: OwnedSession, case_id: uuid.UUID, now: datetime) -> bool:
    """Whether the young person has come into the case themself."""
    mine = select(Grant.id).where(Grant.case_id == case_id, Grant.role == "yp", not_over(now))
    return session.scalars(mine).first() is not None

"""What comes by itself with a child's age, begun in time by the service and never twice.

Found by what is not there yet, and not by the day: after a week switched off the first look finds all of it.
"""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import exists, or_, select

from law import age
from models.cases import Case, Plan, Process
from models.database import Database, OwnedSession
from models.people import Child
from workflow.access.actor import SYSTEM
from workflow.cases import doing
from workflow.cases.doing import Said
from workflow.clock import london_day

LOOK_AHEAD = timedelta(days=183)
"""How long before a young person takes over somebody begins to see to it."""

BATCH = 200


def look_ahead(database: Database, now: datetime) -> int:
    """Begin each hand-over to a young person that is half a year off or nearer. Returns how many were begun.

    Each is its own transaction: safe to run at once, to kill anywhere and to run again.
    """
    begun = 0
    for authority_id in database.authorities():
        while found := _next(database, authority_id, now):
            for case_id in found:
                with database.transaction(authority_id) as session:
                    begun += begin_turn(session, case_id, now=now)
    return begun


def begin_turn(session: OwnedSession, case_id: uuid.UUID, *, now: datetime) -> bool:
    """Begin the hand-over of one case, unless it was begun before. Its id follows from the case's, so it is one."""
    token = turn_id(case_id)
    case = session.get_one(Case, (session.authority_id, case_id), with_for_update=True)
    if session.get(Process, (session.authority_id, token)) or _has_turn(session, case_id):
        return False
    doing.begin(session, case, "turn", "look_ahead", SYSTEM, Said(on=london_day(now)), token=token, now=now)
    return True


def turn_id(case_id: uuid.UUID) -> uuid.UUID:
    """The id of the hand-over that the service begins on a case."""
    return uuid.uuid5(case_id, "turn")


def born_by(today: date) -> date:
    """The last day of birth of those who take over within LOOK_AHEAD of a day.

    Compulsory school age ends on one day for all who were born from one 1 September to the next 31 August.
    """
    year = today.year - 17
    while age.young_person_from(date(year + 1, 8, 31)) <= today + LOOK_AHEAD:
        year += 1
    return date(year, 8, 31)


def _next(database: Database, authority_id: uuid.UUID, now: datetime) -> list[uuid.UUID]:
    with database.transaction(authority_id) as session:
        return list(_waiting(session, london_day(now)))


def _waiting(session: OwnedSession, today: date) -> Iterator[uuid.UUID]:
    going_on = or_(
        exists().where(Plan.case_id == Case.id, Plan.ceased_on.is_(None)),
        exists().where(Process.case_id == Case.id, Process.kind == "assessment", Process.ended_on.is_(None)),
    )
    turned = exists().where(Process.case_id == Case.id, Process.kind == "turn")
    yield from session.scalars(
        select(Case.id)
        .join(Child, Child.id == Case.child_id)
        .where(
            Case.joined_to_id.is_(None),
            Child.born_on <= born_by(today),
            Child.born_on > age.birthday_in(today, today.year - 25),
            going_on,
            ~turned,
        )
        .order_by(Case.id)
        .limit(BATCH)
    )


def _has_turn(session: OwnedSession, case_id: uuid.UUID) -> bool:
    return (
        session.scalars(select(Process.id).where(Process.case_id == case_id, Process.kind == "turn")).first()
        is not None
    )

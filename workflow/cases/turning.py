"""What of a hand-over to a young person a person settles: who goes on reading, in the young person's words.

Until somebody has settled it, everybody keeps what they could read; nobody is let in or locked out by a date.
"""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from law import age, calendar
from law.errors import BeyondKnownHolidays
from models.access import Grant
from models.cases import Case, Event, Process
from models.database import OwnedSession
from models.people import Child
from workflow import audit
from workflow.access.actor import Actor
from workflow.access.scope import FAMILY_ROLES, not_over
from workflow.clock import london_day
from workflow.errors import Refused

SETTLE = "settle_reading"
WORKING_DAYS = 5
"""How long somebody has to settle a hand-over, from the day the young person decides."""


def settle_by(born_on: date, today: date) -> date | None:
    """The day by which a person settles who decides and who reads, once the day has come; None where that was so long
    ago that its bank holidays are not known."""
    from_on = age.young_person_from(born_on)
    try:
        return calendar.workdays_after(from_on, WORKING_DAYS) if from_on <= today else None
    except BeyondKnownHolidays:
        return None


def readers(session: OwnedSession, case_id: uuid.UUID, now: datetime) -> list[Grant]:
    """The grants by which somebody of the family reads a case now, but for the young person's own."""
    return list(
        session.scalars(
            select(Grant)
            .where(Grant.case_id == case_id, Grant.role.in_(FAMILY_ROLES), Grant.role != "yp", not_over(now))
            .order_by(Grant.from_at, Grant.id)
        )
    )


def settle(
    session: OwnedSession, process: Process, reads: Mapping[uuid.UUID, bool], why: str, actor: Actor, *, now: datetime
) -> Event:
    """Put on record who of the family goes on reading, and what the young person said about it; end what ends.

    `reads` answers for every grant there is. Raises `Refused` without words, for a grant without an answer, or before
    the young person decides.
    """
    case = session.get_one(Case, (session.authority_id, process.case_id))
    child = session.get_one(Child, (session.authority_id, case.child_id))
    if not age.is_young_person(child.born_on, london_day(now)):
        raise Refused("Until school age ends the parent decides. Record wishes now, and settle this from that day.")
    if not why.strip():
        raise Refused("Write what the young person wants, in their own words.", "why")
    here = readers(session, case.id, now)
    if missing := [each for each in here if each.id not in reads]:
        raise Refused("Say of each person whether they go on reading.", f"reads_{missing[0].id}")
    stopped = [each for each in here if not reads[each.id]]
    for each in stopped:
        each.until_at = now
    kept = sorted(str(each.id) for each in here if reads[each.id])
    return audit.record(
        session,
        SETTLE,
        actor,
        audit.Subject(process.case_id),
        happened_on=london_day(now),
        now=now,
        facts={"turn": str(process.id), "kept": kept, "stopped": sorted(str(each.id) for each in stopped)},
        words={"why": why.strip()},
    )

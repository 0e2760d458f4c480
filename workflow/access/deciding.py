"""Who in a family the law writes to and asks: the parent, the young person, or who acts for them.

Children and Families Act 2014, ss.80 and 83(2); SEND Regulations 2014, regs 64-65. It turns on the day school age ends
and on what is on record about capacity, never on who happens to have an account.
"""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from law import age
from models.cases import Case, Process
from models.database import OwnedSession
from models.people import Child
from workflow.clock import london_day

FAMILY = ("parent", "yp", "rep")  # as grants name them
YOUNG = ("yp",)
REPRESENTED = ("parent", "rep")


def roles_of(session: OwnedSession, case_ids: Collection[uuid.UUID], now: datetime) -> dict[uuid.UUID, tuple[str, ...]]:
    """For each case, the roles of the family that letters and reminders go to today. One query.

    Until school age ends that is everybody; then the young person alone. While their capacity is in question it stays
    everybody; where it was found that somebody acts for them, it is parents and representatives.
    """
    rows = session.execute(
        select(Case.id, Child.born_on, Process.stage)
        .join(Child, (Child.authority_id == Case.authority_id) & (Child.id == Case.child_id))
        .outerjoin(Process, (Process.case_id == Case.id) & (Process.kind == "turn"))
        .where(Case.id.in_(case_ids))
        .order_by(Process.started_on)
    )
    today = london_day(now)
    return {case_id: _roles(born_on, stage, today) for case_id, born_on, stage in rows}


def young_person_decides(session: OwnedSession, case_id: uuid.UUID, now: datetime) -> bool:
    """Whether it is the young person's to decide today."""
    return roles_of(session, [case_id], now).get(case_id) == YOUNG


def _roles(born_on: date, stage: str | None, today: date) -> tuple[str, ...]:
    if not age.is_young_person(born_on, today) or stage == "doubted":
        return FAMILY
    return REPRESENTED if stage in ("represented", "handed_to_representative") else YOUNG

"""Who was asked for advice on a case, or consulted on its draft plan, and what they get copies of.

SEND Regulations 2014, regs 6(1) and 6(3); Children and Families Act 2014, ss.39(2) and 40(2).
"""

import uuid
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, and_, exists, or_

from forms import catalogue
from models.access import Grant
from models.advice import AdviceRequest, Consultation
from models.cases import Process

ADVISING = ("asked", "with_them", "late", "agreeing")
"""The stages of a request for advice in which whoever was asked reads what the family sent (reg 6(3))."""


@cache
def familys_papers() -> frozenset[str]:
    """The forms whose copies go with a request for advice: what the family and the child sent. Reg 6(3)."""
    return frozenset(f.id for f in catalogue.all_forms() if f.written_by in ("family", "child"))


def advised_by(
    person: uuid.UUID | BindParameter[uuid.UUID],
    settings: ColumnElement[bool],
    now: datetime | BindParameter[datetime],
    stages: tuple[str, ...] = ADVISING,
) -> ColumnElement[bool]:
    """Of requests for advice: it is open, and went to this person or to a setting where they work."""
    theirs = exists().where(
        Grant.advice_id == AdviceRequest.id,
        Grant.authority_id == AdviceRequest.authority_id,
        Grant.person_id == person,
        Grant.from_at <= now,
        or_(Grant.until_at.is_(None), Grant.until_at > now),
    )
    return and_(AdviceRequest.stage.in_(stages), or_(settings, theirs))


def consulted_at(settings: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of consultations: it is open, the plan is still being made, and it went to a setting where they work."""
    going_on = exists().where(
        Process.id == Consultation.process_id,
        Process.authority_id == Consultation.authority_id,
        Process.ended_on.is_(None),
    )
    return and_(Consultation.stage == "consulted", settings, going_on)

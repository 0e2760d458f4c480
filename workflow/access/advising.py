"""Who was asked for advice on a case, and what the family sent, of which they get copies. Regs 6(1) and 6(3)."""

import uuid
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, and_, exists, or_

from forms import catalogue
from models.access import Grant
from models.advice import AdviceRequest

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

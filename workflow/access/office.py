"""Whose case it is at the authority: the caseworker it was given to, and whoever stands in for them."""

import uuid
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Date, Uuid, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from models.access import Cover
from models.cases import Case
from models.database import OwnedSession
from workflow.access.actor import Actor

CASEWORKER = "caseworker"  # the readers of what is kept for them: not everybody at the authority
PERSON: BindParameter[uuid.UUID | None] = bindparam("person", type_=Uuid)
TODAY: BindParameter[date] = bindparam("today", type_=Date)

_kept = aliased(Case)  # the case that one was joined to
_CASEWORKER = func.coalesce(
    select(_kept.caseworker_id).where(_kept.id == Case.joined_to_id).scalar_subquery(), Case.caseworker_id
)


def on_the_case() -> ColumnElement[bool]:
    """Of a row with `Case`: whether `PERSON` is its caseworker, or covers for them on `TODAY`."""
    covered = select(Cover.caseworker_id).where(
        Cover.cover_id == PERSON, Cover.from_on <= TODAY, Cover.until_on >= TODAY
    )
    return or_(_CASEWORKER == PERSON, _CASEWORKER.in_(covered))


def is_theirs(session: OwnedSession, actor: Actor, case: Case, today: date) -> bool:
    """Whether a case is this person's: given to them, or to somebody they cover for."""
    found = select(Case.id).where(Case.id == case.id, on_the_case())
    return session.scalars(found, {"person": actor.person_id, "today": today}).one_or_none() is not None


def covered_by(session: OwnedSession, person_id: uuid.UUID, today: date) -> list[uuid.UUID]:
    """The caseworkers for whom somebody stands in today."""
    covers = (Cover.cover_id == person_id, Cover.from_on <= today, Cover.until_on >= today)
    return list(session.scalars(select(Cover.caseworker_id).where(*covers)))


def oversees(actor: Actor) -> bool:
    """Whether somebody reads what is kept for a caseworker as that caseworker's manager."""
    return "manager" in actor.roles

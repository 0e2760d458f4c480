"""Who stands in for a caseworker while they are away: for every case of theirs, from one day to another."""

import uuid
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from models.access import Cover, Post
from models.database import OwnedSession
from workflow import audit
from workflow.access.actor import STAFF_ROLES, Actor
from workflow.access.office import oversees
from workflow.clock import london_day
from workflow.errors import NotFound, NotPermitted, Refused

INTENT = ("cover_id", "caseworker_id", "from_on", "until_on")


def arrange(
    session: OwnedSession,
    actor: Actor,
    caseworker_id: uuid.UUID,
    cover_id: uuid.UUID,
    *,
    from_on: date,
    until_on: date,
    now: datetime,
) -> Cover:
    """Let somebody stand in for a caseworker: they read what is kept for them. One's own cover, or as their manager.

    Saying it twice is saying it once. Raises `NotPermitted` for another's, `Refused` for days that cannot be and for
    people who do not work here.
    """
    if caseworker_id != actor.person_id and not oversees(actor):
        raise NotPermitted("You can only say who covers for you.")
    if caseworker_id == cover_id:
        raise Refused("Choose somebody else to cover.", "cover")
    if until_on < max(from_on, london_day(now)):
        raise Refused("The last day must not be before the first, or over already.", "until_on")
    if not {caseworker_id, cover_id} <= _at_work(session, {caseworker_id, cover_id}, london_day(now)):
        raise Refused("Choose somebody who works here.", "cover")
    given = {"caseworker_id": caseworker_id, "cover_id": cover_id, "from_on": from_on, "until_on": until_on}
    made = session.scalars(
        insert(Cover)
        .values(arranged_by=actor.person, arranged_at=now, **given)
        .on_conflict_do_nothing(index_elements=["authority_id", *INTENT])
        .returning(Cover.id)
    ).one_or_none()
    cover = session.scalars(select(Cover).filter_by(**given)).one()
    if made is not None:
        _record(session, "arrange_cover", actor, cover, now)
    return cover


def end(session: OwnedSession, actor: Actor, cover_id: uuid.UUID, *, now: datetime) -> None:
    """End somebody's standing in at once. Raises `NotFound` for what is over, or not this person's to end."""
    cover = session.scalars(select(Cover).where(Cover.id == cover_id)).one_or_none()
    if cover is None or not may_end(actor, cover):
        raise NotFound
    _record(session, "end_cover", actor, cover, now)
    session.delete(cover)
    session.flush()


def may_end(actor: Actor, cover: Cover) -> bool:
    """Whether this person may end it: either of the two, or a manager."""
    return oversees(actor) or actor.person_id in (cover.caseworker_id, cover.cover_id)


def _at_work(session: OwnedSession, people: set[uuid.UUID], today: date) -> set[uuid.UUID]:
    posts = select(Post.person_id).where(
        Post.person_id.in_(people),
        Post.role.in_(STAFF_ROLES),
        Post.from_on <= today,
        or_(Post.until_on.is_(None), Post.until_on >= today),
    )
    return set(session.scalars(posts))


def _record(session: OwnedSession, act: str, actor: Actor, cover: Cover, now: datetime) -> None:
    audit.record(
        session,
        act,
        actor,
        audit.Subject(),
        happened_on=london_day(now),
        now=now,
        facts={
            "caseworker": str(cover.caseworker_id),
            "cover": str(cover.cover_id),
            "from": cover.from_on.isoformat(),
            "until": cover.until_on.isoformat(),
        },
    )

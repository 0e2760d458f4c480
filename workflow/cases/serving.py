"""How letters may be served on a person, as they themselves answered; and which way counted for each letter."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from law import service
from models.cases import Notice
from models.database import OwnedSession
from models.people import OnlineService, Person
from workflow import audit
from workflow.access.actor import Actor
from workflow.clock import london_day


@dataclass(frozen=True)
class Served:
    """By which way a letter was served, and the day that counts. how: `online` or `post`."""

    how: str
    on: date


def served(notice: Notice) -> Served | None:
    """Which way counts for a letter, the earlier of two; None while it was neither read by agreement nor posted.

    The day of a posted letter is that of delivery in the ordinary course of post, and may still lie ahead.
    Law: Interpretation Act 1978, s.7.
    """
    ways = []
    if notice.served_online_at is not None:
        ways.append(Served("online", london_day(notice.served_online_at)))
    if notice.posted_on is not None:
        ways.append(Served("post", service.by_post(notice.posted_on)))
    return min(ways, key=lambda way: way.on, default=None)


def answer(session: OwnedSession, actor: Actor, *, agreed: bool, now: datetime) -> None:
    """Put on record whether letters may be served on this person here. The same answer again changes nothing."""
    # One answer stands at a time: the person's row is locked, so that two pages sent at once follow each other.
    session.get_one(Person, (session.authority_id, actor.person), with_for_update=True)
    before = standing(session, actor)
    if before is not None:
        if before.agreed == agreed:
            return
        before.until_at = now
        session.flush()
    session.add(OnlineService(person_id=actor.person, agreed=agreed, said_at=now))
    audit.record(
        session,
        "agree_to_letters_here" if agreed else "want_letters_by_post",
        actor,
        audit.Subject(),
        happened_on=london_day(now),
        now=now,
    )


def standing(session: OwnedSession, actor: Actor) -> OnlineService | None:
    """What this person last answered; None where they never did."""
    return session.scalars(
        select(OnlineService).where(OnlineService.person_id == actor.person, OnlineService.until_at.is_(None))
    ).one_or_none()

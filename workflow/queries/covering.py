"""Who covers for whom, as the council's page of it shows."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from models.access import Cover
from models.database import OwnedSession
from models.people import Person
from workflow.access.actor import Actor
from workflow.cases.covering import may_end


@dataclass(frozen=True)
class Covering:
    """Somebody covers for somebody until a day; `mine` where this reader may end it."""

    id: uuid.UUID
    caseworker: str
    cover: str
    from_on: date
    until_on: date
    mine: bool


def now_and_coming(session: OwnedSession, actor: Actor, today: date) -> list[Covering]:
    """Who covers for whom, today and from later on, soonest first. One query."""
    return [
        Covering(each.id, who, cover, each.from_on, each.until_on, may_end(actor, each))
        for each, who, cover in session.execute(_named(today).limit(200))
    ]


def by(session: OwnedSession, cover_id: uuid.UUID, today: date) -> list[str]:
    """For whom somebody covers, today or later, by name. One query."""
    return [who for _, who, _ in session.execute(_named(today).where(Cover.cover_id == cover_id))]


def _named(today: date) -> Select[Cover, str, str]:
    away, cover = aliased(Person), aliased(Person)
    return (
        select(Cover, away.name, cover.name)
        .join(away, away.id == Cover.caseworker_id)
        .join(cover, cover.id == Cover.cover_id)
        .where(Cover.until_on >= today)
        .order_by(Cover.from_on, away.name, Cover.id)
    )

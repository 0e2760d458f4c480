"""Who covers for whom, as the council's page of it shows."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
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
    away, by = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Cover, away.name, by.name)
        .join(away, away.id == Cover.caseworker_id)
        .join(by, by.id == Cover.cover_id)
        .where(Cover.until_on >= today)
        .order_by(Cover.from_on, away.name, Cover.id)
        .limit(200)
    )
    return [
        Covering(each.id, who, cover, each.from_on, each.until_on, may_end(actor, each)) for each, who, cover in rows
    ]

"""Trying an act out to see its letters, and leaving nothing behind."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from models.cases import Notice
from models.database import OwnedSession


@dataclass(frozen=True)
class Draft:
    """A letter as it would go: to whom, and the whole of it."""

    to_name: str
    audience: str
    by_post: bool
    letter: dict[str, Any]
    notified_on: date


def letters_of(session: OwnedSession, case_id: uuid.UUID, act: Callable[[], object]) -> list[Draft]:
    """The letters an act would send. The act is done in a savepoint and taken back; what it raises, this raises."""
    before = set(session.scalars(select(Notice.id).where(Notice.case_id == case_id)))
    trial = session.begin_nested()
    try:
        act()
        session.flush()
        rows = session.scalars(
            select(Notice)
            .where(Notice.case_id == case_id, Notice.id.not_in(before))
            .order_by(Notice.audience, Notice.to_name)
        )
        return [
            Draft(each.to_name, each.audience, each.person_id is None, dict(each.letter), each.notified_on)
            for each in rows
        ]
    finally:
        trial.rollback()
        session.expire_all()

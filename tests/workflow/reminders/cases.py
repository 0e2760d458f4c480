"""Cases with deadlines that are due, and what a sweep made of them."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.database import Database
from models.outbox import Message
from tests.workflow.outbox.builders import case, deadline, officer, parent, senco, setting
from workflow import reminders

Own = tuple[Database, uuid.UUID]
Sweep = Callable[..., dict[str, int]]
DAY = timedelta(days=1)


def a_case(own: Own, *due: date, rule: str = "assess.decide", **given: Any) -> dict[str, uuid.UUID]:
    """A case with a caseworker, a manager, a parent and a SENCO, and deadlines, each scheduled."""
    database, authority = own
    with database.transaction(authority) as session:
        school = setting(session)
        worker, manager = officer(session), officer(session, "manager")
        of = case(session, caseworker_id=worker, setting_id=school)
        people = {"caseworker": worker, "manager": manager, "family": parent(session, of)}
        people |= {"setting": senco(session, school), "case": of.id}
        for each in due:
            found = deadline(session, of, due_on=each, rule=rule, **given)
            reminders.schedule(session, found, given.get("known_since", date(2026, 1, 1)))
    return people


def found(own: Own) -> list[tuple[uuid.UUID | None, str, str, str | None]]:
    """(person, stage, state, reason) of every message."""
    database, authority = own
    with database.transaction(authority) as session:
        rows = session.scalars(select(Message).order_by(Message.created_at, Message.dedupe_key)).all()
        return [(m.person_id, m.dedupe_key.split(":")[4], m.state, m.reason) for m in rows]


def going(own: Own) -> list[tuple[uuid.UUID | None, str]]:
    return [(who, stage) for who, stage, state, _ in found(own) if state == "queued"]


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

"""How long a claim lasts, and the clock it is measured on: the database's, which all workers share."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, DateTime, func, literal, select
from sqlalchemy.orm import Session

LEASE = timedelta(seconds=300)
"""Longer than a task may live, shorter than the broker's visibility timeout."""

STUCK = 2 * LEASE
"""How long after its end a lease that nobody took up means that something stands still."""

ASK_AFTER = timedelta(minutes=10)
"""How long a carrier that remembers has a message before it is asked. By then it has heard of it, or never will."""


def database_now() -> ColumnElement[datetime]:
    """The database's clock, at this very moment and not at the start of the transaction."""
    return func.clock_timestamp(type_=DateTime(timezone=True))


def lease_end() -> ColumnElement[datetime]:
    """When a lease taken now is over."""
    return database_now() + literal(LEASE)


def server_clock(session: Session) -> datetime:
    """The database's clock, read."""
    return session.scalars(select(database_now())).one()

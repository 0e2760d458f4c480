"""The valve: a scan that finds far more mail than ever waits for a person's yes."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from models.database import OwnedSession
from models.outbox import Message

ALWAYS_ALLOWED = 500
LOOK_BACK = timedelta(days=28)
TIMES_BUSIEST = 3


def is_too_much(session: OwnedSession, mails: int, now: datetime) -> bool:
    """Whether a scan's mails are more than the larger of 500 and three times the busiest hour of 28 days."""
    return mails > ALWAYS_ALLOWED and mails > TIMES_BUSIEST * _busiest_hour(session, now)


def _busiest_hour(session: OwnedSession, now: datetime) -> int:
    hours = (
        select(func.count().label("mails"))
        .where(Message.accepted_at > now - LOOK_BACK, Message.accepted_at <= now)
        .group_by(func.date_trunc("hour", Message.accepted_at))
        .subquery()
    )
    return session.scalars(select(func.max(hours.c.mails))).one() or 0

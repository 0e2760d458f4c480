"""Clearing away what has had its time: in small batches, each its own transaction, authority by authority."""

import uuid
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import aliased

from models.access import KeptText, LoginCode, RateCount, WebSession
from models.database import Database
from models.operations import Canary, DueHint, JobRun
from models.outbox import Message
from models.submissions import SaveReceipt
from workflow.outbox.guard import TICK

BATCH = 2000
DAY = timedelta(days=1)
WORDS_LIVE = timedelta(days=90)
LOOK_BACK = timedelta(days=60)
"""How far behind a late clearing still finds mail whose words have had their time."""

SETTLED = ("accepted", "delivered", "bounced", "cancelled")


def prune(database: Database, now: datetime) -> dict[str, int]:
    """Delete what is over: job runs after 40 days, canaries and doubled hints after one, sessions that ended,
    rates of yesterday, codes after 24 hours, save receipts and kept text after seven days, words of mail after 90 days.
    Safe to run at once and to kill anywhere. Returns how many rows of each."""
    counts: Counter[str] = Counter()
    for model, over in _global(now):
        counts[model.__tablename__] += _delete(database, None, model, over)
    for authority_id in database.authorities():
        for model, over in _of_authority(now):
            counts[model.__tablename__] += _delete(database, authority_id, model, over)
        counts["message_words"] += _forget_words(database, authority_id, now)
    return {name: count for name, count in counts.items() if count}


def _global(now: datetime) -> list[tuple[Any, ColumnElement[bool]]]:
    older = aliased(DueHint)
    doubled = (
        select(older.id)
        .where(
            older.authority_id == DueHint.authority_id,
            older.queue == DueHint.queue,
            older.id < DueHint.id,
            older.due_at < now - DAY,
        )
        .exists()
    )
    return [
        (JobRun, (JobRun.started_at < now - 40 * DAY) & (JobRun.job != TICK[0])),
        (Canary, Canary.made_at < now - DAY),
        (DueHint, (DueHint.due_at < now - DAY) & doubled),
    ]


def _of_authority(now: datetime) -> list[tuple[Any, ColumnElement[bool]]]:
    return [
        (WebSession, WebSession.ends_at < now),
        (RateCount, RateCount.window_at < now - 2 * DAY),
        (LoginCode, LoginCode.expires_at < now - DAY),
        (SaveReceipt, SaveReceipt.saved_at < now - 7 * DAY),
        (KeptText, KeptText.kept_at < now - 7 * DAY),
    ]


def _delete(database: Database, authority_id: uuid.UUID | None, model: Any, over: ColumnElement[bool]) -> int:
    keys = list(model.__table__.primary_key.columns)
    total = 0
    while True:
        with database.transaction(authority_id) as session:
            some = select(*keys).where(over).limit(BATCH).with_for_update(skip_locked=True)
            rows = some.cte("over").prefix_with("MATERIALIZED")
            gone = delete(model).where(*(key == rows.c[key.name] for key in keys))
            count = len(session.execute(gone.returning(keys[-1])).all())
        total += count
        if count < BATCH:
            return total


def _forget_words(database: Database, authority_id: uuid.UUID, now: datetime) -> int:
    """A mail's own words and typed address go; that it was sent, about what and when, stays."""
    ended = now - WORDS_LIVE
    with database.transaction(authority_id) as session:
        old = select(Message.id).where(
            Message.state.in_(SETTLED), Message.created_at < ended, Message.created_at >= ended - LOOK_BACK
        )
        full = old.where((func.octet_length(Message.words) > EMPTY) | Message.address.is_not(None))
        gone = session.execute(
            update(Message)
            .where(Message.id.in_(full))
            .values(words={}, address=None)
            .returning(Message.id)
            .execution_options(synchronize_session=False)
        )
        return len(gone.all())


EMPTY = 12 + 2 + 16
"""Bytes of `{}` encrypted: nonce, two letters, tag."""

"""How often a thing may be tried. Counted in the database: shared by every process, and without Redis."""

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy.dialects.postgresql import insert

from models.access import RateCount
from models.database import OwnedSession
from workflow.errors import TooMany


def count(session: OwnedSession, what: str, who: str, *, limit: int, window: timedelta, now: datetime) -> None:
    """Count one try of `what` by `who` (hashed). Raises `TooMany` past `limit` in a fixed window."""
    seconds = int(window.total_seconds())
    start = datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)
    key = hashlib.sha256(f"{what}:{who}".encode()).hexdigest()
    tried = session.execute(
        insert(RateCount)
        .values(key=key, window_at=start, count=1)
        .on_conflict_do_update(index_elements=["authority_id", "key", "window_at"], set_={"count": RateCount.count + 1})
        .returning(RateCount.count)
    ).scalar_one()
    if tried > limit:
        wait = seconds - int(now.timestamp()) % seconds
        raise TooMany(f"That was tried too often. Wait {max(1, wait // 60)} minutes, then try again.", wait)

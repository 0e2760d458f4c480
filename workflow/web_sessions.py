"""Sessions on the server. A browser holds only a random token; everything else is here and can be ended."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from models.access import KeptText, WebSession
from models.database import OwnedSession

IDLE = {"staff": timedelta(minutes=30)}
IDLE_OTHERS = timedelta(minutes=60)
LONGEST = timedelta(hours=12)


def new_token() -> str:
    """A fresh 256-bit token for a browser to hold."""
    return secrets.token_urlsafe(32)


def find(session: OwnedSession, token: str, now: datetime) -> WebSession | None:
    """The live session of a token, or None when it ended, idled out, or never was."""
    found = session.scalars(
        select(WebSession).where(WebSession.token_hash == digest(token), WebSession.ends_at > now)
    ).one_or_none()
    return None if found is None or idle(found.data, found.seen_at, now) else found


def idle(data: dict[str, Any], seen_at: datetime, now: datetime) -> bool:
    """Whether a session has been left alone for longer than its kind of account may."""
    return now - seen_at > IDLE.get(str(data.get("kind")), IDLE_OTHERS)


def save(
    session: OwnedSession,
    token: str,
    data: dict[str, Any],
    account_id: uuid.UUID | None,
    now: datetime,
) -> None:
    """Keep a session's data under its token, beginning it when it is new."""
    found = session.scalars(select(WebSession).where(WebSession.token_hash == digest(token))).one_or_none()
    if found is None:
        session.add(
            WebSession(
                token_hash=digest(token),
                account_id=account_id,
                data=data,
                created_at=now,
                seen_at=now,
                ends_at=now + LONGEST,
            )
        )
        return
    found.data, found.account_id, found.seen_at = data, account_id, now


def end(session: OwnedSession, token: str) -> None:
    """End one session."""
    session.execute(delete(WebSession).where(WebSession.token_hash == digest(token)))


def end_all(session: OwnedSession, account_id: uuid.UUID) -> None:
    """End every session of an account, in every browser."""
    session.execute(delete(WebSession).where(WebSession.account_id == account_id))


def account_before(session: OwnedSession, token: str) -> uuid.UUID | None:
    """Whose session a token was, when it has ended but is not yet pruned."""
    return session.scalars(select(WebSession.account_id).where(WebSession.token_hash == digest(token))).one_or_none()


def keep_text(
    session: OwnedSession, account_id: uuid.UUID | None, path: str, fields: list[list[str]], now: datetime
) -> uuid.UUID:
    """Keep what was typed on a page whose session had ended. Returns its id, for the browser's new session."""
    kept = KeptText(id=uuid.uuid4(), account_id=account_id, path=path, fields=fields, kept_at=now)
    session.add(kept)
    session.flush()
    return kept.id


def kept_text(session: OwnedSession, kept_id: uuid.UUID, account_id: uuid.UUID | None) -> KeptText | None:
    """Kept text, for the person it belongs to. Another person on the same device is never shown it."""
    kept = session.scalars(select(KeptText).where(KeptText.id == kept_id)).one_or_none()
    if kept is None or (kept.account_id is not None and kept.account_id != account_id):
        return None
    return kept


def digest(token: str) -> str:
    """The hash a token is found by."""
    return hashlib.sha256(token.encode()).hexdigest()

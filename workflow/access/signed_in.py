"""Who is at a browser: its session, the account behind it and the posts that hold, read in one statement."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select

from models.access import Account, Post, WebSession
from models.base import table
from models.database import OwnedSession
from workflow import web_sessions
from workflow.access.actor import Actor, actor_of, held_posts
from workflow.clock import london_day


@dataclass(frozen=True)
class SignedIn:
    """A live session. `actor` is None where nobody has signed in, or the account has been closed since."""

    data: dict[str, Any]
    account_id: uuid.UUID | None
    seen_at: datetime
    actor: Actor | None


_session, _account, _post = table(WebSession), table(Account), table(Post)
_FOUND = (
    select(
        _session.c.data,
        _session.c.account_id,
        _session.c.seen_at,
        _account.c.kind,
        _account.c.person_id,
        _post.c.role,
        _post.c.setting_id,
    )
    .outerjoin_from(_session, _account, and_(_account.c.id == _session.c.account_id, _account.c.closed_at.is_(None)))
    .outerjoin(_post, held_posts())
    .where(_session.c.token_hash == bindparam("token_hash"), _session.c.ends_at > bindparam("now"))
)


def find(session: OwnedSession, token: str, now: datetime) -> SignedIn | None:
    """The live session of a browser's token; None when it ended, idled out, or never was."""
    asked = {"token_hash": web_sessions.digest(token), "now": now, "today": london_day(now)}
    rows = session.connection().execute(_FOUND, asked).all()
    if not rows or web_sessions.idle(rows[0].data, rows[0].seen_at, now):
        return None
    data, account_id, seen_at, kind, person_id, *_ = rows[0]
    posts = ((row.role, row.setting_id) for row in rows)
    actor = actor_of(account_id, kind, person_id, posts) if account_id and kind else None
    return SignedIn(dict(data), account_id, seen_at, actor)

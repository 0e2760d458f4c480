"""Who is acting."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from models.access import Account, Post
from models.base import table
from models.database import OwnedSession


@dataclass(frozen=True)
class Actor:
    """A person at work in one role family. `roles` are the posts held today, `settings` where they hold them.

    kind: public (not signed in), family, professional, staff, system (the service itself).
    """

    kind: str
    person_id: uuid.UUID | None = None
    account_id: uuid.UUID | None = None
    roles: frozenset[str] = frozenset()
    settings: frozenset[uuid.UUID] = field(default_factory=frozenset)

    @property
    def role(self) -> str:
        """The one word under which acts are recorded."""
        for role in ("decider", "manager", "caseworker", "senco", "head"):
            if role in self.roles:
                return role
        return self.kind

    @property
    def person(self) -> uuid.UUID:
        """The person's id. Raises `LookupError` for the public and the service itself."""
        if self.person_id is None:
            raise LookupError("nobody is signed in")
        return self.person_id


PUBLIC = Actor("public")
SYSTEM = Actor("system")


def actor_for(session: OwnedSession, account_id: uuid.UUID, today: date) -> Actor | None:
    """The actor behind an account, with the posts that hold today; None when the account is closed."""
    rows = session.execute(_BEHIND, {"account": account_id, "today": today}).all()
    if not rows:
        return None
    return actor_of(account_id, rows[0].kind, rows[0].person_id, ((row.role, row.setting_id) for row in rows))


def actor_of(
    account_id: uuid.UUID,
    kind: str,
    person_id: uuid.UUID,
    posts: Iterable[tuple[str | None, uuid.UUID | None]],
) -> Actor:
    """The actor of an open account, from the (role, setting) of each post that holds; a role of None is no post.

    An account uses the posts of its own kind: somebody may work at a school and for the authority.
    """
    wanted = [post for post in posts if post[0] and (post[0] in SETTING_ROLES) == (kind == "professional")]
    return Actor(
        kind=kind,
        person_id=person_id,
        account_id=account_id,
        roles=frozenset(role for role, _ in wanted if role) if kind != "family" else frozenset(),
        settings=frozenset(setting for _, setting in wanted if setting),
    )


def held_posts() -> ColumnElement[bool]:
    """The condition that joins an account with its person's posts on the day bound as `today`."""
    post, account = table(Post).c, table(Account).c
    return and_(
        post.person_id == account.person_id,
        post.from_on <= bindparam("today"),
        or_(post.until_on.is_(None), post.until_on >= bindparam("today")),
    )


SETTING_ROLES = frozenset({"senco", "head"})
STAFF_ROLES = frozenset({"caseworker", "decider", "manager"})

_BEHIND = (
    select(Account.kind, Account.person_id, Post.role, Post.setting_id)
    .outerjoin(Post, held_posts())
    .where(Account.id == bindparam("account"), Account.closed_at.is_(None))
)

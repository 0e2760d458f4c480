"""Who is acting."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select

from models.access import Account, Post
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
    account = session.scalars(
        select(Account).where(Account.id == account_id, Account.closed_at.is_(None))
    ).one_or_none()
    if account is None:
        return None
    posts = session.scalars(
        select(Post).where(
            Post.person_id == account.person_id,
            Post.from_on <= today,
            or_(Post.until_on.is_(None), Post.until_on >= today),
        )
    ).all()
    wanted = [p for p in posts if (p.role in SETTING_ROLES) == (account.kind == "professional")]
    return Actor(
        kind=account.kind,
        person_id=account.person_id,
        account_id=account.id,
        roles=frozenset(p.role for p in wanted) if account.kind != "family" else frozenset(),
        settings=frozenset(p.setting_id for p in wanted if p.setting_id),
    )


SETTING_ROLES = frozenset({"senco", "head"})
STAFF_ROLES = frozenset({"caseworker", "decider", "manager"})

"""How people sign in, and what they may see: accounts, posts, grants, invitations, sessions, codes."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Day, Facts, Instant, Owned, Words, owned_key
from models.crypto import Encrypted


class Account(Owned, Base):
    """How a person signs in. A human with a staff and a family identity has two, with no link between."""

    __tablename__ = "account"

    person_id: Mapped[uuid.UUID]
    kind: Mapped[str]  # family, professional, staff
    email: Mapped[str | None]  # folded to lower case; null: began without one, and lives as long as its session
    closed_at: Mapped[Instant | None]
    __table_args__ = (
        owned_key("person_id", to="person"),
        UniqueConstraint("authority_id", "kind", "email"),
        CheckConstraint("kind in ('family', 'professional', 'staff')", name="kind"),
    )


class Post(Owned, Base):
    """A role somebody holds: at the authority, or at a setting. Ends on a day."""

    __tablename__ = "post"

    person_id: Mapped[uuid.UUID]
    role: Mapped[str]
    setting_id: Mapped[uuid.UUID | None]
    from_on: Mapped[Day]
    until_on: Mapped[Day | None]
    __table_args__ = (
        owned_key("person_id", to="person"),
        owned_key("setting_id", to="setting"),
        Index(None, "authority_id", "person_id"),
        CheckConstraint("(role in ('senco', 'head')) = (setting_id is not null)", name="setting_roles_have_a_setting"),
    )


class Cover(Owned, Base):
    """Somebody stands in for a caseworker from one day to another, both included: for every case of theirs."""

    __tablename__ = "cover"

    caseworker_id: Mapped[uuid.UUID]
    cover_id: Mapped[uuid.UUID]
    from_on: Mapped[Day]
    until_on: Mapped[Day]
    arranged_by: Mapped[uuid.UUID]
    arranged_at: Mapped[Instant]
    __table_args__ = (
        owned_key("caseworker_id", to="person"),
        owned_key("cover_id", to="person"),
        owned_key("arranged_by", to="person"),
        CheckConstraint("cover_id <> caseworker_id", name="not_by_oneself"),
        CheckConstraint("from_on <= until_on", name="ends_after_it_begins"),
        UniqueConstraint("authority_id", "cover_id", "caseworker_id", "from_on", "until_on"),
    )


class Grant(Owned, Base):
    """What one person may do on one submission, case or child, in which sections, until when, and why."""

    __tablename__ = "grant"

    person_id: Mapped[uuid.UUID]
    role: Mapped[str]
    submission_id: Mapped[uuid.UUID | None]
    case_id: Mapped[uuid.UUID | None]
    child_id: Mapped[uuid.UUID | None]
    advice_id: Mapped[uuid.UUID | None]  # a request for advice: to answer it, and read what the family sent meanwhile
    rights: Mapped[Words]  # read, write, sign, send
    sections: Mapped[list[str] | None] = mapped_column(ARRAY(Text))  # null: all
    from_at: Mapped[Instant]
    until_at: Mapped[Instant | None]
    until_sent: Mapped[bool] = mapped_column(server_default="false")  # over once the form is sent
    capacity: Mapped[str] = mapped_column(server_default="")  # of a helper: relative, advocate, friend, interpreter
    granted_by: Mapped[uuid.UUID]
    reason: Mapped[str]
    __table_args__ = (
        owned_key("person_id", to="person"),
        owned_key("submission_id", to="submission"),
        owned_key("case_id", to="case"),
        owned_key("child_id", to="child"),
        owned_key("advice_id", to="advice_request"),
        owned_key("granted_by", to="person"),
        CheckConstraint("num_nonnulls(submission_id, case_id, child_id, advice_id) = 1", name="one_thing"),
        Index(None, "authority_id", "person_id"),
        Index(None, "authority_id", "submission_id"),
        Index(None, "authority_id", "case_id"),
        Index(None, "authority_id", "advice_id", postgresql_where="advice_id is not null"),
    )


class Invitation(Owned, Base):
    """An invitation to add one's voice. Opens only with a code to the invited address *and* the second
    secret that the inviter passes on another way, since the likeliest leak is a mistyped address."""

    __tablename__ = "invitation"

    submission_id: Mapped[uuid.UUID | None]
    case_id: Mapped[uuid.UUID | None]
    advice_id: Mapped[uuid.UUID | None]
    role: Mapped[str]
    capacity: Mapped[str] = mapped_column(server_default="")
    rights: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{read,write}")
    sections: Mapped[list[str] | None] = mapped_column(ARRAY(Text))  # null: all
    until_at: Mapped[Instant | None]  # when what it gives ends
    until_sent: Mapped[bool] = mapped_column(server_default="false")
    email: Mapped[str] = mapped_column(Encrypted("invitation.email"))
    secret_hash: Mapped[str]
    tries: Mapped[int] = mapped_column(server_default="0")
    invited_by: Mapped[uuid.UUID]
    invited_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    accepted_by: Mapped[uuid.UUID | None]
    accepted_at: Mapped[Instant | None]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        owned_key("case_id", to="case"),
        owned_key("advice_id", to="advice_request"),
        CheckConstraint("num_nonnulls(submission_id, case_id, advice_id) = 1", name="one_thing"),
        owned_key("invited_by", to="person"),
        owned_key("accepted_by", to="person"),
        Index(None, "authority_id", "submission_id"),
    )


class WebSession(Owned, Base):
    """A browser's session, found by a hash of its random token. Nobody is signed in without one."""

    __tablename__ = "web_session"

    token_hash: Mapped[str]
    account_id: Mapped[uuid.UUID | None]
    data: Mapped[Facts]
    created_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    __table_args__ = (
        owned_key("account_id", to="account"),
        UniqueConstraint("authority_id", "token_hash"),
        Index(None, "ends_at"),
    )


class KeptText(Owned, Base):
    """What somebody had typed when their session ended: shown again once the same person is back."""

    __tablename__ = "kept_text"

    account_id: Mapped[uuid.UUID | None]
    path: Mapped[str]
    fields: Mapped[Any] = mapped_column(Encrypted("kept_text.fields"))
    kept_at: Mapped[Instant]
    __table_args__ = (owned_key("account_id", to="account"), Index(None, "kept_at"))


class LoginCode(Owned, Base):
    """A six-digit code, hashed, one use, bound to the browser that asked."""

    __tablename__ = "login_code"

    email: Mapped[str] = mapped_column(Encrypted("login_code.email"))
    browser_hash: Mapped[str]
    code_hash: Mapped[str]
    purpose: Mapped[Facts]
    expires_at: Mapped[Instant]
    tries: Mapped[int] = mapped_column(server_default="0")
    used_at: Mapped[Instant | None]
    __table_args__ = (Index(None, "authority_id", "browser_hash"), Index(None, "expires_at"))


class RateCount(Owned, Base):
    """How often something was tried in one window of time. Shared by every process, kept without Redis."""

    __tablename__ = "rate_count"

    key: Mapped[str]
    window_at: Mapped[Instant]
    count: Mapped[int]
    __table_args__ = (UniqueConstraint("authority_id", "key", "window_at"), Index(None, "window_at"))

"""Forms being filled in: submissions, answers, contributions, and what was sent."""

import uuid
from typing import Any, NamedTuple

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Facts, Instant, Owned, Words, owned_key
from models.crypto import Encrypted


class Submission(Owned, Base):
    """Somebody's filled-in form about a child, draft or sent. Pins the versions it was begun on.

    `root_id` ties the views that people add to the form they were asked for: a request and the parent's
    and child's own forms are one bundle, each with its own owner.
    """

    __tablename__ = "submission"

    form_id: Mapped[str]
    form_version: Mapped[int]
    layer_version: Mapped[int] = mapped_column(server_default="0")
    root_id: Mapped[uuid.UUID | None]
    follows_id: Mapped[uuid.UUID | None]  # the sent version that this one adds to
    child_id: Mapped[uuid.UUID | None]
    case_id: Mapped[uuid.UUID | None]
    setting_id: Mapped[uuid.UUID | None]
    owner_id: Mapped[uuid.UUID]
    facts: Mapped[Facts]
    state: Mapped[str] = mapped_column(server_default="draft")
    created_at: Mapped[Instant]
    changed_at: Mapped[Instant]
    shared_at: Mapped[Instant | None]
    sent_at: Mapped[Instant | None]
    sent_by: Mapped[uuid.UUID | None]
    reference: Mapped[str | None]
    create_token: Mapped[uuid.UUID]
    __table_args__ = (
        owned_key("root_id", to="submission"),
        owned_key("follows_id", to="submission"),
        owned_key("child_id", to="child"),
        owned_key("case_id", to="case"),
        owned_key("setting_id", to="setting"),
        owned_key("owner_id", to="person"),
        owned_key("sent_by", to="person"),
        UniqueConstraint("authority_id", "create_token"),
        UniqueConstraint("authority_id", "reference"),
        UniqueConstraint("authority_id", "follows_id"),
        CheckConstraint("state in ('draft', 'shared', 'sent', 'withdrawn')", name="state"),
        Index(None, "authority_id", "owner_id"),
        Index(None, "authority_id", "root_id"),
        Index(None, "authority_id", "case_id"),
    )


class Held(NamedTuple):
    """A form as a plain row: what a save has to know of the one it holds."""

    id: uuid.UUID
    form_id: str
    form_version: int
    root_id: uuid.UUID | None
    case_id: uuid.UUID | None
    setting_id: uuid.UUID | None
    owner_id: uuid.UUID
    facts: dict[str, Any]
    state: str


Filled = Submission | Held


class Answer(Owned, Base):
    """One question answered on one submission (or one cell of a repeating row): the head of its history."""

    __tablename__ = "answer"

    submission_id: Mapped[uuid.UUID]
    path: Mapped[str]
    audience: Mapped[Words]
    withheld: Mapped[Words]  # readers whom its writer has kept out
    version: Mapped[int]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        UniqueConstraint("authority_id", "submission_id", "path"),
    )


class Contribution(Owned, Base):
    """What one author wrote to one answer in one sitting. Frozen, it never changes again.

    state: current (the answer as it stands), rival (written at the same time, waiting for a writer to
    settle), beside (kept beside it on purpose), earlier.
    """

    __tablename__ = "contribution"

    answer_id: Mapped[uuid.UUID]
    author_id: Mapped[uuid.UUID]
    entered_by: Mapped[uuid.UUID]  # differs from the author when somebody wrote it down for them
    mode: Mapped[str]  # own, scribed, observed, believed
    language: Mapped[str] = mapped_column(server_default="en")
    value: Mapped[Any] = mapped_column(Encrypted("contribution.value"))
    version: Mapped[int]
    based_on: Mapped[int]
    state: Mapped[str]
    taken_from: Mapped[str | None]  # the offer it was begun from: words:<contribution>, fact:<fact>
    page_id: Mapped[uuid.UUID | None]  # the open page it was typed on; null without script
    page_seq: Mapped[int] = mapped_column(server_default="0")  # that page's newest save
    started_at: Mapped[Instant]
    saved_at: Mapped[Instant]
    frozen_at: Mapped[Instant | None]
    __table_args__ = (
        owned_key("answer_id", to="answer"),
        owned_key("author_id", to="person"),
        owned_key("entered_by", to="person"),
        CheckConstraint("state in ('current', 'rival', 'beside', 'earlier')", name="state"),
        CheckConstraint("mode in ('own', 'scribed', 'observed', 'believed')", name="mode"),
        Index(None, "authority_id", "answer_id", "version"),
        Index(
            "uq_contribution_one_current",
            "authority_id",
            "answer_id",
            unique=True,
            postgresql_where="state = 'current'",
        ),
    )


class SaveReceipt(Owned, Base):
    """A save that was made, under the id the browser gave it: repeating it is harmless."""

    __tablename__ = "save_receipt"

    submission_id: Mapped[uuid.UUID]
    save_id: Mapped[uuid.UUID]
    result: Mapped[Facts]
    saved_at: Mapped[Instant]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        UniqueConstraint("authority_id", "submission_id", "save_id"),
        Index(None, "saved_at"),
    )


class Snapshot(Owned, Base):
    """A submission as it was sent: every contribution with its author, and a hash over all of it."""

    __tablename__ = "snapshot"

    submission_id: Mapped[uuid.UUID]
    number: Mapped[int]
    content: Mapped[Any] = mapped_column(Encrypted("snapshot.content"))
    content_hash: Mapped[str]
    taken_at: Mapped[Instant]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        UniqueConstraint("authority_id", "submission_id", "number"),
    )

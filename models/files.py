"""Attachments: a file somebody added, and whether it may be served yet."""

import uuid

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Owned, Words, owned_key
from models.crypto import Encrypted


class Attachment(Owned, Base):
    """A file on a submission. Only `clean` ones are ever served; its audience is obeyed like an answer's.

    state: received (a recording that waits to be made anew), scanning (kept, and waiting for the virus scanner),
    clean, rejected (a record without bytes).
    """

    __tablename__ = "attachment"

    submission_id: Mapped[uuid.UUID]
    path: Mapped[str]  # the question it answers
    blob: Mapped[str]  # random key in the blob store
    name: Mapped[str] = mapped_column(Encrypted("attachment.name"))
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    state: Mapped[str]
    problem: Mapped[str | None]
    audience: Mapped[Words]
    about_child: Mapped[bool] = mapped_column(server_default="false")  # the council looked, and said so
    added_by: Mapped[uuid.UUID]
    added_at: Mapped[Instant]
    scanned_at: Mapped[Instant | None]  # when the virus scanner was last asked; null: it never was
    removed_at: Mapped[Instant | None]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        owned_key("added_by", to="person"),
        CheckConstraint("state in ('received', 'scanning', 'clean', 'rejected')", name="state"),
        Index(None, "authority_id", "submission_id"),
        Index(None, "authority_id", "state", "added_at"),
        Index(
            "ix_attachment_never_scanned",
            "authority_id",
            "added_at",
            postgresql_where="state = 'clean' and scanned_at is null",
        ),
    )

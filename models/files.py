"""Attachments: a file somebody added, and whether it may be served yet."""

import uuid

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Owned, Words, owned_key
from models.crypto import Encrypted


class Attachment(Owned, Base):
    """A file on a submission. Only `clean` ones are ever served; its audience is obeyed like an answer's."""

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
    added_by: Mapped[uuid.UUID]
    added_at: Mapped[Instant]
    removed_at: Mapped[Instant | None]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        owned_key("added_by", to="person"),
        CheckConstraint("state in ('received', 'scanning', 'clean', 'rejected')", name="state"),
        Index(None, "authority_id", "submission_id"),
    )

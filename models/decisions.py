"""What was weighed before a decision."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Owned, owned_key
from models.crypto import Encrypted


class Consideration(Owned, Base):
    """That somebody considered one piece of evidence for one decision, and what it showed. The newest of each
    piece stands; nothing written before it is lost."""

    __tablename__ = "consideration"

    process_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    item_id: Mapped[uuid.UUID]  # of the form that was sent, or of the file on it
    showed: Mapped[Any] = mapped_column(Encrypted("consideration.showed"))
    stands: Mapped[bool]  # false: the mark was taken back
    marked_by: Mapped[uuid.UUID]
    marked_at: Mapped[Instant]
    __table_args__ = (
        owned_key("process_id", to="process"),
        owned_key("marked_by", to="person"),
        CheckConstraint("kind in ('form', 'file')", name="kind"),
        Index(None, "authority_id", "process_id", "item_id", "marked_at"),
    )

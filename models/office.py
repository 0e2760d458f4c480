"""How the office is set up, and who is kept from which case."""

import uuid
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Facts, Instant, Owned, owned_key
from models.crypto import Encrypted


class OfficeSetting(Owned, Base):
    """Something that managers set for the office. Every change is a version of its own: who, when, why, and the
    whole of what was set, so that any day's setting can be read again."""

    __tablename__ = "office_setting"

    key: Mapped[str]
    version: Mapped[int]
    value: Mapped[Facts]
    why: Mapped[Any] = mapped_column(Encrypted("office_setting.why"))
    made_by: Mapped[uuid.UUID]
    made_at: Mapped[Instant]
    __table_args__ = (owned_key("made_by", to="person"), UniqueConstraint("authority_id", "key", "version"))


class Conflict(Owned, Base):
    """A conflict of interest of somebody who works here, with one case. While it stands the case is hidden from
    them, whatever else they may do."""

    __tablename__ = "conflict"

    person_id: Mapped[uuid.UUID]
    case_id: Mapped[uuid.UUID]
    why: Mapped[Any] = mapped_column(Encrypted("conflict.why"))
    declared_by: Mapped[uuid.UUID]
    declared_at: Mapped[Instant]
    ended_by: Mapped[uuid.UUID | None]
    ended_at: Mapped[Instant | None]
    __table_args__ = (
        owned_key("person_id", to="person"),
        owned_key("case_id", to="case"),
        owned_key("declared_by", to="person"),
        owned_key("ended_by", to="person"),
        Index(
            "uq_conflict_one_standing",
            "authority_id",
            "person_id",
            "case_id",
            unique=True,
            postgresql_where="ended_at is null",
        ),
        Index(None, "authority_id", "case_id"),
    )

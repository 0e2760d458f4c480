"""Panels: who sits on a day, what they look at, and what they advise. A panel decides nothing."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Day, Instant, Owned, Words, owned_key
from models.crypto import Encrypted


class Panel(Owned, Base):
    """A panel on one day, advising one named decider."""

    __tablename__ = "panel"

    held_on: Mapped[Day]
    decider_id: Mapped[uuid.UUID]
    made_by: Mapped[uuid.UUID]
    made_at: Mapped[Instant]
    __table_args__ = (
        owned_key("decider_id", to="person"),
        owned_key("made_by", to="person"),
        Index(None, "authority_id", "held_on"),
    )


class PanelMember(Owned, Base):
    """Somebody who sits on a panel."""

    __tablename__ = "panel_member"

    panel_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID]
    __table_args__ = (
        owned_key("panel_id", to="panel"),
        owned_key("person_id", to="person"),
        UniqueConstraint("authority_id", "panel_id", "person_id"),
        Index(None, "authority_id", "person_id"),
    )


class PanelItem(Owned, Base):
    """One request on a panel's agenda, and what came of it. Taken off, it keeps its place in the record."""

    __tablename__ = "panel_item"

    panel_id: Mapped[uuid.UUID]
    process_id: Mapped[uuid.UUID]
    put_on_by: Mapped[uuid.UUID]
    put_on_at: Mapped[Instant]
    taken_off_at: Mapped[Instant | None]
    advice: Mapped[str | None]
    minutes: Mapped[Any | None] = mapped_column(Encrypted("panel_item.minutes"))
    sat: Mapped[Words]  # ids of those who sat for this one
    version: Mapped[int] = mapped_column(server_default="0")
    recorded_by: Mapped[uuid.UUID | None]
    recorded_at: Mapped[Instant | None]
    __table_args__ = (
        owned_key("panel_id", to="panel"),
        owned_key("process_id", to="process"),
        owned_key("put_on_by", to="person"),
        owned_key("recorded_by", to="person"),
        UniqueConstraint("authority_id", "panel_id", "process_id"),
        CheckConstraint("advice in ('assess', 'not', 'more')", name="advice"),
        Index(None, "authority_id", "process_id"),
    )

"""What a person has to look at by a day, because somebody else asked or wrote."""

import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Day, Instant, Owned, owned_key


class Task(Owned, Base):
    """One thing to look at by a day: for one person, for whoever works at a setting, or for the office.

    kind: read_child (a child has finished a form of their own), talk (a child would like to talk to somebody).
    """

    __tablename__ = "task"

    kind: Mapped[str]
    dedupe_key: Mapped[str]
    submission_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID | None]
    setting_id: Mapped[uuid.UUID | None]
    office: Mapped[bool] = mapped_column(server_default="false")
    due_on: Mapped[Day]
    made_at: Mapped[Instant]
    done_at: Mapped[Instant | None]
    done_by: Mapped[uuid.UUID | None]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        owned_key("person_id", to="person"),
        owned_key("setting_id", to="setting"),
        owned_key("done_by", to="person"),
        UniqueConstraint("authority_id", "dedupe_key"),
        CheckConstraint("kind in ('read_child', 'talk')", name="kind"),
        CheckConstraint("num_nonnulls(person_id, setting_id) + office::int = 1", name="for_one"),
        Index(None, "authority_id", "person_id", postgresql_where="done_at is null"),
        Index(None, "authority_id", "setting_id", postgresql_where="done_at is null"),
    )

"""What belongs to the versions of a plan beside their words: where each statement comes from, and what became of
what the family said about a draft."""

import uuid

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Owned, owned_key
from models.crypto import Encrypted


class PlanSource(Owned, Base):
    """That a statement of a plan comes from what somebody contributed. Rewording the statement leaves it."""

    __tablename__ = "plan_source"

    submission_id: Mapped[uuid.UUID]
    place: Mapped[str]  # the row (`nd[…]`) or the question that says it
    contribution_id: Mapped[uuid.UUID]
    agreed: Mapped[str | None] = mapped_column(Encrypted("plan_source.agreed"))  # how its writer agreed to be quoted
    added_by: Mapped[uuid.UUID]
    added_at: Mapped[Instant]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        owned_key("contribution_id", to="contribution"),
        owned_key("added_by", to="person"),
        UniqueConstraint("authority_id", "submission_id", "place", "contribution_id"),
    )


class PlanReply(Owned, Base):
    """The council's answer to one thing that one of the family said about a draft plan."""

    __tablename__ = "plan_reply"

    submission_id: Mapped[uuid.UUID]  # what the family sent
    path: Mapped[str]  # the part of it that is answered: a row, or a question
    taken: Mapped[str]
    letter: Mapped[str | None]  # the section of the plan where it went
    words: Mapped[str] = mapped_column(Encrypted("plan_reply.words"))
    said_by: Mapped[uuid.UUID]
    said_at: Mapped[Instant]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        owned_key("said_by", to="person"),
        UniqueConstraint("authority_id", "submission_id", "path"),
        CheckConstraint("taken in ('yes', 'partly', 'no')", name="taken"),
        CheckConstraint("taken = 'no' or letter is not null", name="what_is_taken_went_somewhere"),
    )

"""The outbox: one row for each email, text or letter meant for one person."""

import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Day, Instant, Owned, owned_key
from models.crypto import Encrypted

STATES = (
    "queued",
    "claimed",
    "handing_over",
    "accepted",
    "delivered",
    "bounced",
    "held",
    "cancelled",
    "parked",
)


class Message(Owned, Base):
    """One intended message. `dedupe_key` makes planning it twice harmless.

    importance: code (sign-in), statutory (a notice the law asks for), invitation, reminder.
    """

    __tablename__ = "message"

    dedupe_key: Mapped[str]
    template: Mapped[str]
    importance: Mapped[str]
    person_id: Mapped[uuid.UUID | None]
    address: Mapped[str | None] = mapped_column(Encrypted("message.address"))  # only typed addresses, codes
    case_id: Mapped[uuid.UUID | None]
    submission_id: Mapped[uuid.UUID | None]
    notice_id: Mapped[uuid.UUID | None]
    deadline_id: Mapped[uuid.UUID | None]
    about_on: Mapped[Day | None]  # the date the message names
    words: Mapped[dict[str, str]] = mapped_column(Encrypted("message.words"))
    link_code: Mapped[str]
    link_to: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="queued")
    reason: Mapped[str | None]
    created_at: Mapped[Instant]
    not_before: Mapped[Instant]
    useful_until: Mapped[Instant | None]
    next_attempt_at: Mapped[Instant]
    claims: Mapped[int] = mapped_column(server_default="0")  # also the fencing token
    failures: Mapped[int] = mapped_column(server_default="0")
    leased_until: Mapped[Instant | None]
    handed_at: Mapped[Instant | None]
    accepted_at: Mapped[Instant | None]
    delivered_at: Mapped[Instant | None]
    answer: Mapped[str | None]  # the mail server's words
    carrier_id: Mapped[str | None]  # what a carrier that remembers calls the message it took last
    ask_at: Mapped[Instant | None]  # from when such a carrier is asked what became of it; null: nothing to ask
    __table_args__ = (
        UniqueConstraint("authority_id", "dedupe_key"),
        UniqueConstraint("authority_id", "link_code"),
        owned_key("person_id", to="person"),
        owned_key("case_id", to="case"),
        owned_key("submission_id", to="submission"),
        owned_key("notice_id", to="notice"),
        owned_key("deadline_id", to="deadline"),
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint("importance in ('code', 'statutory', 'invitation', 'reminder')", name="importance"),
        Index(
            "ix_message_due",
            "authority_id",
            "next_attempt_at",
            postgresql_where="state in ('queued', 'claimed', 'handing_over')",
        ),
        Index(
            "ix_message_needs_a_person",
            "authority_id",
            "state",
            postgresql_where="state in ('held', 'parked', 'bounced')",
        ),
        Index("ix_message_to_ask_about", "authority_id", "ask_at", postgresql_where="ask_at is not null"),
        Index(None, "authority_id", "case_id"),
        Index(None, "authority_id", "person_id"),
    )

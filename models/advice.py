"""Advice that was asked for in an assessment, and settings that were consulted: a row for each, with who and when."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Day, Instant, Owned, owned_key
from models.crypto import Encrypted


class AdviceRequest(Owned, Base):
    """One request for advice to one adviser. `stage` is a projection of its events with one writer.

    It goes to a setting, to a body or a person by email, or on paper where neither is known here.
    """

    __tablename__ = "advice_request"

    case_id: Mapped[uuid.UUID]
    process_id: Mapped[uuid.UUID]
    limb: Mapped[str]  # of reg 6(1): which of its letters the adviser is asked under
    role: Mapped[str]  # in which they advise: head, ep, health, social, other
    form_id: Mapped[str]
    to_name: Mapped[str]
    setting_id: Mapped[uuid.UUID | None]
    email: Mapped[str | None] = mapped_column(Encrypted("advice_request.email"))
    why: Mapped[str | None] = mapped_column(Encrypted("advice_request.why"))  # what they in particular are asked
    existing: Mapped[str | None] = mapped_column(Encrypted("advice_request.existing"))  # advice said to be enough
    stage: Mapped[str]
    wanted_by: Mapped[uuid.UUID | None]  # who of the family asked that they be asked
    wanted_on: Mapped[Day | None]
    asked_on: Mapped[Day | None]
    received_on: Mapped[Day | None]
    received_how: Mapped[str | None]
    expected_on: Mapped[Day | None]  # the day a late adviser says it will come
    replied_on: Mapped[Day | None]
    reply_id: Mapped[uuid.UUID | None]  # the form that was sent in reply
    made_at: Mapped[Instant]
    create_token: Mapped[uuid.UUID]
    __table_args__ = (
        owned_key("case_id", to="case"),
        owned_key("process_id", to="process"),
        owned_key("setting_id", to="setting"),
        owned_key("wanted_by", to="person"),
        owned_key("reply_id", to="submission"),
        UniqueConstraint("authority_id", "create_token"),
        CheckConstraint("limb in ('b', 'c', 'd', 'e', 'f', 'g', 'h')", name="limb"),
        CheckConstraint("received_how in ('mail', 'opened', 'recorded')", name="received_how"),
        CheckConstraint("setting_id is null or email is null", name="one_way_to_reach_them"),
        Index(None, "authority_id", "case_id"),
        Index(None, "authority_id", "process_id"),
        Index(None, "authority_id", "setting_id"),
        Index("ix_advice_request_on_its_way", "authority_id", "asked_on", postgresql_where="stage = 'asked'"),
    )


class AdviceAgreement(Owned, Base):
    """One of the three agreements that existing advice is enough (reg 6(4)): whose, by whom, how, and when."""

    __tablename__ = "advice_agreement"

    request_id: Mapped[uuid.UUID]
    side: Mapped[str]
    person_id: Mapped[uuid.UUID | None]  # who agreed, where they have an account
    how: Mapped[Any] = mapped_column(Encrypted("advice_agreement.how"))  # who said so and how, in words
    agreed_on: Mapped[Day]
    recorded_by: Mapped[uuid.UUID]
    taken_back_on: Mapped[Day | None]
    __table_args__ = (
        owned_key("request_id", to="advice_request"),
        owned_key("person_id", to="person"),
        owned_key("recorded_by", to="person"),
        CheckConstraint("side in ('adviser', 'authority', 'family')", name="side"),
        Index(
            "uq_advice_agreement_one_a_side",
            "authority_id",
            "request_id",
            "side",
            unique=True,
            postgresql_where="taken_back_on is null",
        ),
    )


class Consultation(Owned, Base):
    """One setting that was asked whether it could meet a plan, and its reply."""

    __tablename__ = "consultation"

    case_id: Mapped[uuid.UUID]
    process_id: Mapped[uuid.UUID]
    setting_id: Mapped[uuid.UUID]
    plan_id: Mapped[uuid.UUID | None]  # the draft that went with it, which its staff read while they are asked
    preferred: Mapped[bool] = mapped_column(default=False, server_default=text("false"))  # the family asked for it
    standing: Mapped[str] = mapped_column(default="listed", server_default="listed")  # in law: s.38(3), s.41 or neither
    home_authority: Mapped[str | None]  # another authority that maintains it, which is consulted too
    stage: Mapped[str]
    sent_on: Mapped[Day]
    reached_on: Mapped[Day | None]
    replied_on: Mapped[Day | None]
    reply_id: Mapped[uuid.UUID | None]  # the form that was sent in reply
    made_at: Mapped[Instant]
    create_token: Mapped[uuid.UUID]
    __table_args__ = (
        owned_key("case_id", to="case"),
        owned_key("process_id", to="process"),
        owned_key("setting_id", to="setting"),
        owned_key("plan_id", to="submission"),
        owned_key("reply_id", to="submission"),
        UniqueConstraint("authority_id", "create_token"),
        CheckConstraint("standing in ('listed', 's41', 'independent')", name="standing"),
        Index(None, "authority_id", "case_id"),
        Index(None, "authority_id", "setting_id"),
        Index(
            "uq_consultation_one_at_a_time",
            "authority_id",
            "process_id",
            "setting_id",
            unique=True,
            postgresql_where="stage = 'consulted'",
        ),
    )

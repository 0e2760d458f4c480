"""What people say about answers, and how they sign a form: comments, suggested words, questions, sign-offs."""

import uuid

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Owned, Words, owned_key
from models.crypto import Encrypted


class Remark(Owned, Base):
    """Something said about one answer of a form: a comment, other words for it, or a question to one person.

    state: open; answered (a question); accepted, declined (suggested words); resolved by the answer's owner;
    withdrawn by its author. Never deleted. Once the form is sent nothing in it changes any more.
    """

    __tablename__ = "remark"

    submission_id: Mapped[uuid.UUID]
    path: Mapped[str]
    audience: Mapped[Words]  # its readers while the answer itself has not been begun
    kind: Mapped[str]
    author_id: Mapped[uuid.UUID]
    author_role: Mapped[str]
    asked_id: Mapped[uuid.UUID | None]  # whom a question was put to
    asked_role: Mapped[str | None]
    words: Mapped[str] = mapped_column(Encrypted("remark.words"))
    version: Mapped[int]  # the answer's version that it was said about
    about: Mapped[str | None] = mapped_column(Encrypted("remark.about"))  # the words that others were suggested for
    state: Mapped[str] = mapped_column(server_default="open")
    reply: Mapped[str | None] = mapped_column(Encrypted("remark.reply"))
    settled_by: Mapped[uuid.UUID | None]
    settled_role: Mapped[str | None]
    settled_at: Mapped[Instant | None]
    made_version: Mapped[int | None]  # the answer's version that accepted words became
    said_at: Mapped[Instant]
    create_token: Mapped[uuid.UUID]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        owned_key("author_id", to="person"),
        owned_key("asked_id", to="person"),
        owned_key("settled_by", to="person"),
        UniqueConstraint("authority_id", "create_token"),
        CheckConstraint("kind in ('comment', 'suggestion', 'question')", name="kind"),
        CheckConstraint("state in ('open', 'answered', 'accepted', 'declined', 'resolved', 'withdrawn')", name="state"),
        CheckConstraint("(kind = 'question') = (asked_id is not null)", name="questions_are_put_to_somebody"),
        Index(None, "authority_id", "submission_id"),
        Index("ix_remark_waiting", "authority_id", "asked_id", postgresql_where="state = 'open'"),
    )


class SignOff(Owned, Base):
    """That somebody signed a form as it stood, and whether they agreed. Never changed: signing again is a new one.

    `content_hash` is over the answers that the signer could read then; `readers` and `sections` say which.
    """

    __tablename__ = "sign_off"

    submission_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID]
    role: Mapped[str]
    readers: Mapped[Words]
    sections: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    verdict: Mapped[str]
    reason: Mapped[str | None] = mapped_column(Encrypted("sign_off.reason"))
    content_hash: Mapped[str]
    signed_at: Mapped[Instant]
    create_token: Mapped[uuid.UUID]
    __table_args__ = (
        owned_key("submission_id", to="submission"),
        owned_key("person_id", to="person"),
        UniqueConstraint("authority_id", "create_token"),
        CheckConstraint("verdict in ('agree', 'partly', 'disagree')", name="verdict"),
        CheckConstraint("verdict = 'agree' or reason is not null", name="disagreement_has_a_reason"),
        Index(None, "authority_id", "submission_id", "signed_at"),
    )

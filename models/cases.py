"""Cases: processes, the chained record of acts, deadlines, notices, plans."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    cast,
    func,
    inspect,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column

from models.base import CURRENT_AUTHORITY, Base, Day, Facts, Instant, Owned, Words, owned_key
from models.crypto import Encrypted
from models.operations import ReadLog
from models.people import OnlineService


class Case(Owned, Base):
    """One child's EHC life with one authority. A case found to be about the same child is joined to it."""

    __tablename__ = "case"

    child_id: Mapped[uuid.UUID]
    caseworker_id: Mapped[uuid.UUID | None]
    opened_on: Mapped[Day]
    joined_to_id: Mapped[uuid.UUID | None]
    __table_args__ = (
        owned_key("child_id", to="child"),
        owned_key("caseworker_id", to="person"),
        owned_key("joined_to_id", to="case"),
        Index(None, "authority_id", "child_id"),
        Index(None, "authority_id", "caseworker_id"),
        CheckConstraint("joined_to_id <> id", name="not_joined_to_itself"),
    )


class Process(Owned, Base):
    """One run of a procedure on a case. `stage` is a projection of its events with one writer."""

    __tablename__ = "process"

    case_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    stage: Mapped[str]
    version: Mapped[int] = mapped_column(server_default="0")
    started_on: Mapped[Day]
    ended_on: Mapped[Day | None]
    __table_args__ = (
        owned_key("case_id", to="case"),
        Index(None, "authority_id", "case_id"),
        Index(None, "authority_id", "kind", "stage"),
    )


class Event(Owned, Base):
    """One act, past tense, append-only, chained by hash per authority. Holds ids and dates, never words."""

    __tablename__ = "event"

    seq: Mapped[int] = mapped_column(BigInteger)
    act: Mapped[str]
    case_id: Mapped[uuid.UUID | None]
    process_id: Mapped[uuid.UUID | None]
    submission_id: Mapped[uuid.UUID | None]
    actor_id: Mapped[uuid.UUID | None]  # null: the service itself
    actor_role: Mapped[str]
    on_behalf_of: Mapped[uuid.UUID | None]
    happened_on: Mapped[Day]
    recorded_at: Mapped[Instant]
    facts: Mapped[Facts]
    corrects_id: Mapped[uuid.UUID | None]
    previous_hash: Mapped[str]
    hash: Mapped[str]
    __table_args__ = (
        UniqueConstraint("authority_id", "seq"),
        owned_key("case_id", to="case"),
        owned_key("process_id", to="process"),
        owned_key("submission_id", to="submission"),
        owned_key("actor_id", to="person"),
        owned_key("corrects_id", to="event"),
        Index(None, "authority_id", "case_id", "seq"),
        Index(None, "authority_id", "process_id", "seq"),
    )


class ChainHead(Base):
    """The newest link of an authority's chain. Locked to append: a lock on the last event does not serialise."""

    __tablename__ = "chain_head"

    authority_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("authority.id"), server_default=text(CURRENT_AUTHORITY), primary_key=True
    )
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]


class Note(Owned, Base):
    """Words that belong to an act: reasons, what was asked for. Apart from the chain, so erasure never breaks it."""

    __tablename__ = "note"

    event_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    words: Mapped[Any] = mapped_column(Encrypted("note.words"))
    __table_args__ = (owned_key("event_id", to="event"), Index(None, "authority_id", "event_id"))


class Deadline(Owned, Base):
    """One rule applied to one subject: a projection, recomputed from events."""

    __tablename__ = "deadline"

    case_id: Mapped[uuid.UUID]
    process_id: Mapped[uuid.UUID]
    subject_id: Mapped[uuid.UUID]
    rule: Mapped[str]
    trigger_key: Mapped[str]
    trigger: Mapped[Facts]
    due_on: Mapped[Day | None]
    act_by: Mapped[Day | None]
    exceptions: Mapped[list[Any]] = mapped_column(Encrypted("deadline.exceptions"))
    limit_disapplied: Mapped[bool] = mapped_column(server_default="false")
    satisfied_on: Mapped[Day | None]
    voided_on: Mapped[Day | None]
    known_since: Mapped[Day]  # the day the service first knew it: reminders never reach back before it
    remind_on: Mapped[Day | None]  # the day of the next reminder stage; null: none left
    __table_args__ = (
        owned_key("case_id", to="case"),
        owned_key("process_id", to="process"),
        UniqueConstraint("authority_id", "process_id", "subject_id", "rule"),
        Index(None, "authority_id", "case_id"),
        Index(
            "ix_deadline_open_due",
            "authority_id",
            "due_on",
            postgresql_where="satisfied_on is null and voided_on is null",
        ),
        Index(
            "ix_deadline_open_rule",
            "authority_id",
            "rule",
            "due_on",
            postgresql_where="satisfied_on is null and voided_on is null",
        ),
        Index(
            "ix_deadline_open_past",
            "authority_id",
            "due_on",
            postgresql_where="satisfied_on is null and voided_on is null and due_on < known_since",
        ),
        Index(
            "ix_deadline_open_remind",
            "authority_id",
            "remind_on",
            postgresql_where="satisfied_on is null and voided_on is null and remind_on is not null",
        ),
    )


class Notice(Owned, Base):
    """A letter the law asks for, to one person: what it said, and what became of it.

    `opened_at` is no column: it is the first reading by the person it is to, in the log of reads. Nor is
    `served_online_at`: the first such reading while that person's agreement to be served here stood.
    """

    __tablename__ = "notice"

    case_id: Mapped[uuid.UUID]
    event_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    audience: Mapped[str]
    person_id: Mapped[uuid.UUID | None]  # null: a body reached through the authority's settings
    to_name: Mapped[str]
    contents: Mapped[Words]  # ids of the items the law names, each present
    letter: Mapped[Any] = mapped_column(Encrypted("notice.letter"))
    notified_on: Mapped[Day]
    posted_on: Mapped[Day | None]
    __table_args__ = (
        owned_key("case_id", to="case"),
        owned_key("event_id", to="event"),
        owned_key("person_id", to="person"),
        UniqueConstraint(
            "authority_id", "event_id", "kind", "audience", "person_id", postgresql_nulls_not_distinct=True
        ),
        Index(None, "authority_id", "case_id"),
    )
    if TYPE_CHECKING:
        opened_at: Mapped[datetime | None]
        served_online_at: Mapped[datetime | None]


READING_A_NOTICE = "notice:"  # how the log of reads names a letter, before its id

_FIRST_READ = (
    select(func.min(ReadLog.read_at))
    .where(
        ReadLog.authority_id == Notice.authority_id,
        ReadLog.case_id == Notice.case_id,
        ReadLog.person_id == Notice.person_id,
        ReadLog.what == literal(READING_A_NOTICE) + cast(Notice.id, String),
    )
    .correlate(Notice)
)
_WHILE_AGREED = _FIRST_READ.join(
    OnlineService,
    and_(
        OnlineService.authority_id == ReadLog.authority_id,
        OnlineService.person_id == ReadLog.person_id,
        OnlineService.agreed,
        OnlineService.said_at <= ReadLog.read_at,
        or_(OnlineService.until_at.is_(None), OnlineService.until_at > ReadLog.read_at),
    ),
)

inspect(Notice).add_property("opened_at", column_property(_FIRST_READ.scalar_subquery()))
inspect(Notice).add_property("served_online_at", column_property(_WHILE_AGREED.scalar_subquery()))


class Plan(Owned, Base):
    """An EHC plan the authority maintains."""

    __tablename__ = "plan"

    case_id: Mapped[uuid.UUID]
    made_on: Mapped[Day]
    last_review_on: Mapped[Day | None]
    setting_id: Mapped[uuid.UUID | None]
    ceased_on: Mapped[Day | None]
    __table_args__ = (
        owned_key("case_id", to="case"),
        owned_key("setting_id", to="setting"),
        UniqueConstraint("authority_id", "case_id", "made_on"),
    )


class ImportBatch(Owned, Base):
    """A file of plans brought in: kept between preview and confirmation, then as a record of counts."""

    __tablename__ = "import_batch"

    content: Mapped[Any | None] = mapped_column(Encrypted("import_batch.content"))
    made_by: Mapped[uuid.UUID | None]
    made_at: Mapped[Instant]
    applied_at: Mapped[Instant | None]
    counts: Mapped[Facts]
    __table_args__ = (owned_key("made_by", to="person"),)

"""What keeps the service running: due hints, job runs, canaries, the log of reads."""

import uuid

from sqlalchemy import BigInteger, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant, Owned, owned_key


class DueHint(Base):
    """Says only that an authority has work in a queue from a time on. Global: workers read it to choose
    which tenant to enter. Rows are added freely and deleted by id once worked, so no two writers meet."""

    __tablename__ = "due_hint"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    authority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("authority.id"))
    queue: Mapped[str]  # outbox, sweep, files
    due_at: Mapped[Instant]
    __table_args__ = (Index(None, "queue", "due_at"),)


class JobRun(Base):
    """A job's run in a slot of time, taken by unique insert: two schedulers do the same work once."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[Instant]


class Canary(Base):
    """Made by the scheduler, finished by a worker: liveness is work done, not a process id."""

    __tablename__ = "canary"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    queue: Mapped[str]
    made_at: Mapped[Instant]
    finished_at: Mapped[Instant | None]
    __table_args__ = (Index(None, "queue", "made_at"),)


class ReadLog(Owned, Base):
    """Who read which case or submission. Append-only, partitioned by month."""

    __tablename__ = "read_log"

    read_at: Mapped[Instant] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID]
    what: Mapped[str]
    case_id: Mapped[uuid.UUID | None]
    submission_id: Mapped[uuid.UUID | None]
    __table_args__ = (
        owned_key("person_id", to="person"),
        Index(None, "authority_id", "case_id", "read_at"),
        {"postgresql_partition_by": "RANGE (read_at)"},
    )

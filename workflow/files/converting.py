"""Recordings that wait to be made anew. That takes longer than anybody should wait for a page: a worker does it."""

import time
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select, update

from models.database import Database
from models.files import Attachment
from workflow.files import attachments, refused
from workflow.files.checking import Looked, make_over
from workflow.files.store import BlobMissing, Blobs
from workflow.outbox.hints import FILES, RECORDINGS, add_hint, due_authorities, take_hints

SECONDS = 20.0
"""For how long a run goes on to another recording. The last may take `checking.RECORDING_WALL_SECONDS` more."""
LEASE = timedelta(minutes=6)


@dataclass(frozen=True)
class Work:
    """What making anew needs, and its time. `scanned`: a virus scanner then has the last word."""

    database: Database
    blobs: Blobs
    now: datetime
    scanned: bool = False


def convert(work: Work) -> dict[str, int]:
    """Make waiting recordings anew, in every authority that has a hint. Returns counts by how they stand.

    No transaction is held meanwhile, and the recording of a worker that dies is another's after its lease. Safe to
    run in many at once and to kill at any line.
    """
    counts: Counter[str] = Counter()
    ends = time.monotonic() + SECONDS
    for authority_id in due_authorities(work.database, RECORDINGS, work.now):
        with work.database.transaction(authority_id) as session:
            take_hints(session, RECORDINGS, work.now)
            if session.scalar(_free(work.now)):
                add_hint(session, RECORDINGS, work.now + LEASE)  # should this worker die
        while time.monotonic() < ends and (file_id := _claim(work, authority_id)):
            counts[_one(work, authority_id, file_id)] += 1
        with work.database.transaction(authority_id) as session:
            if session.scalar(_free(work.now)):
                add_hint(session, RECORDINGS, work.now)
    return dict(counts)


def _free(now: datetime) -> Select[uuid.UUID]:
    """The next recording that waits and that nobody works on."""
    tried = Attachment.scanned_at
    return (
        select(Attachment.id)
        .where(Attachment.state == "received", Attachment.removed_at.is_(None))
        .where(or_(tried.is_(None), tried < now - LEASE))
        .order_by(tried.nulls_first(), Attachment.added_at)
        .limit(1)
    )


def _claim(work: Work, authority_id: uuid.UUID) -> uuid.UUID | None:
    with work.database.transaction(authority_id) as session:
        file_id = session.scalar(_free(work.now).with_for_update(skip_locked=True))
        if file_id:
            session.execute(update(Attachment).where(Attachment.id == file_id).values(scanned_at=work.now))
        return file_id


def _one(work: Work, authority_id: uuid.UUID, file_id: uuid.UUID) -> str:
    """Make one recording anew. Returns how it stands."""
    key = (authority_id, file_id)
    with work.database.transaction(authority_id) as session:
        file = session.get(Attachment, key)
        if file is None:
            return "gone"
        before, name = file.blob, file.name
        try:
            data = attachments.contents(file, work.blobs)
        except BlobMissing:
            data = b""
    looked = make_over(data, name) if data else Looked(problem=attachments.LOST)
    with work.database.transaction(authority_id) as session:
        file = session.get(Attachment, key, with_for_update=True)
        if file is None or file.state != "received":
            return "gone"
        attachments.put_in_place(file, looked, work.blobs, scanned=work.scanned)
        if file.state == "scanning":
            add_hint(session, FILES, work.now)
        elif file.state == "rejected":
            refused.tell(session, file, work.now)
        state = file.state
    work.blobs.remove(before)  # what was sent is forgotten once what is kept is certain
    return state

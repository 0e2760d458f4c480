"""Files that still wait for the virus scanner: asked about again until it has said what it thinks of each."""

import time
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import and_, select

from models.database import Database, OwnedSession
from models.files import Attachment
from workflow.files import attachments, refused
from workflow.files.attachments import Verdict
from workflow.files.scanning import NotScanned, Scanner, ScannerAway
from workflow.files.store import BlobMissing, Blobs
from workflow.outbox.hints import FILES, add_hint, due_authorities, take_hints

log = structlog.get_logger(__name__)

AGAIN = timedelta(minutes=1)
AT_ONCE = 50
SECONDS, PATIENCE = 20.0, 20.0
"""How long one look goes on, and how long a file may take: together they end within a task's time."""

NEW_FOR = timedelta(days=30)
OLD_NEWS = timedelta(hours=20)
"""A file is looked at again each day for as long as it is new: signatures of a new virus come days after it."""


@dataclass(frozen=True)
class Checks:
    """What checking needs, and its time."""

    database: Database
    scanner: Scanner
    blobs: Blobs
    now: datetime


def check(checks: Checks) -> dict[str, int]:
    """Ask about the files that wait, and again about new ones, in every authority that has a hint. Returns counts.

    A scanner that is away is asked again in a minute. No transaction is held while it looks. Safe to run at once
    and to kill at any line.
    """
    counts: Counter[str] = Counter()
    ends = time.monotonic() + SECONDS
    for authority_id in due_authorities(checks.database, FILES, checks.now):
        counts += _some(checks, authority_id, ends)
        if counts["away"]:
            log.error("files.scanner_away")
        if counts["away"] or time.monotonic() > ends:
            break
    return dict(counts)


def look_again(database: Database, now: datetime) -> None:
    """Have every authority's new files asked about again, and those taken before there was a scanner."""
    for authority_id in database.authorities():
        with database.transaction(authority_id) as session:
            add_hint(session, FILES, now)


def _some(checks: Checks, authority_id: uuid.UUID, ends: float) -> Counter[str]:
    """Ask about some files of one authority."""
    with checks.database.transaction(authority_id) as session:
        take_hints(session, FILES, checks.now)
        ids = _wanted(session, checks.now)
        if ids:
            add_hint(session, FILES, checks.now + AGAIN)  # should this worker die, or the scanner be away
    counts: Counter[str] = Counter()
    for file_id in ids:
        try:
            counts[_one(checks, authority_id, file_id)] += 1
        except ScannerAway:
            return counts + Counter(away=1)
        if time.monotonic() > ends:
            break
    if counts.total() < len(ids) or len(ids) == AT_ONCE:
        with checks.database.transaction(authority_id) as session:
            add_hint(session, FILES, checks.now)
    return counts


def _wanted(session: OwnedSession, now: datetime) -> list[uuid.UUID]:
    """What to ask about: first what waits, those asked about longest ago at the front; then what needs another look."""
    here = select(Attachment.id).where(Attachment.removed_at.is_(None))
    clean, asked = Attachment.state == "clean", Attachment.scanned_at
    new = and_(clean, Attachment.added_at > now - NEW_FOR, asked < now - OLD_NEWS)
    found: list[uuid.UUID] = []
    for which in (Attachment.state == "scanning", and_(clean, asked.is_(None)), new):
        room = AT_ONCE - len(found)
        found += session.scalars(here.where(which).order_by(asked.nulls_first()).limit(room)) if room else ()
    return found


def _one(checks: Checks, authority_id: uuid.UUID, file_id: uuid.UUID) -> str:
    """Ask about one file and keep what is said. Returns how it stands. Raises `ScannerAway`."""
    key = (authority_id, file_id)
    with checks.database.transaction(authority_id) as session:
        file = session.get(Attachment, key)
        if file is None:
            return "gone"
        data = _bytes(file, checks.blobs)
    verdict = _verdict(checks.scanner, data, file_id)
    with checks.database.transaction(authority_id) as session:
        file = session.get(Attachment, key, with_for_update=True)
        if file is None:
            return "gone"
        file.scanned_at = checks.now
        if file.state in ("scanning", "clean"):
            attachments.settle(file, verdict, checks.blobs)
            if file.state == "rejected":
                refused.tell(session, file, checks.now)
        return file.state


def _bytes(file: Attachment, blobs: Blobs) -> bytes | None:
    try:
        return attachments.contents(file, blobs)
    except BlobMissing:
        return None


def _verdict(scanner: Scanner, data: bytes | None, file_id: uuid.UUID) -> Verdict:
    if data is None:
        return Verdict.LOST
    try:
        found = scanner.found_in(data, PATIENCE)
    except NotScanned as why:
        log.error("files.not_scanned", file_id=str(file_id), why=str(why))
        return Verdict.NONE
    if found:
        log.warning("files.refused", file_id=str(file_id), found=found)
    return Verdict.HARMFUL if found else Verdict.CLEAN

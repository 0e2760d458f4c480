"""Adding a file to an answer, taking it off, and fetching it: received, scanning, clean or rejected."""

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import func, select

from forms.definition import Form, section_of
from forms.paths import parse_path
from models.database import OwnedSession
from models.files import Attachment
from models.submissions import Answer, Contribution, Submission
from workflow.access.actor import Actor
from workflow.access.policy import find_submission
from workflow.access.relation import READ, Relation
from workflow.coproduction import answers, readers
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.readers import unbegun
from workflow.coproduction.reading import may_read
from workflow.errors import NotFound
from workflow.files import kinds, sealing
from workflow.files.checking import Looked, look_at
from workflow.files.scanning import NotScanned, Scanner, ScannerAway
from workflow.files.store import Blobs, new_key
from workflow.outbox.hints import FILES, RECORDINGS, add_hint

HARMFUL = "Our virus checker stopped it. Ask for another copy, or give it to us on paper."
LOST = "Something went wrong here. Add it again."


class Verdict(Enum):
    """What the virus scanner says of a file. NONE: it has not said yet."""

    NONE, CLEAN, HARMFUL, LOST = range(4)


@dataclass(frozen=True)
class Sent:
    """A file as it came: the name somebody gave it, and its bytes."""

    name: str
    data: bytes


def add(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    theirs: Relation,
    writer: Writer,
    path: str,
    sent: Sent,
    blobs: Blobs,
    *,
    now: datetime,
    scanner: Scanner | None = None,
    about_child: bool = False,
) -> Attachment:
    """Take a file for an answer: checked, sealed, stored. It is `clean`, or `rejected` with its problem in words;
    where there is a virus scanner that has not said yet, it waits as `scanning`; sound and video wait as `received`
    to be made anew (`converting`).

    `about_child`: whoever adds it for the council has said that it is about this child.
    Takes as long as the checks; call it before anything is locked. `value_of` then puts it in the answer.
    Raises `NotPermitted` for a section this person does not write.
    """
    question = parse_path(path).id
    answers.require_writer(form, theirs, question)
    file = Attachment(
        id=uuid.uuid4(),
        submission_id=submission.id,
        path=path,
        blob=new_key(),
        name=kinds.tidy_name(sent.name, ""),
        media_type="",
        size=len(sent.data),
        sha256="",
        state="received",
        audience=readers.rule(session, submission, form, theirs.role, [path]).audience(path),
        about_child=about_child,
        added_by=writer.entered_by,
        added_at=now,
    )
    session.add(file)
    problem = _no_room(session, submission, len(sent.data))
    recordings = section_of(form, question)[1].type == "media"
    looked = Looked(problem=problem) if problem else look_at(sent.data, sent.name, recordings=recordings)
    if looked.waits:
        _wait(session, file, sent, blobs, now)
    else:
        file.state = "scanning"
        verdict = Verdict.CLEAN
        if scanner and not looked.problem:
            verdict, file.scanned_at = _ask(scanner, looked.data), now
        _keep(file, looked, sent.name, verdict, blobs)
    if file.state == "scanning":
        add_hint(session, FILES, now)
    session.flush()
    return file


def put_in_place(file: Attachment, looked: Looked, blobs: Blobs, *, scanned: bool) -> None:
    """Keep a recording made anew in the place of what was received, or say why not. `scanned`: the virus scanner is
    still to be asked. The bytes received stay: remove them once this is certain."""
    file.blob, file.state, file.scanned_at = new_key(), "scanning", None
    _keep(file, looked, file.name, Verdict.NONE if scanned else Verdict.CLEAN, blobs)


def settle(file: Attachment, verdict: Verdict, blobs: Blobs) -> None:
    """Keep what the scanner says of a stored file. A refused one stays as a record; its bytes go."""
    if verdict is Verdict.CLEAN:
        file.state = "clean"
    elif verdict is not Verdict.NONE:
        file.state, file.problem = "rejected", HARMFUL if verdict is Verdict.HARMFUL else LOST
        blobs.remove(file.blob)


def value_of(file: Attachment) -> dict[str, Any]:
    """What an answer keeps of a file."""
    return {"id": str(file.id), "name": file.name, "size": file.size}


def change_of(
    session: OwnedSession, submission: Submission, path: str, added: Collection[Attachment], removed: Collection[str]
) -> Change | None:
    """The change that adds files to an answer's list as it stands now and takes others off; None for nothing.

    Call it with the form held (`answers.lock_draft`), so that two people adding at once both keep theirs.
    """
    row = session.execute(
        select(Contribution.value, Contribution.version)
        .join(Answer, Answer.id == Contribution.answer_id)
        .where(Answer.submission_id == submission.id, Answer.path == path, Contribution.state == "current")
    ).one_or_none()
    value, version = (row.value or [], row.version) if row else ([], 0)
    kept = [each for each in value if each["id"] not in removed]
    after = kept + [value_of(file) for file in added]
    return Change(after, version) if after != value else None


def take_off(session: OwnedSession, submission: Submission, path: str, ids: Collection[str], *, now: datetime) -> None:
    """Mark files of one answer as taken off: from now on nobody can fetch them."""
    here = select(Attachment).where(Attachment.submission_id == submission.id, Attachment.path == path)
    for file in session.scalars(here):
        if str(file.id) in ids:
            file.removed_at = file.removed_at or now


def find(
    session: OwnedSession, actor: Actor, file_id: uuid.UUID, now: datetime
) -> tuple[Attachment, Submission, Relation]:
    """A file this actor may read now, its form and what they are to it: clean, not taken off, and both it and the
    answer it stands in are theirs to read. Raises `NotFound`."""
    file = session.scalars(
        select(Attachment).where(Attachment.id == file_id, Attachment.state == "clean", Attachment.removed_at.is_(None))
    ).one_or_none()
    if file is None:
        raise NotFound
    submission, theirs = find_submission(session, actor, file.submission_id, READ, now)
    answer = session.scalars(
        select(Answer).where(Answer.submission_id == submission.id, Answer.path == file.path)
    ).one_or_none()
    given = unbegun(file.path, file.audience)
    if not all(may_read(submission, theirs, each) for each in (given, answer or given)):
        raise NotFound
    return file, submission, theirs


def contents(file: Attachment, blobs: Blobs) -> bytes:
    """A file's bytes, opened."""
    return sealing.unseal(blobs.get(file.blob), file.id)


def _ask(scanner: Scanner, data: bytes) -> Verdict:
    try:
        return Verdict.HARMFUL if scanner.found_in(data) else Verdict.CLEAN
    except (ScannerAway, NotScanned):
        return Verdict.NONE


def _wait(session: OwnedSession, file: Attachment, sent: Sent, blobs: Blobs, now: datetime) -> None:
    """Keep a recording as it came, sealed, until a worker has made it anew."""
    file.name += kinds.ending(sent.name)
    blobs.put(file.blob, sealing.seal(sent.data, file.id))
    add_hint(session, RECORDINGS, now)


def _keep(file: Attachment, looked: Looked, name: str, verdict: Verdict, blobs: Blobs) -> None:
    problem = looked.problem or (HARMFUL if verdict is Verdict.HARMFUL else "")
    if problem:
        file.state, file.problem = "rejected", problem
        return
    file.name = kinds.tidy_name(name, looked.media_type)
    file.media_type, file.size = looked.media_type, len(looked.data)
    file.sha256 = hashlib.sha256(looked.data).hexdigest()
    blobs.put(file.blob, sealing.seal(looked.data, file.id))
    if verdict is Verdict.CLEAN:
        file.state = "clean"


def _no_room(session: OwnedSession, submission: Submission, size: int) -> str:
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(Attachment.size), 0)).where(
            Attachment.submission_id == submission.id,
            Attachment.state != "rejected",
            Attachment.removed_at.is_(None),
        )
    ).one()
    if count >= kinds.MOST_FILES:
        return f"There are {kinds.MOST_FILES} files here already, which is the most there can be."
    if total + size > kinds.MOST_IN_ALL:
        return "There is no more room for files on this form."
    return ""

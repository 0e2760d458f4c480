"""Two texts for one answer: either writer chooses one, joins them, or keeps both. Also bringing words back."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forms.definition import Form
from forms.paths import parse_path
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Submission
from workflow.access.relation import Relation
from workflow.coproduction import answers, contributions, readers
from workflow.coproduction.contributions import Head, Writer
from workflow.errors import AlreadyDone, NotFound


def choose(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    relation: Relation,
    path: str,
    contribution_id: uuid.UUID,
    *,
    seen: int,
    now: datetime,
) -> None:
    """Let one text stand; the others become history, and can be brought back.

    `seen` is the answer's version on the page where the choice was made: raises `AlreadyDone` when somebody
    wrote since.
    """
    at = _open(session, submission, form, relation, path, seen)
    chosen = next((text for text in at.texts if text.id == contribution_id), None)
    if chosen is None:
        raise NotFound
    _close(session, at, now)
    contributions.freeze(session, [chosen], now, state="current")
    contributions.next_version(session, at)
    submission.changed_at = now
    readers.settle(session, submission, form, [path])


def join(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    relation: Relation,
    writer: Writer,
    path: str,
    value: Any,
    *,
    seen: int,
    now: datetime,
) -> None:
    """Put one joined text, written by this person, in the place of all of them."""
    at = _open(session, submission, form, relation, path, seen)
    _close(session, at, now)
    contributions.put(session, at, answers.tidy(value), writer, now)
    submission.changed_at = now
    readers.settle(session, submission, form, [path])


def keep_both(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    relation: Relation,
    path: str,
    *,
    seen: int,
    now: datetime,
) -> None:
    """Let every text stand side by side, each under its writer's name."""
    at = _open(session, submission, form, relation, path, seen)
    contributions.freeze(session, at.texts, now)
    contributions.freeze(session, [text for text in at.texts if text.state == "rival"], now, state="beside")
    contributions.next_version(session, at)
    submission.changed_at = now


def bring_back(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    relation: Relation,
    writer: Writer,
    path: str,
    contribution_id: uuid.UUID,
    *,
    now: datetime,
) -> None:
    """Make an earlier text the answer again, as a new contribution of whoever brings it back."""
    answers.require_writer(form, relation, parse_path(path).id)
    answers.lock_draft(session, submission)
    old = session.scalars(
        select(Contribution)
        .join(Answer, Answer.id == Contribution.answer_id)
        .where(Answer.submission_id == submission.id, Answer.path == path, Contribution.id == contribution_id)
    ).one_or_none()
    at = contributions.head(session, submission, path)
    if old is None or at is None:
        raise NotFound
    contributions.put(session, at, old.value, writer, now)
    submission.changed_at = now
    readers.settle(session, submission, form, [path])


def _open(session: OwnedSession, submission: Submission, form: Form, relation: Relation, path: str, seen: int) -> Head:
    answers.require_writer(form, relation, parse_path(path).id)
    answers.lock_draft(session, submission)
    at = contributions.head(session, submission, path)
    if at is None:
        raise NotFound
    if at.version != seen:
        raise AlreadyDone("Somebody wrote here since you opened this page. Look again, then choose.")
    return at


def _close(session: OwnedSession, at: Head, now: datetime) -> None:
    """Make history of every text, before another takes their place: only one may be current at a time."""
    contributions.freeze(session, at.texts, now, state="earlier")
    at.texts.clear()

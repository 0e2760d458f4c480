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
from workflow.coproduction import answers
from workflow.coproduction.answers import Change, Writer
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
    answer, texts = _open(session, submission, form, relation, path, seen)
    if contribution_id not in {text.id for text in texts}:
        raise NotFound
    for text in texts:
        text.frozen_at, text.state = text.frozen_at or now, "earlier"
    session.flush()
    next(text for text in texts if text.id == contribution_id).state = "current"
    answer.version += 1
    submission.changed_at = now


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
    answer, texts = _open(session, submission, form, relation, path, seen)
    for text in texts:
        text.frozen_at, text.state = text.frozen_at or now, "earlier"
    session.flush()
    answers.add_contribution(session, answer, Change(answers.tidy(value), answer.version), writer, "current", now)
    submission.changed_at = now


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
    answer, texts = _open(session, submission, form, relation, path, seen)
    for text in texts:
        text.frozen_at = text.frozen_at or now
        if text.state == "rival":
            text.state = "beside"
    answer.version += 1
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
    if old is None:
        raise NotFound
    answer = answers.lock_answer(session, submission, path, [])
    current = next((c for c in answers.live_contributions(session, answer.id) if c.state == "current"), None)
    change = Change(old.value, answer.version)
    if current is None:
        answers.add_contribution(session, answer, change, writer, "current", now)
    else:
        answers.follow(session, answer, current, change, writer, now)
    submission.changed_at = now


def _open(
    session: OwnedSession, submission: Submission, form: Form, relation: Relation, path: str, seen: int
) -> tuple[Answer, list[Contribution]]:
    answers.require_writer(form, relation, parse_path(path).id)
    answers.lock_draft(session, submission)
    answer = answers.lock_answer(session, submission, path, [])
    if answer.version != seen:
        raise AlreadyDone("Somebody wrote here since you opened this page. Look again, then choose.")
    texts = session.scalars(
        select(Contribution)
        .where(Contribution.answer_id == answer.id, Contribution.state.in_(("current", "rival", "beside")))
        .order_by(Contribution.version)
        .execution_options(populate_existing=True)
    )
    return answer, list(texts)

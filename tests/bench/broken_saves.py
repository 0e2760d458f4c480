"""Saves that are wrong on purpose, for the race to find out. Processes of the race import them by name."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from models.database import OwnedSession
from models.submissions import Contribution, Submission
from workflow.coproduction import answers, contributions
from workflow.coproduction.answers import Change, Saved
from workflow.coproduction.submissions import hold


def unheld(
    session: OwnedSession,
    submission: Submission,
    form: Any,
    relation: Any,
    writer: Any,
    changes: Mapping[str, Change],
    *,
    save_id: uuid.UUID,
    now: Any,
) -> Saved:
    """Does not take the form first, and says nothing when somebody else was there at the same moment."""
    taken = answers.take(session, submission, save_id, changes)
    try:
        with session.begin_nested():
            return answers.keep(session, taken, form, relation, writer, changes, now=now)
    except IntegrityError:
        return Saved()


def the_last_one_wins(
    session: OwnedSession,
    submission: Submission,
    form: Any,
    relation: Any,
    writer: Any,
    changes: Mapping[str, Change],
    *,
    save_id: uuid.UUID,
    now: Any,
) -> Saved:
    """Writes over what stands, whatever its writer had read."""
    hold(session, submission)
    known, _ = contributions.heads(session, submission, changes)
    for path, change in changes.items():
        at = known.get(path)
        if at is not None and at.current is not None:
            _row(session, at.current).value = change.value
            return Saved()
    return answers.save(session, submission, form, relation, writer, changes, save_id=save_id, now=now)


def two_rivals(
    session: OwnedSession,
    submission: Submission,
    form: Any,
    relation: Any,
    writer: Any,
    changes: Mapping[str, Change],
    *,
    save_id: uuid.UUID,
    now: Any,
) -> Saved:
    """Keeps both texts where two meet, and leaves neither of them current."""
    saved = answers.save(session, submission, form, relation, writer, changes, save_id=save_id, now=now)
    for at in contributions.heads(session, submission, saved.clashes)[0].values():
        for text in at.texts:
            _row(session, text).state = "rival"
    return saved


def refused(*given: Any, **named: Any) -> Saved:
    """Is never made."""
    raise ValueError("this save was broken on purpose")


def _row(session: OwnedSession, text: contributions.Text) -> Contribution:
    return session.get_one(Contribution, (session.authority_id, text.id))

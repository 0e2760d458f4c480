"""The rows of a repeating group. Adding, removing and moving act on the list as it stands, so two people
doing it at once never clash, and each change is a contribution like any other."""

import uuid
from collections.abc import Callable
from datetime import datetime

from forms.definition import Form
from forms.paths import parse_path
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.relation import Relation
from workflow.coproduction import answers, contributions, readers
from workflow.coproduction.contributions import Writer
from workflow.errors import Refused

MOST_ROWS = 200


def add_row(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    relation: Relation,
    writer: Writer,
    group: str,
    *,
    now: datetime,
    row: str | None = None,
) -> str:
    """Add a row to a group (`tr_cycle[]`) and return its id. A row id that is there already is kept once."""
    new = row or str(uuid.uuid4())

    def add(rows: list[str]) -> list[str]:
        if len(rows) >= MOST_ROWS:
            raise Refused(f"There can be {MOST_ROWS} of these at most.")
        return rows if new in rows else [*rows, new]

    _change(session, submission, form, relation, writer, group, add, now)
    return new


def remove_row(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    relation: Relation,
    writer: Writer,
    group: str,
    row: str,
    *,
    now: datetime,
) -> None:
    """Take a row out of a group. What was written in it stays in the history and can be brought back."""
    _change(session, submission, form, relation, writer, group, lambda rows: [r for r in rows if r != row], now)


def move_row(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    relation: Relation,
    writer: Writer,
    group: str,
    row: str,
    *,
    up: bool,
    now: datetime,
) -> None:
    """Move a row one place up or down."""

    def move(rows: list[str]) -> list[str]:
        if row not in rows:
            return rows
        at = rows.index(row)
        to = min(max(at + (-1 if up else 1), 0), len(rows) - 1)
        rest = [r for r in rows if r != row]
        return [*rest[:to], row, *rest[to:]]

    _change(session, submission, form, relation, writer, group, move, now)


def _change(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    relation: Relation,
    writer: Writer,
    group: str,
    act: Callable[[list[str]], list[str]],
    now: datetime,
) -> None:
    answers.lock_draft(session, submission)
    answers.require_writer(form, relation, parse_path(group).id)
    at = readers.head(session, submission, form, relation.role, group)
    before = list(at.current.value) if at.current else []
    after = act(before)
    if at.current is not None and after == before:
        return
    contributions.put(session, at, after, writer, now)
    submission.changed_at = now

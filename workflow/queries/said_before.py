"""What was said on other forms about the same child: by whom, as whom, and whether it may be told elsewhere."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from forms.definition import Question
from models.access import Grant
from models.database import OwnedSession
from models.submissions import Contribution, Submission
from workflow.access.scope import submissions_for
from workflow.coproduction import kept, voices
from workflow.queries.bundles import owner_role
from workflow.queries.writing import Desk


@dataclass(frozen=True)
class SaidBefore:
    """One answer of an earlier form, with those who may read it there."""

    value: Any
    readers: frozenset[str]
    contribution: Contribution
    author: str


def about_the_same_child(desk: Desk, now: datetime) -> Select[Submission]:
    """The other forms about the child that this actor may know of: of the bundle, of the child's record, and what
    the setting keeps and has linked here."""
    here = desk.submission
    root = here.root_id or here.id
    same = or_(Submission.id == root, Submission.root_id == root)
    if here.child_id:
        same = or_(same, Submission.child_id == here.child_id)
    if linked := kept.linked_ids(here):
        same = or_(same, Submission.id.in_(linked.values()))
    return submissions_for(desk.actor, now).where(same, Submission.id != here.id)


def roles_on(session: OwnedSession, others: Iterable[Submission]) -> dict[uuid.UUID, dict[uuid.UUID, str]]:
    """For each form, the role of each person on it: by their grant, else as its owner."""
    forms = list(others)
    roots = {each.root_id for each in forms if each.root_id}
    grants = session.execute(
        select(Grant.submission_id, Grant.person_id, Grant.role).where(
            Grant.submission_id.in_({each.id for each in forms} | roots)
        )
    ).all()
    return {
        each.id: {person: role for of, person, role in grants if of in (each.id, each.root_id)}
        | {each.owner_id: owner_role(each)}
        for each in forms
    }


def may_travel(desk: Desk, asked: Question, said: SaidBefore) -> bool:
    """Whether everyone who will read the new answer may read the words already: no choice is got round."""
    chosen = voices.chosen(desk.form, desk.values.items())
    readers = set(voices.audience(desk.form, asked.id.replace("[].", "[new]."), desk.theirs.role, chosen))
    return readers - {"owner"} <= said.readers

"""Questions of a sent form that the person named in a row answers themselves: "Will you come?"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forms.definition import Form, Question
from forms.paths import path
from models.access import Account
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.coproduction import contributions, readers
from workflow.coproduction.contributions import Writer
from workflow.coproduction.submissions import hold
from workflow.errors import NotPermitted, Refused
from workflow.signing_in import fold


@dataclass(frozen=True)
class Asked:
    """One question put to this person, and what they have answered."""

    path: str
    question: Question
    value: Any


def asked_of(
    session: OwnedSession, submission: Submission, form: Form, values: Mapping[str, Any], actor: Actor
) -> list[Asked]:
    """What a sent form asks of whoever is signed in: the rows that name their address."""
    places = list(_places(form))
    if submission.state != "sent" or not places or actor.account_id is None:
        return []
    mine = session.scalars(select(Account.email).where(Account.id == actor.account_id)).one_or_none()
    found = []
    for group, person, question in places:
        for row in values.get(group.id) or ():
            named = values.get(path(person.id, row))
            address = named.get("email") if isinstance(named, Mapping) else None
            if mine and isinstance(address, str) and fold(address) == mine:
                where = path(question.id, row)
                found.append(Asked(where, question, values.get(where)))
    return found


def reply(
    session: OwnedSession,
    submission: Submission,
    form: Form,
    theirs: Relation,
    values: Mapping[str, Any],
    actor: Actor,
    where: str,
    value: str,
    *,
    now: datetime,
) -> None:
    """Answer what was asked of this person; answering again changes it, and both stay on record.

    What was sent stays as it was. Raises `NotPermitted` for what was not asked of them, `Refused` for no choice.
    """
    hold(session, submission)
    asked = next((each for each in asked_of(session, submission, form, values, actor) if each.path == where), None)
    if asked is None:
        raise NotPermitted("That was not asked of you.")
    if value not in asked.question.label_of:
        raise Refused("Choose one of the answers.", "reply")
    head = readers.head(session, submission, form, theirs.role, where)
    if head.current is None or head.current.value != value:
        contributions.put(session, head, value, Writer(actor.person, actor.person), now)


def _places(form: Form) -> Iterator[tuple[Question, Question, Question]]:
    """Each group with such a question: the group, the cell that names the person, and the question."""
    for group in form.questions():
        person = next((cell for cell in group.rows if cell.type == "person"), None)
        for cell in group.rows:
            if cell.answered_by == "row-person" and person is not None:
                yield group, person, cell

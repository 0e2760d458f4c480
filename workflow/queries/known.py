"""The core record of a child as the council reads it: each fact with who said it, when and on which form."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from forms import catalogue
from forms.definition import Question, question
from forms.reading import lines
from models.cases import Case
from models.database import OwnedSession
from models.people import Fact, Person
from models.submissions import Submission
from workflow.queries.case_page import ROLES


@dataclass(frozen=True)
class Known:
    """One account of one fact. `words` is None where it is held back from this reader."""

    id: uuid.UUID
    key: str
    asked: str
    words: tuple[str, ...] | None
    who: str
    role: str
    on: date
    where: str


@dataclass(frozen=True)
class Record:
    """What stands, and by its key what somebody else has said since and a caseworker has to settle."""

    standing: tuple[Known, ...]
    proposed: tuple[tuple[Known | None, Known], ...]


def record(session: OwnedSession, case: Case, *, kept: bool) -> Record:
    """Everything known of the child of a case, in one query; with `kept`, what is kept for the caseworker too."""
    rows = session.execute(
        select(Fact, Person.name, Submission)
        .join(Person, Person.id == Fact.said_by)
        .outerjoin(Submission, Submission.id == Fact.submission_id)
        .where(Fact.child_id == case.child_id, Fact.superseded_at.is_(None))
        .order_by(Fact.said_on, Fact.id)
    )
    standing: dict[str, Known] = {}
    proposed: list[Known] = []
    for fact, name, submission in rows:
        asked, where = _asked(fact.key, submission)
        hidden = "authority" not in fact.audience and not kept
        known = Known(
            fact.id,
            fact.key,
            asked.text if asked else fact.key,
            None if hidden else (lines(asked, fact.value) if asked else ()),
            name,
            ROLES.get(fact.said_as, fact.said_as),
            fact.said_on,
            where,
        )
        if fact.proposed:
            proposed.append(known)
        else:
            standing[fact.key] = known
    return Record(tuple(standing.values()), tuple((standing.get(each.key), each) for each in proposed))


def _asked(key: str, submission: Submission | None) -> tuple[Question | None, str]:
    if submission is None:
        return None, ""
    form = catalogue.get(submission.form_id, submission.form_version)
    try:
        return question(form, key), form.title
    except KeyError:
        return None, form.title

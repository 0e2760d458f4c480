"""Forms that were sent, read as their readers may: everybody's words with who said them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forms import reading as words
from forms.definition import Form, question
from forms.paths import parse_path
from forms.reading import SaidSection
from models.cases import Case
from models.database import OwnedSession
from models.people import Child, Person
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import READ, Relation, relations
from workflow.access.scope import submissions_for
from workflow.coproduction import reading
from workflow.coproduction.facts import facts_of
from workflow.coproduction.submissions import form_of
from workflow.coproduction.voices import top

MODES = {"scribed": "written down for them", "observed": "what was seen", "believed": "what is thought"}


@dataclass(frozen=True)
class Paper:
    """One form as it is read. `whose` says of an answer, by its path, who wrote it when not the owner;
    `others` are second texts that were kept beside it, those in rows by the path of their list. `theirs` is what its
    reader is to it."""

    id: uuid.UUID
    title: str
    by: str
    sent_at: datetime | None
    sections: tuple[SaidSection, ...]
    whose: dict[str, str]
    others: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    theirs: Relation


def read(session: OwnedSession, actor: Actor, case: Case, wanted: Iterable[uuid.UUID], now: datetime) -> list[Paper]:
    """The forms of a case among `wanted`, in that order, with the answers this actor may read."""
    order = list(dict.fromkeys(wanted))
    rows = session.execute(
        submissions_for(actor, now)
        .join(Person, Person.id == Submission.owner_id)
        .where(Submission.id.in_(order), Submission.case_id == case.id)
        .add_columns(Person.name)
    ).all()
    child = session.scalars(select(Child).where(Child.id == case.child_id)).one()
    theirs = relations(session, actor, (each for each, _ in rows), now)
    readable = ((each, theirs[each.id]) for each, _ in rows if READ in theirs[each.id].rights)
    answers = reading.read_all(session, readable)
    papers = [
        _paper(session, actor, each, name, answers[each.id], theirs[each.id], child.known_as, now)
        for each, name in rows
        if each.id in answers
    ]
    return sorted(papers, key=lambda paper: order.index(paper.id))


def _paper(
    session: OwnedSession,
    actor: Actor,
    each: Submission,
    owner: str,
    answers: reading.Read,
    theirs: Relation,
    called: str,
    now: datetime,
) -> Paper:
    form = form_of(each)
    facts = facts_of(session, each, answers.values, now)
    whose: dict[str, str] = {}
    others: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for path, texts in answers.texts.items():
        for text in texts:
            if text.state == "current":
                if text.author_id != each.owner_id or text.mode in MODES:
                    whose[path] = ", ".join(filter(None, (text.author, MODES.get(text.mode, ""))))
            else:
                at, lines = _beside(form, path, text.value)
                others[at] = (*others.get(at, ()), (text.author, lines))
    sections = words.read(form, answers.shown_to(actor.person_id), facts, child_name=called)
    return Paper(each.id, form.title, owner, each.sent_at, sections, whose, others, theirs)


def _beside(form: Form, path: str, value: Any) -> tuple[str, tuple[str, ...]]:
    """Where a second text is shown, and as what: one in a row stands under its list, with what it answers."""
    asked = question(form, parse_path(path).id)
    lines = words.lines(asked, value)
    return (f"{top(path)}[]", (asked.text, *lines)) if "[" in path else (path, lines)

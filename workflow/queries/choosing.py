"""Lists to choose from that come from other forms: the hopes and outcomes already told of a child, with who said each.

Only what this person may read, and only where everyone who will read the new answer may read it already.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import func, or_, select

from forms import catalogue, dates
from forms.definition import Option, Question
from forms.offered import Told as ToldOption
from forms.paths import parse_path
from forms.reading import lines
from models.database import OwnedSession
from models.people import Person
from models.submissions import Answer, Contribution, Submission
from workflow.access.relation import relations
from workflow.clock import london_day
from workflow.coproduction import reading
from workflow.coproduction.submissions import form_of
from workflow.queries.bundles import author_words
from workflow.queries.offers import MOST_FORMS
from workflow.queries.said_before import SaidBefore, about_the_same_child, may_travel, roles_on
from workflow.queries.writing import Desk

HOPES, OUTCOMES = "hopes", "outcomes"
LISTS = (HOPES, OUTCOMES)
HOPE_FIELDS, HOPE_KEY = frozenset({"vp_future_adult", "ou[].hope"}), "aam.future"
OUTCOME_FIELDS = frozenset({"ou[].can", "cy[].out[].can"})
MOST = 20


@dataclass(frozen=True)
class Told:
    """Words that were said before: whose, when and on which form."""

    words: str
    author: str
    said_on: date
    where: str


def told_before(
    session: OwnedSession, desk: Desk, questions: Iterable[Question], now: datetime
) -> dict[str, list[Told]]:
    """For each list that these questions choose from, what was said before, newest first. At most five queries."""
    asked: dict[str, Question] = {}
    for top in questions:
        for each in top.walk():
            if each.choices_from in LISTS and desk.may_write(top.id):
                asked.setdefault(each.choices_from, each)
    if not asked:
        return {}
    others = _others(session, desk, now)
    roles = roles_on(session, others) if others else {}
    found = {
        name: list(_once(_told(desk, question, _said(session, desk, others, name, now), roles)))[:MOST]
        for name, question in asked.items()
    }
    return {name: told for name, told in found.items() if told}


def options(told: Mapping[str, Sequence[Told]]) -> dict[str, list[Option]]:
    """The lists as choices: kept as their words, so that the answer stands by itself."""
    return {name: [_option(each) for each in found] for name, found in told.items()}


def _option(told: Told) -> Option:
    said = f"{told.author}, {dates.in_words(told.said_on.isoformat())}, {told.where}"
    return ToldOption.model_construct(id=told.words, label=told.words, note=said)


def _others(session: OwnedSession, desk: Desk, now: datetime) -> Sequence[Submission]:
    newest = func.coalesce(Submission.sent_at, Submission.shared_at, Submission.changed_at).desc()
    wanted = about_the_same_child(desk, now).where(Submission.form_id.in_(_holding()))
    return session.scalars(wanted.order_by(newest).limit(MOST_FORMS)).all()


@cache
def _holding() -> frozenset[str]:
    """The forms that ask for hopes or outcomes. Definitions never change, so it is kept."""
    every = catalogue.every_version()
    return frozenset(form.id for form in every if any(_is(each, name) for each in form.questions() for name in LISTS))


def _is(asked: Question, name: str) -> bool:
    """Whether a question asks for what the list holds, in words."""
    if asked.type not in ("text", "area", "select"):
        return False
    if name == OUTCOMES:
        return asked.id in OUTCOME_FIELDS
    return asked.id in HOPE_FIELDS or HOPE_KEY in asked.feeds


_Source = tuple[Submission, Question, SaidBefore]


def _said(
    session: OwnedSession, desk: Desk, others: Sequence[Submission], name: str, now: datetime
) -> Iterator[_Source]:
    forms = {each.id: (each, form_of(each)) for each in others}
    places = {q.id for _, form in forms.values() for q in form.questions() if _is(q, name)}
    if not places:
        return
    theirs = relations(session, desk.actor, others, now)
    plain = [each for each in places if "[" not in each]
    rows = session.execute(
        select(Answer, Contribution, Person.name)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .join(Person, Person.id == Contribution.author_id)
        .where(
            Answer.submission_id.in_(forms),
            or_(Answer.path.in_(plain), Answer.path.startswith("ou["), Answer.path.startswith("cy[")),
            Contribution.state == "current",
        )
        .order_by(Contribution.saved_at.desc())
    )
    for answer, contribution, author in rows:
        submission, form = forms[answer.submission_id]
        asked_id = parse_path(answer.path).id
        if asked_id in places and reading.may_read(submission, theirs[submission.id], answer):
            readers = frozenset(answer.audience) - set(answer.withheld)
            yield submission, form.places[asked_id][1], SaidBefore(contribution.value, readers, contribution, author)


def _told(
    desk: Desk, asked: Question, said: Iterable[_Source], roles: Mapping[uuid.UUID, Mapping[uuid.UUID, str]]
) -> Iterator[Told]:
    for submission, source, each in said:
        own = each.contribution.author_id == desk.actor.person_id
        words = " ".join(" ".join(lines(source, each.value)).split())
        if words and (own or may_travel(desk, asked, each)):
            author, _ = author_words(
                each.contribution.author_id, each.author, desk.actor, desk.theirs, roles[submission.id]
            )
            title = form_of(submission).title
            yield Told(words, author, london_day(each.contribution.saved_at), title)


def _once(found: Iterable[Told]) -> Iterator[Told]:
    """The same words once, as they were said last."""
    seen: set[str] = set()
    for each in found:
        if each.words.casefold() not in seen:
            seen.add(each.words.casefold())
            yield each

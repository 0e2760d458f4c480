"""What was said about a form's answers and who signed it, as one reader may know it. A fixed number of queries."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from forms import catalogue
from forms.definition import question
from forms.paths import parse_path
from models.database import OwnedSession
from models.people import Person
from models.remarks import Remark, SignOff
from models.submissions import Answer, Submission
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.access.scope import submissions_for
from workflow.coproduction import readers, reading, signing_off
from workflow.coproduction.on_record import unsaid
from workflow.coproduction.taking_part import APART, Taker
from workflow.queries import bundles
from workflow.queries.writing import Desk

SOMEBODY = "Somebody who takes part"


def suggesters(session: OwnedSession, desk: Desk, path: str) -> dict[int, str]:
    """Who suggested the words of an answer, by the version they became, as this reader knows them. One query."""
    found = session.execute(
        select(Remark, Person.name)
        .join(Person, Person.id == Remark.author_id)
        .where(Remark.submission_id == desk.submission.id, Remark.path == path, Remark.state == "accepted")
    ).all()
    return {each.made_version: _suggester(each, name, desk) for each, name in found if each.made_version is not None}


def _suggester(remark: Remark, name: str, desk: Desk) -> str:
    called, _ = bundles.author_words(
        remark.author_id, name, desk.actor, desk.theirs, {remark.author_id: remark.author_role}
    )
    return "you" if called == "You" else called


@dataclass(frozen=True)
class Said:
    """One remark before one reader: who said it, as this reader knows them, and what became of it.

    `words` is empty where it was taken back; `reply` is the answer to a question, or why words were not used.
    """

    id: uuid.UUID
    path: str
    kind: str
    state: str
    by: str
    voice: str
    when: datetime
    words: str
    about: str
    version: int
    asked: str
    reply: str
    reply_by: str
    reply_voice: str
    settled_at: datetime | None
    mine: bool
    to_me: bool

    @property
    def open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state == "open"


@dataclass(frozen=True)
class Waiting:
    """A question that waits for this person, by the form it is about."""

    id: uuid.UUID
    title: str
    said_at: datetime


@dataclass(frozen=True)
class Signed:
    """Somebody's newest sign-off before one reader. `earlier`: what was signed has changed since.
    `before`: how often they had signed already."""

    by: str
    voice: str
    mine: bool
    verdict: str
    reason: str
    when: datetime
    earlier: bool
    before: int


def said(session: OwnedSession, desk: Desk) -> tuple[Said, ...]:
    """Everything said about the answers this person may read, oldest first. One query."""
    asked, settler = aliased(Person), aliased(Person)
    rows = session.execute(
        select(Remark, Answer, Person.name, asked.name, settler.name)
        .join(Person, Person.id == Remark.author_id)
        .outerjoin(asked, asked.id == Remark.asked_id)
        .outerjoin(settler, settler.id == Remark.settled_by)
        .outerjoin(Answer, and_(Answer.submission_id == Remark.submission_id, Answer.path == Remark.path))
        .where(Remark.submission_id == desk.submission.id)
        .order_by(Remark.said_at, Remark.id)
    )
    known = []
    for remark, answer, by, asked_name, settled_by in rows:
        about = answer or readers.unbegun(remark.path, remark.audience)
        if reading.may_read(desk.submission, desk.theirs, about):
            known.append(_said(remark, by, asked_name or "", settled_by or "", desk.actor, desk.theirs))
    return tuple(known)


def one(session: OwnedSession, desk: Desk, remark_id: uuid.UUID) -> Said | None:
    """One of them."""
    return next((each for each in said(session, desk) if each.id == remark_id), None)


def called(person_id: uuid.UUID, name: str, role: str, actor: Actor, theirs: Relation) -> tuple[str, str]:
    """(somebody as this reader knows them, the voice they are shown in).

    A family is not told of another family, nor of anybody's helper: not their name, and not that they are there.
    """
    words, voice = bundles.author_words(person_id, name, actor, theirs, {person_id: role})
    if "family" in theirs.readers and person_id != actor.person_id and role in APART:
        return SOMEBODY, "professional"
    return words, voice


def to_choose(people: Iterable[Taker], theirs: Relation) -> list[tuple[uuid.UUID, str]]:
    """Those who may be asked, as this reader knows them. To a family, a school's people are their roles."""
    family = "family" in theirs.readers
    found: dict[uuid.UUID, str] = {}
    for each in people:
        if not (family and each.theirs.readers & {"setting"}):
            found[each.person_id] = f"{each.name}, {_role(each.role, first=False)}"
        elif _role(each.role) not in found.values():
            found[each.person_id] = _role(each.role)
    return list(found.items())


def waiting(session: OwnedSession, actor: Actor, now: datetime) -> list[Waiting]:
    """Questions that wait for this person's answer, oldest first, on forms they may open. One query."""
    mine = submissions_for(actor, now).where(Submission.state != "sent").subquery()
    rows = session.execute(
        select(Remark.id, Remark.said_at, mine.c.form_id, mine.c.form_version)
        .join(mine, mine.c.id == Remark.submission_id)
        .where(Remark.asked_id == actor.person, Remark.state == "open")
        .order_by(Remark.said_at)
        .limit(20)
    )
    family = actor.kind == "family"
    return [
        Waiting(remark_id, catalogue.get(form_id, version).title_for(family=family), said_at)
        for remark_id, said_at, form_id, version in rows
    ]


def signatures(session: OwnedSession, desk: Desk) -> list[Signed]:
    """Everybody's newest sign-off, in the order of signing: two queries, and none more as they grow.

    One family is not shown another's, and whoever was asked for some parts, none that reaches beyond these.
    """
    if desk.form.voice != "shared":
        return []
    rows = session.execute(
        select(SignOff, Person.name)
        .join(Person, Person.id == SignOff.person_id)
        .where(SignOff.submission_id == desk.submission.id)
        .order_by(SignOff.signed_at, SignOff.id)
    )
    every = [(each, name) for each, name in rows if _within(desk, each)]
    newest = {each.person_id: (each, name) for each, name in every}
    seen = [(each, *called(each.person_id, name, each.role, desk.actor, desk.theirs)) for each, name in newest.values()]
    shown = sorted((each for each in seen if each[1] != SOMEBODY), key=lambda found: found[0].signed_at)
    if not shown:
        return []
    reads = reading.read_as(session, desk.submission, (signing_off.readers_of(each) for each, _, _ in shown))
    return [
        Signed(
            by,
            voice,
            each.person_id == desk.actor.person_id,
            each.verdict,
            each.reason or "",
            each.signed_at,
            signing_off.content_hash(read) != each.content_hash,
            sum(other.person_id == each.person_id for other, _ in every) - 1,
        )
        for (each, by, voice), read in zip(shown, reads, strict=True)
    ]


def _within(desk: Desk, signed: SignOff) -> bool:
    """Whether a sign-off is this reader's own, or is about nothing but the parts they may read."""
    only = desk.theirs.only
    if only is None or signed.person_id == desk.actor.person_id:
        return True
    return signed.sections is not None and only.issuperset(signed.sections)


def asks(desk: Desk, path: str) -> str:
    """The question that an answer answers, with what it is about where the form asks the same of several things."""
    asked = question(desk.form, parse_path(path).id)
    text = asked.text.replace("{name}", desk.name or "the child")
    return f"{asked.caption}: {text}" if asked.caption and asked.caption != text else text


def _said(remark: Remark, by: str, asked: str, settled_by: str, actor: Actor, theirs: Relation) -> Said:
    name, voice = called(remark.author_id, by, remark.author_role, actor, theirs)
    mine = remark.author_id == actor.person_id
    hidden = unsaid(remark) and not mine
    replier, reply_voice = "", ""
    if remark.settled_by:
        replier, reply_voice = called(remark.settled_by, settled_by, remark.settled_role or "", actor, theirs)
    return Said(
        id=remark.id,
        path=remark.path,
        kind=remark.kind,
        state=remark.state,
        by=name,
        voice=voice,
        when=remark.said_at,
        words="" if hidden else remark.words,
        about="" if hidden else remark.about or "",
        version=remark.version,
        asked=_asked(remark, asked, actor, theirs),
        reply=remark.reply or "",
        reply_by=replier,
        reply_voice=reply_voice,
        settled_at=remark.settled_at,
        mine=mine,
        to_me=remark.asked_id == actor.person_id,
    )


def _asked(remark: Remark, name: str, actor: Actor, theirs: Relation) -> str:
    """Whom a question was put to: to a family, a school's people are their roles."""
    if remark.asked_id is None:
        return ""
    role = remark.asked_role or ""
    words, voice = called(remark.asked_id, name, role, actor, theirs)
    return _role(role) if voice == "education" and words == name and "family" in theirs.readers else words


def _role(role: str, *, first: bool = True) -> str:
    words = bundles.ROLES.get(role, "Somebody who helps")
    return words if first else words[:1].lower() + words[1:]

"""Who takes part in a form now, and what each of them is to it: the same answer as `workflow.access.relation`
gives for one signed-in person, for everybody at once."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from models.access import Account, Grant, Post
from models.database import OwnedSession
from models.people import Person
from models.submissions import Submission
from workflow.access.actor import SETTING_ROLES
from workflow.access.bearing import Known
from workflow.access.relation import INVITE, READ, SEND, WRITE, Relation, by_grant, reaches, reader_of
from workflow.access.scope import not_over
from workflow.clock import london_day
from workflow.coproduction.kinds import TOGETHER

EVERYTHING = frozenset({READ, WRITE, SEND, INVITE})
FAMILY = frozenset({"parent", "rep", "yp", "child", "helper"})
APART = frozenset({"parent", "rep", "helper"})
"""Of whom other families hear nothing: parents who live apart are not told of each other, nor of a helper."""


@dataclass(frozen=True)
class Taker:
    """Somebody who takes part, and can sign in."""

    person_id: uuid.UUID
    name: str
    theirs: Relation

    @property
    def role(self) -> str:
        """The role in which they take part."""
        return self.theirs.role


def taking_part(session: OwnedSession, submission: Submission, now: datetime) -> list[Taker]:
    """Everybody who may read a form that is not sent: its owner, its setting's staff, who was let in, and the
    staff of the setting whose form it belongs to. Each once, as the first of these that they are. The
    number of queries does not grow with people."""
    found: dict[uuid.UUID, Taker] = {}
    for each in (
        *_owner(session, submission),
        *_staff(session, submission, now, of=submission.id if submission.setting_id else None),
        *_let_in(session, submission, now),
        *_staff(session, submission, now, of=submission.root_id if _opened(submission) else None),
    ):
        found.setdefault(each.person_id, each)
    return list(found.values())


def _owner(session: OwnedSession, submission: Submission) -> Iterator[Taker]:
    named = session.scalars(
        select(Person).where(Person.id == submission.owner_id, _signs_in(Account.kind == "family"))
    ).one_or_none()
    if named is not None:
        role = str(submission.facts.get("role", "parent"))
        yield Taker(named.id, named.name, Relation(role, frozenset({"owner", reader_of(role)}), EVERYTHING))


def _staff(session: OwnedSession, submission: Submission, now: datetime, *, of: uuid.UUID | None) -> Iterator[Taker]:
    if of is None:
        return
    at = select(Submission.setting_id).where(Submission.id == of)
    rows = session.execute(
        select(Person.id, Person.name, Post.role)
        .join(Post, Post.person_id == Person.id)
        .where(Post.setting_id.in_(at), *_in_post(now), _signs_in(Account.kind == "professional"))
        .order_by(Person.name, Person.id, Post.role.desc())  # of two posts the SENCO's counts, as for an actor
    )
    rights = EVERYTHING if of == submission.id else frozenset({READ})
    for person_id, name, role in rows:
        yield Taker(person_id, name, Relation(role, frozenset({"setting"}), rights))


def _let_in(session: OwnedSession, submission: Submission, now: datetime) -> Iterator[Taker]:
    together = submission.form_id in TOGETHER
    beside = submission.root_id is not None and (together or _opened(submission))
    things = [submission.id, *([submission.root_id] if beside else [])]
    in_post = select(Post.id).where(Post.person_id == Grant.person_id, *_in_post(now)).exists()
    rows = session.execute(
        select(Grant, Person.name)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.submission_id.in_(things),
            Grant.from_at <= now,
            not_over(now),
            or_(Grant.role.not_in(SETTING_ROLES), in_post),
            _signs_in(Account.kind != "staff"),
        )
        .order_by((Grant.submission_id == submission.id).desc(), Grant.from_at, Grant.id)
    )
    known = Known(submission, owner_signs_in=_has_account(session, submission.owner_id))
    for grant, name in rows:
        kind = "family" if grant.role in FAMILY else "professional"
        if reaches(kind, grant, submission):
            yield Taker(grant.person_id, name, by_grant(grant, known))


def _has_account(session: OwnedSession, person_id: uuid.UUID) -> bool:
    held = select(Account.id).where(Account.person_id == person_id, Account.closed_at.is_(None))
    return session.scalars(held.limit(1)).first() is not None


def _opened(submission: Submission) -> bool:
    """Whether the people of the form it belongs to may read it."""
    return submission.root_id is not None and submission.state in ("shared", "sent")


def _in_post(now: datetime) -> list[ColumnElement[bool]]:
    today = london_day(now)
    held = and_(Post.from_on <= today, or_(Post.until_on.is_(None), Post.until_on >= today))
    return [held, Post.role.in_(SETTING_ROLES)]


def _signs_in(kind: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Account.id).where(Account.person_id == Person.id, Account.closed_at.is_(None), kind).exists()

"""The page of the people on a form: who takes part, as this reader may know them, and who was asked."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.access import Grant, Invitation
from models.database import OwnedSession
from models.people import Person, Setting
from models.submissions import Filled, Submission
from workflow.access.actor import Actor
from workflow.access.relation import HELPER, INVITE, Relation
from workflow.access.scope import not_over
from workflow.coproduction import contributors
from workflow.coproduction.contributors import CAPACITIES, FAMILY
from workflow.coproduction.submissions import form_of
from workflow.errors import NotFound
from workflow.queries.bundles import ROLES


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part. parts: the titles of those opened to them; None for all that their role has.

    may: owns, write, read, comment, or own (writes a form of their own, and is not let in to this one).
    """

    key: uuid.UUID
    called: str
    as_what: str
    may: str
    parts: tuple[str, ...] | None = None
    until_at: datetime | None = None
    until_sent: bool = False
    stop: bool = False


@dataclass(frozen=True)
class Waiting:
    """Somebody who was asked and has not come. The address is shown to whoever typed it, and to nobody else."""

    key: uuid.UUID
    as_what: str
    email: str
    invited_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class People:
    """Everybody this reader may know of on a form."""

    here: list[Participant]
    waiting: list[Waiting]


def people(session: OwnedSession, actor: Actor, theirs: Relation, submission: Submission, now: datetime) -> People:
    """Who takes part in a form and who was asked. The number of queries does not grow with them."""
    grants = [each for each in contributors.live_grants_on(session, submission, now) if _known(actor, theirs, each)]
    asked = _asked(session, actor, submission)
    beside = [each for each in asked if each.accepted_by and not each.rights]
    known = {each.person_id for each in grants} | {submission.owner_id}
    names = {row.id: row.name for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(known)))}
    titles = {section.id: section.title for section in form_of(submission).sections}
    here = [_owner(session, actor, submission, names)]
    here += [_granted(actor, theirs, submission, each, names, titles) for each in grants]
    here += [Participant(each.id, ROLES[each.role], "", "own") for each in beside]
    waiting = [
        Waiting(
            each.id,
            as_what(each.role, each.capacity),
            each.email if each.invited_by == actor.person_id else "",
            each.invited_at,
            each.expires_at,
        )
        for each in asked
        if each.accepted_by is None and each.expires_at > now and (INVITE in theirs.rights)
    ]
    return People(here, waiting)


def participant(
    session: OwnedSession, theirs: Relation, submission: Submission, grant_id: uuid.UUID, now: datetime
) -> tuple[Grant, str]:
    """A grant whose end this person may decide, with the name they know its holder by. Raises `NotFound`."""
    row = session.execute(
        select(Grant, Person.name)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.id == grant_id, Grant.submission_id == submission.id, not_over(now))
    ).one_or_none()
    if row is None or not contributors.may_stop(submission, theirs, row[0].role):
        raise NotFound
    return row[0], row[1]


def invitation(
    session: OwnedSession, actor: Actor, theirs: Relation, submission: Submission, key: uuid.UUID, now: datetime
) -> Invitation:
    """A waiting invitation that this person may send again or take back. Raises `NotFound`."""
    if INVITE not in theirs.rights:
        raise NotFound
    for each in _asked(session, actor, submission):
        if each.id == key and each.accepted_by is None and each.expires_at > now:
            return each
    raise NotFound


def speakers(session: OwnedSession, submission: Filled, now: datetime) -> list[tuple[uuid.UUID, str]]:
    """(person, name) of the family who take part in a setting's form: those whose words staff may write down."""
    rows = session.execute(
        select(Person.id, Person.name)
        .join(Grant, Grant.person_id == Person.id)
        .where(
            Grant.submission_id == submission.id,
            Grant.role.in_(FAMILY),
            Grant.sections.is_(None),
            not_over(now),
        )
        .order_by(Grant.from_at)
    )
    return list(dict.fromkeys((row.id, row.name) for row in rows))


def as_what(role: str, capacity: str = "") -> str:
    """What somebody is, in words."""
    return CAPACITIES.get(capacity) or ROLES.get(role, "Somebody who helps")


def _asked(session: OwnedSession, actor: Actor, submission: Submission) -> list[Invitation]:
    """The invitations this person knows of: their own, and on a setting's form those of its staff."""
    targets = [submission.id, *([submission.root_id] if submission.root_id else [])]
    found = session.scalars(
        select(Invitation).where(Invitation.submission_id.in_(targets)).order_by(Invitation.invited_at)
    )
    of_setting = submission.setting_id is not None and submission.setting_id in actor.settings
    return [each for each in found if each.invited_by == actor.person_id or of_setting]


def _known(actor: Actor, theirs: Relation, grant: Grant) -> bool:
    """Whether this reader may know of somebody on the form. Whoever was asked for parts knows of nobody else."""
    return theirs.only is None or grant.person_id == actor.person_id


def _owner(session: OwnedSession, actor: Actor, submission: Submission, names: dict[uuid.UUID, str]) -> Participant:
    if submission.setting_id:
        setting = session.get(Setting, (session.authority_id, submission.setting_id))
        return Participant(submission.id, setting.name if setting else "", ROLES["setting"], "owns")
    if submission.owner_id == actor.person_id:
        return Participant(submission.id, "You", "", "owns")
    return Participant(submission.id, names.get(submission.owner_id, ""), "", "owns")


def _granted(
    actor: Actor,
    theirs: Relation,
    submission: Submission,
    grant: Grant,
    names: dict[uuid.UUID, str],
    titles: dict[str, str],
) -> Participant:
    what, mine = as_what(grant.role, grant.capacity), grant.person_id == actor.person_id
    by_name = "setting" in theirs.readers or ("owner" in theirs.readers and grant.role == HELPER)
    # To one of a family the others are roles: parents who live apart are not told of each other.
    called = "You" if mine else names[grant.person_id] if by_name or grant.role not in FAMILY else what
    may = "write" if "write" in grant.rights else "comment" if "comment" in grant.rights else "read"
    return Participant(
        grant.id,
        called,
        "" if called == what else what,
        may,
        tuple(titles[each] for each in grant.sections if each in titles) if grant.sections is not None else None,
        grant.until_at,
        grant.until_sent,
        stop=not mine and contributors.may_stop(submission, theirs, grant.role),
    )

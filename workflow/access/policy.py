"""The one decision: may this actor do this to that thing? Deny by default."""

import uuid
from datetime import datetime

from sqlalchemy import select

from models.cases import Case, Notice
from models.database import OwnedSession
from models.operations import ReadLog
from models.submissions import Held, Submission
from workflow.access import office
from workflow.access.actor import STAFF_ROLES, Actor
from workflow.access.bearing import AForm, Known, known, known_and_held
from workflow.access.relation import NOBODY, READ, Relation, relation, standing
from workflow.access.scope import cases_for
from workflow.clock import london_day
from workflow.errors import NotFound, NotPermitted

AS_MANAGER = ", with what is kept for the caseworker"
READ_KEPT = "read_kept"  # of a case: what was kept for its caseworker

# What staff roles may do to a case. Everything else about a case is reading.
CASE_ACTS: dict[str, frozenset[str]] = {
    "work": frozenset({"caseworker", "manager"}),
    "decide": frozenset({"decider"}),
    "import": frozenset({"caseworker", "manager"}),
    "oversee": frozenset({"manager"}),
}


def can(session: OwnedSession, actor: Actor, action: str, thing: object, now: datetime) -> bool:
    """Whether `actor` may do `action` to `thing` (a Submission, a Case, a Notice, or an office by name).

    What was kept for a case's caseworker (`READ_KEPT`) is read by them, by whoever covers for them, and by managers.
    """
    if isinstance(thing, Submission):
        return action in relation(session, actor, thing, now).rights
    if isinstance(thing, Notice):
        return thing.person_id == actor.person_id or (
            bool(actor.roles & STAFF_ROLES) and _knows_of(session, actor, thing.case_id, now)
        )
    if isinstance(thing, Case) and action == READ_KEPT:
        return office.oversees(actor) or office.is_theirs(session, actor, thing, london_day(now))
    if isinstance(thing, Case) and action == READ:
        return _knows_of(session, actor, thing.id, now)
    return bool(actor.roles & CASE_ACTS.get(action, frozenset()))


def _knows_of(session: OwnedSession, actor: Actor, case_id: uuid.UUID, now: datetime) -> bool:
    return session.scalars(cases_for(actor, now).where(Case.id == case_id)).first() is not None


def find_submission(
    session: OwnedSession, actor: Actor, submission_id: uuid.UUID, action: str, now: datetime
) -> tuple[Submission, Relation]:
    """A submission, with what the actor is to it. In one statement: every page of a form begins with it.

    It finds what `submissions_for` lists and nothing else. Raises `NotFound` when it does not exist or may not
    be known of, `NotPermitted` when it may be read but not this.
    """
    return _permitted(actor, known(session, actor, submission_id, now), action)


def hold_submission(
    session: OwnedSession, actor: Actor, submission_id: uuid.UUID, action: str, now: datetime
) -> tuple[Held, Relation]:
    """The same, taken for this transaction and read as a plain row: to be written on, not shown."""
    return _permitted(actor, known_and_held(session, actor, submission_id, now), action)


def _permitted(actor: Actor, found: Known[AForm] | None, action: str) -> tuple[AForm, Relation]:
    theirs = standing(actor, found) if found else NOBODY
    if found is None or READ not in theirs.rights:
        raise NotFound
    if action not in theirs.rights:
        raise NotPermitted("You can read this, but not change it.")
    return found.submission, theirs


def find_case(session: OwnedSession, actor: Actor, case_id: uuid.UUID, action: str, now: datetime) -> Case:
    """A case through the actor's scope. Raises `NotFound` or `NotPermitted`."""
    found = session.scalars(cases_for(actor, now).where(Case.id == case_id)).one_or_none()
    if found is None:
        raise NotFound
    if action != READ and not can(session, actor, action, found, now):
        raise NotPermitted("Your role does not do this.")
    return found


def find_notice(session: OwnedSession, actor: Actor, notice_id: uuid.UUID, now: datetime) -> Notice:
    """A notice, for the person it is to or for staff. Raises `NotFound`."""
    found = session.scalars(select(Notice).where(Notice.id == notice_id)).one_or_none()
    if found is None or not can(session, actor, READ, found, now):
        raise NotFound
    return found


def note_reading(
    session: OwnedSession,
    actor: Actor,
    what: str,
    *,
    now: datetime,
    case_id: uuid.UUID | None = None,
    submission_id: uuid.UUID | None = None,
    theirs: Relation = NOBODY,
) -> None:
    """Put a reading of case data on record: who, what, when; and of `theirs`, that a manager could read what is kept
    for a caseworker."""
    what = f"{what}{AS_MANAGER}" if theirs.oversees else what
    session.add(ReadLog(read_at=now, person_id=actor.person, what=what, case_id=case_id, submission_id=submission_id))

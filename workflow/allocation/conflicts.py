"""Declaring a conflict of interest, and ending one. Both stay on record."""

import uuid
from datetime import datetime

from sqlalchemy import Select, select

from models.cases import Case
from models.database import OwnedSession
from models.office import Conflict
from workflow import audit
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.allocation.giving import at_work
from workflow.audit import Subject
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused


def declare(
    session: OwnedSession, case: Case, person_id: uuid.UUID, actor: Actor, why: str, *, now: datetime
) -> Conflict:
    """Put a conflict on record: at once the case is hidden from that person, and is theirs no more.

    Everybody declares their own; managers also another's. Raises `Refused` without a reason, `AlreadyDone` when it
    stands already.
    """
    if person_id != actor.person and "manager" not in actor.roles:
        raise NotPermitted("You can declare your own conflict of interest. A manager can declare another person's.")
    if person_id not in at_work(session, london_day(now)):
        raise Refused("Choose somebody who works here.", "person")
    if not why.strip():
        raise Refused("Say what the conflict is, in a few words. Only managers read it.", "why")
    locked = session.get_one(Case, (session.authority_id, case.id), with_for_update=True, populate_existing=True)
    if session.scalars(_standing(case.id, person_id)).first():
        raise AlreadyDone("This conflict of interest is on record already.")
    found = Conflict(
        id=uuid.uuid4(),
        person_id=person_id,
        case_id=case.id,
        why=why.strip(),
        declared_by=actor.person,
        declared_at=now,
    )
    session.add(found)
    theirs = locked.caseworker_id == person_id
    if theirs:
        locked.caseworker_id = None
    _record(session, "declare_conflict", found, actor, now, {"was_theirs": theirs})
    session.flush()
    return found


def end(session: OwnedSession, actor: Actor, conflict_id: uuid.UUID, *, now: datetime) -> Conflict:
    """End a conflict: the person may know of the case again. Managers only, and never one's own. Raises `NotFound`."""
    if "manager" not in actor.roles:
        raise NotPermitted("Only managers end a conflict of interest.")
    found = session.scalars(
        select(Conflict)
        .where(Conflict.id == conflict_id, ~kept_from(actor.person, Conflict.case_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None or found.person_id == actor.person:
        raise NotFound
    if found.ended_at is not None:
        raise AlreadyDone("This conflict of interest was ended already.")
    found.ended_at, found.ended_by = now, actor.person
    _record(session, "end_conflict", found, actor, now, {})
    return found


def _standing(case_id: uuid.UUID, person_id: uuid.UUID) -> Select[uuid.UUID]:
    return select(Conflict.id).where(
        Conflict.case_id == case_id, Conflict.person_id == person_id, Conflict.ended_at.is_(None)
    )


def _record(
    session: OwnedSession, act: str, found: Conflict, actor: Actor, now: datetime, facts: dict[str, object]
) -> None:
    # Whose conflict it is and why is for managers: the record of the case says that there is one.
    audit.record(
        session,
        act,
        actor,
        Subject(case_id=found.case_id),
        happened_on=london_day(now),
        now=now,
        facts={"conflict": str(found.id), **facts},
    )

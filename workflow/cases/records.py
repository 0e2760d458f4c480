"""The council's own records of a case: the triage of a request, a decision and how it was come to.

They are forms like any other, written by whoever works on the case, with every version and its writer. Keeping one
locks it; what follows by law is done by the acts of the case, not by the record.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from models.cases import Case
from models.database import OwnedSession
from models.submissions import Submission
from workflow import audit
from workflow.access.actor import Actor
from workflow.access.relation import Relation, relation
from workflow.clock import london_day
from workflow.coproduction import kinds, reading, sending
from workflow.coproduction.submissions import begin
from workflow.errors import NotFound


def begin_record(session: OwnedSession, case: Case, form_id: str, actor: Actor, *, now: datetime) -> Submission:
    """The record of this kind that is being written, or a new one. Pressing twice opens the same."""
    if form_id not in kinds.RECORDS:
        raise NotFound
    of_this_kind = select(Submission).where(Submission.case_id == case.id, Submission.form_id == form_id)
    kept = session.scalars(select(func.count()).select_from(of_this_kind.where(Submission.state == "sent").subquery()))
    return begin(
        session,
        actor,
        form_id,
        create_token=uuid.uuid5(case.id, f"{form_id}:{kept.one()}"),
        now=now,
        case_id=case.id,
        child_id=case.child_id,
        facts={"role": "caseworker"},
    )


def keep(session: OwnedSession, submission: Submission, theirs: Relation, actor: Actor, *, now: datetime) -> None:
    """Lock a record and put that on the case's chain. Keeping it twice is harmless. Raises `Refused`."""
    locked = session.get_one(
        Submission, (session.authority_id, submission.id), with_for_update=True, populate_existing=True
    )
    if locked.state == "sent":
        return
    sending.require_sendable(session, locked, theirs, now)
    sending.freeze(session, locked, actor, now=now)
    audit.record(
        session,
        "keep_record",
        actor,
        audit.Subject(case_id=locked.case_id, submission_id=locked.id),
        happened_on=london_day(now),
        now=now,
        facts={"form": locked.form_id},
    )


def newest(session: OwnedSession, case: Case, form_id: str) -> Submission | None:
    """The newest record of a kind, kept or still being written."""
    return session.scalars(
        select(Submission)
        .where(Submission.case_id == case.id, Submission.form_id == form_id)
        .order_by(Submission.created_at.desc())
    ).first()


def said(session: OwnedSession, case: Case, form_id: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the newest record of a kind says; nothing where there is none."""
    found = newest(session, case, form_id)
    if found is None:
        return {}
    return reading.read(session, found, relation(session, actor, found, now)).values

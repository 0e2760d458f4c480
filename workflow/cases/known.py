"""What is known of a child: which of two accounts stands is settled by a caseworker, and can be settled again."""

import uuid
from datetime import datetime

from sqlalchemy import select

from models.cases import Case
from models.database import OwnedSession
from models.people import Child, Fact
from workflow import audit
from workflow.access.actor import Actor
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotFound


def settle(session: OwnedSession, case: Case, actor: Actor, fact_id: uuid.UUID, *, accept: bool, now: datetime) -> None:
    """Let a proposed fact stand in place of the one before, or set it aside. Both stay on record.

    Raises `NotFound` for one that is not of this child, `AlreadyDone` when it was settled meanwhile.
    """
    # One at a time for a child: two accounts of the same thing, settled at once, must not both stand.
    session.execute(select(Child.id).where(Child.id == case.child_id).with_for_update(key_share=True))
    fact = session.scalars(
        select(Fact).where(Fact.id == fact_id, Fact.child_id == case.child_id).execution_options(populate_existing=True)
    ).one_or_none()
    if fact is None:
        raise NotFound
    if not fact.proposed or fact.superseded_at is not None:
        raise AlreadyDone("Somebody has settled this already.")
    if accept:
        for before in session.scalars(
            select(Fact).where(
                Fact.child_id == case.child_id, Fact.key == fact.key, Fact.superseded_at.is_(None), ~Fact.proposed
            )
        ):
            before.superseded_at = now
        fact.proposed = False
    else:
        fact.superseded_at = now
    audit.record(
        session,
        "settle_fact",
        actor,
        audit.Subject(case_id=case.id),
        happened_on=london_day(now),
        now=now,
        facts={"fact": str(fact.id), "accepted": accept},
    )

"""One act to a row that has a small table of its own: a request for advice, a setting that is consulted."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from law import tables
from models.advice import AdviceRequest, Consultation
from models.database import OwnedSession
from workflow.access.actor import Actor
from workflow.cases import acts
from workflow.errors import AlreadyDone

TABLES = {AdviceRequest: "advice", Consultation: "consultation"}


def step(
    session: OwnedSession,
    row: AdviceRequest | Consultation,
    act: str,
    actor: Actor,
    *,
    on: date,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
    triggers: Mapping[str, date] | None = None,
    words: Mapping[str, str] | None = None,
    submission_id: uuid.UUID | None = None,
) -> acts.Done:
    """Do one act to a row: its own table and that of its process both allow it, and both move.

    Raises `AlreadyDone`, `NotPermitted`, `Refused`.
    """
    acts.locked(session, row.process_id, None)
    session.refresh(row, attribute_names=["stage"])
    try:
        line = tables.next_step(TABLES[type(row)], row.stage, act)
    except tables.NotAllowed:
        raise AlreadyDone("This cannot be done here any more. Look at it again.") from None
    done = acts.perform(
        session,
        row.process_id,
        act,
        actor,
        happened_on=on,
        now=now,
        facts={**(facts or {}), "subject": str(row.id), "row": {"from": row.stage, "to": line.to}},
        triggers=triggers,
        words=words,
        submission_id=submission_id,
    )
    row.stage = line.to
    session.flush()
    return done

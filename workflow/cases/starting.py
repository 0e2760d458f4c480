"""Starting the clock of a request: the process, whom the case is given to, and the first notices, at once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from law import due
from models.cases import Case, Process
from models.database import OwnedSession
from workflow.access.actor import SYSTEM, Actor
from workflow.allocation import giving
from workflow.cases import acts, notices
from workflow.clock import london_day


def start_assessment(
    session: OwnedSession,
    case: Case,
    actor: Actor,
    *,
    received_on: date,
    now: datetime,
    facts: Mapping[str, Any],
) -> Process:
    """Begin an assessment on a case from the day its request arrived, and tell everyone the law names (regs 3, 4(2);
    Children and Families Act 2014, s.36(7)). Where the office gives cases out by rule, this one is given out first,
    so that the letters name who looks after it."""
    process, done = acts.start(
        session, case, "assessment", "receive_request", actor, happened_on=received_on, now=now, facts=facts
    )
    session.flush()
    giving.on_receipt(session, case, now=now)
    decide_by = due.compute("assess.decide", {"request_received": received_on}).due
    about = {"decide_by": decide_by, "happened_on": received_on}
    first = ("tell_family_considering", "tell_others_considering")
    for notice_id, act in zip(done.transition.notices, first, strict=True):
        told = acts.perform(session, process.id, act, SYSTEM, happened_on=london_day(now), now=now)
        notices.issue(session, told.event, case, (notice_id,), now=now, about=about)
    return process

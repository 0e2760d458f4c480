"""Why something is late, in words to the family. A reason is no exception: it lifts no limit and moves no date."""

import uuid
from datetime import date, datetime

from sqlalchemy import select

from law.rules import current
from models.cases import Case, Deadline, Event, Note
from models.database import OwnedSession
from workflow import audit
from workflow.access.actor import Actor
from workflow.audit import Subject
from workflow.clock import london_day
from workflow.errors import Refused

ACT = "say_why_late"
OURS = frozenset({"authority", "new_authority", "old_authority"})

Of = tuple[uuid.UUID, str]
"""What a reason is about: the process or the row of it, and the rule. Deadlines are worked out anew; these stay."""


def ours(rule_id: str) -> bool:
    """Whether a rule is a time limit that the authority must keep, so that a family may ask why it did not."""
    rule = current(rule_id)
    return rule.owed_by in OURS and rule.bearing == "deadline"


def is_late(deadline: Deadline, today: date) -> bool:
    """Whether the authority owes this still, and its day has passed. An exception does not make it less late."""
    still_owed = deadline.satisfied_on is None and deadline.voided_on is None
    return still_owed and ours(deadline.rule) and deadline.due_on is not None and deadline.due_on < today


def say_why(session: OwnedSession, deadline: Deadline, actor: Actor, *, why: str, now: datetime) -> None:
    """Put the reason for lateness on record, for the family and the setting to read. Said again, it is one reason.

    Raises `Refused` without words, or for what is not late.
    """
    why = why.strip()
    if not why:
        raise Refused("Write why it is late. The family reads it.", "why")
    if not is_late(deadline, london_day(now)):
        raise Refused("This is not late any more. Look at the dates of the case again.", "why")
    # Locked, so that two who press at once leave one reason.
    session.get_one(Case, (session.authority_id, deadline.case_id), with_for_update=True)
    if reasons(session, deadline.case_id).get((deadline.subject_id, deadline.rule)) == why:
        return
    audit.record(
        session,
        ACT,
        actor,
        Subject(deadline.case_id),
        happened_on=london_day(now),
        now=now,
        facts={"of": str(deadline.subject_id), "rule": deadline.rule},
        words={"why_late": why},
    )


def reasons(session: OwnedSession, case_id: uuid.UUID, before: datetime | None = None) -> dict[Of, str]:
    """The newest reason for each thing that is or was late on a case, as known `before` an instant. One query."""
    said = (
        select(Event, Note.words)
        .join(Note, Note.event_id == Event.id)
        .where(Event.case_id == case_id, Event.act == ACT, Note.kind == "why_late")
        .order_by(Event.seq)
    )
    if before:
        said = said.where(Event.recorded_at < before)
    return {
        (uuid.UUID(event.facts["of"]), event.facts["rule"]): words for event, words in session.execute(said) if words
    }

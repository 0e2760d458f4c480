"""Who was to be reminded when it was planned may not be the one to remind now."""

from datetime import datetime

from models.cases import Deadline
from models.database import OwnedSession
from models.outbox import Message
from workflow.clock import london_day
from workflow.outbox.rights import NOT_THEIRS
from workflow.reminders.people import readers
from workflow.reminders.policy import AUDIENCES
from workflow.reminders.schedule import schedule


def still_theirs(session: OwnedSession, message: Message, now: datetime) -> str | None:
    """Why a reminder is no longer this person's: the grant or the post has ended, or the case has gone to
    somebody else. One of the checks asked at the moment of sending."""
    if message.importance != "reminder" or message.deadline_id is None or message.person_id is None:
        return None
    deadline = session.get(Deadline, (session.authority_id, message.deadline_id))
    if deadline is None:
        return "the deadline is gone"
    people = readers(session, [deadline.case_id], now)
    audience = message.words.get("audience")
    asked = (audience,) if audience in AUDIENCES else AUDIENCES
    told = any(message.person_id in people.of(deadline.case_id, a, deadline.subject_id) for a in asked)
    if told:
        return None
    schedule(session, deadline, london_day(now))  # whoever it is now hears of it at the next sweep
    return NOT_THEIRS

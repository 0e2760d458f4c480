"""What would go out, day by day. Changes nothing."""

from datetime import date, datetime

from sqlalchemy import select

from models.cases import Deadline
from models.database import OwnedSession
from workflow.clock import london_day
from workflow.reminders.people import readers
from workflow.reminders.plan import Intent, calm, intents_of
from workflow.reminders.policy import stages
from workflow.reminders.schedule import lines_of


def preview(session: OwnedSession, as_of: date, now: datetime) -> list[Intent]:
    """The reminders of an authority from today up to and with `as_of`, in order of days, if nothing changes
    meanwhile. What is already due counts for today."""
    today = london_day(now)
    found = session.scalars(
        select(Deadline).where(
            Deadline.satisfied_on.is_(None), Deadline.voided_on.is_(None), Deadline.remind_on <= as_of
        )
    ).all()
    known = {d.id: stages(d, lines_of(session, d.rule)) for d in found}
    people = readers(session, (d.case_id for d in found), now)
    since = {d.id: d.remind_on for d in found if d.remind_on}
    days = {today} | {s.day for d in found for s in known[d.id] if today < s.day <= as_of}
    going: list[Intent] = []
    for day in sorted(d for d in days if d <= as_of):
        of_day = [i for d in found for i in intents_of(d, known[d.id], people, since=since[d.id], today=day)]
        going += sorted((i for i in calm(of_day) if not i.skipped), key=lambda i: i.key)
        since = {deadline_id: max(first, _day_after(day)) for deadline_id, first in since.items()}
    return going


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)

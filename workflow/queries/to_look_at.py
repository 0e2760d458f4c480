"""What somebody has to look at: children's own forms that are ready, and children who would like to talk."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from forms import catalogue
from models.database import OwnedSession
from models.submissions import Submission
from models.tasks import Task
from workflow.access.actor import Actor
from workflow.clock import london_day
from workflow.coproduction import grown_ups

MOST = 50


@dataclass(frozen=True)
class Line:
    """One thing on the list. kind: read_child, talk."""

    id: uuid.UUID
    kind: str
    title: str
    due_on: date
    late: bool


def lines(session: OwnedSession, actor: Actor, now: datetime) -> list[Line]:
    """What waits for this actor, what is due first at the top. One query."""
    today = london_day(now)
    rows = session.execute(
        select(Task, Submission.form_id, Submission.form_version)
        .join(Submission, Submission.id == Task.submission_id)
        .where(grown_ups.theirs(actor, now), Task.done_at.is_(None))
        .order_by(Task.due_on, Task.made_at)
        .limit(MOST)
    )
    return [
        Line(task.id, task.kind, catalogue.get(form_id, version).title_family, task.due_on, task.due_on < today)
        for task, form_id, version in rows
    ]

"""What people say to each other about a form that they are still writing."""

import uuid
from datetime import datetime, timedelta

from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import relation
from workflow.coproduction import remarks

HELPS = "A quiet corner, five minutes with a grown-up they know, and no questions until they are calm."


def talk(session: OwnedSession, form: Submission, senco: Actor, parent: Actor, now: datetime) -> None:
    """The school asks the parent something; the parent says something, and suggests other words."""
    said = (
        (senco, "na_semh_hard", remarks.QUESTION, "Does this happen at home too? When is it hardest?"),
        (parent, "na_ci_hard", remarks.COMMENT, "It is the same at home. Pictures help more than words."),
        (parent, "na_semh_helps", remarks.SUGGESTION, HELPS),
    )
    for number, (who, path, kind, words) in enumerate(said):
        at = now + timedelta(minutes=number)
        place = remarks.place(session, form, relation(session, who, form, at), path)
        asked_of = parent.person if kind == remarks.QUESTION else None
        remarks.say(session, place, who, kind, words, token=uuid.uuid5(form.id, path), asked_of=asked_of, now=at)

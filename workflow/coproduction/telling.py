"""Mail about questions and suggested words: one to a person about a form, with all that comes in the next quarter
of an hour."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import select

from models.database import OwnedSession
from models.outbox import Message
from models.remarks import Remark
from workflow import outbox

GATHERED = timedelta(minutes=15)
ASKED, ANSWERED, SETTLED = "question", "question_answered", "suggestion_settled"


def tell_asked(session: OwnedSession, remark: Remark, person_id: uuid.UUID, now: datetime) -> None:
    """Tell whoever was asked that there is a question. The form is held."""
    _tell(session, remark, person_id, ASKED, now)


def tell_asker(session: OwnedSession, remark: Remark, now: datetime) -> None:
    """Tell whoever asked that there is an answer. The form is held."""
    _tell(session, remark, remark.author_id, ANSWERED, now)


def tell_suggester(session: OwnedSession, remark: Remark, now: datetime) -> None:
    """Tell whoever suggested words that they were used or not; which, the page says. The form is held."""
    _tell(session, remark, remark.author_id, SETTLED, now)


def _tell(session: OwnedSession, remark: Remark, person_id: uuid.UUID, template: str, now: datetime) -> None:
    """Plan a mail, unless one is waiting that this goes with. Nobody else plans one meanwhile: the form is held."""
    if _waits(session, remark.submission_id, person_id, template):
        return
    outbox.add(
        session,
        dedupe_key=f"{template}:{remark.id}",
        template=template,
        importance="reminder",
        now=now,
        person_id=person_id,
        words={},
        link_to=f"questions:{remark.submission_id}",
        submission_id=remark.submission_id,
        not_before=now + GATHERED,
    )


def _waits(session: OwnedSession, submission_id: uuid.UUID, person_id: uuid.UUID, template: str) -> bool:
    """Whether a mail of the kind waits to be sent. It is locked: it does not go before what goes with it is kept."""
    waiting = select(Message.id).where(
        Message.submission_id == submission_id,
        Message.person_id == person_id,
        Message.template == template,
        Message.state == "queued",
    )
    return session.scalars(waiting.limit(1).with_for_update(key_share=True)).first() is not None

"""What became of letters: each step kept apart, with its date, and which way counted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.cases import Notice
from models.database import OwnedSession
from models.outbox import Message
from workflow.cases import serving
from workflow.queries.wordings import message_words


@dataclass(frozen=True)
class Letter:
    """A letter and what became of it.

    `handed_at` is when the mail service took the mail about it, `delivered_at` when that said it had arrived;
    `mail` says in words how that mail stands, "" where there is none.
    """

    notice: Notice
    mail: str
    handed_at: datetime | None
    delivered_at: datetime | None
    served: serving.Served | None

    @property
    def title(self) -> str:
        """What the letter is called."""
        return str(self.notice.letter["title"])


def of(session: OwnedSession, notices: Sequence[Notice]) -> list[Letter]:
    """The same letters in the same order, each with what became of it. One query."""
    mails: dict[uuid.UUID | None, Message] = {
        message.notice_id: message
        for message in session.scalars(
            select(Message)
            .where(Message.notice_id.in_([each.id for each in notices]))
            .order_by(Message.created_at, Message.id)
        )
    }
    return [_letter(notice, mails.get(notice.id)) for notice in notices]


def _letter(notice: Notice, mail: Message | None) -> Letter:
    return Letter(
        notice,
        message_words(mail) if mail else "",
        mail.accepted_at if mail else None,
        mail.delivered_at if mail else None,
        serving.served(notice),
    )

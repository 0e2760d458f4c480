"""Writing an intended message, in the same transaction as the fact that causes it."""

import secrets
import uuid
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from models.database import OwnedSession
from models.outbox import Message
from workflow.outbox import window
from workflow.outbox.hints import OUTBOX, add_hint

LINK_LIVES = timedelta(days=90)


def add(
    session: OwnedSession,
    *,
    dedupe_key: str,
    template: str,
    importance: str,
    now: datetime,
    words: dict[str, str],
    link_to: str,
    person_id: uuid.UUID | None = None,
    address: str | None = None,
    about_on: date | None = None,
    case_id: uuid.UUID | None = None,
    submission_id: uuid.UUID | None = None,
    notice_id: uuid.UUID | None = None,
    deadline_id: uuid.UUID | None = None,
    not_before: datetime | None = None,
    useful_until: datetime | None = None,
    state: str = "queued",
    reason: str | None = None,
) -> uuid.UUID | None:
    """Plan one message to one person. Returns its id, or None when this intent was planned before.

    `importance`: code, statutory, invitation or reminder; it decides what happens when the mail server's
    answer is never heard. `words` hold nothing personal apart from a sign-in `code`. `link_to` is a route key
    such as `case:<uuid>`. Without `address` the person's live email is looked up when it is sent. `state` and
    `reason` are for intents that are only recorded: held for a person, or skipped.
    Raises `ValueError` when it is for nobody.
    """
    if person_id is None and address is None:
        raise ValueError("a message needs a person or an address")
    wanted = max(now, not_before or now)
    first = window.next_open(wanted) if importance == "reminder" else wanted
    row = insert(Message).values(
        authority_id=session.authority_id,
        id=uuid.uuid4(),
        dedupe_key=dedupe_key,
        template=template,
        importance=importance,
        person_id=person_id,
        address=address,
        case_id=case_id,
        submission_id=submission_id,
        notice_id=notice_id,
        deadline_id=deadline_id,
        about_on=about_on,
        words=words,
        link_code=secrets.token_urlsafe(16),
        link_to=link_to,
        state=state,
        reason=reason,
        created_at=now,
        not_before=first,
        useful_until=useful_until,
        next_attempt_at=first,
    )
    planned = session.scalars(
        row.on_conflict_do_nothing(index_elements=["authority_id", "dedupe_key"]).returning(Message.id)
    ).one_or_none()
    if planned is not None and state == "queued":
        add_hint(session, OUTBOX, first)
    return planned


def link_target(session: OwnedSession, link_code: str, now: datetime) -> str | None:
    """Where a mail's link leads, as a route key, or None: unknown, or older than 90 days. Grants nothing."""
    return session.scalars(
        select(Message.link_to).where(Message.link_code == link_code, Message.created_at > now - LINK_LIVES)
    ).one_or_none()

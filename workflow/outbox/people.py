"""What waits for a person: messages that were held, parked or came back, and what a person does about them."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from models.database import OwnedSession
from models.outbox import Message
from workflow.errors import AlreadyDone, NotFound
from workflow.outbox import window
from workflow.outbox.hints import OUTBOX, add_hint

NEEDS_A_PERSON = ("held", "parked", "bounced")

VALVE = "valve: more mail than usual"
CLOCK = "clock: the time jumped"
"""How the reasons begin under which a whole batch waits for one person's yes."""


def needs_a_person(session: OwnedSession, limit: int = 500) -> list[Message]:
    """Messages that go no further by themselves, oldest first."""
    waiting = select(Message).where(Message.state.in_(NEEDS_A_PERSON))
    return list(session.scalars(waiting.order_by(Message.created_at, Message.id).limit(limit)))


def release(session: OwnedSession, message_id: uuid.UUID, actor_person_id: uuid.UUID | None, now: datetime) -> None:
    """Let a waiting message go after all; everything is checked again before it does.

    Raises `NotFound`, or `AlreadyDone` when it waits for nobody.
    """
    _release(session, _waiting(session, message_id), actor_person_id, now)


def release_batch(session: OwnedSession, reason: str, actor_person_id: uuid.UUID | None, now: datetime) -> int:
    """One person's yes to a whole batch held for `reason` (`VALVE`, `CLOCK`). Returns how many go."""
    batch = select(Message).where(Message.state == "held", Message.reason.startswith(reason, autoescape=True))
    return _release_all(session, session.scalars(batch.with_for_update(skip_locked=True)), actor_person_id, now)


def drop(session: OwnedSession, message_id: uuid.UUID, actor_person_id: uuid.UUID | None, why: str) -> None:
    """Decide that a waiting message shall not go. Raises `NotFound` or `AlreadyDone`."""
    message = _waiting(session, message_id)
    message.state, message.reason = "cancelled", f"dropped by {actor_person_id or 'operations'}: {why[:150]}"


def _waiting(session: OwnedSession, message_id: uuid.UUID) -> Message:
    message = session.scalars(select(Message).where(Message.id == message_id).with_for_update()).one_or_none()
    if message is None:
        raise NotFound
    if message.state not in NEEDS_A_PERSON:
        raise AlreadyDone("This message does not wait for anybody: it was sent or dropped meanwhile.")
    return message


def _release_all(
    session: OwnedSession, batch: Iterable[Message], actor_person_id: uuid.UUID | None, now: datetime
) -> int:
    count = 0
    for message in batch:
        _release(session, message, actor_person_id, now)
        count += 1
    return count


def _release(session: OwnedSession, message: Message, actor_person_id: uuid.UUID | None, now: datetime) -> None:
    first = window.next_open(now) if message.importance == "reminder" else now
    message.state, message.reason = "queued", f"released by {actor_person_id or 'operations'}"
    message.failures = message.claims  # its earlier claims are forgiven
    message.not_before = message.next_attempt_at = first
    add_hint(session, OUTBOX, first)

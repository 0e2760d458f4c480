"""What each answer of the mail server does to its message."""

import random
import uuid
from datetime import datetime, timedelta

from sqlalchemy import select, update

from models.database import OwnedSession
from models.outbox import Message
from models.people import Contact
from workflow.outbox.claim import MAY_REPEAT, UNHEARD, Claim
from workflow.outbox.hints import OUTBOX, add_hint
from workflow.outbox.post import Answer, Said

DELAYS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60))
THEN = timedelta(hours=4)
GIVE_UP = timedelta(hours=72)
JITTER = 0.2

PUT_OFF = "put off"
MOST_PUT_OFF = 5
"""So many in a row that a mailbox took nothing, and it counts as gone."""

ENDS = {Said.ACCEPTED: "accepted", Said.BOUNCED: "bounced", Said.REFUSED: "held", Said.UNWRITABLE: "parked"}


def settle(session: OwnedSession, claim: Claim, answer: Answer, now: datetime) -> str | None:
    """Record an answer. Returns the message's state, or None when the claim's number is no longer the
    message's: a late finisher changes nothing."""
    message = session.scalars(
        select(Message)
        .where(
            Message.id == claim.id,
            Message.claims == claim.number,
            Message.state.in_(("claimed", "handing_over")),
        )
        .with_for_update()
    ).one_or_none()
    if message is None:
        return None
    said = answer.words.replace("\0", "")
    message.leased_until, message.answer = None, said[:500] or None
    if answer.said in ENDS:
        message.state = ENDS[answer.said]
        message.reason = None if answer.said is Said.ACCEPTED else f"{answer.said.value}: {said[:200]}"
    elif answer.said is Said.UNKNOWN and message.importance not in MAY_REPEAT and message.ask_at is None:
        message.state, message.reason = "held", UNHEARD
    else:
        _try_again(session, message, now, unheard=answer.said is Said.UNKNOWN)
    if answer.said is Said.ACCEPTED:
        message.accepted_at, message.carrier_id = now, answer.carrier_id
        if message.importance == "code":
            message.words = {}
    elif answer.said is not Said.UNKNOWN:
        message.ask_at = None  # it was heard, and not taken
    if answer.said is Said.BOUNCED:
        address_is_dead(session, message, now)
    return message.state


def delivered(session: OwnedSession, message_id: uuid.UUID, now: datetime) -> None:
    """The mail service says that an accepted message reached its mailbox."""
    accepted = update(Message).where(Message.id == message_id, Message.state == "accepted")
    session.execute(accepted.values(state="delivered", delivered_at=now))


def bounced(session: OwnedSession, message_id: uuid.UUID, words: str, now: datetime) -> None:
    """An accepted message came back for good: its address is dead, and a person is told."""
    message = _taken(session, message_id)
    if message is not None:
        message.state, message.reason = "bounced", f"bounced: {words[:200]}"
        address_is_dead(session, message, now)


def put_off(session: OwnedSession, message_id: uuid.UUID, now: datetime) -> None:
    """An accepted message came back because its mailbox took nothing for days: a person is told. After five in a
    row the address is dead."""
    message = _taken(session, message_id)
    if message is None:
        return
    message.state, message.reason = "bounced", f"{PUT_OFF}: the mailbox took nothing for days"
    session.flush()
    last = (
        select(Message.reason)
        .where(Message.person_id == message.person_id, Message.address.is_(None), Message.handed_at.is_not(None))
        .where(Message.state.in_(("delivered", "bounced")))
        .order_by(Message.handed_at.desc())
        .limit(MOST_PUT_OFF)
    )
    reasons = session.scalars(last).all()
    if len(reasons) == MOST_PUT_OFF and all((reason or "").startswith(PUT_OFF) for reason in reasons):
        address_is_dead(session, message, now)


def not_passed_on(session: OwnedSession, message_id: uuid.UUID, now: datetime) -> None:
    """A carrier took a message and then could not pass it on: nothing went, so it goes again. A sign-in code, whose
    digits are forgotten by then, does not; a person is told."""
    message = _taken(session, message_id)
    if message is None or message.state != "accepted":
        return
    if message.importance == "code":
        message.state, message.reason = "bounced", "not passed on: the mail service could not send it"
        return
    message.accepted_at = message.ask_at = None
    _try_again(session, message, now)


def _taken(session: OwnedSession, message_id: uuid.UUID) -> Message | None:
    taken = select(Message).where(Message.id == message_id, Message.state.in_(("accepted", "delivered")))
    return session.scalars(taken.with_for_update()).one_or_none()


def address_is_dead(session: OwnedSession, message: Message, now: datetime) -> None:
    """Stop using the address that a message bounced from. The person's other mail is held when its turn comes.

    Only an address verified before the message went: a newer one was not the one that bounced.
    """
    if message.person_id is None or message.address is not None:
        return
    tried = message.handed_at or now
    live = select(Contact).where(
        Contact.person_id == message.person_id,
        Contact.kind == "email",
        Contact.dead_at.is_(None),
        Contact.verified_at <= tried,
    )
    newest = session.scalars(live.order_by(Contact.verified_at.desc()).limit(1)).first()
    if newest is not None:
        newest.dead_at = now


def _try_again(session: OwnedSession, message: Message, now: datetime, *, unheard: bool = False) -> None:
    message.failures += 1
    if now - message.not_before >= GIVE_UP:
        message.state, message.reason = "held", "no luck: the mail server put it off for 72 hours"
        return
    message.state = "queued"
    message.next_attempt_at = now + delay(message.failures)
    if unheard and message.ask_at is not None and message.importance not in MAY_REPEAT:
        message.next_attempt_at = max(message.next_attempt_at, message.ask_at)
    add_hint(session, OUTBOX, message.next_attempt_at)


def delay(failures: int) -> timedelta:
    """How long to wait after so many failures, with jitter so that a queue does not come back as one."""
    wait = DELAYS[failures - 1] if failures <= len(DELAYS) else THEN
    return wait * (1 + JITTER * random.random())

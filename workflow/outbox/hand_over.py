"""The last look before a message goes: everything is checked again, and "handing over" is committed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from models.authority import Authority
from models.database import OwnedSession
from models.outbox import Message
from workflow.clock import london_day
from workflow.outbox import checks as look
from workflow.outbox.claim import MAY_REPEAT, UNHEARD, Claim
from workflow.outbox.hints import OUTBOX, add_hint
from workflow.outbox.leases import ASK_AFTER, database_now, lease_end
from workflow.outbox.post import Envelope


def hand_over(
    session: OwnedSession,
    claim: Claim,
    now: datetime,
    checks: Sequence[look.Check] = look.CHECKS,
    *,
    remembers: bool = False,
) -> Envelope | None:
    """Mark a claimed message as going, with a fresh lease, and return it ready to be carried. None when it
    does not go: no longer ours, no longer wanted, nowhere to send it, or not yet. Commit before sending.

    `remembers`: its carrier can be asked later what it has taken.
    """
    message = session.scalars(
        select(Message)
        .where(
            Message.id == claim.id,
            Message.claims == claim.number,
            Message.state == "claimed",
            Message.leased_until > database_now(),
        )
        .with_for_update()
    ).one_or_none()
    if message is None:
        return None
    if reason := look.still_wanted(session, message, now, checks):
        _end(message, "cancelled", reason)
        return None
    if wait := look.not_yet(session, message, now):
        put_back(session, claim, wait.at)
        return None
    to = look.address_of(session, message)
    if to is None:
        _end(message, "held", "post: no verified email address that works")
        return None
    doubtful = message.ask_at is not None
    message.ask_at = now + ASK_AFTER if remembers else None
    if doubtful and not remembers and message.importance not in MAY_REPEAT:
        # Another carrier has it, or has not: this one cannot tell.
        _end(message, "held", UNHEARD)
        return None
    message.state, message.handed_at = "handing_over", now
    session.flush()
    session.execute(update(Message).where(Message.id == claim.id).values(leased_until=lease_end()))
    return _envelope(session, message, to, now, doubtful)


def put_back(session: OwnedSession, claim: Claim, at: datetime | None = None) -> None:
    """Undo a claim that nothing was done with, as if it had never been; from `at` on it may be taken again.

    The number may be used once more: its holder lets go here, and a holder too late for that finds it taken.
    """
    undone = {"state": "queued", "claims": Message.claims - 1, "leased_until": None}
    row = session.execute(
        update(Message)
        .where(Message.id == claim.id, Message.claims == claim.number, Message.state == "claimed")
        .values(**undone, **({"next_attempt_at": at} if at else {}))
        .returning(Message.next_attempt_at)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is not None:
        add_hint(session, OUTBOX, row.next_attempt_at)


def _end(message: Message, state: str, reason: str) -> None:
    message.state, message.reason, message.leased_until = state, reason, None


def _envelope(session: OwnedSession, message: Message, to: str, now: datetime, doubtful: bool) -> Envelope:
    authority = session.scalars(select(Authority).where(Authority.id == session.authority_id)).one()
    return Envelope(
        id=message.id,
        authority_id=session.authority_id,
        authority_name=authority.name,
        contact_line=str(authority.settings.get("contact_line") or ""),
        advice=_advice(authority.settings),
        to=to,
        template=message.template,
        importance=message.importance,
        about_on=message.about_on,
        today=london_day(now),
        words=dict(message.words),
        link_code=message.link_code,
        doubtful=doubtful,
        known_as=message.carrier_id,
    )


def _advice(settings: Mapping[str, Any]) -> str:
    """The service that advises families in the authority's area, as its settings name it."""
    found = settings.get("sendiass") or {}
    return ", ".join(str(found[part]) for part in ("name", "phone", "email") if found.get(part))

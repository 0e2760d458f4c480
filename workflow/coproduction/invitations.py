"""Asking somebody to add their voice. The invitation opens only with a code to the invited address and a
second word that the inviter passes on another way: the likeliest leak is a mistyped address."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from models.access import Account, Grant, Invitation
from models.advice import AdviceRequest
from models.cases import Case
from models.crypto import current_keyring
from models.database import OwnedSession
from models.submissions import Submission
from workflow import audit, outbox, rates
from workflow.access.actor import Actor
from workflow.access.scope import not_over
from workflow.clock import london_day
from workflow.errors import Refused
from workflow.signing_in import fold

LIFE = timedelta(days=30)
TRIES = 5
WORDS = tuple(Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split())


Target = Submission | Case | AdviceRequest
COLUMNS = {
    Submission: Invitation.submission_id,
    Case: Invitation.case_id,
    AdviceRequest: Invitation.advice_id,
}


@dataclass(frozen=True)
class Offer:
    """What an invitation gives to whoever accepts it.

    sections: where they read and write; None is everywhere that their role does. until_at, until_sent: when it
    ends. capacity: what a helper is: relative, advocate, friend or interpreter. lets_in: whether it lets them in
    to the form itself; without, they only write their own beside it.
    """

    role: str
    rights: tuple[str, ...] = ("read", "write")
    sections: tuple[str, ...] | None = None
    until_at: datetime | None = None
    until_sent: bool = False
    capacity: str = ""
    lets_in: bool = True


PARENT = Offer("parent")


@dataclass(frozen=True)
class Invited:
    """An invitation just made, with the words to pass on by voice or in person. Shown once."""

    id: uuid.UUID
    words: str


def invite_parent(session: OwnedSession, actor: Actor, to: Target, email: str, *, now: datetime) -> Invited:
    """Invite a parent or carer to a form, or to their child's case, by email. See `invite`."""
    return invite(session, actor, to, email, PARENT, now=now)


def invite(session: OwnedSession, actor: Actor, to: Target, email: str, offer: Offer, *, now: datetime) -> Invited:
    """Invite somebody by email. The same address and role again, from the same person, replaces the first.

    Raises `Refused` when the form was sent or the address is the inviter's own, `TooMany` for too many.
    """
    if isinstance(to, Submission) and to.state == "sent":
        raise Refused("This form has been sent. Ask the council to invite the parent.")
    rates.count(session, "invite", str(actor.person), limit=60, window=timedelta(hours=1), now=now)
    address = fold(email)
    _refuse_own_address(session, actor, address)
    for old in waiting(session, to, now):
        # Of others' invitations nothing shows here: not even that they are replaced.
        if (old.email, old.role, old.invited_by) == (address, offer.role, actor.person):
            old.expires_at = now
    words = " ".join(secrets.choice(WORDS) for _ in range(3))
    invitation = _written(session, actor, to, address, offer, words, now)
    _mail(session, invitation, address, to.case_id if isinstance(to, AdviceRequest) else invitation.case_id, now)
    day = london_day(now)
    if isinstance(to, Case):
        audit.record(session, "invite_family", actor, audit.Subject(case_id=to.id), happened_on=day, now=now)
    elif isinstance(to, AdviceRequest):
        about, facts = audit.Subject(case_id=to.case_id), {"advice": str(to.id), "invitation": str(invitation.id)}
        audit.record(session, "invite_adviser", actor, about, happened_on=day, now=now, facts=facts)
    else:
        _record(session, "invite_to_form", actor, invitation, now)
    return Invited(invitation.id, words)


def again(session: OwnedSession, actor: Actor, invitation: Invitation, to: Submission, *, now: datetime) -> Invited:
    """Send an invitation once more, with new words; the old one stops working. Raises as `invite` does."""
    offer = offer_of(invitation)
    invitation.expires_at = now
    return invite(session, actor, to, invitation.email, offer, now=now)


def take_back(session: OwnedSession, actor: Actor, invitation: Invitation, *, now: datetime) -> None:
    """End an invitation that nobody has accepted."""
    if invitation.accepted_at is not None:
        raise Refused("They have accepted the invitation already.")
    invitation.expires_at = min(invitation.expires_at, now)
    _record(session, "take_back_invitation", actor, invitation, now)


def waiting(session: OwnedSession, to: Target, now: datetime) -> list[Invitation]:
    """Invitations to this form or case that were not accepted and have not run out."""
    column = COLUMNS[type(to)]
    return list(
        session.scalars(
            select(Invitation)
            .where(column == to.id, Invitation.accepted_at.is_(None), Invitation.expires_at > now)
            .order_by(Invitation.invited_at)
        )
    )


def find(session: OwnedSession, invitation_id: uuid.UUID, email: str, now: datetime) -> Invitation | None:
    """A live invitation to this proved address; None for anything else."""
    found = session.scalars(
        select(Invitation).where(Invitation.id == invitation_id, Invitation.expires_at > now)
    ).one_or_none()
    if found is None or found.email != fold(email) or found.tries >= TRIES:
        return None
    return found


def role_of(session: OwnedSession, invitation_id: uuid.UUID) -> str | None:
    """The role an invitation is for; None when there is none such. For choosing a kind of account alone."""
    return session.scalars(select(Invitation.role).where(Invitation.id == invitation_id)).one_or_none()


def accept(session: OwnedSession, invitation: Invitation, person_id: uuid.UUID, words: str, *, now: datetime) -> bool:
    """Accept with the words that came another way; gives the person what the invitation offers.

    False when the words are wrong (returned, not raised: the try has to count), and for whoever sent it.
    Accepting twice is harmless.
    """
    if invitation.accepted_by not in (None, person_id) or invitation.invited_by == person_id:
        return False
    if invitation.accepted_by is None:
        invitation.tries += 1
        if not hmac.compare_digest(invitation.secret_hash, _hide(words)):
            return False
        invitation.accepted_by, invitation.accepted_at = person_id, now
        if invitation.rights and not _let_in_already(session, invitation, person_id, now):
            session.add(_grant(invitation, person_id, now))
        session.flush()
    return True


def offer_of(invitation: Invitation) -> Offer:
    """What an invitation offers."""
    return Offer(
        invitation.role,
        tuple(invitation.rights),
        tuple(invitation.sections) if invitation.sections is not None else None,
        invitation.until_at,
        invitation.until_sent,
        invitation.capacity,
        bool(invitation.rights),
    )


def _written(
    session: OwnedSession,
    actor: Actor,
    to: Target,
    address: str,
    offer: Offer,
    words: str,
    now: datetime,
) -> Invitation:
    invitation = Invitation(
        id=uuid.uuid4(),
        submission_id=to.id if isinstance(to, Submission) else None,
        case_id=to.id if isinstance(to, Case) else None,
        advice_id=to.id if isinstance(to, AdviceRequest) else None,
        role=offer.role,
        capacity=offer.capacity,
        rights=list(offer.rights) if offer.lets_in else [],
        sections=list(offer.sections) if offer.sections is not None else None,
        until_at=offer.until_at,
        until_sent=offer.until_sent,
        email=address,
        secret_hash=_hide(words),
        invited_by=actor.person,
        invited_at=now,
        expires_at=min(now + LIFE, offer.until_at) if offer.until_at else now + LIFE,
    )
    session.add(invitation)
    session.flush()
    return invitation


def _mail(
    session: OwnedSession, invitation: Invitation, address: str, case_id: uuid.UUID | None, now: datetime
) -> None:
    outbox.add(
        session,
        dedupe_key=f"invitation:{invitation.id}",
        template="invitation",
        importance="invitation",
        now=now,
        address=address,
        words={},
        link_to=f"invitation:{invitation.id}",
        submission_id=invitation.submission_id,
        case_id=case_id,
        about_on=london_day(invitation.expires_at),
        useful_until=invitation.expires_at,
    )


def _grant(invitation: Invitation, person_id: uuid.UUID, now: datetime) -> Grant:
    return Grant(
        person_id=person_id,
        role=invitation.role,
        capacity=invitation.capacity,
        submission_id=invitation.submission_id,
        case_id=invitation.case_id,
        advice_id=invitation.advice_id,
        rights=list(invitation.rights),
        sections=invitation.sections,
        from_at=now,
        until_at=invitation.until_at,
        until_sent=invitation.until_sent,
        granted_by=invitation.invited_by,
        reason="accepted an invitation",
    )


def _let_in_already(session: OwnedSession, invitation: Invitation, person_id: uuid.UUID, now: datetime) -> bool:
    """Whether they have this already. A newer invitation that names parts takes the place of the older one."""
    same = select(Grant).where(
        Grant.person_id == person_id,
        Grant.role == invitation.role,
        Grant.submission_id.is_not_distinct_from(invitation.submission_id),
        Grant.case_id.is_not_distinct_from(invitation.case_id),
        Grant.advice_id.is_not_distinct_from(invitation.advice_id),
        not_over(now),
    )
    held = list(session.scalars(same))
    if invitation.sections is None:
        return bool(held)
    for old in held:
        old.until_at = now
    return False


def _refuse_own_address(session: OwnedSession, actor: Actor, address: str) -> None:
    mine = session.scalars(select(Account.email).where(Account.person_id == actor.person))
    if address in set(mine):
        raise Refused("That is your own address. Everyone needs an address of their own.", "email")


def _record(session: OwnedSession, act: str, actor: Actor, invitation: Invitation, now: datetime) -> None:
    # The form is named among the facts, not as the subject: the record must not keep a draft from being deleted.
    facts = {"form": str(invitation.submission_id), "role": invitation.role, "invitation": str(invitation.id)}
    audit.record(session, act, actor, audit.Subject(), happened_on=london_day(now), now=now, facts=facts)


def _hide(words: str) -> str:
    plain = " ".join(words.casefold().replace("-", " ").split())
    return hmac.new(current_keyring.get().key, plain.encode(), hashlib.sha256).hexdigest()

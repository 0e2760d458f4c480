"""Asking somebody to add their voice. The invitation opens only with a code to the invited address and a
second word that the inviter passes on another way: the likeliest leak is a mistyped address."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from models.access import Grant, Invitation
from models.cases import Case
from models.crypto import current_keyring
from models.database import OwnedSession
from models.submissions import Submission
from workflow import audit, outbox, rates
from workflow.access.actor import Actor
from workflow.clock import london_day
from workflow.errors import Refused
from workflow.signing_in import fold

LIFE = timedelta(days=30)
TRIES = 5
WORDS = [
    "amber",
    "apple",
    "badger",
    "basket",
    "beach",
    "bridge",
    "button",
    "candle",
    "carrot",
    "castle",
    "cherry",
    "circle",
    "clover",
    "copper",
    "cotton",
    "daisy",
    "desert",
    "dolphin",
    "dragon",
    "engine",
    "falcon",
    "feather",
    "forest",
    "garden",
    "ginger",
    "guitar",
    "hammer",
    "harbour",
    "helmet",
    "honey",
    "island",
    "jacket",
    "jigsaw",
    "kettle",
    "ladder",
    "lantern",
    "lemon",
    "lizard",
    "magnet",
    "mango",
    "marble",
    "meadow",
    "mirror",
    "monkey",
    "morning",
    "mountain",
    "needle",
    "nutmeg",
    "orange",
    "otter",
    "paddle",
    "panda",
    "pebble",
    "pencil",
    "pepper",
    "piano",
    "pillow",
    "planet",
    "pocket",
    "pumpkin",
    "puzzle",
    "rabbit",
    "rainbow",
    "river",
    "robin",
    "rocket",
    "saddle",
    "sailor",
    "salmon",
    "shadow",
    "silver",
    "spider",
    "spoon",
    "summer",
    "sunset",
    "teapot",
    "thunder",
    "ticket",
    "tiger",
    "timber",
    "tomato",
    "tunnel",
    "turtle",
    "velvet",
    "violin",
    "walnut",
    "whistle",
    "willow",
    "window",
    "winter",
]


@dataclass(frozen=True)
class Invited:
    """An invitation just made, with the words to pass on by voice or in person. Shown once."""

    id: uuid.UUID
    words: str


def invite_parent(session: OwnedSession, actor: Actor, to: Submission | Case, email: str, *, now: datetime) -> Invited:
    """Invite a parent or carer to a form, or to their child's case, by email. Inviting the same address again
    replaces the first. Raises `Refused` when the form was sent, `TooMany` for too many invitations.
    """
    if isinstance(to, Submission) and to.state == "sent":
        raise Refused("This form has been sent. Ask the council to invite the parent.")
    rates.count(session, "invite", str(actor.person), limit=60, window=timedelta(hours=1), now=now)
    address = fold(email)
    for old in waiting(session, to, now):
        if old.email == address:
            old.expires_at = now
    words = " ".join(secrets.choice(WORDS) for _ in range(3))
    invitation = Invitation(
        id=uuid.uuid4(),
        submission_id=to.id if isinstance(to, Submission) else None,
        case_id=to.id if isinstance(to, Case) else None,
        role="parent",
        email=address,
        secret_hash=_hide(words),
        invited_by=actor.person,
        invited_at=now,
        expires_at=now + LIFE,
    )
    session.add(invitation)
    session.flush()
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
        case_id=invitation.case_id,
        about_on=london_day(invitation.expires_at),
        useful_until=invitation.expires_at,
    )
    if isinstance(to, Case):
        day = london_day(now)
        audit.record(session, "invite_family", actor, audit.Subject(case_id=to.id), happened_on=day, now=now)
    return Invited(invitation.id, words)


def waiting(session: OwnedSession, to: Submission | Case, now: datetime) -> list[Invitation]:
    """Invitations to this form or case that were not accepted and have not run out."""
    column = Invitation.submission_id if isinstance(to, Submission) else Invitation.case_id
    return list(
        session.scalars(
            select(Invitation).where(column == to.id, Invitation.accepted_at.is_(None), Invitation.expires_at > now)
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


def accept(session: OwnedSession, invitation: Invitation, person_id: uuid.UUID, words: str, *, now: datetime) -> bool:
    """Accept with the words that came another way; gives the person their grant on the form or the case.

    False when the words are wrong (returned, not raised: the try has to count). Accepting twice is harmless.
    """
    if invitation.accepted_by not in (None, person_id):
        return False
    if invitation.accepted_by is None:
        invitation.tries += 1
        if not hmac.compare_digest(invitation.secret_hash, _hide(words)):
            return False
        invitation.accepted_by, invitation.accepted_at = person_id, now
        session.add(
            Grant(
                person_id=person_id,
                role=invitation.role,
                submission_id=invitation.submission_id,
                case_id=invitation.case_id,
                rights=["read", "write"],
                from_at=now,
                granted_by=invitation.invited_by,
                reason="accepted an invitation",
            )
        )
        session.flush()
    return True


def _hide(words: str) -> str:
    plain = " ".join(words.casefold().replace("-", " ").split())
    return hmac.new(current_keyring.get().key, plain.encode(), hashlib.sha256).hexdigest()

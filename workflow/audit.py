"""The record of acts: append-only, one hash chain an authority, written with the change it records."""

import hashlib
import json
import uuid
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from models.cases import ChainHead, Event, Note
from models.database import OwnedSession
from workflow.access.actor import Actor

GENESIS = "0" * 64


@dataclass(frozen=True)
class Subject:
    """What an act was done to."""

    case_id: uuid.UUID | None = None
    process_id: uuid.UUID | None = None
    submission_id: uuid.UUID | None = None


def record(
    session: OwnedSession,
    act: str,
    actor: Actor,
    subject: Subject,
    *,
    happened_on: date,
    now: datetime,
    facts: dict[str, Any] | None = None,
    on_behalf_of: uuid.UUID | None = None,
    corrects_id: uuid.UUID | None = None,
    words: dict[str, str] | None = None,
) -> Event:
    """Append an act to the authority's chain and return it.

    `facts` holds ids, dates and option names only; free text goes in `words`, kept apart and encrypted, so
    that erasing it never breaks the chain. Call it last in a verb: it locks the chain's head.
    """
    head = _lock_head(session)
    event = Event(
        id=uuid.uuid4(),
        authority_id=session.authority_id,
        seq=head.seq + 1,
        act=act,
        case_id=subject.case_id,
        process_id=subject.process_id,
        submission_id=subject.submission_id,
        actor_id=actor.person_id,
        actor_role=actor.role,
        on_behalf_of=on_behalf_of,
        happened_on=happened_on,
        recorded_at=now,
        facts=facts or {},
        corrects_id=corrects_id,
        previous_hash=head.hash,
        hash="",
    )
    event.hash = link(event)
    head.seq, head.hash = event.seq, event.hash
    session.add(event)
    session.flush()
    for kind, text in (words or {}).items():
        session.add(Note(event_id=event.id, kind=kind, words=text))
    return event


def link(event: Event) -> str:
    """The hash of an event over its canonical JSON and the link before it."""
    body = {
        name: _plain(getattr(event, name))
        for name in (
            "authority_id",
            "id",
            "seq",
            "act",
            "case_id",
            "process_id",
            "submission_id",
            "actor_id",
            "actor_role",
            "on_behalf_of",
            "happened_on",
            "recorded_at",
            "facts",
            "corrects_id",
            "previous_hash",
        )
    }
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify(session: OwnedSession) -> int:
    """Walk the authority's chain and return its length. Raises `BrokenChain` at the first bad link."""
    previous, count = GENESIS, 0
    rows = session.scalars(select(Event).order_by(Event.seq).execution_options(yield_per=1000))
    with closing(rows):
        for event in rows:
            count += 1
            if event.seq != count or event.previous_hash != previous or event.hash != link(event):
                raise BrokenChain(event.seq)
            previous = event.hash
    head = session.get(ChainHead, session.authority_id)
    if head is not None and (head.seq, head.hash) != (count, previous):
        raise BrokenChain(count + 1)
    return count


class BrokenChain(Exception):
    """The chain does not hold at this sequence number: something was changed, removed or inserted."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"The record of acts does not hold at number {seq}.")
        self.seq = seq


def _lock_head(session: OwnedSession) -> ChainHead:
    session.execute(insert(ChainHead).values(seq=0, hash=GENESIS).on_conflict_do_nothing())
    return session.scalars(select(ChainHead).with_for_update().execution_options(populate_existing=True)).one()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        # Always six decimals: PostgreSQL keeps microseconds, and a missing fraction would hash differently.
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return value

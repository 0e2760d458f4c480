"""Trying an act out to see what it would do, and leaving nothing behind."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from law import tables
from law.rules import current
from models.cases import Deadline, Notice, Process
from models.database import OwnedSession
from models.outbox import Message


@dataclass(frozen=True)
class Draft:
    """A letter as it would go: to whom, and the whole of it."""

    to_name: str
    audience: str
    by_post: bool
    letter: dict[str, Any]
    notified_on: date


@dataclass(frozen=True)
class Effects:
    """What an act would do: its letters, the dates that begin or move, those met, those that end, and what opens.

    `starts` and `moves` are (what is due, the last day or None where the law gives no number); `limits` are (what is
    due, whether an exception lifts its limit from now on) where that changes.
    """

    letters: list[Draft]
    starts: list[tuple[str, date | None]]
    moves: list[tuple[str, date | None]]
    met: list[str]
    ends: list[str]
    opens: list[str]
    limits: list[tuple[str, bool]]


@dataclass(frozen=True)
class _Standing:
    """A deadline as it stands."""

    rule: str
    due_on: date | None
    met: bool
    ended: bool
    lifted: bool


def effects_of(session: OwnedSession, case_id: uuid.UUID, act: Callable[[], object]) -> Effects:
    """What an act would do. It is done in a savepoint and taken back; what it raises, this raises."""
    letters = set(session.scalars(select(Notice.id).where(Notice.case_id == case_id)))
    processes = set(session.scalars(select(Process.id).where(Process.case_id == case_id)))
    before = _deadlines(session, case_id)
    trial = session.begin_nested()
    try:
        act()
        session.flush()
        opened = session.scalars(select(Process.kind).where(Process.case_id == case_id, Process.id.not_in(processes)))
        return _compared(before, _deadlines(session, case_id), _new_letters(session, case_id, letters), list(opened))
    finally:
        trial.rollback()
        session.expire_all()


def _compared(
    before: dict[uuid.UUID, _Standing], after: dict[uuid.UUID, _Standing], letters: list[Draft], opened: list[str]
) -> Effects:
    new = [each for key, each in after.items() if key not in before]
    both = [(before[key], each) for key, each in after.items() if key in before]
    reopened = [now for then, now in both if (then.met or then.ended) and not (now.met or now.ended)]
    return Effects(
        letters=letters,
        starts=[(_title(each), each.due_on) for each in (*new, *reopened) if not each.met and not each.ended],
        moves=[
            (_title(now), now.due_on)
            for then, now in both
            if then.due_on != now.due_on and now not in reopened and not now.ended
        ],
        met=[_title(now) for then, now in both if now.met and not then.met],
        ends=[_title(now) for then, now in both if now.ended and not then.ended and not now.met],
        opens=[tables.PROCESSES[kind].title for kind in opened],
        limits=[(_title(now), now.lifted) for then, now in both if then.lifted != now.lifted],
    )


def _title(standing: _Standing) -> str:
    return current(standing.rule).title


def _deadlines(session: OwnedSession, case_id: uuid.UUID) -> dict[uuid.UUID, _Standing]:
    rows = session.scalars(
        select(Deadline)
        .where(Deadline.case_id == case_id)
        .order_by(Deadline.due_on, Deadline.rule)
        .execution_options(populate_existing=True)
    )
    return {
        each.id: _Standing(
            each.rule,
            each.due_on,
            each.satisfied_on is not None,
            each.voided_on is not None,
            each.limit_disapplied,
        )
        for each in rows
    }


def _new_letters(session: OwnedSession, case_id: uuid.UUID, before: set[uuid.UUID]) -> list[Draft]:
    letters = session.scalars(
        select(Notice)
        .where(Notice.case_id == case_id, Notice.id.not_in(before))
        .order_by(Notice.audience, Notice.to_name)
    ).all()
    here = Message.notice_id.in_([each.id for each in letters]) & Message.person_id.is_not(None)
    mailed = set(session.scalars(select(Message.notice_id).where(here)))
    return [
        Draft(each.to_name, each.audience, each.id not in mailed, dict(each.letter), each.notified_on)
        for each in letters
    ]

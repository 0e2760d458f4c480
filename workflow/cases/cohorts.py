"""The children who move to their next phase in a year: found by law, corrected by hand, written to together."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from law.moves import Move
from models.cases import Case, Event, Process
from models.database import OwnedSession
from workflow import audit
from workflow.access.actor import Actor
from workflow.cases import doing, following, reviews
from workflow.cases.doing import Said
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotPermitted, Refused

CORRECT = "correct_cohort"
ACTS = ("ask", "review")


@dataclass(frozen=True)
class Batch:
    """One act for many: `ask` what they would like, or bring the plan under `review`; and the words of its letter."""

    act: str
    move: Move
    year: int
    which_move: str = ""
    reply_by: date | None = None


@dataclass(frozen=True)
class Done:
    """What became of one case of a batch: `problem` says why nothing was done."""

    case_id: uuid.UUID
    problem: str = ""


def correct(
    session: OwnedSession, case: Case, move: Move, year: int, actor: Actor, *, moves: bool, why: str, now: datetime
) -> Event:
    """Say by hand that a child moves in a year, or does not, whatever their age says. The last word counts.

    Raises `Refused` without a reason, or where the move has begun and is ended by a decision instead.
    """
    if not why.strip():
        raise Refused("Write why. It stays in the record.", "why")
    running = running_move(session, case.id)
    if running is not None and not moves:
        raise Refused(
            "This move has begun. Record on the case that it will not be this year: the family has a letter of it.",
            "moves",
        )
    return audit.record(
        session,
        CORRECT,
        actor,
        audit.Subject(case.id),
        happened_on=london_day(now),
        now=now,
        facts={"move": move.id, "year": year, "moves": moves},
        words={"why": why.strip()},
    )


def do_all(
    session: OwnedSession, case_ids: Sequence[uuid.UUID], batch: Batch, actor: Actor, *, now: datetime
) -> list[Done]:
    """Do one act for many cases, each whole or not at all. Doing it again does nothing twice."""
    return [_tried(session, case_id, batch, actor, now) for case_id in case_ids]


def do_one(session: OwnedSession, case_id: uuid.UUID, batch: Batch, actor: Actor, *, now: datetime) -> None:
    """Do the act for one case. Raises `Refused`, `AlreadyDone`, `NotPermitted`."""
    case = session.get_one(Case, (session.authority_id, case_id), with_for_update=True)
    running = running_move(session, case_id)
    if batch.act == "ask":
        known = session.get(Process, (session.authority_id, _token(case_id, batch)))
        if running is not None or known is not None:
            raise AlreadyDone("The family has been asked already.")
        _ask(session, case, batch, actor, now)
    elif running is None:
        raise AlreadyDone("The family has not been asked what it would like. Ask first.")
    else:
        _review(session, running, batch, actor, now)


def running_move(session: OwnedSession, case_id: uuid.UUID) -> Process | None:
    """The move of a case that goes on."""
    return session.scalars(
        select(Process).where(Process.case_id == case_id, Process.kind == "phase", Process.ended_on.is_(None))
    ).first()


def corrections(
    session: OwnedSession, move: Move, year: int, case_ids: Sequence[uuid.UUID] | None = None
) -> dict[uuid.UUID, Event]:
    """The last correction of each case for a move in a year."""
    wanted = select(Event).where(
        Event.act == CORRECT, Event.facts["move"].astext == move.id, Event.facts["year"].as_integer() == year
    )
    if case_ids is not None:
        wanted = wanted.where(Event.case_id.in_(case_ids))
    return {each.case_id: each for each in session.scalars(wanted.order_by(Event.seq)) if each.case_id}


def _tried(session: OwnedSession, case_id: uuid.UUID, batch: Batch, actor: Actor, now: datetime) -> Done:
    try:
        with session.begin_nested():
            do_one(session, case_id, batch, actor, now=now)
    except (Refused, AlreadyDone, NotPermitted) as problem:
        return Done(case_id, str(problem))
    return Done(case_id)


def _ask(session: OwnedSession, case: Case, batch: Batch, actor: Actor, now: datetime) -> None:
    said = Said(on=london_day(now), words={"which_move": batch.which_move}, reply_by=batch.reply_by)
    token = _token(case.id, batch)
    process = doing.begin(session, case, "phase", batch.move.act, actor, said, token=token, now=now)
    corrected = corrections(session, batch.move, batch.year, [case.id]).get(case.id)
    if corrected is not None and corrected.facts["moves"]:
        # By age it would be another year: the day of the move itself fixes the cut-off.
        dated: dict[str, Any] = {"transfer_date": date(batch.year, 9, 1)}
        on = Said(on=london_day(now), dates=dated, why="The child was brought into this year's moves by hand.")
        doing.do(session, process, "set_transfer_date", actor, on, seen=process.version, now=now)


def _review(session: OwnedSession, process: Process, batch: Batch, actor: Actor, now: datetime) -> None:
    plan = reviews.plan_of(session, process.case_id)
    first = "begin_after_review" if plan and plan.last_review_on else "begin"
    possible = {line.act for line in following.first_acts("review", actor)}
    begins = {"review": first} if first in possible else {}
    said = Said(on=london_day(now), begins=begins)
    doing.do(session, process, "review_for_move", actor, said, seen=process.version, now=now)


def _token(case_id: uuid.UUID, batch: Batch) -> uuid.UUID:
    return uuid.uuid5(case_id, f"{batch.move.rule}:{batch.year}")

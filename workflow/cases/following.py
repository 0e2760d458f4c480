"""What an act hands over to: the processes that begin with it, as the state tables say."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from law import tables
from law.tables import Transition
from models.cases import Plan, Process
from models.database import OwnedSession
from workflow.access.actor import Actor
from workflow.errors import Refused


def to_open(
    session: OwnedSession, process: Process, transition: Transition, actor: Actor, begins: Mapping[str, str]
) -> list[tuple[str, Process | None, str]]:
    """What an act opens: each kind, the process of that kind that is gone on with, and the act to do on it.

    An open process is gone on with: the first act is done on it where its stage allows that, or else nothing is.
    `begins` is what a person chose, by kind, where the tables leave it to them. Raises `Refused` when they had to
    choose and did not; a kind whose first act is not theirs to do waits for whoever may do it.
    """
    found = [
        _opening(session, process, kind, transition.begins or begins.get(kind, ""), actor) for kind in transition.opens
    ]
    return [each for each in found if each is not None]


def first_acts(kind: str, actor: Actor) -> tuple[Transition, ...]:
    """How this actor could begin a process of a kind: what they choose from where the tables leave it open."""
    table = tables.PROCESSES[kind]
    roles = actor.roles | {actor.kind}
    return tuple(
        line
        for line in table.acts_at(table.start)
        if (line.starts or line.to not in (table.start, "closed")) and roles & set(line.roles)
    )


def triggers(session: OwnedSession, case_id: uuid.UUID, first: Transition, known: Mapping[str, Any]) -> dict[str, str]:
    """The dates that the first act of an opened process fixes: those of the act that opens it, then the plan's."""
    plan = session.scalars(
        select(Plan).where(Plan.case_id == case_id, Plan.ceased_on.is_(None)).order_by(Plan.made_on.desc())
    ).first()
    of_plan: dict[str, date | None] = (
        {"plan_made": plan.made_on, "last_review_completed": plan.last_review_on} if plan else {}
    )
    dates = {key: known.get(key) or of_plan.get(key) for key in first.records}
    return {key: str(day) for key, day in dates.items() if day}


def _opening(
    session: OwnedSession, process: Process, kind: str, act: str, actor: Actor
) -> tuple[str, Process | None, str] | None:
    gone_on = session.scalars(
        select(Process)
        .where(
            Process.case_id == process.case_id,
            Process.kind == kind,
            Process.id != process.id,
            Process.ended_on.is_(None),
        )
        .order_by(Process.started_on.desc())
        .limit(1)
    ).first()
    if gone_on is not None:
        can = act and any(line.act == act for line in tables.PROCESSES[kind].acts_at(gone_on.stage))
        return (kind, gone_on, act) if can else None
    if not act:
        if first_acts(kind, actor):
            raise Refused(f"Say how this begins: {tables.PROCESSES[kind].title.lower()}.", f"begins_{kind}")
        return None
    return kind, None, act

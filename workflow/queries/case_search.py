"""Finding a case by a child's name, however it is spelled."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from law import tables
from models.cases import Case, Process
from models.database import OwnedSession
from models.people import Child, NameToken
from workflow.access.actor import Actor
from workflow.access.scope import cases_for
from workflow.cases import finding
from workflow.errors import Refused

MOST = 20
TOO_LITTLE = "Enter two names, or a name and a date of birth."


@dataclass(frozen=True)
class Found:
    """A case that may be the one: as little as tells it apart."""

    case_id: uuid.UUID
    called: str
    born_on: date
    stage: str


def search(session: OwnedSession, actor: Actor, name: str, born_on: date | None, now: datetime) -> list[Found]:
    """Cases of children with this name, at most 20 of those the actor may know of.

    Raises `Refused` for fewer than two identifying parts.
    """
    pieces = [piece for word in name.split() if (piece := finding.tokens(word))]
    if not pieces or (born_on is None and len(pieces) < 2):
        raise Refused(TOO_LITTLE, "name")
    if born_on is not None:
        ids = [child.id for child in finding.likely_same(session, name, born_on, but_not=None)]
        wanted = Child.id.in_(ids)
        children = session.scalars(select(Child).where(wanted)).all()
        children = sorted(children, key=lambda child: ids.index(child.id))
    else:
        matches = [Child.id.in_(select(NameToken.child_id).where(NameToken.token.in_(piece))) for piece in pieces]
        children = list(session.scalars(select(Child).where(*matches).order_by(Child.last, Child.first).limit(MOST)))
    return _cases(session, actor, {child.id: child for child in children}, now)


def _cases(session: OwnedSession, actor: Actor, children: dict[uuid.UUID, Child], now: datetime) -> list[Found]:
    rows = session.execute(
        cases_for(actor, now)
        .add_columns(Process)
        .outerjoin(Process, Process.case_id == Case.id)
        .where(Case.child_id.in_(children))
        .order_by(Process.started_on)
    )
    latest: dict[uuid.UUID, tuple[Case, Process | None]] = {case.id: (case, process) for case, process in rows}
    order = list(children)
    found = sorted(latest.values(), key=lambda pair: order.index(pair[0].child_id))[:MOST]
    return [
        Found(
            case.id,
            f"{children[case.child_id].known_as} {children[case.child_id].last}".strip(),
            children[case.child_id].born_on,
            _stage(case, process),
        )
        for case, process in found
    ]


def _stage(case: Case, process: Process | None) -> str:
    if case.joined_to_id:
        return "Joined to another case"
    return tables.PROCESSES[process.kind].stages[process.stage] if process else ""


def stages(session: OwnedSession, case_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How each of these cases stands, in words: the newest process of it."""
    rows = session.execute(
        select(Process.case_id, Process.kind, Process.stage)
        .where(Process.case_id.in_(case_ids))
        .order_by(Process.started_on)
    )
    return {case_id: tables.PROCESSES[kind].stages[stage] for case_id, kind, stage in rows}

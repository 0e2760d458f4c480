"""Panels as those who run them, sit on them or are advised by them see them."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from forms import catalogue
from models.cases import Case, Deadline, Process
from models.database import OwnedSession
from models.office import Conflict
from models.panels import Panel, PanelItem, PanelMember
from models.people import Child, Person
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.cases.panels import ADVICE, RUNS
from workflow.coproduction.kinds import RECORDS
from workflow.errors import NotFound
from workflow.queries.paging import Page

MOST_WAITING = 100


@dataclass(frozen=True)
class Line:
    """A panel in the list."""

    panel: Panel
    decider: str
    members: int
    items: int


@dataclass(frozen=True)
class OnAgenda:
    """One request on the agenda: whose it is, by when the family must be told, the papers, what was advised."""

    item: PanelItem
    case_id: uuid.UUID
    called: str
    born_on: date
    decide_by: date | None
    papers: tuple[tuple[uuid.UUID, str, str], ...]
    advice: str
    sat: tuple[str, ...]
    may_sit: tuple[tuple[uuid.UUID, str], ...]


@dataclass(frozen=True)
class Agenda:
    """A panel, whole. `waiting` are requests that could be put on it."""

    panel: Panel
    decider: str
    members: list[tuple[uuid.UUID, str]]
    items: list[OnAgenda]
    waiting: list[tuple[uuid.UUID, str, date | None]]
    runs: bool


@dataclass(frozen=True)
class Advised:
    """What a panel advised on a request."""

    panel_id: uuid.UUID
    held_on: date
    advice: str
    minutes: str
    recorded_at: datetime | None


def find(session: OwnedSession, actor: Actor, panel_id: uuid.UUID) -> Panel:
    """A panel, for those who run panels, sit on this one, or are advised by it. Raises `NotFound`."""
    found = session.scalars(select(Panel).where(Panel.id == panel_id, _theirs(actor))).one_or_none()
    if found is None:
        raise NotFound
    return found


def panels(session: OwnedSession, actor: Actor, page: int) -> tuple[list[Line], Page]:
    """A page of panels, the latest day first."""
    at = Page(page, session.scalars(select(func.count()).select_from(Panel).where(_theirs(actor))).one())
    members = select(func.count()).where(PanelMember.panel_id == Panel.id).scalar_subquery()
    items = (
        select(func.count())
        .select_from(PanelItem)
        .join(Process, Process.id == PanelItem.process_id)
        .where(
            PanelItem.panel_id == Panel.id,
            PanelItem.taken_off_at.is_(None),
            ~kept_from(actor.person, Process.case_id),
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Panel, Person.name, members, items)
        .join(Person, Person.id == Panel.decider_id)
        .where(_theirs(actor))
        .order_by(Panel.held_on.desc(), Panel.id)
        .offset(at.offset)
        .limit(at.size)
    )
    return [Line(panel, name, sits, on) for panel, name, sits, on in rows], at


def agenda(session: OwnedSession, actor: Actor, panel: Panel) -> Agenda:
    """One panel, without the cases that are hidden from the reader. The number of queries does not grow with it."""
    runs = bool(actor.roles & RUNS)
    decider = session.get_one(Person, (session.authority_id, panel.decider_id)).name
    members = [
        (person_id, name)
        for person_id, name in session.execute(
            select(Person.id, Person.name)
            .join(PanelMember, PanelMember.person_id == Person.id)
            .where(PanelMember.panel_id == panel.id)
            .order_by(Person.name, Person.id)
        )
    ]
    rows = session.execute(
        _requests(actor)
        .add_columns(PanelItem)
        .join(PanelItem, PanelItem.process_id == Process.id)
        .where(PanelItem.panel_id == panel.id, PanelItem.taken_off_at.is_(None))
        .order_by(PanelItem.put_on_at, PanelItem.id)
    ).all()
    papers = _papers(session, [row.case_id for row in rows])
    barred = _barred(session, [row.case_id for row in rows])
    names = {str(person_id): name for person_id, name in members}
    items = [
        OnAgenda(
            row.PanelItem,
            row.case_id,
            f"{row.known_as} {row.last}".strip(),
            row.born_on,
            row.due_on,
            tuple(papers.get(row.case_id, ())),
            ADVICE.get(row.PanelItem.advice or "", ""),
            tuple(names[each] for each in row.PanelItem.sat if each in names),
            tuple(each for each in members if each[0] not in barred.get(row.case_id, set())),
        )
        for row in rows
    ]
    return Agenda(panel, decider, members, items, _waiting(session, actor, rows) if runs else [], runs)


def advised(session: OwnedSession, process: Process) -> Advised | None:
    """What the newest panel advised on a request."""
    row = session.execute(
        select(PanelItem, Panel)
        .join(Panel, Panel.id == PanelItem.panel_id)
        .where(PanelItem.process_id == process.id, PanelItem.advice.is_not(None))
        .order_by(Panel.held_on.desc(), PanelItem.recorded_at.desc())
    ).first()
    if row is None:
        return None
    item, panel = row
    return Advised(panel.id, panel.held_on, ADVICE[item.advice or "more"], item.minutes or "", item.recorded_at)


def _theirs(actor: Actor) -> ColumnElement[bool]:
    if actor.roles & RUNS:
        return Panel.id.is_not(None)
    sits = select(PanelMember.id).where(PanelMember.panel_id == Panel.id, PanelMember.person_id == actor.person)
    return or_(Panel.decider_id == actor.person, sits.exists())


def _requests(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Process.id.label("process_id"), Process.case_id, Child.known_as, Child.last, Child.born_on, Deadline.due_on
        )
        .select_from(Process)
        .join(Case, Case.id == Process.case_id)
        .join(Child, Child.id == Case.child_id)
        .outerjoin(Deadline, and_(Deadline.process_id == Process.id, Deadline.rule == "assess.decide"))
        .where(~kept_from(actor.person, Case.id))
    )


def _waiting(
    session: OwnedSession, actor: Actor, on: Sequence[Row[*tuple[Any, ...]]]
) -> list[tuple[uuid.UUID, str, date | None]]:
    here = [row.process_id for row in on]
    rows = session.execute(
        _requests(actor)
        .where(Process.kind == "assessment", Process.stage == "requested", Process.id.not_in(here))
        .order_by(Deadline.due_on, Process.id)
        .limit(MOST_WAITING)
    )
    return [(row.process_id, f"{row.known_as} {row.last}".strip(), row.due_on) for row in rows]


def _papers(session: OwnedSession, case_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[tuple[uuid.UUID, str, str]]]:
    rows = session.execute(
        select(Submission, Person.name)
        .join(Person, Person.id == Submission.owner_id)
        .where(Submission.case_id.in_(case_ids), Submission.state == "sent", Submission.form_id.not_in(RECORDS))
        .order_by(Submission.sent_at, Submission.id)
    )
    found: dict[uuid.UUID, list[tuple[uuid.UUID, str, str]]] = defaultdict(list)
    for each, name in rows:
        assert each.case_id
        found[each.case_id].append((each.id, catalogue.get(each.form_id, each.form_version).title, name))
    return found


def _barred(session: OwnedSession, case_ids: list[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for case_id, person_id in session.execute(
        select(Conflict.case_id, Conflict.person_id).where(Conflict.case_id.in_(case_ids), Conflict.ended_at.is_(None))
    ):
        found[case_id].add(person_id)
    return found

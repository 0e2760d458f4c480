"""The board of everybody who moves to the next phase in a year: how each stands, and how many stand where."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, func, or_, select

from law import tables
from law.moves import CutOff, Move, births, cut_off
from models.cases import Case, Deadline, Event, Note, Plan, Process
from models.database import OwnedSession
from models.people import Child, Person, Setting
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.cases import cohorts
from workflow.queries.paging import Page

SIZE = 50
NOT_ASKED, LEFT_OUT = "not_asked", "left_out"
STAGES = {
    NOT_ASKED: "Not asked yet",
    "asking": "Asked, no answer yet",
    "preferred": "Preference in",
    "reviewing": "Plan under review",
    "named": "Next place named",
    "staying": "Not moving this year",
    LEFT_OUT: "Left out by hand",
}
DONE = frozenset({"named", "staying", LEFT_OUT})


@dataclass(frozen=True)
class Filters:
    """Which board and which of its rows: a stage of STAGES or all of them, a setting or all."""

    move: Move
    year: int
    stage: str = ""
    setting_id: uuid.UUID | None = None
    page: int = 1


@dataclass(frozen=True)
class Row:
    """One child on the board. `why` is the reason of a correction by hand; `asked` and `replied` count the settings
    that are consulted."""

    case_id: uuid.UUID
    process_id: uuid.UUID | None
    called: str
    born_on: date
    setting: str | None
    caseworker: str | None
    stage: str
    review: str
    asked: int
    replied: int
    by_hand: bool
    why: str

    @property
    def says(self) -> str:
        """How it stands, in words."""
        return STAGES[self.stage]


@dataclass(frozen=True)
class Board:
    """A cohort: the rows of this page, how many stand at each stage, and the dates that all of them are held to."""

    rows: list[Row]
    counts: Mapping[str, int]
    page: Page
    cut_off: CutOff
    settings: list[Setting]

    @property
    def open(self) -> int:
        """How many still have no next place named."""
        return sum(count for stage, count in self.counts.items() if stage not in DONE)


def board(session: OwnedSession, actor: Actor, filters: Filters) -> Board:
    """Everybody who makes a move in a year. Seven queries, however many there are."""
    corrected = cohorts.corrections(session, filters.move, filters.year)
    found = _found(session, actor, filters, corrected)
    placed = [(each, _stage(each, corrected)) for each in found]
    counts = Counter(stage for _, stage in placed)
    chosen = [
        (each, stage)
        for each, stage in placed
        if stage == (filters.stage or stage) and filters.setting_id in (None, each.setting_id)
    ]
    page = Page(filters.page, len(chosen), SIZE)
    shown = chosen[page.offset : page.offset + SIZE]
    return Board(
        rows=_rows(session, shown, corrected),
        counts=counts,
        page=page,
        cut_off=cut_off(filters.move, filters.year),
        settings=list(session.scalars(select(Setting).order_by(Setting.name))),
    )


def chosen(session: OwnedSession, actor: Actor, filters: Filters, case_ids: set[uuid.UUID]) -> list[Row]:
    """The rows of a board for these cases; a case that is not on it is not there."""
    corrected = cohorts.corrections(session, filters.move, filters.year)
    found = [each for each in _found(session, actor, filters, corrected) if each.case_id in case_ids]
    return _rows(session, [(each, _stage(each, corrected)) for each in found], corrected)


def _found(session: OwnedSession, actor: Actor, filters: Filters, corrected: Mapping[uuid.UUID, Event]) -> list[Any]:
    move, year = filters.move, filters.year
    first, last = births(move, year)
    here = func.extract("year", Deadline.due_on).cast(Integer) == year
    by_age = and_(
        Child.born_on.between(first, last),
        Plan.id.is_not(None),
        *(or_(*(Setting.name.icontains(word) for word in words)) for words in (move.at,) if words),
        *(or_(Setting.name.is_(None), ~Setting.name.icontains(word)) for word in move.not_at),
    )
    rows = session.execute(
        select(
            Case.id.label("case_id"),
            Process.id.label("process_id"),
            Process.stage,
            Child.known_as,
            Child.last,
            Child.born_on,
            Setting.id.label("setting_id"),
            Setting.name.label("setting"),
            Person.name.label("caseworker"),
        )
        .select_from(Case)
        .join(Child, Child.id == Case.child_id)
        .outerjoin(Plan, and_(Plan.case_id == Case.id, Plan.ceased_on.is_(None)))
        .outerjoin(Setting, Setting.id == func.coalesce(Plan.setting_id, Child.setting_id))
        .outerjoin(Person, Person.id == Case.caseworker_id)
        .outerjoin(Deadline, and_(Deadline.case_id == Case.id, Deadline.rule == move.rule))
        .outerjoin(Process, and_(Process.id == Deadline.process_id, Process.stage != "closed"))
        .where(
            Case.joined_to_id.is_(None),
            ~kept_from(actor.person, Case.id),
            or_(
                and_(Process.id.is_not(None), here),
                and_(Process.id.is_(None), or_(by_age, Case.id.in_(corrected))),
            ),
        )
        .order_by(Setting.name, Child.last, Child.known_as, Case.id, Process.started_on.desc())
    )
    return list({row.case_id: row for row in reversed(list(rows))}.values())[::-1]


def _stage(row: Any, corrected: Mapping[uuid.UUID, Event]) -> str:
    if row.process_id is not None:
        return str(row.stage)
    said = corrected.get(row.case_id)
    return LEFT_OUT if said is not None and not said.facts["moves"] else NOT_ASKED


def _rows(session: OwnedSession, shown: list[tuple[Any, str]], corrected: Mapping[uuid.UUID, Event]) -> list[Row]:
    case_ids = [each.case_id for each, _ in shown]
    reviews, consulted = _reviews(session, case_ids), _consulted(session, case_ids)
    events = [corrected[each].id for each in case_ids if each in corrected]
    notes = select(Note.event_id, Note.words).where(Note.event_id.in_(events), Note.kind == "why")
    why = {event_id: str(words) for event_id, words in session.execute(notes)}
    return [
        Row(
            case_id=each.case_id,
            process_id=each.process_id,
            called=f"{each.known_as} {each.last}".strip(),
            born_on=each.born_on,
            setting=each.setting,
            caseworker=each.caseworker,
            stage=stage,
            review=reviews.get(each.case_id, ""),
            asked=consulted.get(each.case_id, (0, 0))[0],
            replied=consulted.get(each.case_id, (0, 0))[1],
            by_hand=each.case_id in corrected,
            why=why.get(corrected[each.case_id].id, "") if each.case_id in corrected else "",
        )
        for each, stage in shown
    ]


def _reviews(session: OwnedSession, case_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Where the review of each plan stands: the one that is furthest, among those that go on."""
    rows = session.execute(
        select(Process.case_id, Process.stage)
        .where(Process.case_id.in_(case_ids), Process.kind == "review", Process.ended_on.is_(None))
        .order_by(Process.started_on.desc())
    )
    stages = tables.PROCESSES["review"].stages
    return {case_id: stages[stage] for case_id, stage in rows}


def _consulted(session: OwnedSession, case_ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    """(asked, replied): settings consulted about each case in what goes on."""
    rows = session.execute(
        select(Deadline.case_id, func.count(), func.count(Deadline.satisfied_on))
        .join(Process, Process.id == Deadline.process_id)
        .where(Deadline.case_id.in_(case_ids), Deadline.rule == "consult.setting", Process.ended_on.is_(None))
        .group_by(Deadline.case_id)
    )
    return {case_id: (asked, replied) for case_id, asked, replied in rows}

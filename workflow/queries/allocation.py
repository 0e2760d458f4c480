"""What the pages about giving out work show: teams with their loads, rules in words, and every change of them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from models.database import OwnedSession
from models.office import OfficeSetting
from models.people import Person, Setting
from workflow.allocation import giving, written
from workflow.allocation.rules import Routing, Rule, conditions
from workflow.allocation.settings import ROUTING, Standing, standing
from workflow.queries.paging import Page


@dataclass(frozen=True)
class Who:
    """Somebody in a team, with how much they have."""

    name: str
    open_cases: int
    most: int | None
    at_work: bool


@dataclass(frozen=True)
class TeamLine:
    """A team on the page."""

    id: uuid.UUID
    name: str
    members: tuple[Who, ...]


@dataclass(frozen=True)
class RuleLine:
    """A rule on the page, in words."""

    id: uuid.UUID
    title: str
    asks: tuple[str, ...]
    team: str


@dataclass(frozen=True)
class Overview:
    """The whole page."""

    standing: Standing
    teams: list[TeamLine]
    rules: list[RuleLine]


@dataclass(frozen=True)
class Change:
    """One version: who made it, when, why, and what was different from the one before."""

    version: int
    who: str
    at: datetime
    why: str
    said: list[str]


def overview(session: OwnedSession, today: date) -> Overview:
    """Teams, loads and rules. The number of queries does not grow with them."""
    now = standing(session)
    members = {who.person_id for team in now.routing.teams for who in team.members}
    names, loads, here = people(session, members), giving.loads(session, members), giving.at_work(session, today)
    called = settings(session)
    return Overview(
        now,
        [
            TeamLine(
                team.id,
                team.name,
                tuple(
                    Who(names.get(m.person_id, ""), loads.get(m.person_id, 0), m.most, m.person_id in here)
                    for m in team.members
                ),
            )
            for team in now.routing.teams
        ],
        [rule_line(now.routing, rule, called) for rule in now.routing.rules],
    )


def rule_line(routing: Routing, rule: Rule, called: dict[uuid.UUID, str]) -> RuleLine:
    """A rule in words."""
    team = routing.team(rule.team_id)
    return RuleLine(rule.id, rule.title, tuple(conditions(rule, called)), team.name if team else "")


def history(session: OwnedSession, page: int) -> tuple[list[Change], Page]:
    """Every change, newest first: each told against the one before it."""
    of_routing = OfficeSetting.key == ROUTING
    at = Page(page, session.scalars(select(func.count()).select_from(OfficeSetting).where(of_routing)).one())
    rows = session.execute(
        select(OfficeSetting, Person.name)
        .join(Person, Person.id == OfficeSetting.made_by)
        .where(of_routing)
        .order_by(OfficeSetting.version.desc())
        .offset(at.offset)
        .limit(at.size + 1)
    ).all()
    told = [(row, who, written.read(row.value)) for row, who in rows]
    names = people(session, {m.person_id for _, _, each in told for team in each.teams for m in team.members})
    called = settings(session)
    before = [routing for _, _, routing in told[1:]] + [Routing()]
    return [
        Change(row.version, who, row.made_at, row.why or "", written.changes(was, became, names, called))
        for (row, who, became), was in zip(told[: at.size], before, strict=False)
    ], at


def people(session: OwnedSession, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Names by id."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(list(ids))).order_by(Person.name))
    return {person_id: name for person_id, name in rows}


def settings(session: OwnedSession) -> dict[uuid.UUID, str]:
    """Schools, nurseries and colleges by name."""
    rows = session.execute(select(Setting.id, Setting.name).order_by(Setting.name))
    return {setting_id: name for setting_id, name in rows}

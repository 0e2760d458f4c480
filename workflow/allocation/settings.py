"""What is set for the office, kept version by version: nothing that was set is ever overwritten."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from models.database import OwnedSession
from models.office import OfficeSetting
from workflow.access.actor import Actor
from workflow.allocation import written
from workflow.allocation.rules import Member, Routing, Rule, Team
from workflow.errors import AlreadyDone, NotPermitted, Refused

ROUTING = "routing"
CHANGED = "Somebody changed this since you opened the page. Look again before you change it."


@dataclass(frozen=True)
class Standing:
    """What is set now, and the version it is. Version 0: nothing was ever set."""

    version: int
    routing: Routing


def standing(session: OwnedSession) -> Standing:
    """The routing as it is set now."""
    newest = session.scalars(
        select(OfficeSetting).where(OfficeSetting.key == ROUTING).order_by(OfficeSetting.version.desc()).limit(1)
    ).first()
    return Standing(newest.version, written.read(newest.value)) if newest else Standing(0, Routing())


def change(
    session: OwnedSession, routing: Routing, actor: Actor, *, seen: int, now: datetime, why: str = ""
) -> Standing:
    """Set the routing anew, whole. `seen` is the version the change was made from.

    Raises `NotPermitted` but for managers, `AlreadyDone` when somebody changed it meanwhile, `Refused` for two teams
    or rules of one name.
    """
    if "manager" not in actor.roles:
        raise NotPermitted("Only managers change how work is given out.")
    _require_one_of_each([team.name for team in routing.teams], "There is a team of this name already.", "name")
    _require_one_of_each([rule.title for rule in routing.rules], "There is a rule of this name already.", "title")
    if standing(session).version != seen:
        raise AlreadyDone(CHANGED)
    made = session.scalars(
        insert(OfficeSetting)
        .values(
            id=uuid.uuid4(),
            key=ROUTING,
            version=seen + 1,
            value=written.kept(routing),
            why=why.strip(),
            made_by=actor.person,
            made_at=now,
        )
        .on_conflict_do_nothing(index_elements=["authority_id", "key", "version"])
        .returning(OfficeSetting.id)
    ).one_or_none()
    if made is None:
        raise AlreadyDone(CHANGED)
    return Standing(seen + 1, routing)


def versions(session: OwnedSession) -> int:
    """How many versions there are."""
    return session.scalars(select(func.count()).where(OfficeSetting.key == ROUTING)).one()


def with_team(routing: Routing, team: Team) -> Routing:
    """The routing with a team added, or in the place of the one it was."""
    if routing.team(team.id) is None:
        return replace(routing, teams=(*routing.teams, team))
    return replace(routing, teams=tuple(team if each.id == team.id else each for each in routing.teams))


def without_team(routing: Routing, team_id: uuid.UUID) -> Routing:
    """The routing without a team. Raises `Refused` while a rule sends requests there."""
    if any(rule.team_id == team_id for rule in routing.rules):
        raise Refused("A rule sends requests to this team. Change that rule first.", "team")
    return replace(routing, teams=tuple(each for each in routing.teams if each.id != team_id))


def with_rule(routing: Routing, rule: Rule) -> Routing:
    """The routing with a rule added last, or in the place of the one it was. Raises `Refused` for no such team."""
    if routing.team(rule.team_id) is None:
        raise Refused("Choose the team.", "team")
    if any(each.id == rule.id for each in routing.rules):
        return replace(routing, rules=tuple(rule if each.id == rule.id else each for each in routing.rules))
    return replace(routing, rules=(*routing.rules, rule))


def without_rule(routing: Routing, rule_id: uuid.UUID) -> Routing:
    """The routing without a rule."""
    return replace(routing, rules=tuple(each for each in routing.rules if each.id != rule_id))


def moved(routing: Routing, rule_id: uuid.UUID, *, up: bool) -> Routing:
    """The routing with a rule one place further up or down: the first that holds decides."""
    rules = list(routing.rules)
    at = next((place for place, each in enumerate(rules) if each.id == rule_id), None)
    to = None if at is None else at - 1 if up else at + 1
    if at is None or to is None or not 0 <= to < len(rules):
        return routing
    rules[at], rules[to] = rules[to], rules[at]
    return replace(routing, rules=tuple(rules))


def members(chosen: dict[uuid.UUID, int | None]) -> tuple[Member, ...]:
    """Members in an order that does not depend on how they were chosen."""
    return tuple(Member(person_id, chosen[person_id]) for person_id in sorted(chosen, key=str))


def _require_one_of_each(names: list[str], sentence: str, field: str) -> None:
    folded = [name.strip().casefold() for name in names]
    if len(set(folded)) != len(folded):
        raise Refused(sentence, field)

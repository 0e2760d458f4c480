"""Routing as it is kept, and what changed between two versions of it, in words."""

import uuid
from collections.abc import Mapping
from typing import Any

from workflow.allocation.rules import Member, Routing, Rule, Team, conditions


def read(value: Mapping[str, Any]) -> Routing:
    """Routing from what is kept."""
    return Routing(
        teams=tuple(
            Team(
                uuid.UUID(each["id"]),
                each["name"],
                tuple(Member(uuid.UUID(who["person"]), who.get("most")) for who in each["members"]),
            )
            for each in value.get("teams", ())
        ),
        rules=tuple(
            Rule(
                uuid.UUID(each["id"]),
                each["title"],
                uuid.UUID(each["team"]),
                frozenset(each.get("kinds", ())),
                frozenset(uuid.UUID(one) for one in each.get("settings", ())),
                each.get("age_from"),
                each.get("age_to"),
                tuple(each.get("districts", ())),
                each.get("looked_after"),
            )
            for each in value.get("rules", ())
        ),
        automatic=bool(value.get("automatic")),
    )


def kept(routing: Routing) -> dict[str, Any]:
    """The same as it is kept."""
    return {
        "automatic": routing.automatic,
        "teams": [
            {
                "id": str(team.id),
                "name": team.name,
                "members": [{"person": str(who.person_id), "most": who.most} for who in team.members],
            }
            for team in routing.teams
        ],
        "rules": [
            {
                "id": str(rule.id),
                "title": rule.title,
                "team": str(rule.team_id),
                "kinds": sorted(rule.kinds),
                "settings": sorted(str(one) for one in rule.settings),
                "age_from": rule.age_from,
                "age_to": rule.age_to,
                "districts": list(rule.districts),
                "looked_after": rule.looked_after,
            }
            for rule in routing.rules
        ],
    }


def changes(
    was: Routing, became: Routing, people: Mapping[uuid.UUID, str], settings: Mapping[uuid.UUID, str]
) -> list[str]:
    """What is different, one sentence each: from what, to what."""
    said = []
    if was.automatic != became.automatic:
        said.append(f"Giving out: {_mode(was)} → {_mode(became)}")
    before = {f"Team {team.name}": _members(team, people) for team in was.teams}
    after = {f"Team {team.name}": _members(team, people) for team in became.teams}
    before |= {f"Rule “{rule.title}”": _rule(was, rule, settings) for rule in was.rules}
    after |= {f"Rule “{rule.title}”": _rule(became, rule, settings) for rule in became.rules}
    for name in {**before, **after}:
        if name not in after:
            said.append(f"{name}: taken away ({before[name]})")
        elif name not in before:
            said.append(f"{name}: added ({after[name]})")
        elif before[name] != after[name]:
            said.append(f"{name}: {before[name]} → {after[name]}")
    order = [[rule.title for rule in each.rules] for each in (was, became)]
    if order[0] != order[1] and sorted(order[0]) == sorted(order[1]):
        said.append(f"Order of rules: {', '.join(order[0])} → {', '.join(order[1])}")
    return said


def _mode(routing: Routing) -> str:
    return "by itself" if routing.automatic else "suggested to a person"


def _members(team: Team, people: Mapping[uuid.UUID, str]) -> str:
    named = sorted(
        f"{people.get(who.person_id, 'somebody')}{f' (at most {who.most})' if who.most is not None else ''}"
        for who in team.members
    )
    return ", ".join(named) or "nobody"


def _rule(routing: Routing, rule: Rule, settings: Mapping[uuid.UUID, str]) -> str:
    team = routing.team(rule.team_id)
    asked = "; ".join(conditions(rule, settings)) or "every request"
    return f"{asked}, to {team.name if team else 'no team'}"

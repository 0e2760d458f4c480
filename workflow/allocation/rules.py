"""Rules for giving out requests, as data, and what they say of one request. Pure: nothing here reads a table."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SETTING_KINDS = {
    "early_years": "a nursery or other early years setting",
    "school": "a school",
    "post_16": "a college",
    "none": "no setting that is known here",
}


@dataclass(frozen=True)
class Member:
    """Somebody in a team. most: open cases at which they are given no more; None is no limit."""

    person_id: uuid.UUID
    most: int | None = None


@dataclass(frozen=True)
class Team:
    """A team and who is in it."""

    id: uuid.UUID
    name: str
    members: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Rule:
    """When a request goes to a team: every condition that is given must hold. Ages in years, both ends included;
    districts are first halves of postcodes, or their beginnings ("HX" takes HX1 and HX12)."""

    id: uuid.UUID
    title: str
    team_id: uuid.UUID
    kinds: frozenset[str] = frozenset()
    settings: frozenset[uuid.UUID] = frozenset()
    age_from: int | None = None
    age_to: int | None = None
    districts: tuple[str, ...] = ()
    looked_after: bool | None = None


@dataclass(frozen=True)
class Routing:
    """Everything that is set. automatic: requests are given out as they come; otherwise it is only suggested."""

    teams: tuple[Team, ...] = ()
    rules: tuple[Rule, ...] = ()
    automatic: bool = False

    def team(self, team_id: uuid.UUID) -> Team | None:
        """A team by its id."""
        return next((each for each in self.teams if each.id == team_id), None)


@dataclass(frozen=True)
class About:
    """What is known of a request, as far as rules ask. None, or "", is not known."""

    age: int | None = None
    kind: str = "none"
    setting_id: uuid.UUID | None = None
    district: str = ""
    looked_after: bool | None = None


@dataclass(frozen=True)
class Step:
    """One rule that was looked at: whether it decided, and why or why not."""

    rule: Rule
    decided: bool
    said: str


@dataclass(frozen=True)
class Routed:
    """Where a request goes: to whom, by which rule, and every rule that was looked at before it."""

    rule: Rule | None = None
    team: Team | None = None
    person_id: uuid.UUID | None = None
    steps: tuple[Step, ...] = field(default=())


def route(
    routing: Routing,
    about: About,
    loads: Mapping[uuid.UUID, int],
    *,
    at_work: frozenset[uuid.UUID],
    kept_from: frozenset[uuid.UUID] = frozenset(),
) -> Routed:
    """The first rule whose conditions hold and whose team has somebody free. Of these, whoever has least.

    loads: open cases of each person. at_work: who works here today. kept_from: who has a conflict of interest.
    """
    steps: list[Step] = []
    for rule in routing.rules:
        team = routing.team(rule.team_id)
        against = _against(rule, about)
        if team is None or against:
            steps.append(Step(rule, False, against or "Its team is not there any more."))
            continue
        free, why_not = _free(team, loads, at_work, kept_from)
        if free is None:
            steps.append(Step(rule, False, f"It holds, but {why_not}. The next rule is tried."))
            continue
        has = loads.get(free, 0)
        cases = "1 open case" if has == 1 else f"{has} open cases"
        steps.append(Step(rule, True, f"It holds, and of {team.name} this person has the least: {cases}."))
        return Routed(rule, team, free, tuple(steps))
    return Routed(steps=tuple(steps))


def _free(
    team: Team,
    loads: Mapping[uuid.UUID, int],
    at_work: frozenset[uuid.UUID],
    kept_from: frozenset[uuid.UUID],
) -> tuple[uuid.UUID | None, str]:
    here = [each for each in team.members if each.person_id in at_work]
    if not here:
        return None, f"nobody in {team.name} works here today"
    able = [each for each in here if each.person_id not in kept_from]
    if not able:
        return None, f"everybody in {team.name} has a conflict of interest"
    room = [each for each in able if each.most is None or loads.get(each.person_id, 0) < each.most]
    if not room:
        return None, f"everybody in {team.name} has as much as they can take"
    return min(room, key=lambda each: (loads.get(each.person_id, 0), str(each.person_id))).person_id, ""


def _against(rule: Rule, about: About) -> str:
    """Why a rule does not hold, or "" when it does."""
    if rule.settings and about.setting_id not in rule.settings:
        return "It is for other settings."
    if rule.kinds and about.kind not in rule.kinds:
        return f"It is for children at {_either(SETTING_KINDS[each] for each in sorted(rule.kinds))}."
    if rule.age_from is not None or rule.age_to is not None:
        if about.age is None:
            return f"It is for {ages(rule)}, and the age is not known."
        if about.age < (rule.age_from or 0) or about.age > (rule.age_to if rule.age_to is not None else about.age):
            return f"It is for {ages(rule)}."
    if rule.districts and not any(_within(about.district, each) for each in rule.districts):
        where = f"It is for {_either(rule.districts)}"
        return f"{where}." if about.district else f"{where}, and the postcode is not known."
    if rule.looked_after is not None and about.looked_after is not rule.looked_after:
        wanted = "who are looked after by a council" if rule.looked_after else "who are not looked after by a council"
        return f"It is for children {wanted}{', and that is not known' if about.looked_after is None else ''}."
    return ""


def ages(rule: Rule) -> str:
    """The ages of a rule in words."""
    if rule.age_to is None:
        return f"ages {rule.age_from} and over"
    return f"ages {rule.age_from} to {rule.age_to}" if rule.age_from else f"ages up to {rule.age_to}"


def conditions(rule: Rule, settings: Mapping[uuid.UUID, str]) -> list[str]:
    """What a rule asks, in words; nothing when it takes every request."""
    said = []
    if rule.settings:
        said.append(f"at {_either(sorted(settings.get(each, 'a setting') for each in rule.settings))}")
    if rule.kinds:
        said.append(f"at {_either(SETTING_KINDS[each] for each in sorted(rule.kinds))}")
    if rule.age_from is not None or rule.age_to is not None:
        said.append(ages(rule))
    if rule.districts:
        said.append(f"postcode {_either(rule.districts)}")
    if rule.looked_after is not None:
        said.append("looked after by a council" if rule.looked_after else "not looked after by a council")
    return said


def _within(district: str, wanted: str) -> bool:
    rest = district.removeprefix(wanted)
    # "HX" takes HX1; "HX1" takes HX1 and not HX12; "W" takes W1 and not WA1.
    return district.startswith(wanted) and (not rest or (wanted[-1:].isalpha() and rest[:1].isdigit()))


def _either(words: Any) -> str:
    *most, last = list(words)
    return f"{', '.join(most)} or {last}" if most else str(last)

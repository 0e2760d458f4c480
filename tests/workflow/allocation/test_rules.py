"""The rules by which requests are given out: the first that holds and has somebody free decides, and says so."""

import uuid
from dataclasses import replace

import pytest

from workflow.allocation import written
from workflow.allocation.rules import About, Member, Routing, Rule, Team, conditions, route

ADA, BEN, CAZ = (uuid.UUID(int=n) for n in (1, 2, 3))
NORTH, SOUTH, SCHOOL = (uuid.UUID(int=n) for n in (10, 11, 20))
AT_WORK = frozenset({ADA, BEN, CAZ})


def rule(title: str, team: uuid.UUID = NORTH, **asks: object) -> Rule:
    return Rule(uuid.uuid4(), title, team, **asks)  # type: ignore[arg-type]


def routing(*rules: Rule, most: int | None = None) -> Routing:
    teams = (Team(NORTH, "North", (Member(ADA, most), Member(BEN, most))), Team(SOUTH, "South", (Member(CAZ),)))
    return Routing(teams, rules)


EVERYTHING = About(age=7, kind="school", setting_id=SCHOOL, district="HX1", looked_after=False)


@pytest.mark.parametrize(
    ("asks", "about", "holds"),
    [
        ({}, {}, True),
        ({"kinds": frozenset({"school"})}, {}, True),
        ({"kinds": frozenset({"early_years", "none"})}, {}, False),
        ({"kinds": frozenset({"none"})}, {"kind": "none"}, True),
        ({"settings": frozenset({SCHOOL})}, {}, True),
        ({"settings": frozenset({SCHOOL})}, {"setting_id": None}, False),
        ({"age_from": 5, "age_to": 10}, {}, True),
        ({"age_from": 7}, {}, True),
        ({"age_to": 7}, {}, True),
        ({"age_from": 8}, {}, False),
        ({"age_to": 6}, {}, False),
        ({"age_to": 4}, {"age": 0}, True),
        ({"age_from": 5}, {"age": None}, False),
        ({"districts": ("HX1",)}, {}, True),
        ({"districts": ("HX",)}, {}, True),
        ({"districts": ("HX1",)}, {"district": "HX12"}, False),
        ({"districts": ("H",)}, {}, False),
        ({"districts": ("HX",)}, {"district": ""}, False),
        ({"looked_after": True}, {}, False),
        ({"looked_after": True}, {"looked_after": True}, True),
        ({"looked_after": True}, {"looked_after": None}, False),
        ({"looked_after": False}, {}, True),
        ({"kinds": frozenset({"school"}), "age_to": 6}, {}, False),
    ],
)
def test_a_rule_holds_when_every_condition_does(asks: dict[str, object], about: dict[str, object], holds: bool) -> None:
    found = route(routing(rule("It", **asks)), replace(EVERYTHING, **about), {}, at_work=AT_WORK)  # type: ignore[arg-type]
    assert (found.rule is not None) is holds
    assert found.steps[0].said


def test_the_first_rule_that_holds_decides_and_the_others_are_not_looked_at() -> None:
    found = route(
        routing(rule("Post-16", age_from=16), rule("All"), rule("South", SOUTH)), EVERYTHING, {}, at_work=AT_WORK
    )
    assert [(step.rule.title, step.decided) for step in found.steps] == [("Post-16", False), ("All", True)]
    assert found.team and found.team.name == "North"


def test_whoever_has_the_least_is_given_it() -> None:
    found = route(routing(rule("All")), EVERYTHING, {ADA: 5, BEN: 4}, at_work=AT_WORK)
    assert found.person_id == BEN
    assert "4 open cases" in found.steps[0].said


def test_a_full_team_leaves_it_to_the_next_rule_and_says_so() -> None:
    found = route(routing(rule("All"), rule("Rest", SOUTH), most=3), EVERYTHING, {ADA: 3, BEN: 4}, at_work=AT_WORK)
    assert (found.person_id, found.steps[0].decided) == (CAZ, False)
    assert "as much as they can take" in found.steps[0].said


def test_a_conflict_of_interest_bars_and_somebody_away_is_passed_over() -> None:
    barred = route(routing(rule("All")), EVERYTHING, {BEN: 9}, at_work=AT_WORK, kept_from=frozenset({ADA}))
    away = route(routing(rule("All")), EVERYTHING, {BEN: 9}, at_work=AT_WORK - {ADA})
    assert barred.person_id == away.person_id == BEN
    nobody = route(routing(rule("All")), EVERYTHING, {}, at_work=AT_WORK, kept_from=frozenset({ADA, BEN}))
    assert nobody.person_id is None and "conflict of interest" in nobody.steps[0].said


def test_where_no_rule_holds_it_waits_for_a_person() -> None:
    assert route(routing(), EVERYTHING, {}, at_work=AT_WORK).person_id is None
    assert route(routing(rule("Gone", uuid.uuid4())), EVERYTHING, {}, at_work=AT_WORK).rule is None


def test_what_is_kept_is_read_back_the_same() -> None:
    kept = routing(
        rule("A", kinds=frozenset({"school"}), settings=frozenset({SCHOOL}), age_to=10, districts=("HX1",)),
        rule("B", looked_after=True, age_from=16),
        most=30,
    )
    assert written.read(written.kept(kept)) == kept
    assert written.read({}) == Routing()


def test_a_change_says_from_what_to_what() -> None:
    was = routing(rule("Primary", age_to=10))
    became = replace(
        was,
        automatic=True,
        rules=(replace(was.rules[0], age_to=11),),
        teams=(was.teams[0], Team(SOUTH, "South", (Member(CAZ, 20), Member(BEN)))),
    )
    said = written.changes(was, became, {ADA: "Ada", BEN: "Ben", CAZ: "Caz"}, {})
    assert said == [
        "Giving out: suggested to a person → by itself",
        "Team South: Caz → Ben, Caz (at most 20)",
        "Rule “Primary”: ages up to 10, to North → ages up to 11, to North",
    ]


def test_moving_a_rule_is_told_as_its_new_place() -> None:
    one, two = rule("One"), rule("Two")
    said = written.changes(routing(one, two), routing(two, one), {}, {})
    assert said == ["Order of rules: One, Two → Two, One"]


def test_a_rule_says_what_it_asks() -> None:
    asked = rule(
        "X", settings=frozenset({SCHOOL}), kinds=frozenset({"school"}), age_from=5, age_to=11, looked_after=True
    )
    assert conditions(asked, {SCHOOL: "Bramble Hill"}) == [
        "at Bramble Hill",
        "at a school",
        "ages 5 to 11",
        "looked after by a council",
    ]
    assert conditions(rule("All"), {}) == []

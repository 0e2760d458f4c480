"""The children who move in a year: found by law, corrected by hand, asked and reviewed together."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from law.moves import MOVES
from models.cases import Case, Deadline, Event, Notice, Process
from tests.workflow.cases.builders import World
from workflow.cases import cohorts
from workflow.cases.cohorts import Batch
from workflow.errors import Refused
from workflow.queries import cohort
from workflow.queries.cohort import Filters

SECONDARY = MOVES["secondary"]
BORN, TOO_YOUNG = "2016-08-31", "2016-09-01"


def child(world: World, first: str = "Ash", born: str = BORN) -> Case:
    return world.plan(first=first, made_on=date(2025, 12, 1), born=born)[0]


def asking(year: int = 2027) -> Batch:
    return Batch("ask", SECONDARY, year, "From primary to secondary school.", date(2026, 12, 20))


def board(world: World, year: int = 2027, **more: Any) -> dict[str, str]:
    found = cohort.board(world.session, world.staff("caseworker"), Filters(SECONDARY, year, **more))
    return {row.called: row.stage for row in found.rows}


def correct(world: World, case: Case, *, moves: bool, year: int = 2027, why: str = "Taught a year below.") -> Event:
    return cohorts.correct(
        world.session, case, SECONDARY, year, world.staff("caseworker"), moves=moves, why=why, now=world.now
    )


def do(world: World, cases: list[Case], batch: Batch) -> list[str]:
    done = cohorts.do_all(world.session, [case.id for case in cases], batch, world.staff("caseworker"), now=world.now)
    return [each.problem for each in done]


def test_the_cohort_is_everybody_of_the_age_with_a_plan_and_nobody_else(world: World) -> None:
    child(world)
    child(world, "Younger", TOO_YOUNG)
    world.request(first="Noplan", last="Planned", born=BORN)
    assert board(world) == {"Ash Planned": "not_asked"}
    assert board(world, 2028) == {"Younger Planned": "not_asked"}


def test_a_local_move_is_found_by_what_the_setting_is_called(world: World) -> None:
    child(world, born="2019-12-01")
    junior = Filters(MOVES["infant_junior"], 2027)
    actor = world.staff("caseworker")
    assert not cohort.board(world.session, actor, junior).rows
    world.school().name = "Bramble Hill Infant School"
    world.session.flush()
    assert len(cohort.board(world.session, actor, junior).rows) == 1


def test_a_correction_by_hand_needs_a_reason_and_counts_before_the_age(world: World) -> None:
    ash, younger = child(world), child(world, "Younger", TOO_YOUNG)
    with pytest.raises(Refused, match="why"):
        correct(world, ash, moves=False, why=" ")
    correct(world, ash, moves=False)
    correct(world, younger, moves=True)
    assert board(world) == {"Ash Planned": "left_out", "Younger Planned": "not_asked"}
    correct(world, ash, moves=True)
    assert board(world)["Ash Planned"] == "not_asked", "the last word counts"


def test_asking_a_family_sends_its_letter_once_and_starts_the_cut_off(world: World) -> None:
    ash = child(world)
    assert do(world, [ash], asking()) == [""]
    assert do(world, [ash], asking()) == ["The family has been asked already."]
    letters = world.session.scalars(select(Notice).where(Notice.kind == "phase_preferences")).all()
    assert len(letters) == 1 and "15 February 2027" in str(letters[0].letter)
    due = world.session.scalars(select(Deadline.due_on).where(Deadline.rule == "phase.secondary")).one()
    assert due == date(2027, 2, 15) and board(world) == {"Ash Planned": "asking"}


def test_a_child_brought_in_by_hand_is_held_to_the_cut_off_of_the_year_they_move(world: World) -> None:
    younger = child(world, "Younger", TOO_YOUNG)
    correct(world, younger, moves=True)
    assert do(world, [younger], asking()) == [""]
    due = world.session.scalars(select(Deadline.due_on).where(Deadline.rule == "phase.secondary")).one()
    assert due == date(2027, 2, 15)
    assert board(world) == {"Younger Planned": "asking"} and board(world, 2028) == {}


def test_one_that_cannot_be_done_stops_none_of_the_others(world: World) -> None:
    ash, other = child(world), child(world, "Other")
    do(world, [ash], asking())
    assert do(world, [ash, other], asking()) == ["The family has been asked already.", ""]


def test_the_review_for_the_move_goes_on_with_the_review_that_waits(world: World) -> None:
    ash = child(world)
    review = Batch("review", SECONDARY, 2027)
    assert do(world, [ash], review) == ["The family has not been asked what it would like. Ask first."]
    do(world, [ash], asking())
    assert do(world, [ash], review) == [""]
    reviews = world.session.scalars(select(Process).where(Process.kind == "review")).all()
    assert len(reviews) == 1 and board(world) == {"Ash Planned": "reviewing"}


def test_a_move_that_has_begun_is_not_left_out_by_hand_but_ended_with_a_letter(world: World) -> None:
    ash = child(world)
    do(world, [ash], asking())
    with pytest.raises(Refused, match="has begun"):
        correct(world, ash, moves=False)


def test_the_board_counts_all_and_shows_the_stage_that_is_asked_for(world: World) -> None:
    ash = child(world)
    child(world, "Other")
    do(world, [ash], asking())
    found = cohort.board(world.session, world.staff("caseworker"), Filters(SECONDARY, 2027, stage="asking"))
    assert [row.called for row in found.rows] == ["Ash Planned"] and found.open == 2
    assert found.counts == {"asking": 1, "not_asked": 1} and found.rows[0].review == "Waiting for a meeting"

"""Who makes a move in a year, and the days that all who make it are held to."""

from datetime import date

import pytest

from law import age, tables
from law.moves import MOVES, births, cut_off, year_to_plan


@pytest.mark.parametrize("move", MOVES.values(), ids=lambda move: move.id)
def test_those_found_for_a_year_are_exactly_those_whose_age_leads_into_the_year_group_then(move) -> None:  # type: ignore[no-untyped-def]
    first, last = births(move, 2027)
    assert (first.month, first.day, last.month, last.day) == (9, 1, 8, 31)
    assert age.entry_year(first, move.group) == age.entry_year(last, move.group) == 2027
    assert age.entry_year(date(first.year, 8, 31), move.group) == 2026
    assert age.entry_year(date(last.year, 9, 1), move.group) == 2028


def test_a_child_born_on_31_august_is_the_youngest_of_those_who_move_to_secondary_school() -> None:
    assert births(MOVES["secondary"], 2027) == (date(2015, 9, 1), date(2016, 8, 31))


@pytest.mark.parametrize("move", MOVES.values(), ids=lambda move: move.id)
def test_every_move_is_begun_by_an_act_of_the_table_that_starts_its_rule(move) -> None:  # type: ignore[no-untyped-def]
    assert tables.next_transition("phase", "not_started", move.act).starts == (move.rule,)


def test_the_cut_off_is_a_day_later_than_the_last_day_that_keeps_to_the_law() -> None:
    school, college = cut_off(MOVES["secondary"], 2027), cut_off(MOVES["post16"], 2028)
    assert (school.due, school.last_compliant_day) == (date(2027, 2, 15), date(2027, 2, 14))
    assert (college.due, college.last_compliant_day) == (date(2028, 3, 31), date(2028, 3, 30))
    assert (school.meet_by, college.meet_by) == (date(2026, 11, 23), date(2028, 1, 7)), "twelve weeks before"


@pytest.mark.parametrize(("today", "year"), [(date(2026, 8, 31), 2026), (date(2026, 9, 1), 2027)])
def test_from_september_on_the_next_years_moves_are_planned(today: date, year: int) -> None:
    assert year_to_plan(today) == year

"""Ages, year groups and the day a child becomes a young person."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import age

LEAP_BABY = date(2012, 2, 29)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        pytest.param(date(2015, 5, 3), date(2026, 5, 2), 10, id="the day before a birthday"),
        pytest.param(date(2015, 5, 3), date(2026, 5, 3), 11, id="a birthday"),
        pytest.param(LEAP_BABY, date(2027, 2, 28), 14, id="29 February is not reached on 28 February"),
        pytest.param(LEAP_BABY, date(2027, 3, 1), 15, id="but on 1 March"),
        pytest.param(LEAP_BABY, date(2028, 2, 29), 16, id="and on the day itself in a leap year"),
        pytest.param(date(2026, 11, 1), date(2026, 11, 1), 0, id="the day of birth"),
    ],
)
def test_age_on_a_day(born: date, day: date, years: int) -> None:
    assert age.age_on(born, day) == years


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before the date of birth"):
        age.age_on(date(2026, 11, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("born", "day", "group"),
    [
        pytest.param(date(2015, 8, 31), date(2026, 9, 1), 7, id="born 31 August: the youngest of Year 7"),
        pytest.param(date(2015, 9, 1), date(2026, 9, 1), 6, id="born 1 September: the oldest of Year 6"),
        pytest.param(date(2015, 8, 31), date(2026, 8, 31), 6, id="still Year 6 on the last day of August"),
        pytest.param(date(2022, 9, 1), date(2027, 9, 1), 0, id="Reception"),
        pytest.param(LEAP_BABY, date(2025, 9, 1), 9, id="born 29 February 2012: Year 9 in 2025"),
        pytest.param(date(2025, 1, 10), date(2026, 9, 1), -3, id="a toddler"),
    ],
)
def test_year_group(born: date, day: date, group: int) -> None:
    assert age.year_group_on(born, day) == group


def test_year_9_switches_adulthood_on() -> None:
    born = date(2013, 3, 1)
    assert not age.in_year_9_or_later(born, date(2026, 8, 31))
    assert age.in_year_9_or_later(born, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        pytest.param(date(2009, 3, 1), date(2025, 6, 27), id="2025"),
        pytest.param(date(2010, 3, 1), date(2026, 6, 26), id="2026"),
        pytest.param(date(2011, 3, 1), date(2027, 6, 25), id="2027"),
        pytest.param(LEAP_BABY, date(2028, 6, 30), id="2028, born 29 February"),
        pytest.param(date(2010, 8, 31), date(2026, 6, 26), id="31 August reaches it before turning 16"),
        pytest.param(date(2010, 9, 1), date(2027, 6, 25), id="1 September has nearly another year"),
    ],
)
def test_compulsory_school_age_ends_on_the_last_friday_in_june(born: date, ends: date) -> None:
    assert age.compulsory_school_age_ends(born) == ends
    assert age.young_person_from(born) == ends + timedelta(days=1)


def test_a_young_person_begins_the_day_after_and_ends_at_25() -> None:
    born = date(2010, 3, 1)
    assert not age.is_young_person(born, date(2026, 6, 26))
    assert age.is_young_person(born, date(2026, 6, 27))
    assert age.is_young_person(born, date(2035, 2, 28))
    assert not age.is_young_person(born, date(2035, 3, 1))


BIRTHS = st.dates(date(1995, 1, 1), date(2030, 12, 31))


@given(born=BIRTHS, group=st.integers(0, 13))
def test_entry_year_and_year_group_agree(born: date, group: int) -> None:
    assert age.year_group(born, age.entry_year(born, group)) == group


@given(born=BIRTHS)
def test_a_child_is_fifteen_or_sixteen_when_school_age_ends(born: date) -> None:
    ends = age.compulsory_school_age_ends(born)
    assert age.age_on(born, ends) in (15, 16)
    assert age.year_group_on(born, ends) == 11

"""The hand-over to a young person is begun half a year before, once, and letters then go to whoever decides."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from law import age
from models.access import Grant
from models.cases import Case, Deadline, Process
from models.database import Database
from models.people import Child
from tests.conftest import NOW
from tests.workflow.cases.builders import World
from workflow.access import deciding
from workflow.access.actor import SYSTEM
from workflow.cases import acts, coming, notices
from workflow.reminders import people

Own = tuple[Database, uuid.UUID]


@contextmanager
def world_of(own: Own) -> Iterator[World]:
    database, authority = own
    with database.transaction(authority) as session:
        yield World(session, NOW)


def a_plan(world: World, born: date) -> Case:
    case, _ = world.plan(made_on=date(2025, 12, 1), first=f"Ash{uuid.uuid4().hex[:6]}")
    world.session.get_one(Child, (world.session.authority_id, case.child_id)).born_on = born
    world.session.flush()
    return case


def turns(world: World) -> list[uuid.UUID]:
    return list(world.session.scalars(select(Process.case_id).where(Process.kind == "turn")))


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.dates(date(2000, 1, 1), date(2028, 12, 31)))
def test_those_born_by_the_day_are_exactly_those_who_take_over_within_half_a_year(today: date, born: date) -> None:
    soon = age.young_person_from(born) <= today + coming.LOOK_AHEAD
    assert soon == (born <= coming.born_by(today))


def test_each_hand_over_within_half_a_year_is_begun_once_however_often_it_is_looked_for(own_database: Own) -> None:
    last = coming.born_by(NOW.date())
    with world_of(own_database) as world:
        soon = a_plan(world, last).id
        a_plan(world, last + timedelta(days=1))
        a_plan(world, date(NOW.year - 26, 1, 1))
    assert [coming.look_ahead(own_database[0], NOW) for _ in range(3)] == [1, 0, 0]
    with world_of(own_database) as world:
        assert turns(world) == [soon]
        due = world.session.scalars(select(Deadline).where(Deadline.case_id == soon, Deadline.rule.like("age.%"))).one()
        assert due.due_on == age.compulsory_school_age_ends(last)


def test_after_a_year_switched_off_the_first_look_finds_all_of_them(own_database: Own) -> None:
    last = coming.born_by(NOW.date())
    with world_of(own_database) as world:
        for days in (0, 200, 400, 600):
            a_plan(world, last - timedelta(days=days))
    assert coming.look_ahead(own_database[0], NOW + timedelta(days=365)) == 4


def test_a_long_list_is_begun_in_batches(own_database: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coming, "BATCH", 2)
    with world_of(own_database) as world:
        for _ in range(5):
            a_plan(world, coming.born_by(NOW.date()))
    assert coming.look_ahead(own_database[0], NOW) == 5


def at_stage(world: World, case: Case, *done: str) -> None:
    process, _ = acts.start(world.session, case, "turn", "look_ahead", SYSTEM, happened_on=world.today, now=world.now)
    for act in done:
        acts.perform(world.session, process.id, act, SYSTEM, happened_on=world.today, now=world.now)


def family_of(world: World, case: Case, *roles: str) -> dict[str, uuid.UUID]:
    found = {}
    for role in roles:
        found[role] = world.person("family").person
        world.session.add(
            Grant(
                person_id=found[role],
                role=role,
                case_id=case.id,
                rights=["read"],
                from_at=world.now - timedelta(days=1),
                granted_by=found[role],
                reason="test",
            )
        )
    world.session.flush()
    return found


YOUNG = date(2009, 3, 5)  # school age ended on 27 June 2025
CHILD = date(2014, 3, 5)


@pytest.mark.parametrize(
    ("born", "done", "told"),
    [
        (CHILD, (), {"parent", "yp"}),
        (YOUNG, (), {"yp"}),
        (YOUNG, ("tell_both",), {"yp"}),
        (YOUNG, ("tell_both", "take_over"), {"yp"}),
        (YOUNG, ("question_capacity",), {"parent", "yp"}),
        (YOUNG, ("question_capacity", "find_no_capacity"), {"parent"}),
        (YOUNG, ("question_capacity", "find_no_capacity", "hand_to_representative"), {"parent"}),
    ],
)
def test_letters_and_reminders_go_to_whoever_decides(
    world: World, born: date, done: tuple[str, ...], told: set[str]
) -> None:
    case = a_plan(world, born)
    family = family_of(world, case, "parent", "yp")
    if done:
        at_stage(world, case, *done)
    wanted = {family[role] for role in told}
    assert {each.person_id for each in notices.readers(world.session, case, "family", world.now)} == wanted
    assert people.readers(world.session, [case.id], world.now).of(case.id, "family") == wanted
    assert deciding.young_person_decides(world.session, case.id, world.now) == (told == {"yp"})


def test_a_young_person_without_an_account_is_written_to_by_post_and_the_parent_not_instead(world: World) -> None:
    case = a_plan(world, YOUNG)
    family_of(world, case, "parent")
    (reader,) = notices.readers(world.session, case, "family", world.now)
    assert reader.person_id is None and reader.name.startswith("Ash")


def test_that_the_young_person_takes_over_is_told_to_both(world: World) -> None:
    case = a_plan(world, YOUNG)
    family = family_of(world, case, "parent")
    told = list(notices.readers(world.session, case, "family", world.now, everyone=True))
    assert {each.person_id for each in told} == {family["parent"], None}


def test_it_changes_on_the_day_in_london_and_not_before(world: World) -> None:
    case = a_plan(world, date(2010, 3, 5))  # ends on 26 June 2026
    family = family_of(world, case, "parent", "yp")

    def told(now: datetime) -> set[uuid.UUID | None]:
        return {each.person_id for each in notices.readers(world.session, case, "family", now)}

    for grant in world.session.scalars(select(Grant).where(Grant.case_id == case.id)):
        grant.from_at = datetime(2026, 1, 1, tzinfo=UTC)
    world.session.flush()
    assert told(datetime(2026, 6, 26, 22, 59, tzinfo=UTC)) == {*family.values()}  # 23:59 in London
    assert told(datetime(2026, 6, 26, 23, 1, tzinfo=UTC)) == {family["yp"]}  # past midnight there

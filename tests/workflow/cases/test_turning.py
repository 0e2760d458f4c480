"""A young person takes over: nobody is let in or locked out by a date, and a person settles the rest in five days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from law import age
from models.access import Grant
from models.cases import Event, Notice, Process
from models.people import Child
from tests.workflow.cases.builders import World
from tests.workflow.cases.planning import planning
from workflow.access import policy
from workflow.access.actor import Actor
from workflow.access.relation import READ
from workflow.cases import coming, doing, plan_serving, turning
from workflow.cases.doing import Said
from workflow.errors import NotFound, NotPermitted, Refused
from workflow.queries import turns

BORN = "2010-05-03"  # school age ended on 26 June 2026


def begun(world: World, born: str = BORN, first: str = "Ash") -> tuple[Process, Actor]:
    case, _ = world.plan(first=first, made_on=date(2025, 12, 1), born=born)
    parent = world.parent_of(case)
    coming.begin_turn(world.session, case.id, now=world.now)
    process = world.session.scalars(select(Process).where(Process.kind == "turn", Process.case_id == case.id)).one()
    return process, parent


def settle(world: World, process: Process, answer: bool, why: str = "I want Mum to see it.") -> Event:
    grants = turning.readers(world.session, process.case_id, world.now)
    reads = {each.id: answer for each in grants}
    return turning.settle(world.session, process, reads, why, world.staff("caseworker"), now=world.now)


def listed(world: World, which: str = "settle") -> list[turns.Turn]:
    return turns.turns(world.session, world.staff("caseworker"), which, 1, world.now)[0]


def test_it_is_settled_within_five_working_days_of_the_day_the_young_person_decides() -> None:
    assert age.young_person_from(date(2010, 5, 3)) == date(2026, 6, 27)
    assert turning.settle_by(date(2010, 5, 3), date(2026, 6, 27)) == date(2026, 7, 3)
    assert turning.settle_by(date(2010, 5, 3), date(2026, 6, 26)) is None, "not before the day"
    assert turning.settle_by(date(2004, 5, 3), date(2026, 6, 26)) is None, "bank holidays of that year are not known"


def test_the_queue_shows_who_is_to_settle_and_who_comes_within_a_year(world: World) -> None:
    begun(world)
    world.plan(first="Later", made_on=date(2025, 12, 1), born="2011-05-03")
    world.plan(first="Young", made_on=date(2025, 12, 1), born="2012-05-03")
    (now,), (later,) = listed(world), listed(world, "coming")
    assert (now.called, now.settle_by, now.here) == ("Ash Planned", date(2026, 7, 3), False)
    assert (later.called, later.stage, later.settle_by) == ("Later Planned", "Not begun", None)


def test_a_turn_leaves_the_queue_when_it_is_taken_and_the_reading_is_settled_and_not_before(world: World) -> None:
    process, _ = begun(world)
    actor = world.staff("caseworker")
    told = Said(on=world.today)
    doing.do(world.session, process, "take_over", actor, told, seen=process.version, now=world.now)
    assert len(listed(world)) == 1 and listed(world)[0].over
    settle(world, process, True)
    assert listed(world) == []
    assert world.session.scalars(select(Notice).where(Notice.kind == "turn_taken")).first()


def test_the_parent_keeps_reading_until_a_person_says_otherwise_in_the_young_persons_words(world: World) -> None:
    process, parent = begun(world)
    assert policy.find_case(world.session, parent, process.case_id, READ, world.now)
    with pytest.raises(Refused, match="own words"):
        settle(world, process, False, why=" ")
    settle(world, process, False)
    with pytest.raises(NotFound):
        policy.find_case(world.session, parent, process.case_id, READ, world.now + timedelta(minutes=1))
    assert world.session.scalars(select(Grant.until_at).where(Grant.person_id == parent.person)).one() == world.now


def test_nothing_is_settled_before_the_day_and_nobody_is_left_unanswered(world: World) -> None:
    early, _ = begun(world, "2011-05-03", "Early")
    with pytest.raises(Refused, match="parent decides"):
        settle(world, early, True)
    process, _ = begun(world)
    with pytest.raises(Refused, match="each person"):
        turning.settle(world.session, process, {}, "Words.", world.staff("caseworker"), now=world.now)


def test_a_parent_no_longer_acts_on_a_plan_once_the_young_person_decides(world: World) -> None:
    made = planning(world)
    made.serve()
    plan_serving.ask_for_meeting(world.session, made.process, made.parent, how="phone", now=world.now)
    child = world.session.get_one(Child, (world.session.authority_id, made.case.child_id))
    child.born_on = date(2010, 5, 3)
    world.session.flush()
    with pytest.raises(NotPermitted, match="somebody else"):
        plan_serving.family_role(world.session, made.case.id, made.parent, world.now)

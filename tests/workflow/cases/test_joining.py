"""Two cases about one child: suggested, joined, kept apart, parted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.access import Grant
from models.cases import Case, Deadline, Process
from models.submissions import Submission
from tests.workflow.cases.builders import World
from workflow.cases import joining
from workflow.cases.finding import tokens
from workflow.errors import Refused


def pair(world: World) -> tuple[tuple[Case, Process], tuple[Case, Process]]:
    """The same child asked about by a parent, and four days later by the school."""
    earlier = world.request(on=world.now - timedelta(days=4))
    later = world.request(by=world.senco())
    return earlier, later


def dates(world: World, process: Process) -> dict[str, tuple[object, bool]]:
    rows = world.session.scalars(select(Deadline).where(Deadline.process_id == process.id))
    return {each.rule: (each.due_on, each.voided_on is None and each.satisfied_on is None) for each in rows}


def where_papers_are(world: World) -> dict[object, object]:
    return {each: case_id for each, case_id in world.session.execute(select(Submission.id, Submission.case_id))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siân O'Neill", "SIAN ONEILL"),
        ("Zoë Brontë", "Zoe Bronte"),
        ("Anne-Marie Lee", "anne marie lee"),
        ("Stephen", "Steven"),
    ],
)
def test_a_name_is_found_however_it_is_spelled(one: str, other: str) -> None:
    assert tokens(one) & tokens(other)


def test_another_open_case_about_a_child_of_this_name_and_birthday_is_suggested(world: World) -> None:
    (first, _), (second, _) = pair(world)
    world.request(first="Quite", last="Different", born="2012-01-01")
    found = joining.suggestions(world.session, second, world.staff("caseworker"), world.now)
    assert [case.id for case, _ in found] == [first.id]


def test_joining_keeps_the_earlier_clock_and_everybodys_papers(world: World) -> None:
    (first, early), (second, late) = pair(world)
    running = dates(world, early)
    keep = joining.join(world.session, second, first, world.staff("caseworker"), now=world.now)
    world.session.flush()
    assert keep.id == first.id
    assert dates(world, early) == running
    assert not any(still for _, still in dates(world, late).values())
    sent = world.session.scalars(select(Submission.case_id).where(Submission.state == "sent")).all()
    assert set(sent) == {first.id}


def test_whoever_could_read_the_joined_case_can_read_the_one_that_stays(world: World) -> None:
    (first, _), (second, _) = pair(world)
    joining.join(world.session, first, second, world.staff("caseworker"), now=world.now)
    readers = set(world.session.scalars(select(Grant.person_id).where(Grant.case_id == first.id)))
    assert world.senco().person in readers


def test_parting_restores_both_clocks_the_papers_and_who_reads_what(world: World) -> None:
    (first, early), (second, late) = pair(world)
    before = dates(world, early), dates(world, late)
    papers = where_papers_are(world)
    joining.join(world.session, first, second, world.staff("caseworker"), now=world.now)
    joining.part(world.session, second, world.staff("caseworker"), now=world.now)
    world.session.flush()
    assert (dates(world, early), dates(world, late)) == before
    assert where_papers_are(world) == papers
    live = select(Grant.person_id).where(Grant.case_id == first.id, Grant.until_at > world.now)
    assert world.senco().person not in set(world.session.scalars(live))


def test_a_duty_that_was_done_stays_done_through_joining_and_parting(world: World) -> None:
    (first, _), (second, late) = pair(world)
    joining.join(world.session, first, second, world.staff("manager"), now=world.now)
    joining.part(world.session, second, world.staff("manager"), now=world.now)
    told = world.session.scalars(
        select(Deadline).where(Deadline.process_id == late.id, Deadline.rule == "assess.notify_considering")
    ).one()
    assert told.satisfied_on == world.today
    assert (late.stage, late.ended_on) == ("requested", None)


def test_a_case_joined_already_or_under_way_cannot_be_joined(world: World) -> None:
    (first, _), (second, late) = pair(world)
    third, _ = world.request(first="Robin", last="Example")
    world.decide(late, assess=True)
    with pytest.raises(Refused, match="assessment has begun"):
        joining.join(world.session, first, second, world.staff("caseworker"), now=world.now)
    joining.join(world.session, first, third, world.staff("caseworker"), now=world.now)
    with pytest.raises(Refused, match="joined to another"):
        joining.join(world.session, third, first, world.staff("caseworker"), now=world.now)


def test_cases_kept_apart_are_remembered_from_both_sides(world: World) -> None:
    (first, _), (second, _) = pair(world)
    joining.keep_apart(world.session, first, second, world.staff("caseworker"), now=world.now)
    assert joining.kept_apart(world.session, first) == {second.id}
    assert joining.kept_apart(world.session, second) == {first.id}

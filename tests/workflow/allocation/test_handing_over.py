"""A whole caseload handed over: all of it or nothing, once, by the rules, and back again while nobody was told."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models.cases import Case, Event
from models.outbox import Message
from models.submissions import Submission
from models.tasks import Task
from tests.workflow.allocation.test_giving import set_routing
from tests.workflow.cases.builders import World
from tests.workflow.statements import counted
from workflow import audit
from workflow.access.actor import Actor
from workflow.allocation import conflicts, giving, handing_over
from workflow.errors import AlreadyDone, NotPermitted, Refused
from workflow.queries import caseloads, family


def caseload(world: World, count: int = 2) -> tuple[Actor, list[Case]]:
    """Somebody with cases."""
    leaver, manager = world.person("staff", "caseworker", name="Lee Leaver"), world.staff("manager")
    cases = [world.request(first=f"Robin{at}", last=f"Example{at}x")[0] for at in range(count)]
    for case in cases:
        giving.give(world.session, case, leaver.person, manager, now=world.now)
    return leaver, cases


def hand_over(world: World, leaver: Actor, cases: list[Case], *takers: Actor) -> None:
    to = {case.id: takers[at % len(takers)].person for at, case in enumerate(cases)}
    handing_over.hand_over(world.session, world.staff("manager"), leaver.person, to, now=world.now)


def mails(world: World, template: str) -> list[Message]:
    return list(world.session.scalars(select(Message).where(Message.template == template)))


def test_every_case_has_somebody_and_it_is_on_record_once_however_often_it_is_said(world: World) -> None:
    leaver, cases = caseload(world)
    taker, other = world.staff("caseworker"), world.person("staff", "caseworker")
    hand_over(world, leaver, cases, taker, other)
    hand_over(world, leaver, cases, taker, other)
    assert [case.caseworker_id for case in cases] == [taker.person, other.person]
    (event,) = world.session.scalars(select(Event).where(Event.act == handing_over.ACT))
    assert event.facts["cases"] == {str(case.id): str(case.caseworker_id) for case in cases}
    own = select(Event).where(Event.facts["hand_over"].astext == str(event.id))
    assert {each.case_id for each in world.session.scalars(own)} == {case.id for case in cases}
    audit.verify(world.session)


def test_everybody_is_told_once_in_an_hour_and_the_family_reads_who_it_is(world: World) -> None:
    leaver, cases = caseload(world)
    taker = world.person("staff", "caseworker", name="Tess Taker")
    hand_over(world, leaver, cases, taker)
    assert [mail.person_id for mail in mails(world, "cases_given")] == [taker.person]
    assert {mail.case_id for mail in mails(world, "new_caseworker")} == {case.id for case in cases}
    assert all(mail.not_before >= world.now + timedelta(hours=1) for mail in mails(world, "new_caseworker"))
    assert family.caseworker(world.session, cases[0]) == "Tess Taker"


def test_a_family_with_two_cases_hears_once(world: World) -> None:
    parent, leaver = world.person("family"), world.person("staff", "caseworker")
    cases = [world.request(first=first, by=parent)[0] for first in ("Ada", "Ben")]
    world.session.execute(update(Case).values(caseworker_id=leaver.person))
    hand_over(world, leaver, cases, world.staff("caseworker"))
    assert [mail.person_id for mail in mails(world, "new_caseworker")] == [parent.person]


def test_nothing_is_given_when_one_case_cannot_be_or_is_left_out(world: World) -> None:
    leaver, cases = caseload(world)
    taker, manager = world.staff("caseworker"), world.staff("manager")
    conflicts.declare(world.session, cases[1], taker.person, manager, "They are cousins.", now=world.now)
    with pytest.raises(Refused) as refused:
        hand_over(world, leaver, cases, taker)
    assert refused.value.field == f"to-{cases[1].id}"
    with pytest.raises(AlreadyDone):
        hand_over(world, leaver, cases[:1], taker)
    with pytest.raises(Refused):
        hand_over(world, leaver, cases, leaver)
    with pytest.raises(Refused):
        hand_over(world, leaver, cases, world.senco())
    assert {case.caseworker_id for case in cases} == {leaver.person}


def test_only_managers_hand_over_and_take_back(world: World) -> None:
    leaver, cases = caseload(world, 1)
    to = {cases[0].id: world.staff("caseworker").person}
    with pytest.raises(NotPermitted):
        handing_over.hand_over(world.session, leaver, leaver.person, to, now=world.now)
    with pytest.raises(NotPermitted):
        handing_over.take_back(world.session, leaver, uuid.uuid4(), why="x", now=world.now)


def test_the_second_of_two_managers_is_told_that_it_was_done(world: World) -> None:
    leaver, cases = caseload(world)
    hand_over(world, leaver, cases, world.staff("caseworker"))
    with pytest.raises(AlreadyDone):
        hand_over(world, leaver, cases, world.person("staff", "caseworker"))


def test_rules_suggest_first_then_whoever_has_the_fewest_and_never_a_conflict(world: World) -> None:
    _, cases = caseload(world, 3)
    worker, other, manager = world.staff("caseworker"), world.person("staff", "caseworker"), world.staff("manager")
    takers = [worker.person, other.person]
    fewest = handing_over.suggest(world.session, cases, takers, world.now)
    assert sorted(list(each.person_id for each in fewest.values()).count(taker) for taker in takers) == [1, 2]
    set_routing(world)
    conflicts.declare(world.session, cases[0], worker.person, manager, "They are cousins.", now=world.now)
    found = handing_over.suggest(world.session, cases, takers, world.now)
    assert [(found[case.id].person_id, found[case.id].rule) for case in cases] == [
        (other.person, ""),
        (worker.person, "All"),
        (worker.person, "All"),
    ]
    alone = handing_over.suggest(world.session, cases, [worker.person], world.now)
    assert alone[cases[0].id].person_id is None


def test_a_case_hidden_from_the_manager_stays_and_is_counted(world: World) -> None:
    leaver, cases = caseload(world)
    manager = world.staff("manager")
    conflicts.declare(world.session, cases[0], manager.person, manager, "My nephew.", now=world.now)
    assert handing_over.caseload(world.session, manager, leaver.person) == [cases[1]]
    assert handing_over.hidden(world.session, manager, leaver.person) == 1
    hand_over(world, leaver, cases[1:], world.staff("caseworker"))
    assert cases[0].caseworker_id == leaver.person


def test_what_waits_for_them_by_name_goes_along(world: World) -> None:
    leaver, cases = caseload(world, 1)
    form = world.session.scalars(select(Submission.id).where(Submission.case_id == cases[0].id)).one()
    task = Task(
        kind="talk",
        dedupe_key="a",
        submission_id=form,
        person_id=leaver.person,
        due_on=world.today,
        made_at=world.now,
    )
    world.session.add(task)
    world.session.flush()
    (line,) = caseloads.lines(world.session, cases, leaver.person, world.today)
    assert line.tasks == 1
    hand_over(world, leaver, cases, world.staff("caseworker"))
    world.session.refresh(task)
    assert task.person_id == world.staff("caseworker").person


def test_until_people_are_told_it_can_all_be_taken_back(world: World) -> None:
    leaver, cases = caseload(world)
    manager = world.staff("manager")
    hand_over(world, leaver, cases, world.staff("caseworker"))
    ((event, still),) = handing_over.recent(world.session, world.now)
    assert still
    with pytest.raises(Refused):
        handing_over.take_back(world.session, manager, event.id, why=" ", now=world.now)
    with pytest.raises(AlreadyDone):
        later = world.now + handing_over.TOLD_AFTER
        handing_over.take_back(world.session, manager, event.id, why="The wrong person.", now=later)
    handing_over.take_back(world.session, manager, event.id, why="The wrong person.", now=world.now)
    assert {case.caseworker_id for case in cases} == {leaver.person}
    assert {mail.state for mail in mails(world, "new_caseworker") + mails(world, "cases_given")} == {"cancelled"}
    assert handing_over.recent(world.session, world.now) == [(event, False)]
    with pytest.raises(AlreadyDone):
        handing_over.take_back(world.session, manager, event.id, why="Again.", now=world.now)
    audit.verify(world.session)


def test_the_pages_queries_do_not_grow_with_the_caseload(world: World) -> None:
    costs, taker = [], world.staff("caseworker").person
    for count in (1, 3):
        leaver, cases = caseload(world, count)
        world.session.flush()
        with counted(world.session) as sent:
            handing_over.suggest(world.session, cases, [taker], world.now)
            caseloads.lines(world.session, cases, leaver.person, world.today)
            caseloads.loads(world.session, world.today)
        costs.append(len(sent))
    assert costs[0] == costs[1]


def test_the_page_of_whom_to_hand_over_shows_who_has_what(world: World) -> None:
    leaver, _ = caseload(world, 2)
    (line,) = [each for each in caseloads.loads(world.session, world.today) if each.id == leaver.person]
    assert (line.open_cases, line.cases, line.here) == (2, 2, True)
    assert world.session.scalars(select(func.count()).select_from(Case)).one() == 2

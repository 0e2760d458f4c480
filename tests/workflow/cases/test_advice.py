"""A request for advice to each adviser, each with its own six weeks from the body's receipt."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.access import Grant
from models.advice import AdviceRequest
from models.cases import Case, Deadline, Event, Notice
from models.outbox import Message
from tests.workflow.cases.advising import adviser, asked, assessing, due, reached
from tests.workflow.cases.builders import World
from workflow.access.actor import Actor
from workflow.cases import advice, advisers, chasing
from workflow.cases.advisers import Adviser
from workflow.errors import AlreadyDone, NotPermitted, Refused
from workflow.queries import advice as query

WHY = "The clinic has only now seen the child."


def at_school(world: World, case: Case) -> None:
    from models.people import Child

    world.session.get_one(Child, (world.session.authority_id, case.child_id)).setting_id = world.school().id
    world.session.flush()


def test_six_weeks_run_from_the_bodys_own_receipt_and_not_from_the_asking(world: World) -> None:
    _, process = assessing(world)
    request = asked(world, process)
    assert due(world, request) is None
    reached(world, request)
    owed = due(world, request)
    assert owed and owed.rule == "advice.respond" and owed.due_on == world.today + timedelta(weeks=6)


def test_each_request_has_its_own_six_weeks(world: World) -> None:
    _, process = assessing(world)
    first, second = asked(world, process), asked(world, process, "e", to_name="Social care")
    reached(world, first)
    world_later = World(world.session, world.now + timedelta(days=3), made=world.made)
    reached(world_later, second)
    assert due(world, first).due_on + timedelta(days=3) == due(world, second).due_on  # type: ignore[union-attr, operator]
    assert due(world, second).rule == "advice.respond_setting"  # type: ignore[union-attr]


def test_a_corrected_day_of_receipt_moves_that_one_date_and_the_old_day_stays_on_record(world: World) -> None:
    _, process = assessing(world, on=world.now - timedelta(days=9))
    request, other = asked(world, process), asked(world, process, "d")
    reached(world, request)
    reached(world, other)
    later = World(world.session, world.now + timedelta(days=2), made=world.made)
    reached(later, request, world.today + timedelta(days=1))
    assert due(world, request).due_on == world.today + timedelta(weeks=6, days=1)  # type: ignore[union-attr]
    assert due(world, other).due_on == world.today + timedelta(weeks=6)  # type: ignore[union-attr]
    was = [event.facts.get("was") for event in _acts(world, request, "record_reached_body")]
    assert was == [None, world.today.isoformat()]


def test_the_letter_asks_for_needs_provision_and_outcomes_and_names_what_the_family_sent(world: World) -> None:
    case, process = assessing(world)
    asked(world, process)
    letter = world.session.scalars(
        select(Notice).where(Notice.case_id == case.id, Notice.kind == "advice_request")
    ).one()
    said = {part["item"]: part["text"] for part in letter.letter["parts"]}
    assert "what help should be given" in said["needs_provision_outcomes"]
    assert "Request" in said["family_views_sent"] or "request" in said["family_views_sent"]
    assert "within six weeks of the day on which this reaches you (reg 8(1))" in said["reply_by"]
    assert letter.person_id is None and letter.to_name == "Hartwell NHS"


def test_a_setting_is_told_by_everybody_who_works_there(world: World) -> None:
    _, process = assessing(world)
    senco = world.senco()
    asked(world, process, "b", to_name="The school", setting_id=world.school().id)
    told = select(Message.person_id).join(Notice, Notice.id == Message.notice_id).where(Notice.kind == "advice_request")
    assert set(world.session.scalars(told)) == {senco.person}


def test_the_same_token_and_a_second_press_ask_once(world: World) -> None:
    _, process = assessing(world)
    token, to = uuid.uuid4(), Adviser("c", "Hartwell NHS")
    request = advice.begin(world.session, process, to, token=token, now=world.now)
    assert advice.begin(world.session, process, to, token=token, now=world.now) is request
    advice.ask(world.session, request, world.staff("caseworker"), now=world.now)
    with pytest.raises(AlreadyDone):
        advice.ask(world.session, request, world.staff("caseworker"), now=world.now)


def test_the_family_and_a_school_do_not_ask_for_advice(world: World) -> None:
    case, process = assessing(world)
    request = advice.begin(world.session, process, Adviser("c", "NHS"), token=uuid.uuid4(), now=world.now)
    for actor in (world.parent_of(case), world.senco()):
        with pytest.raises(NotPermitted):
            advice.ask(world.session, request, actor, now=world.now)


def test_the_law_wants_four_and_from_year_9_a_fifth(world: World) -> None:
    case, _ = assessing(world)
    assert [each.adviser.limb for each in advisers.wanted(world.session, case, world.today).proposals] == list("bcde")
    older, _ = assessing(world, first="Sam", born="2011-05-20")
    assert [each.adviser.limb for each in advisers.wanted(world.session, older, world.today).proposals] == list("bcdeg")


def test_education_advice_comes_from_the_setting_or_from_whoever_is_responsible(
    world: World,
) -> None:
    case, _ = assessing(world)
    nobody = advisers.wanted(world.session, case, world.today).proposals[0].adviser
    assert nobody.setting_id is None and nobody.form_id == "advice-other"
    at_school(world, case)
    school = advisers.wanted(world.session, case, world.today).proposals[0].adviser
    assert school.setting_id == world.school().id and school.form_id == "advice-education"


def test_a_hearing_or_sight_need_asks_for_a_qualified_teacher(world: World) -> None:
    case, _ = assessing(world, by=world.senco(), more={"nd_hv": ["hearing"]})
    assert advisers.wanted(world.session, case, world.today).specialist
    other, _ = assessing(world, first="Sam")
    assert not advisers.wanted(world.session, other, world.today).specialist


def test_the_duty_to_ask_is_done_once_everybody_was_asked_and_not_before(world: World) -> None:
    _, process = assessing(world)
    for limb in "bcd":
        asked(world, process, limb)
    duty = select(Deadline).where(Deadline.process_id == process.id, Deadline.rule == "advice.request")
    assert world.session.scalars(duty).one().satisfied_on is None
    asked(world, process, "e")
    assert world.session.scalars(duty).one().satisfied_on == world.today


def test_a_familys_own_adviser_waits_for_a_decision_with_a_reason(world: World) -> None:
    case, process = assessing(world)
    parent = world.parent_of(case)
    family = Actor(parent.kind, parent.person_id, parent.account_id, parent.roles | {"parent"})
    wish = advice.name_adviser(
        world.session,
        process,
        family,
        Adviser("f", "Ms Own Adviser", email="own@a.invalid"),
        token=uuid.uuid4(),
        now=world.now,
    )
    assert (wish.limb, wish.stage, wish.wanted_by) == ("h", "wanted", parent.person)
    with pytest.raises(Refused):
        advice.decline(world.session, wish, world.staff("caseworker"), why=" ", now=world.now)
    advice.decline(world.session, wish, world.staff("caseworker"), why="She has never met the child.", now=world.now)
    (line,) = query.lines(world.session, [process.id], world.today, "family")
    assert line.request.stage == "declined" and line.said[-1].words == "She has never met the child."


def test_a_late_reply_keeps_its_date_and_says_why(world: World) -> None:
    _, process = assessing(world)
    request = asked(world, process)
    reached(world, request)
    them = adviser(world, request)
    expected = world.today + timedelta(weeks=8)
    advice.say_late(world.session, request, them, why=WHY, expected_on=expected, now=world.now)
    (line,) = query.lines(world.session, [process.id], world.today + timedelta(weeks=7), "professional")
    assert line.request.stage == "late" and line.overdue and line.due_on == world.today + timedelta(weeks=6)
    assert line.request.expected_on == expected and line.said[-1].words == WHY


def test_an_exception_for_one_adviser_lifts_that_ones_limit_alone_and_moves_no_date(world: World) -> None:
    _, process = assessing(world)
    request, other = asked(world, process), asked(world, process, "c", to_name="Another clinic")
    reached(world, request)
    reached(world, other)
    missed = {
        "type": "missed_appointment",
        "appointment_on": world.today.isoformat(),
        "made_by_body": True,
        "impractical": True,
    }
    advice.record_exception(
        world.session, request, world.staff("decider"), exception=missed, why="They could not come.", now=world.now
    )
    mine, theirs = due(world, request), due(world, other)
    assert mine and theirs and mine.limit_disapplied and not theirs.limit_disapplied
    assert mine.due_on == theirs.due_on


def test_not_known_needs_what_was_checked_ends_the_clock_and_leaves_room_for_advice(world: World) -> None:
    _, process = assessing(world)
    request = asked(world, process)
    reached(world, request)
    them = adviser(world, request)
    with pytest.raises(Refused):
        advice.say_unknown(world.session, request, them, checked="", now=world.now)
    advice.say_unknown(world.session, request, them, checked="Records since birth.", now=world.now)
    assert due(world, request).satisfied_on == world.today  # type: ignore[union-attr]
    (source,) = query.section_k(world.session, request.case_id)[1:]
    assert not source.attached and "not known to them" in source.said
    advice.receive(world.session, request, world.staff("caseworker"), on=world.today, now=world.now)
    assert request.stage == "replied"


def test_a_chaser_goes_once_a_day_and_to_nobody_who_owes_nothing(world: World) -> None:
    _, process = assessing(world)
    request = asked(world, process, email="ehc@nhs.invalid")
    officer = world.staff("caseworker")
    assert chasing.chase(world.session, request, officer, now=world.now) == 1
    assert chasing.chase(world.session, request, officer, now=world.now) == 0
    advice.receive(world.session, request, officer, on=world.today, now=world.now)
    with pytest.raises(AlreadyDone):
        chasing.chase(world.session, request, officer, now=world.now)


def test_withdrawing_ends_the_clock_and_everybodys_way_in(world: World) -> None:
    _, process = assessing(world)
    request = asked(world, process)
    them = adviser(world, request)
    advice.withdraw(world.session, request, world.staff("caseworker"), why="Asked twice.", now=world.now)
    assert due(world, request).voided_on == world.today  # type: ignore[union-attr]
    grants = world.session.scalars(select(Grant.until_at).where(Grant.person_id == them.person)).all()
    assert grants == [world.now]


def _acts(world: World, request: AdviceRequest, act: str) -> list[Event]:
    named = Event.facts["subject"].astext == str(request.id)
    return list(world.session.scalars(select(Event).where(named, Event.act == act).order_by(Event.seq)))

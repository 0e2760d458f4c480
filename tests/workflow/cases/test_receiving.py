"""A request by any other way than this service: its clock, its notices, its words, and whose child it is about."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from models.cases import Case, Deadline, Event, Notice, Process
from models.outbox import Message
from models.people import Child, Fact
from models.submissions import Answer, Contribution, Submission
from tests.workflow.cases.builders import World
from workflow.access.policy import find_submission
from workflow.access.relation import READ, SEND, WRITE, relation
from workflow.cases import joining, receiving
from workflow.cases.arrived import Arrived, Reach
from workflow.cases.receiving import Opened
from workflow.errors import NotFound, NotPermitted, Refused
from workflow.queries import letters_to_print

LETTER = Arrived(
    route="letter",
    arrived_on=date(2026, 11, 19),
    asker="parent",
    writer=Reach("Pat Example", address="1 Example Street\nHartwell HX1 2AB"),
    first="Robin",
    last="Example",
    born_on=date(2017, 5, 20),
)


def receive(world: World, came: Arrived = LETTER, token: uuid.UUID | None = None, **more: object) -> Opened:
    opened = receiving.receive(
        world.session, came, world.staff("caseworker"), create_token=token or uuid.uuid4(), now=world.now, **more
    )
    world.session.flush()
    return opened


def form(world: World, opened: Opened) -> Submission:
    return world.session.get_one(Submission, (world.session.authority_id, opened.submission_id))


def test_the_clock_runs_from_the_day_it_arrived_and_not_from_the_day_it_was_put_on_record(world: World) -> None:
    opened = receive(world)
    due = world.session.scalars(
        select(Deadline.due_on).where(Deadline.process_id == opened.process_id, Deadline.rule == "assess.decide")
    ).one()
    event = world.session.scalars(select(Event).where(Event.act == "receive_request")).one()
    assert due == date(2026, 11, 19) + timedelta(weeks=6)
    assert (event.happened_on, event.recorded_at) == (date(2026, 11, 19), world.now)
    assert (event.facts["route"], event.facts["asker"]) == ("letter", "parent")


def test_everyone_is_told_at_once_and_the_writer_by_a_letter_with_their_address(world: World) -> None:
    opened = receive(world)
    notices = world.session.scalars(select(Notice).where(Notice.case_id == opened.case_id)).all()
    family = next(each for each in notices if each.audience == "family")
    assert {each.audience for each in notices} == {"family", "health", "social_care"}
    assert family.to_name == "Pat Example"
    assert world.session.scalars(select(Message).where(Message.notice_id == family.id)).all() == []
    rows, _ = letters_to_print.to_print(world.session, world.staff("manager"), 1, world.today)
    assert ("Pat Example", "1 Example Street\nHartwell HX1 2AB") in {(r.notice.to_name, r.address) for r in rows}


def test_a_parent_named_by_a_school_that_wrote_is_told_too(world: World) -> None:
    came = replace(LETTER, asker="school", writer=Reach("The Head", phone="01632 960 100"), family=Reach("Pat Example"))
    opened = receive(world, replace(came, setting_id=world.school().id))
    told = world.session.scalars(select(Notice.to_name).where(Notice.case_id == opened.case_id)).all()
    assert "Pat Example" in told and "The Head" not in told


def test_receiving_twice_gives_one_request(world: World) -> None:
    token = uuid.uuid4()
    first = receive(world, token=token)
    again = receive(world, token=token)
    assert first == again
    assert world.session.scalars(select(func.count()).select_from(Case)).one() == 1
    assert world.session.scalars(select(func.count()).select_from(Process)).one() == 1


def test_what_is_keyed_in_stands_under_the_writers_name_with_who_typed_it(world: World) -> None:
    opened, typist = receive(world), world.staff("caseworker")
    submission = form(world, opened)
    row = world.session.execute(
        select(Contribution)
        .join(Answer, Answer.id == Contribution.answer_id)
        .where(Answer.submission_id == submission.id, Answer.path == "ch_first")
    ).scalar_one()
    assert (row.author_id, row.entered_by, row.mode) == (submission.owner_id, typist.person, "scribed")
    assert row.value == "Robin"


def test_only_the_council_opens_what_is_being_keyed_in(world: World) -> None:
    submission = form(world, receive(world))
    for role, rights in (("caseworker", {READ, WRITE, SEND}), ("decider", {READ})):
        assert relation(world.session, world.staff(role), submission, world.now).rights == rights
    for other in (world.person("family"), world.senco()):
        with pytest.raises(NotFound):
            find_submission(world.session, other, submission.id, READ, world.now)


def test_paper_that_leaves_things_out_is_kept_as_it_is_and_then_locked(world: World) -> None:
    opened, actor = receive(world), world.staff("caseworker")
    submission = form(world, opened)
    theirs = relation(world.session, actor, submission, world.now)
    receiving.keep_keyed(world.session, submission, theirs, actor, now=world.now)
    receiving.keep_keyed(world.session, submission, theirs, actor, now=world.now)
    assert submission.state == "sent"
    assert relation(world.session, actor, submission, world.now).rights == {READ}
    fact = world.session.scalars(select(Fact).where(Fact.key == "ch_dob")).one()
    assert (fact.said_by, fact.said_on) == (submission.owner_id, LETTER.arrived_on)
    assert len(world.session.scalars(select(Event).where(Event.act == "key_in")).all()) == 1


def test_a_person_says_it_is_the_same_child_and_the_joining_can_be_undone(world: World) -> None:
    case, early = world.request(on=world.now - timedelta(days=2))
    opened = receive(world, same_as=case)
    late = world.session.get_one(Process, (world.session.authority_id, opened.process_id))
    # The letter came first, so its clock is the one that runs on.
    assert opened.stays_id == opened.case_id
    assert (early.stage, late.stage) == ("joined", "requested")
    joining.part(world.session, case, world.staff("caseworker"), now=world.now)
    assert early.stage == "requested"
    assert {"join_cases", "part_cases"} <= set(world.session.scalars(select(Event.act)))


def test_asking_again_after_a_refusal_is_a_request_of_its_own_and_the_old_papers_come_along(world: World) -> None:
    case, process = world.request(on=world.now - timedelta(days=200))
    world.decide(process, assess=False)
    old = world.session.scalars(select(Submission).where(Submission.case_id == case.id)).one()
    opened = receive(world, same_as=case)
    again = world.session.get_one(Process, (world.session.authority_id, opened.process_id))
    assert (opened.stays_id, again.stage, process.stage) == (opened.case_id, "requested", "refused")
    assert (case.joined_to_id, old.case_id) == (opened.case_id, opened.case_id)
    joining.part(world.session, case, world.staff("caseworker"), now=world.now)
    assert (case.joined_to_id, old.case_id, again.stage) == (None, case.id, "requested")


def test_where_an_assessment_has_begun_the_cases_stay_apart_and_it_is_said_why(world: World) -> None:
    case, process = world.request()
    world.decide(process, assess=True)
    opened = receive(world, same_as=case)
    assert "stay" in opened.apart or "apart" in opened.apart
    assert case.joined_to_id is None and opened.stays_id == opened.case_id


def test_children_who_were_looked_at_and_are_others_are_remembered(world: World) -> None:
    case, _ = world.request()
    opened = receive(world, different=[case])
    assert joining.kept_apart(world.session, case) == {opened.case_id}


def test_a_writer_who_is_known_with_an_account_is_told_there(world: World) -> None:
    parent = world.person("family")
    case, _ = world.request(by=parent)
    opened = receive(world, replace(LETTER, known_id=parent.person), same_as=case)
    told = world.session.execute(
        select(Notice.person_id, Message.id)
        .join(Message, Message.notice_id == Notice.id)
        .where(Notice.audience == "family", Notice.case_id == opened.case_id)
    ).all()
    assert [person_id for person_id, _ in told] == [parent.person]


def test_nobody_becomes_the_writer_who_takes_no_part_in_that_case(world: World) -> None:
    case, _ = world.request()
    stranger = world.person("family")
    with pytest.raises(Refused, match="takes part"):
        receive(world, replace(LETTER, known_id=stranger.person), same_as=case)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"arrived_on": date(2026, 11, 24)}, "arrived_on"),
        ({"born_on": date(2026, 11, 20)}, "born_on"),
        ({"born_on": date(2001, 11, 19)}, "born_on"),  # 25 on the day it came
        ({"route": "pigeon"}, "route"),
        ({"asker": "nobody"}, "asker"),
        ({"first": "", "last": ""}, "first"),
    ],
)
def test_only_what_cannot_be_so_is_refused(world: World, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        receive(world, replace(LETTER, **wrong))
    assert refusal.value.field == field


def test_a_decider_receives_nothing(world: World) -> None:
    with pytest.raises(NotPermitted):
        receiving.receive(world.session, LETTER, world.staff("decider"), create_token=uuid.uuid4(), now=world.now)


def test_a_child_of_one_name_is_on_record_by_it(world: World) -> None:
    opened = receive(world, replace(LETTER, first="", last="Sukarno"))
    case = world.session.get_one(Case, (world.session.authority_id, opened.case_id))
    child = world.session.get_one(Child, (world.session.authority_id, case.child_id))
    assert "Sukarno" in (child.first, child.last, child.known_as)

"""A request's day of receipt comes by itself, once, and a person's own day stands."""

from datetime import timedelta

from sqlalchemy import select, update

from models.cases import Deadline
from models.operations import ReadLog
from models.outbox import Message
from tests.workflow.cases.advising import asked, assessing, due, reached
from tests.workflow.cases.builders import World
from workflow.cases import advice, advice_replies, receipts
from workflow.reminders.people import recipients


def test_it_reached_them_when_their_mail_server_took_it(world: World) -> None:
    _, process = assessing(world)
    world.senco()
    request = asked(world, process, "b", to_name="The school", setting_id=world.school().id)
    assert receipts.note_some(world.session, world.now) == 0
    accepted = world.now + timedelta(minutes=5)
    world.session.execute(update(Message).where(Message.notice_id.is_not(None)).values(accepted_at=accepted))
    assert receipts.note_some(world.session, world.now + timedelta(days=2)) == 1
    assert (request.received_on, request.received_how) == (world.today, "mail")
    assert due(world, request).due_on == world.today + timedelta(weeks=6)  # type: ignore[union-attr]
    assert receipts.note_some(world.session, world.now + timedelta(days=2)) == 0


def test_an_invitation_that_was_taken_counts_too(world: World) -> None:
    _, process = assessing(world)
    request = asked(world, process)
    advice_replies.invite(world.session, request, world.staff("caseworker"), "clinic@nhs.invalid", now=world.now)
    mailed = Message.link_to.startswith("invitation:")
    world.session.execute(update(Message).where(mailed).values(accepted_at=world.now))
    assert receipts.note_some(world.session, world.now) == 1
    assert request.stage == "with_them"


def test_or_when_it_was_first_opened_here(world: World) -> None:
    case, process = assessing(world)
    senco = world.senco()
    request = asked(world, process, "b", to_name="The school", setting_id=world.school().id)
    what = f"{receipts.READING}{request.id}"
    world.session.add(ReadLog(read_at=world.now, person_id=senco.person, what=what, case_id=case.id))
    world.session.flush()
    assert receipts.note_some(world.session, world.now) == 1
    assert request.received_how == "opened"


def test_a_day_that_a_person_recorded_stands(world: World) -> None:
    _, process = assessing(world)
    world.senco()
    request = asked(world, process, "b", to_name="The school", setting_id=world.school().id)
    reached(world, request)
    world.session.execute(update(Message).values(accepted_at=world.now))
    assert receipts.note_some(world.session, world.now + timedelta(days=1)) == 0
    assert request.received_how == "recorded"


def test_reminders_go_to_whoever_was_asked_and_not_to_the_childs_own_school(world: World) -> None:
    _, process = assessing(world)
    senco = world.senco()
    first = asked(world, process, "b", to_name="The school", setting_id=world.school().id)
    other = asked(world, process, "e", to_name="Social care")
    reached(world, first)
    reached(world, other)
    rows = {each.subject_id: each for each in world.session.scalars(select(Deadline))}
    assert recipients(world.session, rows[first.id], "adviser", world.now) == {senco.person}
    assert recipients(world.session, rows[other.id], "adviser", world.now) == frozenset()
    advice.withdraw(world.session, first, world.staff("caseworker"), why="Asked twice.", now=world.now)
    assert recipients(world.session, rows[first.id], "adviser", world.now) == frozenset()

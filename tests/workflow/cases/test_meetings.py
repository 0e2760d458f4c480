"""The meeting of a review: notes written together, and the dates that hang on the day it was held."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.access import Grant
from models.cases import Deadline, Notice, Process
from models.submissions import Submission
from tests.workflow.cases.builders import World
from workflow.access.actor import Actor
from workflow.access.policy import find_submission
from workflow.access.relation import WRITE, relation
from workflow.cases import meetings, reviews
from workflow.coproduction import rows, submissions
from workflow.coproduction.answers import Writer
from workflow.errors import NotFound, Refused


@pytest.fixture
def review(world: World) -> tuple[Process, Submission]:
    """A review that waits for its meeting, and its report begun by the SENCO."""
    _, process = world.plan(made_on=world.today.replace(year=world.today.year - 1))
    return process, reviews.begin_report(world.session, process, world.senco(), now=world.now)


def part(world: World, review: tuple[Process, Submission], form_id: str) -> Submission:
    return meetings.begin_part(world.session, review[1], form_id, world.senco(), now=world.now)


def send(world: World, form: Submission, by: Actor | None = None) -> None:
    actor = by or world.senco()
    theirs = relation(world.session, actor, form, world.now)
    meetings.send_part(world.session, form, theirs, actor, now=world.now)
    world.session.flush()


def attended(world: World, notes: Submission) -> None:
    senco = world.senco()
    theirs = relation(world.session, senco, notes, world.now)
    form = submissions.form_of(notes)
    row = rows.add_row(
        world.session, notes, form, theirs, Writer(senco.person, senco.person), "me_here[]", now=world.now
    )
    world.say(notes, senco, {f"me_here[{row}].who": "Pat, mum", f"me_here[{row}].how": "room"}, world.now)


def parent_on(world: World, report: Submission) -> Actor:
    parent = world.person("family")
    world.session.add(
        Grant(
            person_id=parent.person, role="parent", submission_id=report.id, rights=["read", "write"],
            from_at=world.now - timedelta(days=1), granted_by=parent.person, reason="test",
        )
    )  # fmt: skip
    world.session.flush()
    return parent


def test_there_is_one_set_of_notes_for_a_review(world: World, review: tuple[Process, Submission]) -> None:
    assert part(world, review, "ar-meeting").id == part(world, review, "ar-meeting").id


def test_only_the_parts_of_a_meeting_are_begun_so(world: World, review: tuple[Process, Submission]) -> None:
    with pytest.raises(NotFound):
        part(world, review, "views-parent")


def test_those_who_take_part_in_the_review_write_in_the_notes_while_it_is_held(
    world: World, review: tuple[Process, Submission]
) -> None:
    notes, parent = part(world, review, "ar-meeting"), parent_on(world, review[1])
    _, theirs = find_submission(world.session, parent, notes.id, WRITE, world.now)
    assert theirs.may_write("views", ("senco", "parent")) and not theirs.may_write("views", ("senco",))


def test_a_stranger_knows_nothing_of_the_notes(world: World, review: tuple[Process, Submission]) -> None:
    notes = part(world, review, "ar-meeting")
    with pytest.raises(NotFound):
        find_submission(world.session, world.person("family"), notes.id, "read", world.now)


def test_sending_the_notes_puts_the_meeting_on_record_and_its_dates_follow(
    world: World, review: tuple[Process, Submission]
) -> None:
    notes, held = part(world, review, "ar-meeting"), world.today - timedelta(days=2)
    world.say(notes, world.senco(), {"me_date": held.isoformat()}, world.now)
    attended(world, notes)
    send(world, notes)
    send(world, notes)
    assert review[0].stage == "held"
    due = dict(
        world.session.execute(
            select(Deadline.rule, Deadline.due_on).where(Deadline.process_id == review[0].id)
        ).tuples().all()
    )  # fmt: skip
    assert due["review.report"] == held + timedelta(weeks=2) and due["review.decide"] == held + timedelta(weeks=4)


def test_notes_of_a_meeting_still_to_come_are_not_sent(world: World, review: tuple[Process, Submission]) -> None:
    notes = part(world, review, "ar-meeting")
    world.say(notes, world.senco(), {"me_date": (world.today + timedelta(days=9)).isoformat()}, world.now)
    attended(world, notes)
    with pytest.raises(Refused, match="future"):
        send(world, notes)


def test_the_report_follows_the_notes(world: World, review: tuple[Process, Submission]) -> None:
    notes, held = part(world, review, "ar-meeting"), world.today - timedelta(days=2)
    world.say(notes, world.senco(), {"me_date": held.isoformat()}, world.now)
    attended(world, notes)
    send(world, notes)
    report = review[1]
    said = {"rv_kind": "annual", "rv_date": held.isoformat(), "rv_rec": "keep", "rv_sign": {"name": "Head"}}
    world.say(report, world.senco(), {**said, "de_name": "Sam", "de_role": "senco"}, world.now)
    theirs = relation(world.session, world.senco(), report, world.now)
    reviews.send_report(world.session, report, theirs, world.senco(), now=world.now)
    assert review[0].stage == "reported"


@pytest.mark.parametrize("years, form_id", [(10, "ar-0-13"), (12, "ar-0-13"), (13, "ar-14-25")])
def test_from_year_nine_the_report_looks_ahead_to_adult_life(world: World, years: int, form_id: str) -> None:
    from models.people import Child

    case, process = world.plan(made_on=world.today.replace(year=world.today.year - 1))
    child = world.session.get_one(Child, (world.session.authority_id, case.child_id))
    # The youngest of a school year: whoever turns 13 on its last 31 August is in Year 9 from the next day.
    child.born_on = date(world.today.year - years, 8, 31)
    report = reviews.begin_report(world.session, process, world.senco(), now=world.now)
    assert report.form_id == form_id


@pytest.mark.parametrize("days", [3, 30])
def test_an_invitation_arranges_the_meeting_and_tells_everyone_who_must_be_asked(
    world: World, review: tuple[Process, Submission], days: int
) -> None:
    invitation, held = part(world, review, "ar-invite"), world.today + timedelta(days=days)
    world.say(invitation, world.senco(), {"iv_kind": "annual", "iv_date": held.isoformat()}, world.now)
    send(world, invitation)
    told = set(world.session.scalars(select(Notice.audience).where(Notice.kind == "review_invitation")))
    assert review[0].stage == "arranged" and told >= {"family", "setting", "health", "social_care"}

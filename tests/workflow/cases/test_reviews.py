"""Reviews: the decision, its letters, and the next year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from law import notices as law_notices
from models.cases import Deadline, Notice, Process
from tests.workflow.cases.builders import REASONS, World
from workflow.cases import acts, doing, plan_changing, reviews
from workflow.errors import AlreadyDone, NotPermitted, Refused

CHANGES = plan_changing.Words("The report of May.", "Enclosed.", "Section F: 20 hours, not 15.")


def outcome(world: World, process: Process, decision: str, role: str = "decider") -> Process | None:
    return reviews.decide(
        world.session,
        process,
        world.staff(role),
        reviews.Outcome(decision, REASONS),
        seen=process.version,
        now=world.now,
    )


def ready(world: World) -> Process:
    _, process = world.plan(made_on=date(2025, 12, 1))
    world.reported(process)
    return process


def test_a_plan_brought_in_waits_for_its_review_for_twelve_months_from_the_last(world: World) -> None:
    _, process = world.plan(made_on=date(2023, 2, 1), last_review=date(2026, 3, 10))
    due = world.session.scalars(select(Deadline).where(Deadline.process_id == process.id)).one()
    assert (due.rule, due.due_on) == ("review.annual", date(2027, 3, 9))


def test_keeping_the_plan_opens_next_years_review_from_the_day_of_the_letter(world: World) -> None:
    process = ready(world)
    following = outcome(world, process, "keep")
    assert following is not None and process.stage == "kept"
    due = world.session.scalars(select(Deadline.due_on).where(Deadline.process_id == following.id)).one()
    assert due == date(2027, 11, 22)


def propose(world: World, process: Process, words: plan_changing.Words = CHANGES) -> None:
    plan_changing.propose(world.session, process, world.staff("caseworker"), words, seen=process.version, now=world.now)


@pytest.mark.parametrize(
    ("decision", "kind"), [("keep", "review_keep"), ("change", "review_change"), ("end", "review_end")]
)
def test_the_familys_letter_lacks_nothing_the_law_names(world: World, decision: str, kind: str) -> None:
    process = ready(world)
    outcome(world, process, decision)
    if decision == "change":
        propose(world, process)
    letter = world.session.scalars(select(Notice).where(Notice.kind == kind)).one()
    said = {part["item"]: part["text"] for part in letter.letter["parts"]}
    assert law_notices.missing(kind, said) == ()


@pytest.mark.parametrize("lacks", ["proposed", "evidence", "plan"])
def test_a_change_is_not_told_without_the_changes_the_plan_and_the_evidence(world: World, lacks: str) -> None:
    process = ready(world)
    outcome(world, process, "change")
    world.staff("caseworker")
    with pytest.raises(Refused, match="still needs"), world.session.begin_nested():
        propose(world, process, replace(CHANGES, **{lacks: " "}))
    world.session.refresh(process)
    assert process.stage == "changing"


def test_a_decision_to_change_meets_no_limit_until_the_family_has_the_changes(world: World) -> None:
    process = ready(world)
    outcome(world, process, "change")
    owed = select(Deadline).where(Deadline.process_id == process.id, Deadline.rule == "review.amend_notice")
    assert world.session.scalars(owed).one().satisfied_on is None
    propose(world, process)
    world.session.expire_all()
    assert world.session.scalars(owed).one().satisfied_on == world.today
    following = reviews.waiting_review(world.session, process.case_id)
    assert following is not None


def test_a_plan_that_is_to_end_has_no_next_review(world: World) -> None:
    assert outcome(world, ready(world), "end") is None


def test_a_decision_without_reasons_or_by_a_caseworker_or_a_second_time_is_refused(world: World) -> None:
    process = ready(world)
    seen = process.version
    with pytest.raises(Refused, match="reasons"):
        reviews.decide(
            world.session, process, world.staff("decider"), reviews.Outcome("keep", " "), seen=seen, now=world.now
        )
    with pytest.raises(NotPermitted):
        outcome(world, process, "keep", role="caseworker")
    outcome(world, process, "keep")
    with pytest.raises(AlreadyDone):
        reviews.decide(
            world.session, process, world.staff("manager"), reviews.Outcome("end", REASONS), seen=seen, now=world.now
        )


def test_a_meeting_that_is_put_off_keeps_its_process_tells_everyone_and_is_noticed_anew(world: World) -> None:
    process = invited(world)
    new = world.today + timedelta(days=40)
    words = {"meeting_details": "On another day, at 2pm.", "reasons": "The school is closed."}
    said = doing.Said(on=world.today, dates={"review_meeting": new}, words=words)
    actor = world.staff("manager")
    doing.do(world.session, process, "put_off_meeting", actor, said, seen=process.version, now=world.now)
    due = select(Deadline).where(Deadline.process_id == process.id, Deadline.rule == "review.meeting_notice")
    standing = world.session.scalars(due).one()
    assert process.stage == "arranged" and standing.satisfied_on is None and standing.due_on < new
    assert world.session.scalars(select(Notice).where(Notice.kind == "review_put_off")).first()


def test_a_meeting_that_failed_is_on_record_with_the_reason_and_can_be_dated_again(world: World) -> None:
    process = invited(world)
    words = {"reasons": "Nobody from health came.", "what_happens_next": "We will send a new day this week."}
    actor = world.staff("manager")
    said = doing.Said(on=world.today, words=words)
    doing.do(world.session, process, "record_failed_meeting", actor, said, seen=process.version, now=world.now)
    assert process.stage == "waiting" and "arrange_meeting" in acts.possible(process, actor)
    assert world.session.scalars(select(Notice).where(Notice.kind == "review_not_held")).first()


def invited(world: World) -> Process:
    _, process = world.plan(made_on=date(2025, 12, 1))
    held_on = {"review_meeting": world.today + timedelta(days=20)}
    for act, fixed in (("arrange_meeting", held_on), ("send_invitations", {})):
        acts.perform(
            world.session,
            process.id,
            act,
            world.staff("manager"),
            happened_on=world.today,
            now=world.now,
            triggers=fixed,
        )
    return process

"""A plan that changes: the family gets the changes themselves, says what it thinks, and has the amended plan."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.cases import Deadline, Notice, Plan
from tests.workflow.cases.builders import REASONS, World
from tests.workflow.cases.planning import Planning, amending, planning
from workflow.access.relation import relation
from workflow.cases import acts, plan_changing, plan_finishing, plan_serving, plans, reviews
from workflow.coproduction import answers, reading
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.submissions import form_of
from workflow.errors import AlreadyDone, Refused
from workflow.queries import plan_changes, plan_document

NEW = "Reading aloud, in a pair."


@pytest.fixture(params=["review", "amendment"])
def made(world: World, request: pytest.FixtureRequest) -> Planning:
    return amending(planning(world), kind=request.param)


def propose(made: Planning) -> list[Notice]:
    made.world.staff("caseworker")
    return plan_changing.propose(
        made.world.session,
        made.process,
        made.caseworker,
        plan_changing.Words("The report of the review."),
        seen=made.seen(),
        now=made.world.now,
    )


def rewrite(made: Planning) -> None:
    actor, session = made.caseworker, made.world.session
    theirs = relation(session, actor, made.plan, made.world.now)
    version = reading.read(session, made.plan, theirs).versions["pv[p].what"]
    answers.save(
        session,
        made.plan,
        form_of(made.plan),
        theirs,
        Writer(actor.person, actor.person),
        {"pv[p].what": Change(NEW, version)},
        save_id=made.plan.id,
        now=made.world.now,
    )
    session.flush()


def test_a_change_begins_with_what_the_plan_in_force_says_and_changes_nothing_yet(made: Planning) -> None:
    world = made.world
    shown = plan_document.document(
        world.session,
        made.caseworker,
        made.plan,
        relation(world.session, made.caseworker, made.plan, world.now),
        world.now,
    )
    assert shown.statement("nd[n]") is not None and not shown.final
    assert plan_changing.proposed(world.session, made.process, made.plan, made.caseworker, world.now) == ()
    with pytest.raises(Refused, match="changes nothing"):
        propose(made)


def test_the_letter_holds_each_change_before_and_after_and_the_time_to_comment(made: Planning) -> None:
    rewrite(made)
    told = propose(made)
    letter = next(each for each in told if each.audience == "family").letter
    said = {part["item"]: part["text"] for part in letter["parts"]}
    now, would = said["proposed_amendments"].split("\nIt would say: ")
    assert now.startswith("Section F") and now.endswith("Reading aloud.") and would.endswith(NEW)
    assert "Reading words" not in said["proposed_amendments"], "what does not change is not told as a change"
    made.world.session.refresh(made.process)
    assert made.process.stage == "proposed" and "You have until the end of" in said["fifteen_days"]
    assert made.process.kind != "review" or REASONS in said["decision"]
    assert not any(REASONS in str(each.letter) for each in told if each.audience != "family")


def test_the_amended_plan_waits_for_the_familys_time_its_comments_and_its_meeting(made: Planning) -> None:
    world = made.world
    rewrite(made)
    propose(made)
    made.respond(dr_meet="phone")
    made.later(20)
    plan = made.final()
    with pytest.raises(Refused), world.session.begin_nested():
        issue(made, plan)
    wanting = plan_finishing.hindrances(world.session, made.process, made.caseworker, agreement=None, now=world.now)
    assert len(wanting) == 2, wanting
    made.world.session.refresh(made.process)
    assert made.process.stage == "meeting_owed"
    plan_serving.record_meeting(
        world.session, made.process, world.today, "By phone.", made.caseworker, seen=made.seen(), now=world.now
    )
    assert made.process.stage == "proposed"


def issue(made: Planning, plan: object) -> Plan:
    return plan_finishing.issue(
        made.world.session,
        made.process,
        plan,  # type: ignore[arg-type]
        made.world.staff("decider"),
        seen=made.seen(),
        now=made.world.now,
    )


def test_the_amended_plan_keeps_its_first_day_and_says_what_changed(made: Planning) -> None:
    world = made.world
    first = reviews.plan_of(world.session, made.case.id)
    assert first is not None
    rewrite(made)
    propose(made)
    made.later(20)
    plan = made.final()
    kept = issue(made, plan)
    assert kept.id == first.id and kept.made_on < world.today
    assert made.process.stage == "amended"
    letters = world.session.scalars(select(Notice).where(Notice.kind == "amended_plan_family")).all()
    assert letters
    again = plans.in_force(world.session, made.case.id)
    assert again is not None and again.id == plan.id
    shown = plan_document.document(
        world.session, made.caseworker, plan, relation(world.session, made.caseworker, plan, world.now), world.now
    )
    changed = plan_changes.against_the_plan_in_force(world.session, made.caseworker, shown, world.now)
    assert [each.letter for each in changed] == ["F"]


def test_the_final_of_a_review_is_due_eight_weeks_from_the_notice_and_not_after_twelve_from_the_meeting(
    world: World,
) -> None:
    made = amending(planning(world))
    rewrite(made)
    propose(made)
    due = select(Deadline.due_on).where(Deadline.process_id == made.process.id, Deadline.rule == "review.amended_final")
    assert world.session.scalars(due).one() == world.today + timedelta(weeks=8)


def test_a_change_that_came_to_nothing_leaves_the_plan_in_force_to_the_next(world: World) -> None:
    made = amending(planning(world), kind="amendment")
    rewrite(made)
    propose(made)
    made.later(20)
    acts.perform(
        world.session,
        made.process.id,
        "decide_not_to_amend",
        world.staff("decider"),
        happened_on=world.today,
        now=world.now,
    )
    process, _ = acts.start(
        world.session,
        made.case,
        "amendment",
        "prepare_change",
        world.staff("decider"),
        happened_on=world.today,
        now=world.now,
    )
    plan = plans.start(world.session, process, made.caseworker, now=world.now)
    assert plan_changing.proposed(world.session, process, plan, made.caseworker, world.now) == ()
    with pytest.raises(AlreadyDone):
        plans.start(world.session, made.process, made.caseworker, now=world.now)


def test_two_changes_of_one_plan_are_not_written_at_once(world: World) -> None:
    made = amending(planning(world))
    other, _ = acts.start(
        world.session,
        made.case,
        "amendment",
        "prepare_change",
        world.staff("decider"),
        happened_on=world.today,
        now=world.now,
    )
    with pytest.raises(Refused, match="Another change"):
        plans.start(world.session, other, made.caseworker, now=world.now)

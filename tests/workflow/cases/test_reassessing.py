"""A re-assessment, from asking to the plan in place of the old one. SEND Regulations 2014, regs 23-27."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from law import due
from law import notices as law_notices
from law.explain import say_date
from models.cases import Deadline, Notice, Plan, Process
from models.submissions import Submission
from tests.workflow.cases.builders import REASONS, World
from tests.workflow.cases.planning import SECTIONS, Planning
from workflow.cases import advice, doing, plan_finishing, plans, reviews
from workflow.cases.advisers import Adviser
from workflow.cases.doing import Said
from workflow.cases.plan_finishing import Agreement
from workflow.errors import Refused

HEALTH = Adviser("c", "Community paediatrics")


@pytest.fixture
def asked(world: World) -> Planning:
    """A child with a plan, for whom a re-assessment was asked for today."""
    case, _ = world.plan(made_on=world.today - timedelta(days=200))
    world.staff("caseworker")
    parent = world.parent_of(case)
    process = doing.begin(
        world.session,
        case,
        "reassessment",
        "receive_request",
        world.staff("caseworker"),
        Said(on=world.today, dates={"request_received": world.today}),
        token=uuid.uuid4(),
        now=world.now,
    )
    return Planning(world, case, process, Submission(), parent)


def act(made: Planning, name: str, **words: str) -> None:
    world = made.world
    doing.do(
        world.session,
        made.process,
        name,
        world.staff("decider"),
        Said(on=world.today, words=words),
        seen=made.seen(),
        now=world.now,
    )
    world.session.flush()


def dues(made: Planning) -> dict[str, date | None]:
    rows = select(Deadline).where(Deadline.process_id == made.process.id, Deadline.voided_on.is_(None))
    return {each.rule: each.due_on for each in made.world.session.scalars(rows)}


def letter(made: Planning, kind: str) -> dict[str, str]:
    """What the family's newest letter of a kind says, by item; it lacks nothing."""
    rows = select(Notice).where(Notice.case_id == made.case.id, Notice.kind == kind).order_by(Notice.notified_on.desc())
    newest = made.world.session.scalars(rows).first()
    assert newest is not None
    said = {part["item"]: part["text"] for part in newest.letter["parts"]}
    assert law_notices.missing(kind, said) == ()
    return said


def drafted(made: Planning) -> None:
    """Agreed to, advised on, written and sent to the family."""
    act(made, "agree_to_reassess")
    made.later(30)
    made.plan = plans.start(made.world.session, made.process, made.caseworker, now=made.world.now)
    made.world.say(made.plan, made.caseworker, SECTIONS, made.world.now)
    made.serve()


def issue(made: Planning, final: Submission, agreement: Agreement | None = None) -> Plan:
    session, decider = made.world.session, made.world.staff("decider")
    return plan_finishing.issue(
        session, made.process, final, decider, agreement=agreement, seen=made.seen(), now=made.world.now
    )


def test_the_answer_is_due_in_fifteen_days_and_the_plan_in_fourteen_weeks_of_being_told(asked: Planning) -> None:
    received = asked.world.today
    assert dues(asked)["reassess.decide"] == received + timedelta(days=15)
    asked.later(9)
    act(asked, "agree_to_reassess")
    known = dues(asked)
    assert known["reassess.finalise"] == asked.world.today + timedelta(weeks=14)
    assert known["reassess.no_change"] is None  # the law gives no number, and none is made up
    letter(asked, "will_reassess")


def test_no_re_assessment_is_told_with_reasons_and_the_dates_to_appeal_by(asked: Planning) -> None:
    act(asked, "refuse_to_reassess", reasons=REASONS)
    appeal = due.compute("appeal.lodge", {"decision_sent": asked.world.today}).due
    assert appeal and asked.process.ended_on == asked.world.today
    said = letter(asked, "refuse_to_reassess")
    assert said["reasons"] == REASONS and say_date(appeal) in said["appeal_time_limits"]
    assert "reassess.finalise" not in dues(asked) and dues(asked)["appeal.lodge"] == appeal
    assert reviews.waiting_review(asked.world.session, asked.case.id) is not None  # the plan goes on, and its review


def test_no_re_assessment_without_reasons_is_not_decided(asked: Planning) -> None:
    with pytest.raises(Refused), asked.world.session.begin_nested():
        act(asked, "refuse_to_reassess")
    asked.world.session.refresh(asked.process)
    assert asked.process.stage == "requested"


def test_advice_is_asked_for_anew_and_due_in_six_weeks_of_its_arrival(asked: Planning) -> None:
    world = asked.world
    act(asked, "agree_to_reassess")
    request = advice.begin(world.session, asked.process, HEALTH, token=uuid.uuid4(), now=world.now)
    advice.ask(world.session, request, asked.caseworker, now=world.now)
    asked.later(3)
    advice.record_receipt(world.session, request, asked.caseworker, on=world.today, now=world.now)
    assert dues(asked)["advice.respond"] == world.today + timedelta(weeks=6)


def test_the_new_plan_is_written_anew_waits_for_the_family_and_stands_in_place_of_the_old(asked: Planning) -> None:
    world = asked.world
    old = reviews.plan_of(world.session, asked.case.id)
    drafted(asked)
    assert say_date(world.today + timedelta(days=14)) in letter(asked, "draft_plan")["fifteen_days"]
    asked.later(14)
    final = asked.final()
    with pytest.raises(Refused, match="until the end of"):
        issue(asked, final)
    asked.later(1)
    made = issue(asked, final)
    assert (made, made.made_on, made.last_review_on) == (old, world.today, None)
    assert asked.process.stage == "plan_issued"
    letter(asked, "final_plan_family")


def test_the_first_review_of_the_new_plan_is_due_a_year_from_it(asked: Planning) -> None:
    world = asked.world
    drafted(asked)
    asked.later(15)
    issue(asked, asked.final())
    reviews_open = world.session.scalars(
        select(Process).where(Process.case_id == asked.case.id, Process.kind == "review", Process.ended_on.is_(None))
    ).all()
    assert len(reviews_open) == 1
    known = select(Deadline.due_on).where(Deadline.process_id == reviews_open[0].id, Deadline.voided_on.is_(None))
    first = due.compute("review.first", {"plan_made": world.today}).due
    assert first in world.session.scalars(known).all()


def test_the_familys_clear_written_agreement_makes_the_new_plan_final_sooner(asked: Planning) -> None:
    world = asked.world
    drafted(asked)
    made = issue(asked, asked.final(), Agreement("By email: please finish it.", world.today))
    assert made.made_on == world.today


def test_a_plan_that_does_not_change_is_told_with_reasons_and_how_to_appeal(asked: Planning) -> None:
    act(asked, "agree_to_reassess")
    asked.later(60)
    act(asked, "decide_no_change", reasons=REASONS)
    assert letter(asked, "no_change")["reasons"] == REASONS
    assert "reassess.finalise" not in dues(asked)

"""The final plan and the refusal to make one: what the law wants first, and who is told."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from law import notices as law_notices
from models.cases import Deadline, Notice, Plan, Process
from models.people import Setting
from models.submissions import Submission
from tests.workflow.cases.builders import INSTEAD, REASONS, World
from tests.workflow.cases.planning import Planning, planning
from workflow.access.relation import relation
from workflow.cases import plan_comments, plan_finishing, plan_serving, plans, reviews
from workflow.cases.plan_finishing import Agreement, Refusal
from workflow.coproduction import reading
from workflow.errors import NotPermitted, Refused


@pytest.fixture
def made(world: World) -> Planning:
    found = planning(world)
    found.serve()
    return found


def issue(made: Planning, plan: Submission, role: str = "decider", **more: object) -> Plan:
    return plan_finishing.issue(
        made.world.session, made.process, plan, made.world.staff(role), seen=made.seen(), now=made.world.now, **more
    )  # type: ignore[arg-type]


def told(made: Planning, kind: str) -> list[Notice]:
    return list(
        made.world.session.scalars(
            select(Notice).where(Notice.case_id == made.case.id, Notice.kind == kind).order_by(Notice.audience)
        )
    )


def test_the_plan_is_not_final_before_the_family_had_its_days(made: Planning) -> None:
    made.later(14)
    with pytest.raises(Refused, match="until the end of"):
        issue(made, made.final())
    made.later(1)
    assert issue(made, plans.start(made.world.session, made.process, made.caseworker, now=made.world.now))


def test_the_familys_clear_written_agreement_makes_it_final_sooner(made: Planning) -> None:
    plan = made.final()
    with pytest.raises(Refused):
        issue(made, plan, agreement=Agreement(" ", made.world.today))
    assert issue(made, plan, agreement=Agreement("By email: please finish it.", made.world.today))


def test_the_plan_is_not_final_while_a_meeting_is_owed(made: Planning) -> None:
    plan_serving.ask_for_meeting(made.world.session, made.process, made.parent, how="person", now=made.world.now)
    made.later(20)
    plan = made.final()
    with pytest.raises(Refused, match="meeting"):
        issue(made, plan)
    plan_serving.record_meeting(
        made.world.session, made.process, made.world.today, "We met.", made.caseworker, seen=made.seen(),
        now=made.world.now,
    )  # fmt: skip
    assert issue(made, plan)


def test_the_plan_is_not_final_while_something_said_has_no_answer(made: Planning) -> None:
    response = made.respond()
    made.later(20)
    plan = made.final()
    with pytest.raises(Refused, match="no answer yet: 1"):
        issue(made, plan)
    plan_comments.answer(
        made.world.session, response, "dr_sec[n]", made.caseworker, taken="no", words="The report.", now=made.world.now
    )
    assert issue(made, plan)


def test_section_i_is_written_before_the_plan_is_final(made: Planning) -> None:
    made.later(20)
    plan = plans.start(made.world.session, made.process, made.caseworker, now=made.world.now)
    with pytest.raises(Refused, match="Section I"):
        issue(made, plan)
    plans.set_final(made.world.session, plan, final=True)
    made.world.say(plan, made.caseworker, {"pi_name": "Bramble Hill"}, made.world.now)
    with pytest.raises(Refused, match="Section I"):
        issue(made, plan)


def test_only_a_decider_makes_it_final(made: Planning) -> None:
    made.later(20)
    with pytest.raises(NotPermitted):
        issue(made, made.final(), role="caseworker")


def test_the_final_plan_goes_to_the_family_the_place_and_health_with_all_the_law_names(made: Planning) -> None:
    senco = made.world.senco()
    made.later(20)
    issue(made, made.final())
    (family,) = told(made, "final_plan_family")
    parts = {part["item"]: part["text"] for part in family.letter["parts"]}
    assert law_notices.missing("final_plan_family", parts) == ()
    assert [(each.audience, each.person_id) for each in told(made, "final_plan_others")] == [
        ("health", None),
        ("setting", senco.person_id),
    ]


def test_a_place_that_has_nobody_here_is_written_to_by_name(made: Planning) -> None:
    made.later(20)
    plan = issue(made, made.final(pi_name="Far Meadow School", pi_type="Independent special school"))
    assert plan.setting_id is None
    assert [each.to_name for each in told(made, "final_plan_others") if each.audience == "setting"] == [
        "Far Meadow School"
    ]


def test_where_only_the_type_is_named_no_school_is_told(made: Planning) -> None:
    made.later(20)
    issue(made, made.final(pi_type="Mainstream primary school"))
    assert [each.audience for each in told(made, "final_plan_others")] == ["health"]


def test_the_plan_is_in_force_and_its_review_is_open(made: Planning) -> None:
    made.later(20)
    plan = issue(made, made.final())
    assert plan.setting_id == made.world.school().id and plan.made_on == made.world.today
    review = reviews.waiting_review(made.world.session, made.case.id)
    assert review is not None
    first = made.world.session.scalars(select(Deadline).where(Deadline.process_id == review.id)).first()
    assert first and first.due_on and first.due_on > made.world.today + timedelta(days=360)
    assert made.world.session.get_one(Process, (review.authority_id, made.process.id)).stage == "plan_issued"


def test_the_place_named_reads_the_final_plan_and_another_school_does_not(made: Planning) -> None:
    world = made.world
    senco = world.senco()
    other = Setting(id=uuid.uuid4(), name="Elsewhere", kind="school")
    world.session.add(other)
    made.later(20)
    plan = made.final()
    issue(made, plan)
    theirs = relation(world.session, senco, plan, world.now)
    assert theirs.rights == {"read"}
    assert reading.read(world.session, plan, theirs).values["pi_type"] == "Mainstream primary school"
    assert relation(world.session, senco, made.plan, world.now).rights == frozenset(), "a draft is the family's alone"


def refuse(made: Planning, **changed: object) -> list[Notice]:
    session = made.world.session
    papers = frozenset(
        session.scalars(select(Submission.id).where(Submission.case_id == made.case.id, Submission.state == "sent"))
    )
    given = {"reasons": REASONS, "instead": INSTEAD, "necessary": False, "considered": papers, **changed}
    return plan_finishing.refuse(
        session, made.process, made.world.staff("decider"), Refusal(**given), seen=made.seen(), now=made.world.now
    )  # type: ignore[arg-type]


def test_a_refusal_goes_to_the_family_with_its_reasons_and_to_health_and_the_school_without(world: World) -> None:
    made = planning(world)
    refuse(made)
    (family,) = told(made, "no_plan_family")
    parts = {part["item"]: part["text"] for part in family.letter["parts"]}
    assert law_notices.missing("no_plan_family", parts) == () and REASONS in parts["reasons"]
    others = told(made, "no_plan_others")
    assert others and not [each for each in others if REASONS in str(each.letter)]
    assert made.process.stage == "no_plan"


def test_a_refusal_ends_the_draft_that_was_being_written_and_starts_the_time_to_appeal(world: World) -> None:
    made = planning(world)
    refuse(made)
    world.session.refresh(made.plan)
    assert made.plan.state == "withdrawn"
    rules = set(
        world.session.scalars(
            select(Deadline.rule).where(Deadline.process_id == made.process.id, Deadline.voided_on.is_(None))
        )
    )
    assert {"appeal.lodge", "mediation.contact"} <= rules


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reasons": " "}, "reasons"),
        ({"instead": ""}, "instead"),
        ({"necessary": True}, "there must be one"),
        ({"necessary": None}, "necessary"),
        ({"considered": frozenset()}, "mark each paper"),
    ],
)
def test_a_refusal_without_what_it_needs_is_not_made(world: World, changed: dict[str, object], says: str) -> None:
    made = planning(world)
    with pytest.raises(Refused, match=says):
        refuse(made, **changed)
    assert made.process.stage == "assessing"


def test_once_a_draft_was_sent_there_is_no_refusal(made: Planning) -> None:
    from workflow.errors import AlreadyDone

    with pytest.raises(AlreadyDone):
        refuse(made)

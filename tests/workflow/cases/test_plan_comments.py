"""What the family says about a draft: in place, on its own, and each thing answered."""

import pytest
from sqlalchemy import select

from models.cases import Event
from models.plans import PlanReply
from tests.workflow.cases.builders import World
from tests.workflow.cases.planning import Planning, planning
from workflow.access.relation import relation
from workflow.cases import plan_comments, plan_serving
from workflow.coproduction import reading
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused


@pytest.fixture
def made(world: World) -> Planning:
    found = planning(world)
    found.serve()
    return found


def answer(made: Planning, at: str = "dr_sec[n]", **more: str) -> PlanReply:
    response = plan_comments.on_drafts(made.world.session, made.process, made.caseworker, made.world.now)[0].response
    given = {"taken": "yes", "letter": "B", "words": "Now it says two syllables.", **more}
    return plan_comments.answer(made.world.session, response, at, made.caseworker, now=made.world.now, **given)


def test_a_comment_on_a_part_is_private_until_it_is_sent(made: Planning) -> None:
    world = made.world
    response = plan_comments.comment(
        world.session, made.plan, "nd[n]", made.parent, ok="change", change="And of two.", now=world.now
    )
    assert relation(world.session, made.caseworker, response, world.now).rights == frozenset()
    assert plan_comments.on_drafts(world.session, made.process, made.caseworker, world.now) == []


def test_changing_ones_mind_about_a_part_changes_the_one_comment(made: Planning) -> None:
    world = made.world
    for ok, change in (("change", "And of two."), ("agree", ""), ("change", "And of three.")):
        response = plan_comments.comment(
            world.session, made.plan, "nd[n]", made.parent, ok=ok, change=change, now=world.now
        )
    values = reading.read(world.session, response, relation(world.session, made.parent, response, world.now)).values
    assert values["dr_sec[]"] == ["n"] and values["dr_sec[n].change"] == "And of three."


@pytest.mark.parametrize("place", ["nd[gone]", "Z", ""])
def test_only_a_part_of_the_draft_is_commented_on(made: Planning, place: str) -> None:
    with pytest.raises(Refused):
        plan_comments.comment(made.world.session, made.plan, place, made.parent, ok="agree", now=made.world.now)


def test_a_change_says_what_it_should_say(made: Planning) -> None:
    with pytest.raises(Refused, match="what it should say"):
        plan_comments.comment(made.world.session, made.plan, "B", made.parent, ok="change", now=made.world.now)


def test_parents_who_live_apart_each_have_their_own_reply_and_neither_sees_the_others(made: Planning) -> None:
    world = made.world
    other = world.parent_of(made.case)
    mine, theirs = made.respond(), made.respond(by=other)
    assert mine.id != theirs.id
    assert relation(world.session, other, mine, world.now).rights == frozenset()
    assert relation(world.session, world.senco(), mine, world.now).rights == frozenset()
    assert len(plan_comments.of_mine(world.session, made.process, other, world.now)) == 1


def test_nobody_but_the_family_replies_to_a_draft(made: Planning) -> None:
    with pytest.raises(NotPermitted):
        plan_comments.begin_response(made.world.session, made.plan, made.world.senco(), now=made.world.now)


def test_more_can_be_said_after_sending(made: Planning) -> None:
    first, second = made.respond(), made.respond("B")
    assert first.id != second.id and (first.state, second.state) == ("sent", "sent")


def test_asking_for_a_meeting_in_the_reply_asks_for_it(made: Planning) -> None:
    made.respond(dr_meet="online")
    assert plan_serving.meeting_owed(made.world.session, made.process)


def test_saying_no_to_a_meeting_asks_for_none(made: Planning) -> None:
    made.respond(dr_meet="no")
    assert not plan_serving.meeting_owed(made.world.session, made.process)


def test_each_thing_said_waits_for_an_answer_and_what_is_agreed_does_not(made: Planning) -> None:
    made.respond(dr_missing="Nothing about lunch.", dr_pb="yes", dr_meet="no")
    found = plan_comments.on_drafts(made.world.session, made.process, made.caseworker, made.world.now)
    assert [each.comment.path for each in found] == ["dr_sec[n]", "dr_missing", "dr_pb"]
    assert found[0].comment.about == "nd[n]"
    assert plan_comments.unanswered(made.world.session, made.process, made.caseworker, made.world.now) == 3


def test_an_answer_says_where_it_went_or_why_not_and_is_on_the_chain(made: Planning) -> None:
    made.respond()
    answer(made)
    answer(made, taken="no", letter="", words="The report says otherwise.")
    (reply,) = made.world.session.scalars(select(PlanReply)).all()
    assert (reply.taken, reply.letter) == ("no", None)
    assert len(made.world.session.scalars(select(Event).where(Event.act == "answer_comment")).all()) == 2
    assert plan_comments.unanswered(made.world.session, made.process, made.caseworker, made.world.now) == 0


@pytest.mark.parametrize(
    "wrong", [{"taken": "maybe"}, {"letter": ""}, {"letter": "Z"}, {"words": " "}, {"taken": "no", "words": ""}]
)
def test_an_answer_without_what_it_must_say_is_refused(made: Planning, wrong: dict[str, str]) -> None:
    made.respond()
    with pytest.raises(Refused):
        answer(made, **wrong)


def test_what_was_not_said_is_not_answered(made: Planning) -> None:
    made.respond()
    with pytest.raises(NotFound):
        answer(made, at="dr_missing")


def test_a_reply_goes_to_the_newest_draft_alone(made: Planning) -> None:
    from workflow.cases import plans

    old = made.plan
    made.later(1)
    made.plan = plans.start(made.world.session, made.process, made.caseworker, now=made.world.now)
    made.serve()
    with pytest.raises(AlreadyDone):
        plan_comments.begin_response(made.world.session, old, made.parent, now=made.world.now)

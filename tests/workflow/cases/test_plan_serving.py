"""The draft goes to the family with everything the law names; the 15 days; the meeting."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from law import notices as law_notices
from models.cases import Deadline, Event, Notice
from models.submissions import Submission
from tests.workflow.cases.builders import World
from tests.workflow.cases.planning import Planning, planning
from workflow.access.relation import relation
from workflow.access.scope import submissions_for
from workflow.cases import plan_serving, plans
from workflow.coproduction import reading
from workflow.errors import AlreadyDone, NotPermitted, Refused


@pytest.fixture
def made(world: World) -> Planning:
    return planning(world)


def letters(made: Planning, kind: str) -> list[Notice]:
    return list(made.world.session.scalars(select(Notice).where(Notice.case_id == made.case.id, Notice.kind == kind)))


def due(made: Planning, rule: str) -> Deadline | None:
    return made.world.session.scalars(
        select(Deadline).where(Deadline.process_id == made.process.id, Deadline.rule == rule)
    ).one_or_none()


def text_of(letter: Notice, item: str) -> str:
    return next(part["text"] for part in letter.letter["parts"] if part["item"] == item)


def test_a_draft_that_is_served_is_frozen_and_goes_to_the_family_alone(made: Planning) -> None:
    made.serve()
    (letter,) = letters(made, "draft_plan")
    assert (made.plan.state, letter.person_id) == ("sent", made.parent.person_id)
    assert made.process.stage == "drafted"


def test_the_letter_holds_everything_the_law_names_and_prints_the_last_day(made: Planning) -> None:
    made.serve()
    (letter,) = letters(made, "draft_plan")
    parts = {part["item"]: part["text"] for part in letter.letter["parts"]}
    assert law_notices.missing("draft_plan", parts) == ()
    last = made.world.today + timedelta(days=14)
    assert f"{last.day} " in parts["fifteen_days"] and str(last.year) in parts["fifteen_days"]
    assert "left blank" in parts["draft"]


def test_the_plan_is_reached_from_the_letter(made: Planning) -> None:
    made.serve()
    (letter,) = letters(made, "draft_plan")
    event = made.world.session.get_one(Event, (letter.authority_id, letter.event_id))
    assert event.submission_id == made.plan.id


def test_fifteen_days_begin_with_the_day_it_is_served(made: Planning) -> None:
    made.serve()
    found = due(made, "plan.draft_representations")
    assert found and found.due_on == made.world.today + timedelta(days=14)


def test_a_family_that_gets_it_by_post_has_its_days_from_when_the_post_comes(world: World) -> None:
    made = planning(world, posted=True)
    made.serve()
    found = due(made, "plan.draft_representations")
    assert found and found.due_on == world.today + timedelta(days=2 + 14), "two working days in the post, from Monday"


def test_the_family_may_be_given_longer_and_never_less(made: Planning) -> None:
    with pytest.raises(Refused, match="or longer"):
        made.serve(reply_by=made.world.today + timedelta(days=10))
    made.serve(reply_by=made.world.today + timedelta(days=30))
    (letter,) = letters(made, "draft_plan")
    assert plan_serving.last_day(made.world.session, made.process, made.plan) == made.world.today + timedelta(days=30)
    assert str((made.world.today + timedelta(days=30)).day) in text_of(letter, "fifteen_days")


def test_the_day_it_really_came_moves_the_fifteen_days(made: Planning) -> None:
    made.serve()
    made.later(3)
    came = made.world.today
    plan_serving.record_served(
        made.world.session, made.process, came, made.caseworker, seen=made.seen(), now=made.world.now
    )
    assert plan_serving.last_day(made.world.session, made.process, made.plan) == came + timedelta(days=14)
    with pytest.raises(Refused):
        plan_serving.record_served(
            made.world.session, made.process, date(2020, 1, 1), made.caseworker, seen=made.seen(), now=made.world.now
        )


def test_an_empty_draft_is_not_sent(world: World) -> None:
    made = planning(world)
    from workflow.coproduction import rows, submissions
    from workflow.coproduction.contributions import Writer

    theirs = relation(world.session, made.caseworker, made.plan, world.now)
    writer = Writer(made.caseworker.person, made.caseworker.person)
    rows.remove_row(
        world.session, made.plan, submissions.form_of(made.plan), theirs, writer, "pv[]", "p", now=world.now
    )
    with pytest.raises(Refused, match="no provision"):
        made.serve()


def test_the_family_reads_the_draft_and_the_school_does_not_know_of_it(made: Planning) -> None:
    world = made.world
    school = world.senco()
    theirs = relation(world.session, made.parent, made.plan, world.now)
    assert theirs.rights == frozenset(), "nobody reads it before it is served"
    made.serve()
    theirs = relation(world.session, made.parent, made.plan, world.now)
    assert theirs.rights == {"read"}
    assert reading.read(world.session, made.plan, theirs).values["nd[n].what"] == "Reading words of one syllable."
    assert made.plan.id in set(
        world.session.scalars(submissions_for(made.parent, world.now).with_only_columns(Submission.id))
    )
    assert relation(world.session, school, made.plan, world.now).rights == frozenset()


def test_a_draft_is_sent_once(made: Planning) -> None:
    made.serve()
    with pytest.raises(AlreadyDone):
        made.serve()


def test_a_version_marked_final_is_not_served_as_a_draft(made: Planning) -> None:
    plans.set_final(made.world.session, made.plan, final=True)
    with pytest.raises(Refused):
        made.serve()


def test_a_further_draft_gives_the_family_its_days_again(made: Planning) -> None:
    made.serve()
    made.later(7)
    made.plan = plans.start(made.world.session, made.process, made.caseworker, now=made.world.now)
    made.serve()
    found = due(made, "plan.draft_representations")
    assert found and found.due_on == made.world.today + timedelta(days=14)


def test_the_family_asks_for_a_meeting_and_it_is_owed_until_it_is_held(made: Planning) -> None:
    made.serve()
    world = made.world
    for _ in range(2):
        plan_serving.ask_for_meeting(world.session, made.process, made.parent, how="phone", now=world.now)
    assert plan_serving.meeting_owed(world.session, made.process)
    assert len(world.session.scalars(select(Event).where(Event.act == "ask_for_meeting")).all()) == 1
    plan_serving.record_meeting(
        world.session, made.process, world.today, "We met.", made.caseworker, seen=made.seen(), now=world.now
    )
    assert not plan_serving.meeting_owed(world.session, made.process)


def test_only_the_family_of_the_case_asks_for_a_meeting(made: Planning) -> None:
    made.serve()
    with pytest.raises(NotPermitted):
        plan_serving.ask_for_meeting(
            made.world.session, made.process, made.world.person("family"), how="phone", now=made.world.now
        )


def test_no_meeting_is_recorded_that_nobody_asked_for(made: Planning) -> None:
    made.serve()
    with pytest.raises(AlreadyDone):
        plan_serving.record_meeting(
            made.world.session, made.process, made.world.today, "We met.", made.caseworker, seen=made.seen(),
            now=made.world.now,
        )  # fmt: skip

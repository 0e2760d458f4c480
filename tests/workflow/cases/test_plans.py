"""Drafting a plan from what was contributed, each statement with its source."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forms import plan as plan_form
from models.cases import Case, Process
from models.plans import PlanSource
from models.submissions import Snapshot, Submission
from tests.workflow.cases.builders import World
from tests.workflow.statements import counted
from workflow.access.actor import Actor
from workflow.access.relation import relation
from workflow.access.scope import submissions_for
from workflow.cases import plans
from workflow.coproduction import answers, reading, rows, sending, submissions
from workflow.coproduction.contributions import Change, Writer
from workflow.errors import AlreadyDone, NotPermitted, Refused
from workflow.queries import plan_material
from workflow.queries.plan_material import Material

SAID = {
    "na_cl_hard": "Reading words of one syllable.",
    "na_cl_effect": "She is left behind in most lessons.",
    "na_hl_hard": "Absences, several a day.",
    "sh_private": "Her uncle must not know where we live.",
}


def assessing(world: World, **said: Any) -> tuple[Case, Process]:
    case, process = world.request(by=world.senco(), more={**SAID, **said})
    world.decide(process, assess=True)
    world.session.refresh(process)
    return case, process


def started(world: World, **said: Any) -> tuple[Submission, Actor]:
    _, process = assessing(world, **said)
    actor = world.staff("caseworker")
    return plans.start(world.session, process, actor, now=world.now), actor


def material(world: World, plan: Submission) -> list[Material]:
    return plan_material.material(world.session, plan, world.staff("caseworker"), world.now)


def about(world: World, plan: Submission, words: str) -> Material:
    return next(each for each in material(world, plan) if words in each.lines)


def values(world: World, plan: Submission) -> dict[str, Any]:
    theirs = relation(world.session, world.staff("caseworker"), plan, world.now)
    return reading.read(world.session, plan, theirs).values


def test_a_plan_is_begun_once_and_names_the_child_and_lists_the_papers(world: World) -> None:
    _, process = assessing(world)
    actor = world.staff("caseworker")
    plan = plans.start(world.session, process, actor, now=world.now)
    assert plans.start(world.session, process, world.staff("manager"), now=world.now).id == plan.id
    said = values(world, plan)
    assert (plan.form_id, said["ch_first"]) == ("ehcp-0-13", "Robin")
    (row,) = said["ka[]"]
    assert said[f"ka[{row}].with"] == "attached"


def test_from_year_9_the_plan_looks_to_adult_life(world: World) -> None:
    _, process = world.request(by=world.senco(), born="2011-05-20")
    world.decide(process, assess=True)
    plan = plans.start(world.session, process, world.staff("caseworker"), now=world.now)
    assert plan.form_id == "ehcp-14-25"


def test_no_plan_is_begun_before_there_is_an_assessment(world: World) -> None:
    _, process = world.request()
    with pytest.raises(AlreadyDone):
        plans.start(world.session, process, world.staff("caseworker"), now=world.now)


def test_only_the_council_writes_a_plan(world: World) -> None:
    plan, _ = started(world)
    for person in (world.senco(), world.person("family")):
        assert relation(world.session, person, plan, world.now).rights == frozenset()
        assert (
            plan.id
            not in world.session.scalars(submissions_for(person, world.now).with_only_columns(Submission.id)).all()
        )
        with pytest.raises(NotPermitted):
            submissions.begin(world.session, person, "ehcp-0-13", create_token=uuid.uuid4(), now=world.now)


def test_what_was_said_is_offered_for_the_section_it_feeds_with_who_said_it(world: World) -> None:
    plan, _ = started(world)
    need, health = about(world, plan, SAID["na_cl_hard"]), about(world, plan, SAID["na_hl_hard"])
    assert (need.letter, health.letter) == ("B", "C")
    assert (need.author, need.role, need.form) == (
        "Test senco",
        "The SENCO",
        submissions.form_of(world.session.get_one(Submission, (plan.authority_id, need.submission_id))).title,
    )


def test_what_is_for_the_caseworker_alone_is_offered_nowhere(world: World) -> None:
    plan, _ = started(world)
    assert not [each for each in material(world, plan) if SAID["sh_private"] in each.lines]


def test_taking_it_makes_a_statement_that_keeps_its_source(world: World) -> None:
    plan, actor = started(world)
    need = about(world, plan, SAID["na_cl_hard"])
    place = plans.put_in(world.session, plan, need, actor, now=world.now)
    assert plans.put_in(world.session, plan, need, actor, now=world.now) == place
    assert plan_form.says(place, values(world, plan)) == SAID["na_cl_hard"]
    assert plan_material.sources(world.session, plan) == {place: {need.id}}
    assert about(world, plan, SAID["na_cl_hard"]).used == (place,)


def test_a_need_and_what_it_does_to_their_day_make_one_row(world: World) -> None:
    plan, actor = started(world)
    places = {
        plans.put_in(world.session, plan, about(world, plan, SAID[each]), actor, now=world.now)
        for each in ("na_cl_hard", "na_cl_effect")
    }
    (place,) = places
    said = values(world, plan)
    assert said[f"{place}.effect"] == SAID["na_cl_effect"] and said[f"{place}.area"] == "cl"


def test_a_statement_that_was_reworded_keeps_its_source_and_one_without_is_listed(world: World) -> None:
    plan, actor = started(world)
    place = plans.put_in(world.session, plan, about(world, plan, SAID["na_cl_hard"]), actor, now=world.now)
    theirs = relation(world.session, actor, plan, world.now)
    writer = Writer(actor.person, actor.person)
    version = reading.read(world.session, plan, theirs).versions[f"{place}.what"]
    changed = {f"{place}.what": Change("Ada cannot yet read words of one syllable.", version)}
    answers.save(
        world.session, plan, submissions.form_of(plan), theirs, writer, changed, save_id=uuid.uuid4(), now=world.now
    )
    rows.add_row(world.session, plan, submissions.form_of(plan), theirs, writer, "nd[]", now=world.now, row="own")
    world.say(plan, actor, {"nd[own].what": "Our own idea."}, world.now)
    sourced = plan_material.sources(world.session, plan)
    assert [at for _, at in plan_form.without_source(values(world, plan), sourced)] == ["nd[own]"]


def test_one_statement_may_have_several_sources(world: World) -> None:
    plan, actor = started(world)
    place = plans.put_in(world.session, plan, about(world, plan, SAID["na_cl_hard"]), actor, now=world.now)
    health = about(world, plan, SAID["na_hl_hard"])
    assert plans.put_in(world.session, plan, health, actor, at=place, now=world.now) == place
    assert len(plan_material.sources(world.session, plan)[place]) == 2
    with pytest.raises(Refused):
        plans.put_in(world.session, plan, health, actor, at="nd[gone]", now=world.now)


def test_what_its_writer_kept_from_a_reader_of_the_plan_needs_their_word_first(world: World) -> None:
    plan, actor = started(world)
    need = about(world, plan, SAID["na_cl_hard"])
    kept = replace(need, kept_from=("family",))
    with pytest.raises(Refused):
        plans.put_in(world.session, plan, kept, actor, now=world.now)
    plans.put_in(world.session, plan, kept, actor, agreed="By phone, 3 March.", now=world.now)
    assert world.session.scalars(select(PlanSource.agreed)).all() == ["By phone, 3 March."]


def test_a_whole_section_is_made_at_once_and_only_once(world: World) -> None:
    plan, actor = started(world)
    waiting = [each for each in material(world, plan) if each.letter == "B" and not each.kept_from]
    assert plans.put_in_all(world.session, plan, "B", actor, now=world.now) == len(waiting) > 0
    assert plans.put_in_all(world.session, plan, "B", actor, now=world.now) == 0


def test_section_i_cannot_be_written_in_a_draft(world: World) -> None:
    plan, actor = started(world)
    with pytest.raises(Refused, match="stays blank"):
        world.say(plan, actor, {"pi_name": "Bramble Hill"}, world.now)
    plans.set_final(world.session, plan, final=True)
    world.say(plan, actor, {"pi_name": "Bramble Hill"}, world.now)


def test_a_snapshot_of_a_draft_never_holds_section_i_and_holds_the_sources(world: World) -> None:
    plan, actor = started(world)
    place = plans.put_in(world.session, plan, about(world, plan, SAID["na_cl_hard"]), actor, now=world.now)
    plans.set_final(world.session, plan, final=True)
    world.say(plan, actor, {"pi_name": "Bramble Hill", "pi_type": "Primary school"}, world.now)
    plans.set_final(world.session, plan, final=False)
    sending.freeze(world.session, plan, actor, now=world.now)
    content = world.session.scalars(select(Snapshot.content).where(Snapshot.submission_id == plan.id)).one()
    assert not [each for each in content["answers"] if each["path"].startswith("pi_")]
    assert [each["place"] for each in content["sources"]] == [place]


def test_the_next_version_follows_with_every_word_and_every_source(world: World) -> None:
    plan, actor = started(world)
    place = plans.put_in(world.session, plan, about(world, plan, SAID["na_cl_hard"]), actor, now=world.now)
    sending.freeze(world.session, plan, actor, now=world.now)
    later = world.now + timedelta(hours=2)
    following = plans.start(world.session, plans.process_of(world.session, plan), actor, now=later)
    assert following.follows_id == plan.id and following.state == "draft"
    assert plan_form.says(place, values(world, following)) == SAID["na_cl_hard"]
    assert plan_material.sources(world.session, following).keys() == {place}
    need = about(world, following, SAID["na_cl_hard"])
    assert plans.put_in(world.session, following, need, actor, now=later) == place, "it stands there once"
    assert len(values(world, following)["ka[]"]) == 1


def test_the_material_costs_the_same_however_much_was_said(world: World) -> None:
    little, _ = started(world)
    with counted(world.session) as few:
        material(world, little)
    more = {f"na_{area}_hard": f"Hard {area}" for area in ("ci", "semh", "sp", "sc")}
    much, _ = started(world, **more)
    with counted(world.session) as many:
        material(world, much)
    assert len(many) == len(few) <= 8

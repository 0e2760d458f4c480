"""A setting that is consulted reads the draft while it is asked, and is told in the end whether it is named."""

import uuid

import pytest
from sqlalchemy import select

from models.advice import Consultation
from models.cases import Notice
from models.people import Setting
from models.submissions import Submission
from tests.workflow.cases.advising import asked, reached
from tests.workflow.cases.builders import World
from tests.workflow.cases.planning import Planning, planning
from workflow.access import policy
from workflow.access.actor import Actor
from workflow.access.relation import READ, relation
from workflow.cases import advice_replies, chasing, consulting, plan_finishing, plans
from workflow.cases.consulting import Asked
from workflow.coproduction import reading
from workflow.errors import AlreadyDone, NotFound, Refused
from workflow.queries import consulting as query


def elsewhere(world: World) -> tuple[Setting, Actor]:
    """A school that the child does not attend, and somebody who works there."""
    setting = Setting(id=uuid.uuid4(), name=f"Other {uuid.uuid4().hex[:6]}", kind="school")
    world.session.add(setting)
    world.session.flush()
    them = world.person("professional")
    return setting, Actor(them.kind, them.person_id, them.account_id, frozenset({"senco"}), frozenset({setting.id}))


def consulted(made: Planning, setting: Setting, **more: object) -> Consultation:
    world = made.world
    given = Asked(**more)  # type: ignore[arg-type]
    return consulting.ask(
        world.session, made.process, setting, made.caseworker, given, token=uuid.uuid4(), now=world.now
    )


def values(world: World, actor: Actor, plan: Submission) -> dict[str, object]:
    """What somebody reads of a plan. Raises `NotFound` for whoever may not know of it."""
    found, theirs = policy.find_submission(world.session, actor, plan.id, READ, world.now)
    return reading.read(world.session, found, theirs).values


def test_nobody_is_consulted_before_the_family_has_the_draft(world: World) -> None:
    made = planning(world)
    with pytest.raises(Refused):
        consulted(made, world.school())


def test_the_draft_is_read_while_they_are_asked_and_by_no_other_school(world: World) -> None:
    made = planning(world)
    (setting, them), (_, others) = elsewhere(world), elsewhere(world)
    made.serve()
    with pytest.raises(NotFound):
        values(world, them, made.plan)
    row = consulted(made, setting)
    read = values(world, them, made.plan)
    assert read["nd[n].what"] == "Reading words of one syllable." and "pi_name" not in read
    with pytest.raises(NotFound):
        values(world, others, made.plan)
    consulting.withdraw(world.session, row, made.caseworker, why="They closed.", now=world.now)
    with pytest.raises(NotFound):
        values(world, them, made.plan)


def test_the_advice_goes_with_the_draft_and_the_familys_own_words_do_not(world: World) -> None:
    made = planning(world)
    request = asked(world, made.process)
    reached(world, request)
    advice_replies.key_in(
        world.session, request, made.caseworker, received_on=world.today, by="Dr Example", words="Asthma.",
        known="waiting", now=world.now,
    )  # fmt: skip
    made.serve()
    setting, them = elsewhere(world)
    row = consulted(made, setting)
    assert [each.form_id for each in query.papers(world.session, them, row, world.now)] == ["advice-health"]
    record = world.session.scalars(select(Submission).where(Submission.form_id == "ehcna-req-parent")).one()
    with pytest.raises(NotFound):
        policy.find_submission(world.session, them, record.id, READ, world.now)


def test_whoever_is_asked_reads_the_newest_draft(world: World) -> None:
    made = planning(world)
    setting, them = elsewhere(world)
    made.serve()
    row = consulted(made, setting)
    first = made.plan
    made.plan = plans.start(world.session, made.process, made.caseworker, now=world.now)
    made.serve()
    assert row.plan_id == made.plan.id and values(world, them, made.plan)["nd[]"] == ["n"]
    with pytest.raises(NotFound):
        values(world, them, first)


def test_each_is_told_in_the_end_whether_it_is_named_and_never_which_other_is(world: World) -> None:
    made = planning(world)
    made.serve()
    setting, them = elsewhere(world)
    named, other = consulted(made, world.school(), preferred=True), consulted(made, setting)
    made.later(16)
    plan_finishing.issue(
        world.session, made.process, made.final(), world.staff("decider"), seen=made.seen(), now=world.now
    )
    told = world.session.scalars(select(Notice).where(Notice.kind == "consult_outcome")).all()
    said = [str(each.letter["parts"]) for each in told]
    assert (named.stage, other.stage) == ("told", "told") and len(said) == 2
    assert sum("does not name your setting" in each for each in said) == 1
    assert not any(world.school().name in each for each in said)
    with pytest.raises(NotFound):
        values(world, them, made.plan)
    assert not query.to_reply(world.session, them)


def test_a_reply_by_letter_stands_under_its_writers_name_beside_the_others(world: World) -> None:
    made = planning(world)
    made.serve()
    row = consulted(made, elsewhere(world)[0], home_authority="Otherwell Council", standing="s41")
    given = {"by": "Hana Head", "can": "no", "words": "No room for a hoist.", "now": world.now}
    with pytest.raises(Refused):
        consulting.key_in(world.session, row, made.caseworker, received_on=world.today, **{**given, "by": " "})
    consulting.key_in(world.session, row, made.caseworker, received_on=world.today, **given)
    (line,) = query.lines(world.session, made.process.id, made.caseworker, world.now, world.today)
    assert line.answers["cr_can"] == ("No",) and line.answers["cr_comment"] == ("No room for a hoist.",)
    with pytest.raises(AlreadyDone):
        consulting.key_in(world.session, row, made.caseworker, received_on=world.today, **given)
    letters = world.session.scalars(select(Notice.to_name).where(Notice.kind == "consult_setting")).all()
    assert "Otherwell Council" in letters


def test_they_are_written_to_again_once_a_day(world: World) -> None:
    made = planning(world)
    world.senco()
    made.serve()
    row = consulted(made, world.school())
    assert chasing.chase_setting(world.session, row, made.caseworker, now=world.now) >= 1
    assert chasing.chase_setting(world.session, row, made.caseworker, now=world.now) == 0


def test_a_place_that_is_on_no_register_is_put_on_it_once(world: World) -> None:
    made = consulting.place_named(world.session, "Far Away School", "school")
    assert consulting.place_named(world.session, " Far Away School ", "") is made
    with pytest.raises(Refused):
        consulting.place_named(world.session, "Another", "")


def test_section_k_lists_whom_the_law_asked_and_follows_what_comes(world: World) -> None:
    made = planning(world)
    request = asked(world, made.process)
    reached(world, request)

    def listed() -> list[tuple[object, ...]]:
        plans.list_papers(world.session, made.plan, made.caseworker, now=world.now)
        theirs = relation(world.session, made.caseworker, made.plan, world.now)
        said = reading.read(world.session, made.plan, theirs).values
        rows = said["ka[]"]
        return [
            tuple(said.get(f"ka[{row}].{cell}") for cell in ("what", "who", "asked", "got", "with")) for row in rows
        ]

    day = world.today.isoformat()
    assert ("Health", "Hartwell NHS", day, None, "not-received") in listed()
    made.later(7)
    advice_replies.key_in(
        world.session, request, made.caseworker, received_on=world.today, by="Dr Example", words="Asthma.",
        known="waiting", now=world.now,
    )  # fmt: skip
    before = len(listed())
    assert ("Health", "Hartwell NHS", day, world.today.isoformat(), "attached") in listed() and before == len(listed())

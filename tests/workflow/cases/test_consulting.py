"""Each setting that is consulted has its own fifteen days, and silence stops nothing."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from law import calendar
from models.advice import Consultation
from models.cases import Case, Deadline, Process
from models.people import Setting
from tests.workflow.cases.advising import assessing
from tests.workflow.cases.builders import World
from workflow.access.relation import relation
from workflow.cases import acts, consulting
from workflow.errors import AlreadyDone, NotFound, Refused

DRAFT = {"draft": "The draft plan goes with this letter.", "advice_copies": "Copies of all advice go with it."}


def drafted(world: World) -> tuple[Case, Process]:
    case, process = assessing(world)
    officer = world.staff("caseworker")
    acts.perform(world.session, process.id, "send_draft", officer, happened_on=world.today, now=world.now)
    return case, process


def consulted(world: World, process: Process, setting: Setting, **more: object) -> Consultation:
    given = {"contents": DRAFT, "token": uuid.uuid4(), "now": world.now, **more}
    return consulting.consult(world.session, process, setting, world.staff("caseworker"), **given)  # type: ignore[arg-type]


def another(world: World) -> Setting:
    setting = Setting(id=uuid.uuid4(), name=f"Other {uuid.uuid4().hex[:6]}", kind="school")
    world.session.add(setting)
    world.session.flush()
    return setting


def test_each_setting_has_its_own_fifteen_days_and_one_reply_ends_one(world: World) -> None:
    _, process = drafted(world)
    officer = world.staff("caseworker")
    first, second = (consulted(world, process, setting) for setting in (world.school(), another(world)))
    consulting.record_reply(world.session, first, officer, on=world.today, words="They can.", now=world.now)
    rows = {
        each.subject_id: each
        for each in world.session.scalars(select(Deadline).where(Deadline.rule == "consult.setting"))
    }
    assert rows[first.id].satisfied_on == world.today and rows[second.id].satisfied_on is None
    by_post = calendar.workdays_after(world.today, 2)  # nobody there can sign in, so it goes by post
    assert rows[second.id].due_on == by_post + timedelta(days=15)


def test_the_fifteen_days_run_from_the_day_it_reached_them(world: World) -> None:
    _, process = drafted(world)
    world.senco()
    row = consulted(world, process, world.school())
    assert row.reached_on == world.today
    world.now += timedelta(days=3)
    consulting.record_reached(world.session, row, world.staff("caseworker"), on=world.today, now=world.now)
    owed = world.session.scalars(select(Deadline).where(Deadline.subject_id == row.id)).one()
    assert owed.due_on == world.today + timedelta(days=15) == consulting.due_on(row)


def test_one_setting_is_asked_once_at_a_time_and_one_token_asks_once(world: World) -> None:
    _, process = drafted(world)
    token = uuid.uuid4()
    row = consulted(world, process, world.school(), token=token)
    assert consulted(world, process, world.school(), token=token) is row
    with pytest.raises(Refused):
        consulted(world, process, world.school())


def test_without_the_draft_and_the_advice_no_setting_is_consulted(world: World) -> None:
    _, process = drafted(world)
    with pytest.raises(Refused):
        consulting.consult(
            world.session,
            process,
            world.school(),
            world.staff("caseworker"),
            contents={},
            token=uuid.uuid4(),
            now=world.now,
        )


def test_a_setting_replies_on_its_own_form(world: World) -> None:
    _, process = drafted(world)
    senco = world.senco()
    row = consulting.consult(
        world.session,
        process,
        world.school(),
        world.staff("caseworker"),
        contents=DRAFT,
        token=uuid.uuid4(),
        now=world.now,
    )
    form = consulting.begin_reply(world.session, row, senco, now=world.now)
    world.say(form, senco, {"cr_can": "yes", "cr_sign": {"name": "Head", "at": "2026-11-22T10:00Z"}}, world.now)
    consulting.send_reply(world.session, form, relation(world.session, senco, form, world.now), senco, now=world.now)
    assert (row.stage, row.reply_id) == ("answered", form.id)
    with pytest.raises(AlreadyDone):
        consulting.begin_reply(world.session, row, senco, now=world.now)


def test_another_setting_neither_replies_nor_begins(world: World) -> None:
    _, process = drafted(world)
    row = consulting.consult(
        world.session,
        process,
        another(world),
        world.staff("caseworker"),
        contents=DRAFT,
        token=uuid.uuid4(),
        now=world.now,
    )
    with pytest.raises(NotFound):
        consulting.begin_reply(world.session, row, world.senco(), now=world.now)

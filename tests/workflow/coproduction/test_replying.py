"""Whoever a row of a sent form names answers its question themselves; what was sent stays as it was."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.access import Account
from models.submissions import Snapshot, Submission
from tests.workflow.cases.builders import World
from tests.workflow.cases.conftest import world
from workflow.access.actor import Actor
from workflow.access.policy import find_submission
from workflow.access.relation import READ
from workflow.cases import meetings, reviews
from workflow.coproduction import reading, replying
from workflow.coproduction.submissions import form_of
from workflow.errors import NotPermitted, Refused

__all__ = ["world"]
PLACE = "iv_ppl[r1].rsvp"


def email(world: World, actor: Actor) -> str:
    found = world.session.scalars(select(Account.email).where(Account.id == actor.account_id)).one()
    assert found
    return found


@pytest.fixture
def invited(world: World) -> tuple[Submission, Actor]:
    """An invitation that was sent, and the parent whom its first row names."""
    case, process = world.plan(made_on=world.today.replace(year=world.today.year - 1))
    parent, senco = world.parent_of(case), world.senco()
    report = reviews.begin_report(world.session, process, senco, now=world.now)
    form = meetings.begin_part(world.session, report, "ar-invite", senco, now=world.now)
    said = {
        "iv_kind": "annual",
        "iv_date": (world.today + timedelta(days=30)).isoformat(),
        "iv_ppl[]": ["r1", "r2"],
        "iv_ppl[r1].who": {"name": "Pat", "email": email(world, parent).upper()},
        "iv_ppl[r2].who": {"name": "Somebody else", "email": "else@example.invalid"},
    }
    world.say(form, senco, said, world.now)
    _, theirs = find_submission(world.session, senco, form.id, READ, world.now)
    meetings.send_part(world.session, form, theirs, senco, now=world.now)
    return form, parent


def values(world: World, form: Submission, actor: Actor) -> dict[str, object]:
    _, theirs = find_submission(world.session, actor, form.id, READ, world.now)
    return reading.read(world.session, form, theirs).values


def reply(world: World, form: Submission, actor: Actor, place: str, value: str) -> None:
    _, theirs = find_submission(world.session, actor, form.id, READ, world.now)
    replying.reply(
        world.session, form, form_of(form), theirs, values(world, form, actor), actor, place, value, now=world.now
    )
    world.session.flush()


def test_whoever_is_named_is_asked_and_nobody_else(world: World, invited: tuple[Submission, Actor]) -> None:
    form, parent = invited
    for actor, places in ((parent, [PLACE]), (world.senco(), [])):
        found = replying.asked_of(world.session, form, form_of(form), values(world, form, actor), actor)
        assert [each.path for each in found] == places


def test_a_reply_is_read_by_everyone_and_can_be_changed(world: World, invited: tuple[Submission, Actor]) -> None:
    form, parent = invited
    reply(world, form, parent, PLACE, "come")
    reply(world, form, parent, PLACE, "online")
    assert values(world, form, world.senco())[PLACE] == "online"


def test_what_was_sent_stays_as_it_was(world: World, invited: tuple[Submission, Actor]) -> None:
    form, parent = invited
    snapshot = select(Snapshot.content).where(Snapshot.submission_id == form.id)
    before = world.session.scalars(snapshot).one()
    reply(world, form, parent, PLACE, "no")
    assert world.session.scalars(snapshot).one() == before and form.state == "sent"


@pytest.mark.parametrize("place", ["iv_ppl[r2].rsvp", "iv_place", "iv_ppl[r9].rsvp"])
def test_nobody_answers_for_another_or_anything_else(
    world: World, invited: tuple[Submission, Actor], place: str
) -> None:
    with pytest.raises(NotPermitted):
        reply(world, invited[0], invited[1], place, "come")


def test_an_answer_that_is_no_choice_is_refused(world: World, invited: tuple[Submission, Actor]) -> None:
    with pytest.raises(Refused):
        reply(world, invited[0], invited[1], PLACE, "perhaps")

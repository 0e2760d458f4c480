"""What comes of a request for advice: existing advice, the adviser's own form, a paper; and what advisers may read."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from models.advice import AdviceRequest
from models.cases import Case
from tests.workflow.cases.advising import adviser, asked, assessing, due, reached
from tests.workflow.cases.builders import World
from workflow.access import policy
from workflow.access.relation import READ, relation
from workflow.access.scope import submissions_for
from workflow.cases import advice, advice_replies, enough
from workflow.cases.advisers import Adviser
from workflow.coproduction import deleting
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused
from workflow.queries import advice as query


def test_existing_advice_is_enough_only_with_all_three_agreements(world: World) -> None:
    case, process = assessing(world)
    request = advice.begin(world.session, process, Adviser("d", "The psychologist"), token=uuid.uuid4(), now=world.now)
    officer, parent = world.staff("caseworker"), world.parent_of(case)
    enough.propose(world.session, request, officer, which="Dr P, report of 3 March 2026", now=world.now)
    assert not enough.agree(world.session, request, officer, side="authority", now=world.now)
    assert not enough.agree(world.session, request, parent, side="family", now=world.now)
    with pytest.raises(Refused):
        enough.agree(world.session, request, officer, side="adviser", now=world.now)
    assert request.stage == "agreeing"
    assert enough.agree(world.session, request, officer, side="adviser", how="By email, Dr P", now=world.now)
    assert request.stage == "enough" and request.asked_on is None


def test_an_agreement_can_be_taken_back_before_the_third_and_not_after(world: World) -> None:
    case, process = assessing(world)
    request = advice.begin(world.session, process, Adviser("d", "The psychologist"), token=uuid.uuid4(), now=world.now)
    officer, parent = world.staff("caseworker"), world.parent_of(case)
    enough.propose(world.session, request, officer, which="Dr P, March", now=world.now)
    enough.agree(world.session, request, parent, side="family", now=world.now)
    enough.take_back(world.session, request, parent, side="family", now=world.now)
    enough.agree(world.session, request, officer, side="authority", now=world.now)
    assert not enough.agree(world.session, request, officer, side="adviser", how="By email", now=world.now)
    assert enough.agree(world.session, request, parent, side="family", now=world.now)
    with pytest.raises(AlreadyDone):
        enough.take_back(world.session, request, parent, side="family", now=world.now)


def test_nobody_agrees_for_another(world: World) -> None:
    case, process = assessing(world)
    request = advice.begin(world.session, process, Adviser("d", "The psychologist"), token=uuid.uuid4(), now=world.now)
    enough.propose(world.session, request, world.staff("caseworker"), which="Dr P", now=world.now)
    for side in ("authority", "adviser"):
        with pytest.raises(NotPermitted):
            enough.agree(world.session, request, world.parent_of(case), side=side, now=world.now)


def test_an_adviser_reads_what_the_family_sent_and_only_while_asked(world: World) -> None:
    _, process = assessing(world)
    request = asked(world, process)
    them = adviser(world, request)
    (paper,) = query.papers(world.session, them, request, world.now)
    found, theirs = policy.find_submission(world.session, them, paper.id, READ, world.now)
    assert found.id == paper.id and theirs.rights == {READ} and theirs.readers == {"advisers"}
    advice.withdraw(world.session, request, world.staff("caseworker"), why="Asked twice.", now=world.now)
    with pytest.raises(NotFound):
        policy.find_submission(world.session, them, paper.id, READ, world.now)
    with pytest.raises(NotFound):
        advice_replies.find(world.session, them, request.id, world.now)


def test_an_adviser_knows_of_no_other_case_nor_of_what_a_school_sent(world: World) -> None:
    _, process = assessing(world)
    by_school, _ = assessing(world, first="Sam", by=world.senco())
    request = asked(world, process)
    them = adviser(world, request)
    seen = {each.case_id for each in world.session.scalars(submissions_for(them, world.now))}
    assert seen == {request.case_id}
    mine = asked(world, assessing(world, first="Ali", by=world.senco())[1])
    other = adviser(world, mine)
    assert query.papers(world.session, other, mine, world.now) == []
    with pytest.raises(NotFound):
        policy.find_case(world.session, them, by_school.id, READ, world.now)


def test_a_school_that_is_asked_reads_what_the_parents_sent(world: World) -> None:
    case, process = assessing(world)
    senco = world.senco()
    assert relation(world.session, senco, _paper(world, case), world.now).rights == frozenset()
    request = asked(world, process, "b", to_name="The school", setting_id=world.school().id)
    assert relation(world.session, senco, _paper(world, case), world.now).readers == {"setting"}
    form = advice_replies.begin_reply(world.session, request, senco, now=world.now)
    assert form.form_id == "advice-education" and form.setting_id == world.school().id


def test_a_reply_is_the_advisers_own_form_private_until_sent_and_ends_the_six_weeks(world: World) -> None:
    case, process = assessing(world)
    request = asked(world, process)
    them = adviser(world, request)
    assert request.received_how == "opened"
    form = advice_replies.begin_reply(world.session, request, them, now=world.now)
    assert advice_replies.begin_reply(world.session, request, them, now=world.now).id == form.id
    theirs = relation(world.session, them, form, world.now)
    assert "owner" in theirs.readers
    assert relation(world.session, world.staff("caseworker"), form, world.now).rights == frozenset()
    world.say(form, them, _answers("new"), world.now)
    advice_replies.send_reply(world.session, form, theirs, them, now=world.now)
    assert (request.stage, request.reply_id) == ("replied", form.id)
    assert due(world, request).satisfied_on == world.today  # type: ignore[union-attr]
    assert relation(world.session, world.parent_of(case), form, world.now).rights == {READ}
    sources = query.section_k(world.session, case.id)
    assert sources[-1].attached and sources[-1].received_on == world.today


@pytest.mark.parametrize(("kind", "stage"), [("late", "late"), ("unknown", "nil"), ("enough", "agreeing")])
def test_what_the_form_says_it_is_decides_what_becomes_of_the_request(world: World, kind: str, stage: str) -> None:
    _, process = assessing(world)
    request = asked(world, process)
    them = adviser(world, request)
    form = advice_replies.begin_reply(world.session, request, them, now=world.now)
    world.say(form, them, _answers(kind), world.now)
    advice_replies.send_reply(world.session, form, relation(world.session, them, form, world.now), them, now=world.now)
    assert request.stage == stage


def test_a_draft_of_advice_can_be_deleted_and_begun_again_and_the_request_stays(world: World) -> None:
    _, process = assessing(world)
    request = asked(world, process)
    them = adviser(world, request)
    form = advice_replies.begin_reply(world.session, request, them, now=world.now)
    theirs = relation(world.session, them, form, world.now)
    deleting.delete_draft(world.session, form, theirs, them, now=world.now)
    assert world.session.get(AdviceRequest, (world.session.authority_id, request.id)) is not None
    again = advice_replies.begin_reply(
        world.session, advice_replies.find(world.session, them, request.id, world.now), them, now=world.now
    )
    assert again.state == "draft"


def test_a_paper_reply_is_keyed_in_under_its_authors_name_on_the_day_it_came(world: World) -> None:
    _, process = assessing(world)
    request = asked(world, process, "e", to_name="Social care")
    reached(world, request)
    officer = world.staff("caseworker")
    with pytest.raises(Refused):
        advice_replies.key_in(world.session, request, officer, received_on=world.today, by="", words="X", now=world.now)
    form = advice_replies.key_in(
        world.session,
        request,
        officer,
        received_on=world.today,
        by="Jo Worker, duty team",
        words="No plan.",
        now=world.now,
    )
    assert form.state == "sent" and request.reply_id == form.id and form.owner_id != officer.person
    with pytest.raises(AlreadyDone):
        advice_replies.key_in(
            world.session, request, officer, received_on=world.today, by="Jo", words="X", now=world.now
        )


def _paper(world: World, case: Case) -> Any:
    from models.submissions import Submission

    return world.session.scalars(select(Submission).where(Submission.case_id == case.id)).one()


def _answers(kind: str) -> dict[str, Any]:
    return {
        "ad_reply": kind,
        "ad_who": {"name": "Dr A", "job": "Paediatrician"},
        "he_service": "paediatrics",
        "he_known": "seen-12",
        "ad_sign": {"name": "Dr A", "at": "2026-11-22T10:00Z"},
    }

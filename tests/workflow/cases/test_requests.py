"""Requests: the clock, the letters, the decision."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from law import notices as law_notices
from law.explain import say_date
from models.authority import Authority
from models.cases import Deadline, Event, Notice, Process
from models.outbox import Message
from models.submissions import Submission
from tests.workflow.cases.builders import INSTEAD, REASONS, World
from workflow import audit
from workflow.access.relation import relation
from workflow.cases import rehearsal, requests
from workflow.errors import AlreadyDone, NotPermitted, Refused


def deadline(world: World, process: Process, rule: str) -> Deadline:
    return world.session.scalars(select(Deadline).where(Deadline.process_id == process.id, Deadline.rule == rule)).one()


def letters(world: World, process: Process, kind: str) -> list[Notice]:
    return list(world.session.scalars(select(Notice).where(Notice.case_id == process.case_id, Notice.kind == kind)))


def test_receipt_starts_the_clock_that_day_and_tells_everybody_at_once(world: World) -> None:
    _, process = world.request(by=world.senco())
    assert deadline(world, process, "assess.decide").due_on == world.today + timedelta(weeks=6)
    assert {each.audience for each in letters(world, process, "considering_others")} == {
        "health",
        "social_care",
        "setting",
    }
    assert deadline(world, process, "assess.notify_considering").satisfied_on == world.today


def test_a_request_late_in_the_evening_counts_from_the_day_in_london(world: World) -> None:
    evening = world.now.replace(year=2026, month=6, day=30, hour=23, minute=30)
    _, process = world.request(on=evening)
    assert deadline(world, process, "assess.decide").due_on == date(2026, 7, 1) + timedelta(weeks=6)


def test_sending_twice_gives_the_same_case(world: World) -> None:
    actor = world.person("family")
    case, process = world.request(by=actor)
    form = world.session.scalars(select(Submission).where(Submission.case_id == case.id)).one()
    again = requests.send_request(
        world.session, form, relation(world.session, actor, form, world.now), actor, now=world.now
    )
    assert (again.case_id, again.process_id) == (case.id, process.id)


def test_a_family_without_an_account_gets_a_letter_by_post(world: World) -> None:
    _, process = world.request(by=world.senco())
    letter = letters(world, process, "considering_family")[0]
    assert (letter.person_id, letter.to_name) == (None, "Parent or carer")


@pytest.mark.parametrize(("reasons", "instead", "field"), [("", INSTEAD, "reasons"), (REASONS, "  ", "instead")])
def test_a_refusal_without_reasons_or_what_happens_instead_is_impossible(
    world: World, reasons: str, instead: str, field: str
) -> None:
    _, process = world.request()
    with pytest.raises(Refused) as refused:
        world.decide(process, assess=False, reasons=reasons, instead=instead)
    assert refused.value.field == field
    assert process.stage == "requested"


def test_a_refusal_whose_letter_lacks_what_the_law_names_is_not_made(world: World) -> None:
    _, process = world.request()
    world.staff("decider")
    authority = world.session.get_one(Authority, world.session.authority_id)
    without = {key: value for key, value in authority.settings.items() if key != "mediation"}
    set_committed_value(authority, "settings", without)
    with pytest.raises(Refused, match="mediation"), world.session.begin_nested():
        world.decide(process, assess=False)
    world.session.refresh(process)
    assert process.stage == "requested"
    assert letters(world, process, "refuse_to_assess_family") == []


def test_a_refusals_letter_lacks_nothing_that_reg_5_and_reg_32_name(world: World) -> None:
    _, process = world.request()
    world.decide(process, assess=False)
    (letter,) = letters(world, process, "refuse_to_assess_family")
    said = {part["item"]: part["text"] for part in letter.letter["parts"]}
    assert law_notices.missing("refuse_to_assess_family", said) == ()
    assert REASONS in said["reasons"] and INSTEAD in said["reasons"]


def test_the_appeal_date_in_the_letter_is_the_one_on_the_timeline(world: World) -> None:
    _, process = world.request()
    world.decide(process, assess=False)
    (letter,) = letters(world, process, "refuse_to_assess_family")
    by = deadline(world, process, "appeal.lodge").due_on
    assert by is not None
    assert say_date(by) in " ".join(part["text"] for part in letter.letter["parts"])


def test_only_the_family_gets_the_reasons(world: World) -> None:
    _, process = world.request(by=world.senco())
    world.decide(process, assess=False)
    others = letters(world, process, "refuse_to_assess_others")
    assert {each.audience for each in others} == {"health", "social_care", "setting"}
    assert not any(REASONS in part["text"] for each in others for part in each.letter["parts"])


def test_a_yes_to_both_legal_tests_cannot_be_a_no(world: World) -> None:
    _, process = world.request()
    with pytest.raises(Refused, match="both legal tests"):
        world.decide(process, assess=False, has_sen=True, may_need_plan=True)
    world.decide(process, assess=True, has_sen=True, may_need_plan=True)
    assert process.stage == "assessing"


def test_every_paper_must_be_marked_as_considered(world: World) -> None:
    case, process = world.request()
    sent = world.session.scalars(select(Submission.id).where(Submission.case_id == case.id)).all()
    with pytest.raises(Refused, match="mark each paper"):
        world.decide(process, assess=False, considered=frozenset())
    world.decide(process, assess=False, considered=frozenset(sent))
    event = world.session.scalars(select(Event).where(Event.act == "refuse_to_assess")).one()
    assert event.facts["considered"] == [str(each) for each in sent]


@pytest.mark.parametrize("role", ["caseworker"])
def test_only_deciders_and_managers_decide(world: World, role: str) -> None:
    _, process = world.request()
    with pytest.raises(NotPermitted):
        world.decide(process, assess=True, by=world.staff(role))


def test_the_second_to_decide_is_told_so(world: World) -> None:
    _, process = world.request()
    seen = process.version
    world.decide(process, assess=True)
    decision = requests.Decision(assess=False, reasons=REASONS, instead=INSTEAD)
    with pytest.raises(AlreadyDone):
        requests.decide(world.session, process, world.staff("manager"), decision, seen=seen, now=world.now)


def test_a_rehearsal_shows_the_very_letters_and_leaves_nothing_behind(world: World) -> None:
    _, process = world.request()
    world.staff("decider")
    case_id, version = process.case_id, process.version
    before = world.session.scalars(select(Message.id)).all()
    drafts = rehearsal.effects_of(world.session, case_id, lambda: world.decide(process, assess=False)).letters
    assert (process.stage, process.version) == ("requested", version)
    assert world.session.scalars(select(Message.id)).all() == before
    world.decide(process, assess=False)
    sent = letters(world, process, "refuse_to_assess_family")
    assert [each.letter for each in drafts if each.audience == "family"] == [each.letter for each in sent]


def test_asking_for_information_moves_no_date_and_mails_the_setting(world: World) -> None:
    _, process = world.request(by=world.senco())
    before = deadline(world, process, "assess.decide").due_on
    by = world.today + timedelta(days=10)
    requests.ask_for_information(
        world.session, process, world.staff("caseworker"), "The reading ages.", reply_by=by, now=world.now
    )
    message = world.session.scalars(select(Message).where(Message.template == "information_asked")).one()
    assert deadline(world, process, "assess.decide").due_on == before
    assert (message.person_id, message.words) == (world.senco().person, {"kind": "More information is asked for"})


def test_asking_nobody_or_for_nothing_or_for_yesterday_is_refused(world: World) -> None:
    _, process = world.request()
    _, schools = world.request(by=world.senco(), first="Sky")
    caseworker, later = world.staff("caseworker"), world.today + timedelta(days=3)
    for which, words, by in (
        (process, "The reading ages.", later),
        (schools, " ", later),
        (schools, "The reading ages.", world.today - timedelta(days=1)),
    ):
        with pytest.raises(Refused):
            requests.ask_for_information(world.session, which, caseworker, words, reply_by=by, now=world.now)


def test_the_chain_of_acts_holds_after_a_whole_life(world: World) -> None:
    _, process = world.request()
    world.decide(process, assess=False)
    world.session.flush()
    assert audit.verify(world.session) >= 4

"""Any act of any process, from the state tables: what it needs, what it does, the letters it owes."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from law import items
from law import notices as law_notices
from models.cases import Case, Deadline, Event, Note, Notice, Process
from tests.workflow.cases.builders import World
from workflow.cases import doing, letters, rehearsal
from workflow.cases.doing import Said
from workflow.cases.letter_words import DECISIONS
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused

# Written by a person because only a person knows it; by verbs of its own where an act has a page of its own.
BY_A_PERSON = {
    "support_begun", "support_next", "support_plan", "review_day", "support_results", "views_at_review",
    "progress_report", "decision_day", "funding_amount", "look_again", "last_paid_day", "what_happens_next",
    "notice_explained", "new_details", "capacity_decision", "representative", "reasons", "decision",
    "family_views_sent", "draft", "advice_copies", "personal_budget", "plan",
    "appealable_sections", "health_and_care_recommendations", "meeting_details", "asked_for_advice",
    "advice_circulated", "recommended_amendments", "differences_of_view", "proposed_amendments", "evidence",
    "other_ways", "whether_assess", "new_council", "which_move", "ending_considered", "help_without_plan",
    "mediation_issues", "health_provision_wanted", "mediation_where_and_when", "mediation_who_comes",
    "what_was_agreed", "response_position", "child_views_found", "what_will_be_done", "how_order_was_kept",
    "budget_amount", "budget_for", "notice_day",
}  # fmt: skip


def begun(world: World, kind: str, act: str, **said: object) -> tuple[Case, Process]:
    case, _ = world.plan(made_on=date(2025, 12, 1), first="Wren")
    process = doing.begin(
        world.session,
        case,
        kind,
        act,
        world.staff("manager"),
        Said(**{"on": world.today, **said}),  # type: ignore[arg-type]
        token=uuid.uuid4(),
        now=world.now,
    )
    return case, process


def do(world: World, process: Process, act: str, role: str = "manager", **said: object) -> None:
    doing.do(
        world.session,
        process,
        act,
        world.staff(role),
        Said(**{"on": world.today, **said}),  # type: ignore[arg-type]
        seen=process.version,
        now=world.now,
    )


def test_every_thing_a_letter_must_contain_is_composed_or_written_by_a_person() -> None:
    named = {item for notice in law_notices.NOTICES.values() for item in notice.must_contain}
    assert named - letters.ITEMS.keys() <= BY_A_PERSON
    assert named <= items.ITEMS.keys()


def test_every_decision_sentence_belongs_to_a_letter_that_says_a_decision() -> None:
    for notice_id in DECISIONS:
        assert "decision" in law_notices.notice(notice_id).must_contain


def test_a_letter_that_only_a_person_can_finish_is_asked_for_in_full(world: World) -> None:
    _, process = begun(world, "ceasing", "consider_ending")
    needs = doing.needs(world.session, process, "consult_on_ending", world.staff("manager"))
    assert {item.id for item in needs.items} == {"ending_considered"}
    assert needs.days == ("reply_by",)


def test_without_what_a_letter_must_say_nothing_is_done(world: World) -> None:
    _, process = begun(world, "ceasing", "consider_ending")
    with pytest.raises(Refused) as refused, world.session.begin_nested():
        do(world, process, "consult_on_ending", reply_by=world.today + timedelta(days=15))
    assert refused.value.field == "ending_considered"
    world.session.refresh(process)
    assert process.stage == "considering"


def test_an_act_sends_the_letters_it_owes_with_the_dates_it_starts(world: World) -> None:
    case, process = begun(world, "ceasing", "consider_ending")
    by = world.today + timedelta(days=15)
    do(world, process, "consult_on_ending", words={"ending_considered": "Wren has reached every outcome."}, reply_by=by)
    do(world, process, "say_views")
    do(world, process, "decide_to_end", "decider", words={"reasons": "Every outcome was reached by May."})
    letter = world.session.scalars(
        select(Notice).where(Notice.case_id == case.id, Notice.kind == "ending_family")
    ).one()
    said = {part["item"]: part["text"] for part in letter.letter["parts"]}
    assert law_notices.missing("ending_family", said) == ()
    due = world.session.scalars(
        select(Deadline.due_on).where(Deadline.process_id == process.id, Deadline.rule == "cease.not_before")
    ).one()
    assert due and f"{due:%Y}" in said["earliest_end_date"] and "every outcome" in said["reasons"].lower()


def test_what_an_act_opens_sends_its_letters_too(world: World) -> None:
    said = {"what_happens_next": "We will talk to the family.", "notice_explained": "The clinic thinks so."}
    case, process = begun(world, "health_notice", "receive_notice", words=said)
    do(world, process, "consider_assessment")
    opened = world.session.scalars(
        select(Process).where(Process.case_id == case.id, Process.kind == "assessment")
    ).one()
    assert opened.stage == "requested"
    kinds = set(world.session.scalars(select(Notice.kind).where(Notice.case_id == case.id)))
    assert {"considering_family", "considering_others"} <= kinds


def test_an_act_that_moves_a_date_wants_a_reason_and_keeps_it(world: World) -> None:
    _, process = world.request()
    earlier = world.today - timedelta(days=3)
    with pytest.raises(Refused) as refused:
        do(world, process, "correct_received_date", dates={"request_received": earlier})
    assert refused.value.field == "why"
    do(world, process, "correct_received_date", dates={"request_received": earlier}, why="It lay in the post room.")
    event = world.session.scalars(select(Event).where(Event.act == "correct_received_date")).one()
    note = world.session.scalars(select(Note).where(Note.event_id == event.id)).one()
    assert (note.kind, note.words) == ("why", "It lay in the post room.")


def test_an_act_that_the_stage_or_the_role_does_not_have_is_not_found(world: World) -> None:
    _, process = begun(world, "ceasing", "consider_ending")
    with pytest.raises(NotFound):
        doing.needs(world.session, process, "end_plan", world.staff("manager"))
    with pytest.raises((NotFound, NotPermitted)):
        do(world, process, "think_no_further", "caseworker", why="No.")


def test_a_page_that_was_open_while_somebody_else_acted_is_told_so(world: World) -> None:
    _, process = begun(world, "ceasing", "consider_ending")
    seen = process.version
    do(world, process, "review_first")
    with pytest.raises((AlreadyDone, NotFound)):
        doing.do(
            world.session,
            process,
            "think_no_further",
            world.staff("manager"),
            Said(on=world.today, why="No."),
            seen=seen,
            now=world.now,
        )


def test_beginning_twice_from_one_page_begins_once(world: World) -> None:
    case, _ = world.plan(made_on=date(2025, 12, 1), first="Wren")
    token = uuid.uuid4()
    both = [
        doing.begin(
            world.session,
            case,
            "ceasing",
            "consider_ending",
            world.staff("manager"),
            Said(on=world.today),
            token=token,
            now=world.now,
        ).id
        for _ in range(2)
    ]
    assert both == [token, token]
    assert len(list(world.session.scalars(select(Process).where(Process.kind == "ceasing")))) == 1


def test_a_rehearsal_says_what_an_act_would_do_and_leaves_nothing(world: World) -> None:
    case, process = begun(world, "ceasing", "consider_ending")
    by = world.today + timedelta(days=15)
    do(world, process, "consult_on_ending", words={"ending_considered": "Wren has reached every outcome."}, reply_by=by)
    do(world, process, "say_views")
    before = world.session.scalars(select(Event.id)).all()
    effects = rehearsal.effects_of(
        world.session,
        case.id,
        lambda: do(world, process, "decide_to_end", "decider", words={"reasons": "Every outcome was reached."}),
    )
    assert {draft.audience for draft in effects.letters} >= {"family", "setting", "health"}
    assert any(day and day > world.today + timedelta(days=55) for _, day in effects.starts)
    world.session.refresh(process)
    assert process.stage == "consulted" and world.session.scalars(select(Event.id)).all() == before


def test_a_rehearsal_says_which_dates_are_met_and_which_end(world: World) -> None:
    case, process = world.request()
    effects = rehearsal.effects_of(
        world.session,
        case.id,
        lambda: world.decide(process, assess=False),
    )
    assert effects.met and effects.ends and not set(effects.met) & set(effects.ends)


def test_what_runs_already_is_not_begun_a_second_time(world: World) -> None:
    case, _ = begun(world, "ceasing", "consider_ending")
    with pytest.raises(Refused, match="begun already"):
        doing.begin(
            world.session,
            case,
            "ceasing",
            "consider_ending",
            world.staff("manager"),
            Said(on=world.today),
            token=uuid.uuid4(),
            now=world.now,
        )

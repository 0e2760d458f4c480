"""One process opens another, takes over its deadlines, and keeps a deadline for each thing of its own."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.cases import Case, Deadline, Event, Process
from tests.workflow.cases.builders import REASONS, World
from workflow import audit
from workflow.cases import acts, deadlines, reviews
from workflow.errors import Refused


def dues(world: World, process: Process) -> dict[str, Deadline]:
    rows = world.session.scalars(select(Deadline).where(Deadline.process_id == process.id))
    return {row.rule: row for row in rows}


def running(world: World, case_id: uuid.UUID, kind: str) -> list[Process]:
    wanted = select(Process).where(Process.case_id == case_id, Process.kind == kind, Process.ended_on.is_(None))
    return list(world.session.scalars(wanted))


def do(world: World, process: Process, act: str, role: str = "manager", **more: object) -> acts.Done:
    return acts.perform(
        world.session,
        process.id,
        act,
        world.staff(role),
        happened_on=world.today,
        now=world.now,
        **more,  # type: ignore[arg-type]
    )


def ended(world: World, first: str = "Wren") -> tuple[Case, Process]:
    case, process = world.plan(made_on=date(2025, 12, 1), first=first)
    world.reported(process)
    reviews.decide(
        world.session,
        process,
        world.staff("decider"),
        reviews.Outcome("end", REASONS),
        seen=process.version,
        now=world.now,
    )
    return case, process


def test_a_review_that_ends_the_plan_begins_the_ending_which_takes_over_the_wait(world: World) -> None:
    case, review = ended(world)
    (ceasing,) = running(world, case.id, "ceasing")
    assert ceasing.stage == "decided"
    wait = dues(world, ceasing)["cease.not_before"]
    assert wait.due_on and wait.due_on > world.today + timedelta(days=55)
    taken = dues(world, review)
    assert taken["cease.not_before"].voided_on == world.today
    assert taken["appeal.lodge"].voided_on is None


def test_a_disagreement_takes_over_the_time_to_appeal(world: World) -> None:
    case, review = ended(world)
    process, _ = acts.start(
        world.session,
        case,
        "disagreement",
        "raise_disagreement",
        world.staff("caseworker"),
        happened_on=world.today,
        now=world.now,
        triggers={"decision_sent": world.today},
    )
    assert dues(world, process)["appeal.lodge"].due_on == dues(world, review)["appeal.lodge"].due_on
    assert {dues(world, review)[rule].voided_on for rule in ("appeal.lodge", "mediation.contact")} == {world.today}


def test_what_was_taken_over_stays_taken_when_the_first_process_is_worked_out_again(world: World) -> None:
    _, review = ended(world)
    deadlines.project(world.session, review, today=world.today)
    assert dues(world, review)["cease.not_before"].voided_on == world.today


def test_another_childs_disagreement_takes_nothing_over(world: World) -> None:
    _, review = ended(world)
    other, _ = ended(world, "Jay")
    acts.start(
        world.session,
        other,
        "disagreement",
        "raise_disagreement",
        world.staff("caseworker"),
        happened_on=world.today,
        now=world.now,
        triggers={"decision_sent": world.today},
    )
    assert dues(world, review)["appeal.lodge"].voided_on is None


def test_a_move_goes_on_with_the_review_that_waits_already(world: World) -> None:
    case, review = world.plan(made_on=date(2025, 12, 1))
    process, _ = acts.start(
        world.session,
        case,
        "phase",
        "begin_secondary",
        world.staff("caseworker"),
        happened_on=world.today,
        now=world.now,
    )
    done = do(world, process, "review_for_move")
    assert done.opened == ()
    assert [each.id for each in running(world, case.id, "review")] == [review.id]


def test_where_the_law_leaves_open_how_the_next_process_begins_a_person_says(world: World) -> None:
    case, _ = ended(world)
    process, _ = acts.start(
        world.session,
        case,
        "disagreement",
        "receive_appeal",
        world.staff("caseworker"),
        happened_on=world.today,
        now=world.now,
        triggers={"decision_sent": world.today},
    )
    with pytest.raises(Refused) as refused:
        do(world, process, "concede")
    assert refused.value.field == "begins_order"
    done = do(world, process, "concede", begins={"order": "concede_content"})
    (order,) = running(world, case.id, "order")
    assert done.opened[0].event.process_id == order.id
    assert "unopposed.amend_content" in dues(world, order)


def test_what_was_opened_says_by_which_act(world: World) -> None:
    case, review = ended(world)
    (ceasing,) = running(world, case.id, "ceasing")
    first = world.session.scalars(select(Event).where(Event.process_id == ceasing.id)).one()
    by = world.session.scalars(select(Event).where(Event.process_id == review.id, Event.act == "decide_end")).one()
    assert (first.facts["opened_by"], first.actor_role) == (str(by.id), "system")
    audit.verify(world.session)


def test_each_setting_that_is_asked_has_its_own_fifteen_days(world: World) -> None:
    _, process = drafted(world)
    first, second = uuid.uuid4(), uuid.uuid4()
    for subject, on in ((first, world.today - timedelta(days=3)), (second, world.today)):
        do(world, process, "consult_setting", facts={"subject": str(subject)}, triggers={"consultation_sent": on})
    do(world, process, "record_setting_reply", facts={"subject": str(first)})
    rows = world.session.scalars(
        select(Deadline).where(Deadline.process_id == process.id, Deadline.rule == "consult.setting")
    )
    found = {row.subject_id: (row.due_on, row.satisfied_on) for row in rows}
    assert found == {
        first: (world.today + timedelta(days=12), world.today),
        second: (world.today + timedelta(days=15), None),
    }


def test_an_act_that_ends_a_duty_ends_it_for_everything_it_is_about(world: World) -> None:
    _, process = drafted(world)
    for _ in range(2):
        do(world, process, "consult_setting", facts={"subject": str(uuid.uuid4())})
    do(world, process, "withdraw")
    rows = world.session.scalars(
        select(Deadline.voided_on).where(Deadline.process_id == process.id, Deadline.rule == "consult.setting")
    ).all()
    assert rows == [world.today, world.today]


def test_a_corrected_date_reaches_what_each_thing_counts_from_it(world: World) -> None:
    _, process = drafted(world)
    subject = uuid.uuid4()
    do(world, process, "consult_setting", facts={"subject": str(subject)})
    do(world, process, "correct_received_date", triggers={"request_received": world.today - timedelta(days=2)})
    row = world.session.scalars(select(Deadline).where(Deadline.subject_id == subject)).one()
    assert row.due_on == world.today + timedelta(days=15)
    assert row.trigger["request_received"] == str(world.today - timedelta(days=2))


def drafted(world: World) -> tuple[Case, Process]:
    case, process = world.request()
    do(world, process, "agree_to_assess")
    do(world, process, "send_draft")
    return case, process

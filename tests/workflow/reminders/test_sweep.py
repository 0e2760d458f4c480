"""The sweep: each intent once, the newest only, calm; and a preview of it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models.cases import Case, Deadline
from models.operations import DueHint, JobRun
from models.outbox import Message
from tests.workflow.outbox.builders import NOON, TODAY
from tests.workflow.reminders.cases import DAY, Own, Sweep, a_case, found, going
from workflow import outbox, reminders


def test_on_the_first_stages_day_the_caseworker_is_told(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database, TODAY + 14 * DAY)
    assert sweep() == {"queued": 1}
    assert going(own_database) == [(people["caseworker"], "-14")]


def test_r3_sweeping_again_plans_nothing_new(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY + 14 * DAY)
    sweep()
    assert sweep(slotted=False) == {}
    assert len(found(own_database)) == 1


def test_every_stage_of_a_deadline_comes_on_its_day(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database, TODAY + 14 * DAY)
    for days in range(25):
        sweep(NOON + days * DAY)
    told = [(who, stage) for who, stage, *_ in found(own_database)]
    assert [stage for who, stage in told if who == people["caseworker"]] == ["-14", "-5", "+0", "+1"]
    assert [stage for who, stage in told if who == people["manager"]] == ["+1", "+7"]
    assert [stage for who, stage in told if who == people["family"]] == ["+1"]


def test_a_review_tells_the_setting_and_the_family(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database, TODAY + 84 * DAY, rule="review.annual")
    sweep()
    assert set(going(own_database)) == {(people["setting"], "-84"), (people["family"], "-84")}


@pytest.mark.parametrize("role", ["parent", "yp", "rep"])
def test_every_role_that_a_family_holds_on_a_case_is_reminded(own_database: Own, sweep: Sweep, role: str) -> None:
    from models.access import Grant

    people = a_case(own_database, TODAY + 84 * DAY, rule="review.annual")
    database, authority = own_database
    with database.transaction(authority) as session:
        session.execute(update(Grant).values(role=role))
    sweep()
    assert (people["family"], "-84") in going(own_database)


def test_the_day_after_the_council_missed_its_date_the_family_is_told_that_it_is_late(
    own_database: Own, sweep: Sweep
) -> None:
    people = a_case(own_database, TODAY - DAY)
    sweep()
    database, authority = own_database
    with database.transaction(authority) as session:
        mine = select(Message).where(Message.person_id == people["family"], Message.state == "queued")
        told = session.scalars(mine).one()
        assert (told.template, told.words["kind"]) == ("late", "We should have told you our decision")


def test_a_case_without_a_caseworker_is_told_to_the_managers(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database, TODAY + 14 * DAY)
    database, authority = own_database
    with database.transaction(authority) as session:
        session.execute(update(Case).values(caseworker_id=None))
    sweep()
    assert going(own_database) == [(people["manager"], "-14")]


def test_a_satisfied_deadline_is_not_swept(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY)
    database, authority = own_database
    with database.transaction(authority) as session:
        session.execute(update(Deadline).values(satisfied_on=TODAY))
    sweep()
    assert found(own_database) == []


def test_r13_after_days_down_what_is_due_comes_from_dates(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database, TODAY + 14 * DAY)
    sweep(NOON + 10 * DAY)
    assert going(own_database) == [(people["caseworker"], "-5")]


def test_r16_after_days_down_only_the_newest_stage_goes_and_the_others_are_on_record(
    own_database: Own, sweep: Sweep
) -> None:
    people = a_case(own_database, TODAY + 14 * DAY)
    sweep(NOON + 22 * DAY)
    mine = [(stage, state, reason) for who, stage, state, reason in found(own_database) if who == people["caseworker"]]
    assert sorted(mine) == [
        ("+0", "cancelled", "skipped: +1 takes its place"),
        ("+1", "queued", None),
        ("-14", "cancelled", "skipped: +1 takes its place"),
        ("-5", "cancelled", "skipped: +1 takes its place"),
    ]


def test_r16_what_is_past_its_use_is_not_sent_to_a_family(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database, TODAY + 28 * DAY, rule="appeal.lodge")
    sweep(NOON + 29 * DAY)
    mine = {(stage, state) for who, stage, state, _ in found(own_database) if who == people["family"]}
    assert mine == {("-28", "cancelled"), ("-7", "cancelled")}
    assert "skipped: past its use" in {reason for *_, reason in found(own_database)}


def test_r16_one_mail_a_person_and_case_the_most_pressing(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database, TODAY, TODAY - DAY, TODAY + 14 * DAY)
    sweep()
    mine = [(state, reason) for who, _, state, reason in found(own_database) if who == people["caseworker"]]
    assert sorted(mine, key=str)[-1] == ("queued", None)
    assert [state for state, _ in mine].count("queued") == 1
    assert ("cancelled", "skipped: told with assess.decide +1") in mine
    database, authority = own_database
    with database.transaction(authority) as session:
        words = session.scalars(
            select(Message).where(Message.state == "queued", Message.person_id == people["caseworker"])
        ).one()
        assert words.words["more"] == "2"


def test_r12_twenty_schedulers_do_the_work_once(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY + 14 * DAY)
    assert sweep() == {"queued": 1}
    assert [sweep(NOON + timedelta(seconds=s)) for s in range(1, 20)] == [{"already_run": 1}] * 19
    assert sweep(NOON + timedelta(minutes=5)) == {}


def test_a_dry_sweep_counts_and_changes_nothing(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY + 14 * DAY)
    assert sweep(dry=True) == {"planned": 1}
    database, _ = own_database
    with database.transaction(None) as session:
        assert session.scalars(select(func.count()).select_from(JobRun)).one() == 0
    assert sweep() == {"queued": 1}


def test_cost_follows_what_is_due_a_quiet_authority_is_not_entered(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY + 200 * DAY)
    from sqlalchemy import event

    database, _ = own_database
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    sweep()
    assert not [s for s in statements if "deadline" in s]


def test_r1_a_sweep_that_dies_half_way_leaves_its_work_and_hints(own_database: Own, sweep: Sweep) -> None:
    from workflow.reminders.sweep import sweep_some

    a_case(own_database, TODAY + 14 * DAY)
    database, authority = own_database
    with pytest.raises(RuntimeError), database.transaction(authority) as session:
        sweep_some(session, NOON)
        raise RuntimeError
    assert found(own_database) == []
    assert sweep() == {"queued": 1}


def test_r20_a_sweeper_that_finds_all_taken_keeps_a_hint_in_case_the_other_fails(own_database: Own) -> None:
    from workflow.reminders.sweep import sweep_some

    a_case(own_database, TODAY + 14 * DAY)
    database, authority = own_database
    with pytest.raises(RuntimeError), database.transaction(authority) as one:
        sweep_some(one, NOON)
        with database.transaction(authority) as two:
            two.add(DueHint(authority_id=authority, queue="sweep", due_at=NOON))
            two.flush()
            assert sweep_some(two, NOON)[0] == {}
        raise RuntimeError
    assert outbox.hints.due_authorities(database, "sweep", NOON) == [authority]


def test_a_preview_shows_each_day_and_changes_nothing(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database, TODAY + 14 * DAY)
    database, authority = own_database
    with database.transaction(authority) as session:
        shown = reminders.preview(session, TODAY + 22 * DAY, NOON)
    assert [(i.on - TODAY, i.stage.name) for i in shown if i.person_id == people["caseworker"]] == [
        (0 * DAY, "-14"),
        (9 * DAY, "-5"),
        (14 * DAY, "+0"),
        (15 * DAY, "+1"),
    ]
    assert found(own_database) == []
    assert sweep() == {"queued": 1}

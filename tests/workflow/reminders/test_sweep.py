"""The sweep: each intent once, the newest only, calm, held when far too many."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from models.cases import Case, Deadline
from models.database import Database
from models.operations import DueHint, JobRun
from models.outbox import Message
from tests.workflow.outbox.builders import (
    NOON,
    TODAY,
    FakeMailer,
    case,
    deadline,
    message,
    officer,
    parent,
    senco,
    setting,
)
from workflow import outbox, reminders
from workflow.outbox import guard
from workflow.outbox.people import CLOCK, VALVE
from workflow.reminders import valve

Own = tuple[Database, uuid.UUID]
Sweep = Callable[..., dict[str, int]]
DAY = timedelta(days=1)


def a_case(own: Own, *due: date, rule: str = "assess.decide", **given: Any) -> dict[str, uuid.UUID]:
    """A case with a caseworker, a manager, a parent and a SENCO, and deadlines, each scheduled."""
    database, authority = own
    with database.transaction(authority) as session:
        school = setting(session)
        worker, manager = officer(session), officer(session, "manager")
        of = case(session, caseworker_id=worker, setting_id=school)
        people = {"caseworker": worker, "manager": manager, "family": parent(session, of)}
        people |= {"setting": senco(session, school), "case": of.id}
        for each in due:
            found = deadline(session, of, due_on=each, rule=rule, **given)
            reminders.schedule(session, found, given.get("known_since", date(2026, 1, 1)))
    return people


def found(own: Own) -> list[tuple[uuid.UUID | None, str, str, str | None]]:
    """(person, stage, state, reason) of every message."""
    database, authority = own
    with database.transaction(authority) as session:
        rows = session.scalars(select(Message).order_by(Message.created_at, Message.dedupe_key)).all()
        return [(m.person_id, m.dedupe_key.split(":")[4], m.state, m.reason) for m in rows]


def going(own: Own) -> list[tuple[uuid.UUID | None, str]]:
    return [(who, stage) for who, stage, state, _ in found(own) if state == "queued"]


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


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


# Time


def test_r14_half_past_midnight_in_summer_is_already_the_new_day(own_database: Own, sweep: Sweep) -> None:
    due = date(2026, 7, 1)
    a_case(own_database, due, known_since=due, rule="review.decide")
    before = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # 23:30 BST on 30 June
    assert sweep(before) == {}
    database, authority = own_database
    after = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 00:30 BST on 1 July
    with database.transaction(authority) as session:
        assert [i.on for i in reminders.preview(session, due, after)] == [due]
    assert sweep(after) == {}  # worked out from 06:00 London, never in the small hours
    assert sweep(datetime(2026, 7, 1, 5, 0, tzinfo=UTC)) == {"queued": 1}


@pytest.mark.parametrize("clock_change", [date(2027, 3, 28), date(2026, 10, 25)])
def test_r14_days_with_a_clock_change_are_whole_days(own_database: Own, sweep: Sweep, clock_change: date) -> None:
    people = a_case(own_database, clock_change, rule="review.decide", known_since=clock_change - 3 * DAY)
    for hours in range(0, 72, 1):
        now = at(clock_change - DAY, 0) + timedelta(hours=hours)
        sweep(now)
    mine = [stage for who, stage, *_ in found(own_database) if who == people["caseworker"]]
    assert mine == ["+0", "+1"]


def test_r15_a_wrong_clock_plans_nothing(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY)
    assert sweep(judge=lambda session, now: guard.judge(session, now, now - timedelta(seconds=40))) == {
        "clock_wrong": 1
    }
    assert found(own_database) == []


def test_r15_after_a_jump_family_mail_waits_for_a_yes_and_the_office_is_told(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database, TODAY - DAY)
    database, authority = own_database
    with database.transaction(None) as session:
        guard.tick(session, NOON - 3 * DAY)
    sweep()
    by_person = {who: (state, reason) for who, _, state, reason in found(own_database) if state != "cancelled"}
    assert by_person[people["family"]] == ("held", f"{CLOCK} by over a day")
    assert by_person[people["caseworker"]] == ("queued", None)
    with database.transaction(authority) as session:
        assert outbox.release_batch(session, CLOCK, people["manager"], NOON) == 1


def test_r15_after_a_jump_mail_already_waiting_for_a_family_waits_too(own_database: Own, sweep: Sweep) -> None:
    people = a_case(own_database)
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session, now=NOON - 3 * DAY, person_id=people["family"])
        message(session, now=NOON - 3 * DAY, person_id=people["caseworker"])
    with database.transaction(None) as session:
        guard.tick(session, NOON - 3 * DAY)
    assert sweep() == {"held": 1}


def test_r15_a_jump_lasts_until_a_sweep_has_gone_through(own_database: Own, sweep: Sweep) -> None:
    database, _ = own_database
    with database.transaction(None) as session:
        guard.tick(session, NOON - 3 * DAY)
    sweep(dry=True)
    with database.transaction(None) as session:
        assert guard.judge(session, NOON, NOON) is guard.Clock.JUMPED
    sweep()
    with database.transaction(None) as session:
        assert guard.judge(session, NOON, NOON) is guard.Clock.RIGHT


# The valve


def test_r11_more_mail_than_ever_waits_for_one_persons_yes(
    own_database: Own, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(valve, "ALWAYS_ALLOWED", 2)
    people = a_case(own_database, TODAY - DAY)
    assert sweep() == {"held": 3, "cancelled": 3}
    database, authority = own_database
    with database.transaction(authority) as session:
        assert outbox.release_batch(session, VALVE, people["manager"], NOON) == 3
    assert len(going(own_database)) == 3


def test_r11_three_times_the_busiest_hour_of_four_weeks_may_pass(own_database: Own) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        for minute in range(10):
            message(session, state="accepted", now=NOON - 20 * DAY + timedelta(minutes=minute))
        session.execute(update(Message).values(accepted_at=Message.created_at))
        from workflow.reminders.valve import _busiest_hour

        assert _busiest_hour(session, NOON) == 10
        assert _busiest_hour(session, NOON + 9 * DAY) == 0
        assert not valve.is_too_much(session, 500, NOON)
        assert valve.is_too_much(session, 501, NOON)


# Who is told, at the moment of sending


def run(own: Own, now: datetime = NOON) -> FakeMailer:
    database, _ = own
    mailer = FakeMailer()
    outbox.send_batch(
        database,
        mailer,
        clock=lambda: now,
        judge=lambda *_: guard.Clock.RIGHT,
        checks=(*outbox.CHECKS, reminders.still_theirs),
    )
    return mailer


def test_z17_a_grant_that_ended_before_sending_ends_the_mail(own_database: Own, sweep: Sweep) -> None:
    from models.access import Grant

    people = a_case(own_database, TODAY + 84 * DAY, rule="review.annual")
    sweep()
    database, authority = own_database
    with database.transaction(authority) as session:
        session.execute(update(Grant).values(until_at=NOON))
    run(own_database)
    by_person = {who: (state, reason) for who, _, state, reason in found(own_database)}
    assert by_person[people["family"]] == ("cancelled", "no longer theirs to be told")
    assert by_person[people["setting"]] == ("accepted", None)


def test_a_case_that_changed_hands_is_told_to_the_new_caseworker(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY + 14 * DAY)
    sweep()
    database, authority = own_database
    with database.transaction(authority) as session:
        newcomer = officer(session)
        session.execute(update(Case).values(caseworker_id=newcomer))
    assert run(own_database).sent == []
    sweep(NOON + timedelta(minutes=5))
    assert len(run(own_database, NOON + timedelta(minutes=6)).sent) == 1
    assert (newcomer, "-14", "accepted", None) in found(own_database)


def test_m1_what_a_reminder_says_names_nobody(own_database: Own, sweep: Sweep) -> None:
    a_case(own_database, TODAY + 84 * DAY, rule="review.annual")
    sweep()
    envelopes = run(own_database).sent
    assert {e.words["kind"] for e in envelopes} == {"A review meeting is due"}
    assert {e.about_on for e in envelopes} == {TODAY + 84 * DAY}
    assert "Invented" not in str([e.words for e in envelopes])


# What would go out


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

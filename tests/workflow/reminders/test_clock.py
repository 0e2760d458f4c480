"""Sweeping by the day in London, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.workflow.outbox.builders import NOON, TODAY, message
from tests.workflow.reminders.cases import DAY, Own, Sweep, a_case, at, found
from workflow import outbox, reminders
from workflow.outbox import guard
from workflow.outbox.people import CLOCK


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

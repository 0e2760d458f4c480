"""Far too much mail waits for a person."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from models.outbox import Message
from tests.workflow.outbox.builders import NOON, TODAY, message
from tests.workflow.reminders.cases import DAY, Own, Sweep, a_case, going
from workflow import outbox
from workflow.outbox.people import VALVE
from workflow.reminders import valve


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

"""Two schedulers, two workers and a poller, all at once: each reminder once."""

import time

import pytest
from sqlalchemy import select

from models.cases import Deadline
from models.outbox import Message
from tests.faults.conftest import Plant, wait


@pytest.mark.full
def test_r12_two_schedulers_and_two_workers_send_each_reminder_once(plant: Plant) -> None:
    plant.plan_deadlines(40)
    for _ in range(2):
        plant.beat()
        plant.worker()
    plant.poller()
    wait(lambda: sum(plant.states().values()) == 40 and plant.settled(), 40, plant.logs)
    time.sleep(1.5)  # several more ticks of both
    assert plant.states() == {"accepted": 40}
    assert len(plant.memory.seen) == 40
    assert set(plant.memory.seen.values()) == {1}
    with plant.database.transaction(plant.authority) as session:
        keys = session.scalars(select(Message.dedupe_key)).all()
        assert len(set(keys)) == 40
        next_days = set(session.scalars(select(Deadline.remind_on)))
    assert len(next_days) == 1

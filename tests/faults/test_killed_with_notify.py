"""kill -9 while GOV.UK Notify is spoken to, and answers lost on the way: each message once, and its fate known."""

import random
import time
from collections.abc import Iterator

import pytest

from tasks.mailers.receipts import reference
from tests.faults.conftest import Plant, wait
from tests.faults.test_killed_workers import kill_some
from tests.notify import KEY, TEMPLATE, Notify, running


@pytest.fixture
def notify(plant: Plant) -> Iterator[Notify]:
    """The stand-in, to which the plant's processes send. Whatever it takes arrives."""
    with running() as made:
        made.begins_as = "delivered"
        plant.environment |= {"MAIL_URL": made.mail_url, "NOTIFY_API_KEY": KEY, "NOTIFY_EMAIL_TEMPLATE": TEMPLATE}
        plant.environment["FAULT_HASTE"] = "1"
        yield made


@pytest.mark.full
def test_r5_with_notify_a_storm_of_kills_and_lost_answers_doubles_nothing_and_holds_nothing(
    plant: Plant, notify: Notify
) -> None:
    dice = random.Random(1)
    planned = set().union(*(plan(plant, kind) for kind in ("reminder", "statutory", "code", "invitation")))
    notify.seconds = 0.03
    notify.next = [dice.choice(("", "", "", "lost", "dropped", "gateway")) for _ in range(100)]
    plant.beat()
    worker = plant.worker()
    for _ in range(4):
        before = len(notify.taken)
        wait(lambda before=before: len(notify.taken) > before or plant.settled(), 30, plant.logs)
        time.sleep(dice.uniform(0, 0.3))
        worker = kill_some(plant, worker, dice)
    done = {"delivered": len(planned)}
    wait(lambda: plant.states() == done, 90, lambda: f"{plant.states()}\n{plant.logs()}")
    assert notify.references == {reference(plant.authority, each): 1 for each in planned}


def plan(plant: Plant, importance: str) -> set[object]:
    return set(plant.plan(15, importance))

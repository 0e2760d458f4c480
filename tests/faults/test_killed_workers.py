"""kill -9 at any moment of sending: no message is lost, no reminder goes twice."""

import os
import random
import signal
import subprocess
import time
import uuid

import pytest

from tests.faults.conftest import Plant, wait


def check(plant: Plant, reminders: set[uuid.UUID], codes: set[uuid.UUID], kills: int) -> None:
    """The bar of the service, whatever was killed."""
    seen, held = plant.memory.seen, plant.held()
    lost = {each for each in reminders | codes if not seen[each] and each not in held}
    twice = {each for each in reminders if seen[each] > 1}
    assert lost == set()
    assert twice == set()
    assert sum(seen[each] - 1 for each in codes if seen[each]) <= kills


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """The worker's own children."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
    return [int(pid) for pid in listed.stdout.split()]


def kill_some(plant: Plant, worker: subprocess.Popen[bytes], dice: random.Random) -> subprocess.Popen[bytes]:
    """Kill the worker's child alone, or the whole worker and start another."""
    found = children(worker)
    if found and dice.random() < 0.5:
        os.kill(found[0], signal.SIGKILL)
        return worker
    plant.kill(worker)
    return plant.worker()


def storm(plant: Plant, *, mails: int, kills: int, seed: int) -> None:
    dice = random.Random(seed)
    plant.memory.seconds = 0.02
    reminders, codes = plant.plan(mails, "reminder"), plant.plan(mails // 3, "statutory")
    plant.beat()
    worker = plant.worker()
    for _ in range(kills):
        before = sum(plant.memory.seen.values())
        wait(lambda before=before: sum(plant.memory.seen.values()) > before or plant.settled(), 30, plant.logs)
        time.sleep(dice.uniform(0, 0.3))
        worker = kill_some(plant, worker, dice)
    wait(plant.settled, 60 + kills * 10, lambda: f"{plant.states()}\n{plant.logs()}")
    check(plant, reminders, codes, kills)


@pytest.mark.full
def test_r5_workers_killed_while_they_send_lose_nothing_and_repeat_no_reminder(plant: Plant) -> None:
    storm(plant, mails=45, kills=3, seed=1)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 4))
def test_r5_a_long_storm_of_kills(plant: Plant, seed: int) -> None:
    storm(plant, mails=400, kills=15, seed=seed)


def test_r17_a_worker_asked_to_stop_finishes_what_is_in_hand_and_leaves_nothing_unknown(plant: Plant) -> None:
    plant.memory.seconds = 0.1
    planned = plant.plan(30, "reminder")
    plant.beat()
    worker = plant.worker()
    wait(lambda: len(plant.memory.seen) > 3, 30, plant.logs)
    began = time.monotonic()
    worker.terminate()
    worker.wait(30)
    assert time.monotonic() - began < 10
    assert set(plant.states()) == {"accepted", "queued"}, plant.states()
    plant.memory.seconds = 0.0
    plant.worker()
    wait(plant.settled, 60, lambda: f"{plant.states()}\n{plant.logs()}")
    assert {each: plant.memory.seen[each] for each in planned} == dict.fromkeys(planned, 1)


@pytest.mark.full
def test_r10_a_worker_killed_by_one_message_parks_it_and_sends_the_others(plant: Plant) -> None:
    """The poison is a mail whose writing kills the process, every time."""
    plant.environment["FAULT_LEASE"] = "0.5"
    good = plant.plan(12, "statutory")
    poison = next(iter(plant.plan(1, "statutory")))
    plant.environment["FAULT_POISON"] = str(poison)
    plant.beat()
    plant.worker()
    wait(plant.settled, 60, lambda: f"{plant.states()}\n{plant.logs()}")
    assert plant.held() == {poison}
    assert set(plant.memory.seen) == good

"""The broker dies, hangs or forgets: mail goes without it."""

import os
import signal
import time

import pytest
from celery import Celery
from flask import Flask

from tasks import broker_ping
from tasks.broker import answers
from tests.faults.conftest import Plant, wait


@pytest.fixture(autouse=True)
def _broker_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests kill their broker: never one that the environment names."""
    monkeypatch.delenv("REDIS_URL", raising=False)


def test_r18_with_the_broker_killed_between_commit_and_send_the_poller_sends(plant: Plant) -> None:
    plant.poller()
    plant.worker()
    first = plant.plan(3, "statutory")
    wait(lambda: set(plant.memory.seen) == first, 30, plant.logs)
    assert plant.broker.pid is not None
    os.kill(plant.broker.pid, signal.SIGKILL)
    second = plant.plan(20, "reminder")
    wait(plant.settled, 30, lambda: f"{plant.states()}\n{plant.logs()}")
    assert dict(plant.memory.seen) == dict.fromkeys(first | second, 1)


def test_r18_with_the_broker_hanging_the_poller_sends(plant: Plant) -> None:
    plant.poller()
    assert plant.broker.pid is not None
    os.kill(plant.broker.pid, signal.SIGSTOP)
    try:
        planned = plant.plan(20, "reminder")
        wait(plant.settled, 30, lambda: f"{plant.states()}\n{plant.logs()}")
    finally:
        os.kill(plant.broker.pid, signal.SIGCONT)
    assert dict(plant.memory.seen) == dict.fromkeys(planned, 1)


@pytest.mark.full
def test_r1_a_broker_that_lost_its_queue_loses_no_mail(plant: Plant) -> None:
    """Wake-ups are lost with an unpersisted broker; the database still knows."""
    planned = plant.plan(20, "reminder")
    client: Celery[object] = Celery(broker=plant.broker.url)
    client.send_task("outbox.send_batch", queue="coproduce")
    assert plant.broker.pid is not None
    os.kill(plant.broker.pid, signal.SIGKILL)
    plant.broker.stop()
    plant.broker.start()
    plant.poller()
    plant.worker()
    wait(plant.settled, 30, lambda: f"{plant.states()}\n{plant.logs()}")
    assert dict(plant.memory.seen) == dict.fromkeys(planned, 1)


def test_r19_a_broker_is_asked_with_patience_that_ends(plant: Plant) -> None:
    app = Flask("asks")
    app.config["REDIS_URL"] = plant.broker.url
    assert broker_ping(app)()
    assert plant.broker.pid is not None
    os.kill(plant.broker.pid, signal.SIGSTOP)
    began = time.monotonic()
    try:
        assert not answers(plant.broker.url, patience=0.5)
    finally:
        os.kill(plant.broker.pid, signal.SIGCONT)
    assert time.monotonic() - began < 2


@pytest.mark.full
def test_r17_a_poller_ends_in_five_seconds_even_in_the_middle_of_a_slow_mail(plant: Plant) -> None:
    assert plant.broker.pid is not None
    os.kill(plant.broker.pid, signal.SIGKILL)
    plant.memory.seconds = 30.0
    poller = plant.poller()
    plant.plan(1, "statutory")
    wait(lambda: bool(plant.memory.seen), 30, plant.logs)
    began = time.monotonic()
    poller.terminate()
    assert poller.wait(10) == 0
    assert time.monotonic() - began < 5


@pytest.mark.full
def test_r18_a_broker_that_comes_and_goes_loses_nothing_and_doubles_nothing(plant: Plant) -> None:
    plant.poller()
    plant.beat()
    plant.worker()
    planned = set()
    for _ in range(6):
        planned |= plant.plan(60, "reminder")
        assert plant.broker.pid is not None
        os.kill(plant.broker.pid, signal.SIGKILL)
        time.sleep(2)
        plant.broker.stop()
        plant.broker.start()
        time.sleep(1)
    wait(plant.settled, 120, lambda: f"{plant.states()}\n{plant.logs()}")
    assert dict(plant.memory.seen) == dict.fromkeys(planned, 1)

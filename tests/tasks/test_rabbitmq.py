"""RabbitMQ in Redis's place, named by its URL alone: real mail through a real broker, and a worker that dies."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from amqp import NotFound
from celery import Celery
from kombu import Connection
from sqlalchemy import func, select

from models.operations import Canary
from models.outbox import Message
from tasks.broker import answers
from tasks.settings import SETTINGS, for_broker
from tests.faults.conftest import Plant, wait
from tests.faults.conftest import plant as plant_with_valkey
from tests.tasks.conftest import free_port
from tests.tasks.rabbit import Rabbit
from workflow.outbox.leases import database_now

__all__ = ["plant_with_valkey"]

pytestmark = pytest.mark.full
QUEUE = "coproduce"


@pytest.fixture(scope="module")
def rabbit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rabbit]:
    """One broker for the module: it takes longer to start than everything it is asked."""
    with Rabbit(tmp_path_factory.mktemp("rabbit")) as running:
        yield running


@pytest.fixture
def plant(plant_with_valkey: Plant, rabbit: Rabbit) -> Plant:
    """Workers and schedulers that know nothing but RabbitMQ, whose queue is empty."""
    plant_with_valkey.broker.stop()
    plant_with_valkey.environment["REDIS_URL"] = rabbit.url
    with Connection(rabbit.url) as connection, contextlib.suppress(NotFound):  # the first test finds no queue
        connection.channel().queue_purge(QUEUE)
    return plant_with_valkey


def ask_for_sending(url: str) -> None:
    """What the poller asks of a worker, published as our settings say."""
    publisher: Celery[Any] = Celery("publisher")
    publisher.conf.update(SETTINGS)
    publisher.conf.update(for_broker(url))
    publisher.send_task("outbox.send_batch")
    publisher.close()


def queued(url: str) -> int:
    """How many tasks wait in the queue that no worker holds."""
    with Connection(url) as connection:
        found: int = connection.channel().queue_declare(QUEUE, passive=True).message_count
        return found


def leased(plant: Plant) -> int:
    """How many messages still count as being in somebody's hands."""
    with plant.database.transaction(plant.authority) as session:
        return session.scalars(
            select(func.count()).select_from(Message).where(Message.leased_until > database_now())
        ).one()


def finished(plant: Plant) -> int:
    """How many canaries a worker has finished."""
    with plant.database.transaction(None) as session:
        return session.scalars(select(func.count()).select_from(Canary).where(Canary.finished_at.is_not(None))).one()


def say(plant: Plant) -> Callable[[], str]:
    return lambda: f"{plant.states()}\n{plant.logs()}"


def test_r1_what_is_committed_is_sent_through_rabbitmq(plant: Plant) -> None:
    """A beat's tick and a worker, with nobody else to do it: a broker that carried nothing would send nothing."""
    plant.beat()
    plant.worker()
    planned = plant.plan(20, "reminder")
    wait(plant.settled, 60, say(plant))
    assert dict(plant.memory.seen) == dict.fromkeys(planned, 1)


def test_a_worker_has_no_queue_that_is_locked_against_it_when_it_comes_back(plant: Plant, rabbit: Rabbit) -> None:
    """Nor one that newer RabbitMQs refuse: those that are neither durable nor of one connection alone."""
    plant.worker()
    planned = plant.plan(1, "statutory")
    ask_for_sending(rabbit.url)
    wait(lambda: set(plant.memory.seen) == planned, 60, say(plant))
    found = rabbit.queues()
    assert QUEUE in {name for name, _, _ in found}
    assert [name for name, durable, exclusive in found if exclusive or not durable] == []


def test_r19_a_pollers_canary_goes_through_rabbitmq_and_is_finished_by_a_worker(plant: Plant) -> None:
    """Nobody but a worker that heard of it from the broker finishes a canary."""
    plant.poller()
    plant.worker()
    wait(lambda: finished(plant) > 0, 60, say(plant))


def test_r5_a_worker_killed_with_a_task_in_hand_gives_it_back(plant: Plant, rabbit: Rabbit) -> None:
    """Nobody ticks or polls: what is left undone is done only because the broker gives the task again."""
    plant.memory.seconds = 30.0
    planned = plant.plan(3, "statutory")
    worker = plant.worker()
    ask_for_sending(rabbit.url)
    wait(lambda: bool(plant.memory.seen), 60, say(plant))
    assert queued(rabbit.url) == 0
    plant.kill(worker)
    wait(lambda: queued(rabbit.url) == 1, 30, say(plant))
    plant.memory.seconds = 0.0
    wait(lambda: not leased(plant), 30, say(plant))
    plant.worker()
    wait(plant.settled, 60, say(plant))
    assert set(plant.memory.seen) == planned
    assert sum(plant.memory.seen.values()) <= len(planned) + 1
    wait(lambda: queued(rabbit.url) == 0, 10, say(plant))


def test_the_queue_is_a_quorum_queue_and_counts_how_often_a_task_was_given(plant: Plant, rabbit: Rabbit) -> None:
    ask_for_sending(rabbit.url)
    with Connection(rabbit.url) as connection:
        connection.channel().basic_get(QUEUE)
    with Connection(rabbit.url) as connection:
        wait(lambda: queued(rabbit.url) == 1, 10)
        again = connection.channel().basic_get(QUEUE)
    assert again.headers["x-delivery-count"] == 1


def test_r19_whether_rabbitmq_answers_is_known(rabbit: Rabbit) -> None:
    assert answers(rabbit.url)
    assert not answers(f"amqp://guest:guest@127.0.0.1:{free_port()}//", patience=1.0)

"""The schedule is data: every tick names a task, expires in time, and stays out of the small hours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from celery import Celery
from celery.schedules import crontab
from flask import Flask

from tasks import make_celery
from tasks.poller import WORK, make_poller
from tasks.schedule import SCHEDULE
from tasks.settings import MAIL_LIMIT, SETTINGS, TASK_LIMIT, VISIBILITY, for_broker
from workflow.clock import LONDON
from workflow.outbox.leases import LEASE


@pytest.fixture(scope="module")
def celery() -> "Celery[Any]":
    app = Flask("test")
    app.config["REDIS_URL"] = "redis+socket:///nowhere/broker.sock"
    made = make_celery(app)
    made.loader.import_default_modules()
    return made


@pytest.mark.parametrize("name", SCHEDULE)
def test_every_tick_names_a_task(celery: "Celery[Any]", name: str) -> None:
    assert SCHEDULE[name]["task"] in celery.tasks


@pytest.mark.parametrize("name", WORK.values())
def test_every_nudge_names_a_task(celery: "Celery[Any]", name: str) -> None:
    assert name in celery.tasks


@pytest.mark.parametrize("name", SCHEDULE)
def test_r12_a_tick_expires_before_the_next(name: str) -> None:
    gap = SCHEDULE[name]["schedule"]
    interval = gap if isinstance(gap, timedelta) else timedelta(days=1)
    assert 0 < SCHEDULE[name]["options"]["expires"] < interval.total_seconds()


@pytest.mark.parametrize("day", [datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)])
def test_r14_nothing_runs_between_midnight_and_three_in_london(day: datetime) -> None:
    times = [entry["schedule"] for entry in SCHEDULE.values() if isinstance(entry["schedule"], crontab)]
    assert times
    for schedule in times:
        for hour in schedule.hour:
            assert day.replace(hour=hour).astimezone(LONDON).hour >= 3


def test_r14_beat_stays_on_utc(celery: "Celery[Any]") -> None:
    assert (celery.conf.timezone, celery.conf.enable_utc) == ("UTC", True)


def test_r8_limits_lie_inside_one_another(celery: "Celery[Any]") -> None:
    mail = celery.tasks["outbox.send_batch"]
    assert mail.soft_time_limit < mail.time_limit == MAIL_LIMIT < LEASE.total_seconds() < VISIBILITY
    assert SETTINGS["task_soft_time_limit"] < TASK_LIMIT < VISIBILITY


def test_r1_tasks_are_acknowledged_late_and_survive_their_workers_death(celery: "Celery[Any]") -> None:
    assert celery.conf.task_acks_late
    assert celery.conf.task_reject_on_worker_lost
    assert celery.conf.task_ignore_result


def test_k3_only_json_is_taken_from_the_broker(celery: "Celery[Any]") -> None:
    assert celery.conf.accept_content == ["json"]


def test_tasks_take_arguments_of_another_release(celery: "Celery[Any]") -> None:
    for name in ("outbox.send_batch", "reminders.sweep", "health.canary", "health.plant"):
        task = celery.tasks[name]
        assert task.run.__code__.co_flags & 0x08, f"{name} takes no unknown keywords"


@pytest.mark.parametrize("url", ["redis://h/0", "rediss://h/0", "redis+socket:///x.sock"])
def test_redis_gives_lost_tasks_back_soon(url: str) -> None:
    options = for_broker(url)["broker_transport_options"]
    assert (options["visibility_timeout"], options["unacked_restore_throttle"]) == (VISIBILITY, 1)
    assert options["socket_timeout"]


def test_rabbitmq_gets_quorum_queues_that_confirm() -> None:
    found = for_broker("amqp://h//")
    assert found["task_default_queue_type"] == "quorum"
    assert found["broker_transport_options"] == {"confirm_publish": True}


def test_a_scheduler_that_loads_no_pages_can_make_its_poller() -> None:
    app = Flask("test")
    app.config["REDIS_URL"] = "redis+socket:///nowhere/broker.sock"
    app.extensions["database"] = object()
    made = make_celery(app)
    assert app.extensions["celery"] is made
    assert make_poller(app).nudger.busy is False


def test_another_broker_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="use redis"):
        for_broker("memory://")

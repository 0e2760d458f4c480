"""Celery: thin named tasks that take ids, look in the database, and may be lost, doubled or late."""

import gc
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from celery import Celery
    from flask import Flask

MODULES = (
    "tasks.outbox",
    "tasks.reminders",
    "tasks.health",
    "tasks.housekeeping",
    "tasks.cases",
    "tasks.files",
    "tasks.advice",
)


def make_celery(flask_app: "Flask") -> "Celery[Any]":
    """The Celery app of an application. Reads `REDIS_URL`; the broker is not touched until it is needed."""
    from celery import Celery

    from tasks.base import AppTask
    from tasks.schedule import SCHEDULE
    from tasks.settings import SETTINGS, for_broker

    celery = Celery("coproduce", task_cls=AppTask, include=MODULES, set_as_current=True)
    celery.conf.update(SETTINGS)
    celery.conf.update(for_broker(flask_app.config["REDIS_URL"]))
    if flask_app.config.get("FEW_PROCESSES"):
        # No second process, and no time limits: they would kill the only one. What hangs, hangs no longer than the
        # waits of mail and database, and the poller sends meanwhile.
        celery.conf.worker_pool = "solo"
    celery.conf.beat_schedule = SCHEDULE
    celery.conf["flask_app"] = lambda: flask_app
    flask_app.extensions["celery"] = celery  # the poller publishes through it, in whichever process it lives
    _watch(flask_app)
    return celery


def broker_ping(flask_app: "Flask") -> Callable[[], bool]:
    """A question to the broker that is answered in three seconds, whatever the broker does."""

    def ping() -> bool:
        from tasks.broker import answers

        return answers(flask_app.config["REDIS_URL"])

    return ping


def _in_context(flask_app: "Flask", work: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with flask_app.app_context():
            work()

    return run


def _watch(flask_app: "Flask") -> None:
    from celery import signals

    from tasks import stopping, watchdog

    def own_connections(**_: object) -> None:
        # A connection shared by two processes corrupts both: the child forgets its parent's without closing it.
        flask_app.extensions["database"].engine.dispose(close=False)

    def watch(**_: object) -> None:
        watchdog.start(flask_app.extensions["database"])

    def settle(**_: object) -> None:
        # What is loaded before the fork is then shared for good: collecting would touch, and so copy, every page.
        gc.collect()
        gc.freeze()

    def poll(**_: object) -> None:
        from tasks.poller import make_poller

        poller = make_poller(flask_app)
        threading.Thread(target=_in_context(flask_app, poller.run), name="poller", daemon=True).start()

    signals.worker_init.connect(settle, weak=False)
    if flask_app.config.get("FEW_PROCESSES"):
        signals.beat_init.connect(poll, weak=False)
    signals.worker_process_init.connect(own_connections, weak=False)
    signals.worker_shutting_down.connect(stopping.ask, weak=False)
    signals.worker_ready.connect(watch, weak=False)

"""A worker that does no work although it runs ends itself, to be started again.

Workers sit silent after losing the broker; a process id says nothing, a canary that nobody finishes does.
"""

import os
import signal
import threading
import time
from collections.abc import Callable

import structlog

from models.database import Database
from workflow import clock, health

log = structlog.get_logger(__name__)

LOOK_EVERY = 60.0


def start(database: Database) -> threading.Thread:
    """Watch in the background, in the worker's first process."""
    thread = threading.Thread(target=watch, args=(database, end_self), name="watchdog", daemon=True)
    thread.start()
    return thread


def watch(
    database: Database,
    end: Callable[[], None],
    *,
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> None:
    """Look once a minute; end the worker when canaries go unfinished for five minutes of its own life."""
    began = monotonic()
    while True:
        sleep(LOOK_EVERY)
        if monotonic() - began < health.DEAD_AFTER.total_seconds():
            continue
        if is_silent(database):
            log.error("worker.silent")
            end()
            return


def is_silent(database: Database) -> bool:
    """Whether canaries were planted and none finished for five minutes. A database that is away says nothing."""
    try:
        since = health.unanswered_since(database, health.WORK)
    except Exception as error:  # a look that fails proves nothing, and must not end a worker or the watch
        log.warning("worker.cannot_look", error=type(error).__name__)
        return False
    return since is not None and clock.now() - since > health.DEAD_AFTER


def end_self() -> None:
    """Ask this process to end as its supervisor would."""
    os.kill(os.getpid(), signal.SIGTERM)

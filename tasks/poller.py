"""The poller: sees what is due in the database and nudges Celery; when nobody has answered for long, it does
the work itself. Mail goes as long as the database and the mail server live."""

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType

import structlog
from flask import Flask

from models.database import Database
from tasks.mailers import mailer_for
from tasks.nudge import Nudger
from tasks.outbox import CHECKS
from workflow import clock, health, outbox, reminders
from workflow.outbox.hints import FILES, OUTBOX, RECORDINGS, SWEEP, due_authorities
from workflow.outbox.post import Mailer
from workflow.reminders.sweep import take_slot

log = structlog.get_logger(__name__)

LOOK_EVERY = 2.0
CANARY_EVERY = timedelta(minutes=1)
AWAY_AFTER = 300.0
NUDGE_LIVES = 25
LAST_SECONDS = 4.0
WORK = {
    OUTBOX: "outbox.send_batch",
    SWEEP: "reminders.sweep",
    FILES: "files.check",
    RECORDINGS: "files.convert",
}
"""Which task answers for a queue of hints."""
RECONCILE = "poller.reconcile"


@dataclass
class Poller:
    """One look after another until it is asked to stop. `away_after`: seconds that a canary may go unanswered
    before the poller works by itself."""

    database: Database
    nudger: Nudger
    mailer: Callable[[], Mailer]
    away_after: float = AWAY_AFTER
    look_every: float = LOOK_EVERY
    canary_every: timedelta = CANARY_EVERY
    stopping: threading.Event = field(default_factory=threading.Event)
    planted_at: datetime | None = None

    def run(self) -> None:
        """Look until asked to stop. A database that is away is waited for."""
        while not self.stopping.is_set():
            try:
                self.look(clock.now())
            except Exception as error:  # whatever fails, looking must never end: the next look may go well
                log.error("poller.look_failed", error=type(error).__name__)
            self.stopping.wait(self.look_every)

    def look(self, now: datetime) -> None:
        """Once: plant a canary when it is time; where something is due, nudge, or do it."""
        self.plant(now)
        if self.is_alone(now):
            self.work(now)
            return
        due = [queue for queue in WORK if due_authorities(self.database, queue, now)]
        if due:
            self.nudger.nudge(*((WORK[queue], ()) for queue in due))

    def plant(self, now: datetime) -> None:
        """A canary each minute: a worker that finishes it shows that broker and worker are there."""
        if self.planted_at is not None and now - self.planted_at < self.canary_every:
            return
        self.planted_at = now
        canary_id = health.plant(self.database, health.WORK, now)
        self.nudger.nudge(("health.canary", (canary_id,)))

    def is_alone(self, now: datetime) -> bool:
        """Whether canaries have gone unanswered for as long as the broker may be away."""
        since = health.unanswered_since(self.database, health.WORK)
        return since is not None and (now - since).total_seconds() > self.away_after

    def work(self, now: datetime) -> None:
        """Do what workers would, as often as they would: each job takes its slot of time. Should they be there
        after all, slots and claims keep it from being doubled."""
        mailer = self.mailer()
        reminders.sweep(self.database, now=now)
        if self._takes(RECONCILE, now):
            log.error("poller.alone")
            outbox.reconcile(self.database, now)
            if mailer.memory is not None:
                outbox.ask(self.database, mailer.memory)
        outbox.send_batch(self.database, mailer, checks=CHECKS, stop=self.stopping.is_set)

    def _takes(self, job: str, now: datetime) -> bool:
        with self.database.transaction(None) as session:
            return take_slot(session, now, job, minutes=10)

    def stop(self, *_: int | FrameType | None) -> None:
        """Begin no more, and end within seconds even in the middle of a slow mail: it is safe at any line."""
        self.stopping.set()
        last = threading.Timer(LAST_SECONDS, os._exit, args=(0,))
        last.daemon = True
        last.start()


def make_poller(app: Flask) -> Poller:
    """The application's poller. Reads `POLLER_AWAY_AFTER` and `POLLER_LOOK_EVERY` (seconds) if they are set."""
    celery = app.extensions["celery"]

    def publish(name: str, args: tuple[object, ...]) -> None:
        celery.send_task(name, args=args, expires=NUDGE_LIVES, retry=False)

    return Poller(
        database=app.extensions["database"],
        nudger=Nudger(publish),
        mailer=lambda: mailer_for(app),
        away_after=float(app.config.get("POLLER_AWAY_AFTER", AWAY_AFTER)),
        look_every=float(app.config.get("POLLER_LOOK_EVERY", LOOK_EVERY)),
        canary_every=timedelta(seconds=float(app.config.get("POLLER_CANARY_EVERY", 60))),
    )


def run(app: Flask) -> None:
    """Poll until SIGTERM or SIGINT."""
    poller = make_poller(app)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, poller.stop)
    with app.app_context():
        poller.run()

"""Real processes to kill: a broker, workers, schedulers, a poller, and a mail server that remembers."""

import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import time as dt_time
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import redis
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from engines.valkey import Valkey
from models.database import Database
from models.outbox import Message
from tests.conftest import MASTER_KEY
from tests.folders import throw_away
from tests.tasks.conftest import free_port
from tests.workflow.outbox.builders import case, deadline, message, person
from workflow import clock
from workflow.outbox import window
from workflow.outbox.claim import ACTIVE

ROOT = Path(__file__).parents[2]
WORKER = ("celery", "-A", "tests.faults.app:celery", "worker", "-c", "1", "--loglevel", "ERROR")
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")
BEAT = ("celery", "-A", "tests.faults.app:celery", "beat", "--loglevel", "ERROR", "--pidfile=")


class Memory:
    """A mail server's handler that counts each Message-ID it accepted, and takes `seconds` for each."""

    def __init__(self) -> None:
        self.seen: Counter[uuid.UUID] = Counter()
        self.seconds = 0.0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        import asyncio

        found = re.search(rb"^Message-ID: <([0-9a-f-]{36})@", envelope.content, re.MULTILINE)
        assert found, "a mail without our Message-ID"
        self.seen[uuid.UUID(found.group(1).decode())] += 1
        await asyncio.sleep(self.seconds)
        return "250 2.0.0 kept"


@dataclass
class Plant:
    """The machinery of one test, and the database it works on."""

    database: Database
    authority: uuid.UUID
    broker: Valkey
    memory: Memory
    environment: dict[str, str]
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A process in a group of its own, ended with the test."""
        with open(self.folder / f"{len(self.processes)}.log", "wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        """A Celery worker with one child."""
        return self.start(*WORKER, *QUIET)

    def beat(self) -> subprocess.Popen[bytes]:
        """A scheduler that ticks twice a second."""
        return self.start(*BEAT, "--schedule", str(self.folder / f"beat-{len(self.processes)}"))

    def poller(self) -> subprocess.Popen[bytes]:
        """A poller."""
        return self.start("tests.faults.app")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9, children and all."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def plan(self, count: int, importance: str) -> set[uuid.UUID]:
        """Committed messages to as many people."""
        with self.database.transaction(self.authority) as session:
            now = clock.now()
            return {message(session, now=now, importance=importance, address=f"p{n}@example.org") for n in range(count)}

    def plan_deadlines(self, count: int) -> None:
        """Deadlines due today, of as many cases, each with its caseworker; scheduled, not yet swept. They are
        looked at whatever the hour."""
        from models.access import Post
        from workflow import reminders

        today = clock.london_day(clock.now())
        looked_at_from = mock.patch.object(sys.modules["workflow.reminders.schedule"], "LOOK_FROM", dt_time())
        with looked_at_from, self.database.transaction(self.authority) as session:
            for n in range(count):
                worker = person(session, kind="staff", email=f"w{n}@example.org")
                session.add(Post(person_id=worker, role="caseworker", from_on=today))
                session.flush()
                found = deadline(
                    session, case(session, caseworker_id=worker), due_on=today, known_since=today, rule="review.decide"
                )
                reminders.schedule(session, found, today)

    def states(self) -> Counter[str]:
        """How many messages are in each state."""
        with self.database.transaction(self.authority) as session:
            rows = session.execute(select(Message.state, func.count()).group_by(Message.state))
            return Counter({state: count for state, count in rows})

    def settled(self) -> bool:
        """Whether no message is still on its way."""
        return not set(self.states()) & set(ACTIVE)

    def held(self) -> set[uuid.UUID]:
        """What waits for a person."""
        with self.database.transaction(self.authority) as session:
            return set(session.scalars(select(Message.id).where(Message.state.in_(("held", "parked", "bounced")))))

    def logs(self) -> str:
        """What the processes wrote, for a failing test."""
        return "\n".join(f"--- {p.name}\n{p.read_text()[-2000:]}" for p in sorted(self.folder.glob("*.log")))


def wait(until: Callable[[], bool], seconds: float, why: Callable[[], str] = str) -> None:
    """Wait until something holds; fail with `why` when it does not in time."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            pytest.fail(f"not within {seconds} s: {why()}")
        time.sleep(0.05)


def given_broker() -> str:
    """The broker the environment names, in a database of this test process's own, emptied; "" when none is."""
    if "REDIS_URL" not in os.environ:
        return ""
    url = f"{os.environ['REDIS_URL'].rstrip('/')}/{os.environ.get('PYTEST_XDIST_WORKER', 'gw0').removeprefix('gw')}"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture
def plant(
    own_database: tuple[Database, uuid.UUID], fresh: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Plant]:
    """Broker and mail server running; workers, schedulers and pollers are the test's to start and kill."""
    # Tests run at any hour; so does the mail of the processes they start.
    monkeypatch.setattr(window, "OPENS", dt_time(0))
    monkeypatch.setattr(window, "CLOSES", dt_time(23, 59, 59, 999999))
    memory, port = Memory(), free_port()
    controller = Controller(memory, hostname="127.0.0.1", port=port)
    controller.start()
    with throw_away() as name:
        broker = Valkey(Path(name), durable=False)
        broker.start()
        environment = {
            **os.environ,
            "DATABASE_URL": fresh[1],
            "MASTER_KEY": MASTER_KEY,
            "REDIS_URL": given_broker() or broker.url,
            "MAIL_URL": f"smtp://127.0.0.1:{port}",
            "PYTHONPATH": str(ROOT),
        }
        made = Plant(*own_database, broker, memory, environment, Path(name))
        try:
            yield made
        finally:
            for process in made.processes:
                if process.poll() is None:
                    made.kill(process)
            broker.stop()
            controller.stop()

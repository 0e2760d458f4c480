"""The supervisor: what dies is started again, ever more patiently; everything stops in order and in time."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.errors import EngineError
from engines.process import Child, Service
from engines.supervisor import Supervisor

from .conftest import Script, eventually, is_alive

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
NOTE_END = """
import pathlib, signal, sys, time
def end(*_):
    with open(sys.argv[2], "a") as file:
        file.write(sys.argv[1] + " ")
    sys.exit()
signal.signal(signal.SIGTERM, end)
pathlib.Path(sys.argv[2] + "." + sys.argv[1]).touch()
time.sleep(600)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""


class Bench:
    """A supervisor whose words are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.supervisor = Supervisor(("first", "second", "third"), say=self.said.append)

    def service(self, name: str, argv: list[str]) -> Service:
        return Service(name=name, argv=argv, log=self.folder / f"{name}.log")

    def pid(self, name: str) -> int:
        return self.supervisor._kept[name].child.pid or 0


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.supervisor.stop()


def test_what_is_killed_is_started_again_and_said_once(bench: Bench) -> None:
    bench.supervisor.start(bench.service("web", SLEEP))
    first = bench.pid("web")
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: not is_alive(first))
    now = time.monotonic()
    bench.supervisor.look(now)
    bench.supervisor.look(now + 0.1)
    assert bench.pid("web") == first
    bench.supervisor.look(now + 1.0)
    assert bench.pid("web") != first and is_alive(bench.pid("web"))
    assert bench.said == [f"web was killed by signal 9; starting it again in 0.5 s. Its log: {bench.folder}/web.log"]


def test_patience_grows_with_every_failure_up_to_half_a_minute(bench: Bench) -> None:
    bench.supervisor.start(bench.service("worker", [sys.executable, "-c", "raise SystemExit(3)"]))
    now = time.monotonic()
    delays = []
    for _ in range(8):
        assert eventually(lambda: not is_alive(bench.pid("worker")))
        bench.supervisor.look(now)
        delays.append(float(bench.said[-1].split(" again in ")[1].split(" s.")[0]))
        now += delays[-1]
        bench.supervisor.look(now)
    assert delays == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert bench.said[0].startswith("worker ended with code 3")


def test_what_ran_well_for_a_minute_is_started_again_at_once(bench: Bench) -> None:
    bench.supervisor.start(bench.service("web", SLEEP))
    bench.supervisor._kept["web"].failures = 6
    os.kill(bench.pid("web"), signal.SIGKILL)
    assert eventually(lambda: not is_alive(bench.pid("web")))
    bench.supervisor.look(time.monotonic() + 61)
    assert "again in 0.5 s" in bench.said[-1]


def test_what_a_dead_service_left_running_goes_with_it(bench: Bench) -> None:
    family = f"import subprocess, sys, time; print(subprocess.Popen({SLEEP!r}).pid, flush=True); time.sleep(600)"
    bench.supervisor.start(bench.service("web", [sys.executable, "-c", family]))
    log = bench.folder / "web.log"
    assert eventually(lambda: log.read_text(encoding="ascii").strip())
    grandchild = int(log.read_text(encoding="ascii"))
    os.kill(bench.pid("web"), signal.SIGKILL)
    assert eventually(lambda: not is_alive(bench.pid("web")))
    assert is_alive(grandchild)
    bench.supervisor.look(time.monotonic())
    assert eventually(lambda: not is_alive(grandchild))


def test_a_service_that_cannot_be_started_again_is_tried_later(bench: Bench) -> None:
    refusals = iter([None, EngineError("the disk is full"), None])

    def before() -> None:
        if refusal := next(refusals):
            raise refusal

    bench.supervisor.start(Service("db", SLEEP, bench.folder / "db.log", before=before))
    os.kill(bench.pid("db"), signal.SIGKILL)
    assert eventually(lambda: not is_alive(bench.pid("db")))
    now = time.monotonic()
    for moment in (now, now + 1, now + 5):
        bench.supervisor.look(moment)
    assert "cannot be started (the disk is full); starting it again in 1 s" in bench.said[-1]
    assert is_alive(bench.pid("db"))


def test_everything_stops_in_the_given_order(bench: Bench) -> None:
    book = bench.folder / "book"
    for name in ("third", "other", "second", "first"):
        bench.supervisor.start(bench.service(name, [sys.executable, "-c", NOTE_END, name, str(book)]))
    assert eventually(lambda: len(list(bench.folder.glob("book.*"))) == 4)
    bench.supervisor.stop()
    assert book.read_text(encoding="ascii").split() == ["first", "second", "third", "other"]


def test_a_service_that_will_not_stop_is_killed_in_time(bench: Bench) -> None:
    for name in ("first", "second", "third"):
        bench.supervisor.start(bench.service(name, [sys.executable, "-c", DEAF]))
    logs = [bench.folder / f"{name}.log" for name in ("first", "second", "third")]
    assert eventually(lambda: all(log.read_text(encoding="ascii") for log in logs))
    pids = [bench.pid(name) for name in ("first", "second", "third")]
    begin = time.monotonic()
    bench.supervisor.stop(1.0)
    assert time.monotonic() - begin < 2.0
    assert not any(is_alive(pid) for pid in pids)


def test_a_long_log_is_put_aside_while_it_is_written_to(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engines.folders.LOG_LIMIT", 1000)
    text = "import time\nwhile True: print('x' * 99, flush=True); time.sleep(0.001)"
    bench.supervisor.start(bench.service("web", [sys.executable, "-c", text]))
    log = bench.folder / "web.log"
    assert eventually(lambda: log.stat().st_size > 2000)
    bench.supervisor.look(time.monotonic() + 61)
    assert (bench.folder / "web.log.1").stat().st_size > 1000
    assert eventually(lambda: log.stat().st_size > 0)
    assert b"\0" not in log.read_bytes()


def test_a_child_that_is_not_ready_is_mended_once(tmp_path: Path) -> None:
    mended: list[bool] = []
    service = Service(
        name="db",
        argv=[sys.executable, "-c", "pass"],
        log=tmp_path / "db.log",
        ready=lambda pid: False,
        mend=lambda: mended.append(True),
    )
    assert not Child(service).begin()
    assert mended == [True]


def test_children_end_with_a_killed_supervisor(tmp_path: Path, script: Script) -> None:
    parent = script(
        """
        import sys
        from pathlib import Path
        from engines.process import Service
        from engines.supervisor import Supervisor
        kept = Supervisor()
        kept.start(Service("web", [sys.executable, "-c", "import time; time.sleep(600)"], Path(sys.argv[1])))
        print(kept._kept["web"].child.pid, flush=True)
        kept.watch()
        """,
        tmp_path / "web.log",
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.kill()
    assert eventually(lambda: not is_alive(child))

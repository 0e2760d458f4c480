"""`make run`'s launcher, with real engines and a stand-in application of a few lines."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from engines import ports
from tests.folders import throw_away

from .conftest import PROJECT, eventually, is_alive

STANDIN = Path(__file__).parent / "standin" / "wsgi.py"


class Run:
    """A project folder with the stand-in application, and the launcher running in it."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(PROJECT / "engines", folder / "engines")
        shutil.copytree(PROJECT / "deploy", folder / "deploy")
        shutil.copy(STANDIN, folder / "wsgi.py")
        self.folder = folder
        self.data_dir = folder / "var"
        self.port = ports.any_free()
        self.process: subprocess.Popen[str] | None = None
        self.started: list[subprocess.Popen[str]] = []

    def start(self, **environment: str) -> "subprocess.Popen[str]":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "engines.run"],
            cwd=self.folder,
            env={**CLEAN, "PORT": str(self.port), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(self.process)
        return self.process

    def page(self, path: str) -> str:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return str(answer.read().decode())
        except (URLError, OSError):
            return ""

    def is_up(self) -> bool:
        return self.page("/health/live") == "alive"

    def ticks(self) -> int:
        return int(self.page("/ticks") or 0)

    def family(self) -> dict[int, str]:
        """Every process below the launcher, with its command."""
        assert self.process
        table = subprocess.run(["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
        rows = [(int(pid), int(ppid), args) for pid, ppid, args in (line.split(None, 2) for line in table.splitlines())]
        found: dict[int, str] = {}
        parents = {self.process.pid}
        while parents:
            children = {pid: args for pid, ppid, args in rows if ppid in parents}
            found |= children
            parents = set(children)
        return found

    def end(self, number: signal.Signals = signal.SIGTERM) -> str:
        """Everything it printed, once it has ended."""
        assert self.process
        self.process.send_signal(number)
        return self.process.communicate(timeout=20)[0]


CLEAN = {
    name: value
    for name, value in os.environ.items()
    if name not in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL", "MAIL_URL", "DATA_DIR", "HOST", "DEMO")
}


@pytest.fixture
def run() -> Iterator[Run]:
    with throw_away() as folder:
        made = Run(Path(folder) / "project")
        yield made
        for process in made.started:
            process.terminate()
            process.communicate(timeout=15)


def test_a_run_serves_works_and_stops_within_ten_seconds(run: Run) -> None:
    run.start()
    assert eventually(run.is_up, 60)
    assert eventually(lambda: run.ticks() > 2, 30), "worker and scheduler never got to work"
    family = run.family()
    begin = time.monotonic()
    said = run.end(signal.SIGINT)
    assert time.monotonic() - begin < 10
    assert f"http://127.0.0.1:{run.port}/demo/mail" in said and said.endswith("Stopping.\n")
    assert len(family) > 10 and not any(is_alive(pid) for pid in family)
    assert run.process and run.process.returncode == 0


def test_a_taken_port_is_said_in_one_sentence_before_anything_is_started(run: Run) -> None:
    with socket.create_server(("127.0.0.1", run.port)):
        out, _ = run.start().communicate(timeout=20)
    assert out == (
        f"Port {run.port} is taken by another program: stop it, or choose another port with PORT={run.port + 1}.\n"
    )
    assert run.process and run.process.returncode == 1
    assert not (run.data_dir / "postgres").exists()


def test_a_failing_migration_is_said_in_one_sentence_and_leaves_nothing_running(run: Run) -> None:
    out, _ = run.start(STANDIN_TROUBLE="1").communicate(timeout=60)
    assert out == (
        "The database could not be brought up to date (Error: the stand-in was told to fail): "
        f"see {run.data_dir}/log/upgrade.log.\n"
    )
    assert not (run.data_dir / "postgres" / "postmaster.pid").exists()


@pytest.mark.full
def test_a_second_run_on_the_same_data_is_turned_away(run: Run) -> None:
    first = run.start()
    assert eventually(run.is_up, 60)
    out, _ = run.start(PORT=str(ports.any_free())).communicate(timeout=20)
    assert out.startswith(f"Coproduce already runs on {run.data_dir} (process {first.pid}): stop that one first")
    assert run.is_up()
    run.process = first


@pytest.mark.full
@pytest.mark.parametrize("victim", ["bin/postgres -D", "valkey-server", "gunicorn", "celery -A wsgi:celery worker"])
def test_it_heals_by_itself_when_one_of_its_processes_is_killed(run: Run, victim: str) -> None:
    run.start()
    assert eventually(run.is_up, 60)
    assert eventually(lambda: run.ticks() > 1, 30)
    killed = min(pid for pid, args in run.family().items() if victim in args)
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: not is_alive(killed))
    assert eventually(run.is_up, 30)
    before = run.ticks()
    assert eventually(lambda: run.ticks() > before, 40), "no task was done after the kill"


@pytest.mark.full
def test_a_killed_launcher_leaves_nothing_and_the_next_start_has_the_data(run: Run) -> None:
    process = run.start()
    assert eventually(run.is_up, 60)
    assert eventually(lambda: run.ticks() > 1, 30)
    ticks, family = run.ticks(), run.family()
    process.kill()
    process.communicate()
    run.start()
    assert eventually(lambda: not any(is_alive(pid) for pid in family), 30)
    assert eventually(run.is_up, 30)
    assert eventually(lambda: run.ticks() >= ticks, 30)


@pytest.mark.full
def test_services_of_ones_own_replace_ours_one_by_one(run: Run, tmp_path: Path) -> None:
    from engines.valkey import Valkey

    with Valkey(tmp_path / "own") as own:
        run.start(REDIS_URL=own.url, MAIL_URL="smtp://127.0.0.1:9")
        assert eventually(run.is_up, 60)
        assert eventually(lambda: run.ticks() > 2, 30)
        commands = " ".join(run.family().values())
        run.end()
    assert "valkey-server" not in commands and "mailsink" not in commands


@pytest.mark.full
@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk, which only root may")
def test_a_full_disk_is_said_in_one_sentence(run: Run) -> None:
    run.data_dir.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", str(run.data_dir)])
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        out, _ = run.start().communicate(timeout=30)
    finally:
        subprocess.run(["umount", str(run.data_dir)], check=True)
    assert out == f"The disk that holds {run.data_dir} is full: free some space on it and start again.\n"

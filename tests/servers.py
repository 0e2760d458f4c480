"""Servers of the machine's own packages, started for a test as somebody who runs a service starts them."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.engines.conftest import PROJECT, eventually
from tests.folders import throw_away


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def running() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes a test starts, stopped in turn behind it."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in reversed(started):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can pass through; pytest's own are closed to everybody else."""
    with throw_away() as name:
        Path(name).chmod(0o755)
        yield Path(name)


Running = list["subprocess.Popen[bytes]"]


def database(folder: Path, running: Running, passwords: Mapping[str, str]) -> int:
    """Debian's PostgreSQL in a new folder, with the roles of the image's own first-run script. Returns its port."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
    assert programs, "this test needs Debian's postgresql, which .ci/run installs"
    user = "postgres" if os.getuid() == 0 else None
    folder.mkdir()
    folder.chmod(0o755)
    if user:
        shutil.chown(folder, user)
    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust"], user=user, check=True, **quiet
    )
    # Thrown away with the test: nothing of it must outlive a power cut.
    options = [each for name in ("fsync", "full_page_writes", "synchronous_commit") for each in ("-c", f"{name}=off")]
    options += ["-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-k", str(folder)]
    command = [programs / "postgres", "-D", folder / "data", *options]
    with open(folder / "log", "wb") as log:
        running.append(subprocess.Popen(command, user=user, cwd="/", stderr=log))
    ask = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    assert eventually(lambda: subprocess.run(ask, check=False).returncode == 0, 30)
    roles = {**os.environ, **passwords, "PGHOST": "127.0.0.1", "PGPORT": str(port)}
    subprocess.run(["sh", PROJECT / "deploy/postgres/roles.sh"], env=roles, check=True)
    return port


def broker(folder: Path, running: Running, command: Sequence[str] = ("redis-server",)) -> int:
    """Debian's Redis. Returns its port."""
    assert shutil.which("redis-server"), "this test needs Debian's redis-server, which .ci/run installs"
    folder.mkdir()
    port = free_port()
    running.append(
        subprocess.Popen([*command, "--port", str(port), "--dir", str(folder)], stdout=subprocess.DEVNULL, cwd="/")
    )
    assert eventually(lambda: listens(port), 10)
    return port


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0

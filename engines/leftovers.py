"""What a PostgreSQL leaves behind when its launcher dies before it: itself, and lock files."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def clear_leftovers(cluster: Path, sockets: Path) -> None:
    """Stop a PostgreSQL that outlived its launcher, and drop its lock files.

    The caller holds the folder's lock, so whatever still runs here is a stray. Lock files must go too:
    PostgreSQL takes any process that has got the old number since for itself and would refuse to start.
    """
    for number, patience in ((signal.SIGINT, 4.0), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 2.0)):
        deadline = time.monotonic() + patience
        running = _processes_in(cluster)
        for pid in running:
            _signal(pid, number)
        while running and time.monotonic() < deadline:
            time.sleep(0.02)
            running = _processes_in(cluster)
        if not running:
            break
    for stale in (cluster / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _processes_in(cluster: Path) -> list[int]:
    """The PostgreSQL processes that have `cluster` as their working folder, as each of them has."""
    if not Path("/proc/self/cwd").exists():
        return _from_lock_file(cluster)
    here = os.stat(cluster)
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _is_postgres_in(entry, here):
            found.append(int(entry.name))
    return found


def _is_postgres_in(entry: Path, here: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.stat(entry / "cwd"), here) and (entry / "comm").read_text().startswith("postgres")
    except OSError:
        return False


def _from_lock_file(cluster: Path) -> list[int]:
    """Where there is no /proc: the server named in the lock file, if `ps` still shows it on this folder."""
    try:
        pid = (cluster / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0]
    except OSError:
        return []
    shown = subprocess.run(["ps", "-p", pid, "-o", "command="], capture_output=True, text=True).stdout
    return [int(pid)] if "postgres" in shown and str(cluster) in shown else []

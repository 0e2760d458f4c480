"""Where the servers of tests keep their files."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

IN_MEMORY, ROOM = Path("/dev/shm"), 2_000_000_000  # bytes
PREFIX, OLD = "cop-test-", 3600.0  # seconds


@contextlib.contextmanager
def throw_away() -> Iterator[str]:
    """A new folder for a server that is thrown away, in memory where there is room: a database is a thousand small
    files, and copying it there costs a quarter. Whoever names a `TMPDIR` gets it there."""
    place = None if "TMPDIR" in os.environ else _in_memory()
    if place:
        clear_up(place)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=place) as folder, _locked(Path(folder), fcntl.LOCK_EX):
        yield folder


def clear_up(place: Path) -> None:
    """Remove what tests that were killed left there, which would otherwise take memory for ever."""
    for left in place.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError), _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB):
            if time.time() - left.stat().st_mtime > OLD:
                shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(at, how)
        yield
    finally:
        os.close(at)


def _in_memory() -> Path | None:
    try:
        disk = os.statvfs(IN_MEMORY)
    except OSError:
        return None
    return IN_MEMORY if disk.f_bavail * disk.f_frsize > ROOM and os.access(IN_MEMORY, os.W_OK) else None

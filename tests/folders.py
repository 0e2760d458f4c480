"""Where the servers of tests keep their files."""

import os
import tempfile

IN_MEMORY, ROOM = "/dev/shm", 2_000_000_000  # bytes


def throw_away() -> "tempfile.TemporaryDirectory[str]":
    """A new folder for a server that is thrown away, in memory where there is room: a database is a thousand small
    files, and copying it there costs a quarter. Whoever names a `TMPDIR` gets it there."""
    return tempfile.TemporaryDirectory(prefix="cop", dir=None if "TMPDIR" in os.environ else _in_memory())


def _in_memory() -> str | None:
    try:
        disk = os.statvfs(IN_MEMORY)
    except OSError:
        return None
    return IN_MEMORY if disk.f_bavail * disk.f_frsize > ROOM and os.access(IN_MEMORY, os.W_OK) else None

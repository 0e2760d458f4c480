"""Folders, socket paths and locks, all inside the data folder wherever that is possible."""

import contextlib
import fcntl
import hashlib
import os
import re
import stat
from pathlib import Path
from typing import IO

from engines.errors import EngineError, disk_full, unusable

SOCKET_PATH_LIMIT = 100
"""Characters. The kernel takes 107 on Linux and 103 on macOS; clients count differently near the edge."""

PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")
"""Paths that every client reads the same from a URL; others go to a short folder with a plain name."""

LOG_LIMIT = 10_000_000
"""Bytes after which a log is put aside; one older part is kept."""


def private_folder(folder: Path) -> Path:
    """Make `folder` for its owner alone, unless it exists; say in one sentence why it cannot be made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
    except OSError as error:
        raise unusable(folder, error) from error
    return folder


def need_room(folder: Path, megabytes: int) -> None:
    """Refuse to go on when the disk under `folder` has less than `megabytes` left for us."""
    disk = os.statvfs(folder)
    if disk.f_bavail * disk.f_frsize < megabytes * 1_000_000:
        raise disk_full(folder)


def socket_folder(wanted: Path, longest_name: str, owner: int) -> Path:
    """A private folder in which `longest_name` is a usable socket path.

    `wanted` itself, or, when its path is too long or has unusual letters, a short one named after it in the
    user's run-time folder or in /tmp. One that is there already must belong to us or to the user `owner`.
    """
    path = str(wanted / longest_name)
    if len(os.fsencode(path)) < SOCKET_PATH_LIMIT and PLAIN_PATH.fullmatch(path):
        return private_folder(wanted)
    key = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    return _own_folder(_short_base() / f"coproduce-{os.geteuid()}-{key}", owner)


def _short_base() -> Path:
    base = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    usable = base.is_absolute() and base.is_dir() and base.stat().st_uid == os.geteuid()
    return base if usable and len(str(base)) < 30 and PLAIN_PATH.fullmatch(str(base)) else Path("/tmp")


def _own_folder(folder: Path, owner: int) -> Path:
    """Make or check a folder in a place where others can write: ours, no link, closed to everyone else."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        ours = found.st_uid in (os.geteuid(), owner)
        if not stat.S_ISDIR(found.st_mode) or not ours or found.st_mode & 0o077:
            raise EngineError(
                f"{folder} is needed for sockets but belongs to somebody else: remove it, "
                "or set DATA_DIR to a shorter path."
            ) from None
    except OSError as error:
        raise unusable(folder, error) from error
    return folder


def drop_short_folder(folder: Path, data_dir: Path) -> None:
    """Remove a socket folder made outside the data folder, once it is empty."""
    if data_dir not in folder.parents:
        with contextlib.suppress(OSError):
            folder.rmdir()


class Lock:
    """A lock on a folder that goes away with the process that holds it, however that ends."""

    def __init__(self, path: Path, taken: str) -> None:
        """`taken` is the sentence for when another process holds it; `{pid}` in it is that process."""
        self.path = path
        self._taken = taken
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock, or raise the sentence."""
        try:
            file = open(self.path, "a+", encoding="ascii")  # noqa: SIM115 - held open for as long as the lock
        except OSError as error:
            raise unusable(self.path.parent, error) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            pid = file.read().strip() or "unknown"
            file.close()
            raise EngineError(self._taken.format(pid=pid)) from None
        self._file = file
        self._write_pid(file)

    def _write_pid(self, file: IO[str]) -> None:
        try:
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        except OSError as error:
            raise unusable(self.path.parent, error) from error

    def release(self) -> None:
        """Let go; harmless when it is not held."""
        if self._file is not None:
            self._file.close()
            self._file = None


def open_log(path: Path) -> IO[bytes]:
    """Open a log to append to, putting a long one aside first."""
    private_folder(path.parent)
    try:
        trim_log(path)
        return open(path, "ab", buffering=0, opener=_for_owner_only)
    except OSError as error:
        raise unusable(path.parent, error) from error


def trim_log(path: Path) -> None:
    """Put a long log aside while others go on appending to it: copied, then emptied in place."""
    if not path.exists() or path.stat().st_size <= LOG_LIMIT:
        return
    older = path.with_suffix(path.suffix + ".1")
    with path.open("rb") as source, open(older, "wb", opener=_for_owner_only) as target:
        while part := source.read(1 << 20):
            target.write(part)
    os.truncate(path, 0)


def _for_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

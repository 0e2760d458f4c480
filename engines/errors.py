"""The one error a person is meant to read."""

import errno
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT)


class EngineError(Exception):
    """Something a person can put right; its text is one sentence that tells how."""


def disk_full(folder: Path) -> EngineError:
    """The sentence for a disk without room under `folder`."""
    return EngineError(f"The disk that holds {folder} is full: free some space on it and start again.")


def unusable(folder: Path, error: OSError) -> EngineError:
    """The sentence for a folder in which `error` kept us from writing."""
    if error.errno in FULL:
        return disk_full(folder)
    reason = (error.strerror or "it cannot be used").lower()
    return EngineError(
        f"Nothing can be kept in {folder} ({reason}): make it a folder you may write to, "
        "or set DATA_DIR to another one."
    )

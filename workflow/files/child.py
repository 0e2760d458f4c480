"""A module of ours run in a process of its own, told nothing it does not need, and killed when its time is up."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def run(module: str, *args: str | Path, folder: Path, seconds: int) -> bytes | None:
    """What `python -m module` printed; None where it failed, was killed or took longer than `seconds`.

    folder: where it may keep what passes. No database, no keys, no address of anything is in its environment.
    """
    told = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, args)],
            cwd=ROOT,
            env=told | {"TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
        ).stdout
    except (subprocess.SubprocessError, OSError):
        return None

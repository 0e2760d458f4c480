"""How a command finds the service that `make run` started: `flask --app wsgi sweep` needs no settings beside it."""

import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path

LOCK, FILE = "run.lock", "running.json"
NAMES = (
    *("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL", "MAIL_URL", "PUBLIC_URL", "DATA_DIR", "DEMO"),
    *("SECRET_KEY", "MASTER_KEY", "NOTIFY_API_KEY", "NOTIFY_EMAIL_TEMPLATE"),
)


def tell(data_dir: Path, env: Mapping[str, str]) -> None:
    """Write down what a run gave to its processes, for its owner's eyes only."""
    file = data_dir / FILE
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with open(part, "w", opener=lambda path, flags: os.open(path, flags | os.O_EXCL, 0o600)) as output:
        json.dump({name: env[name] for name in NAMES if name in env}, output)
    part.rename(file)


def find(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings of the service that runs on DATA_DIR (`var` unless given); empty when none does."""
    data_dir = Path(environment.get("DATA_DIR") or "var").absolute()
    try:
        with open(data_dir / LOCK, "rb") as lock:
            if not _held(lock.fileno()):
                return {}
        told = json.loads((data_dir / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # nothing there, another user's, or only half started
        return {}
    return {name: str(told[name]) for name in NAMES if name in told}


def _held(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False

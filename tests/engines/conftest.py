"""Real engines in throw-away folders, and launchers in processes of their own to be killed."""

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

PROJECT = Path(__file__).resolve().parents[2]


def sql(url: str, statement: str) -> list[tuple[object, ...]]:
    """Run one statement and commit; its rows, if it has any."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def eventually(true: Callable[[], object], seconds: float = 15.0) -> bool:
    """Whether `true` comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


def is_alive(pid: int) -> bool:
    """Whether the process still does anything; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


Script = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def script() -> Iterator[Script]:
    """Runs Python text in a process of its own, with the engines importable."""
    started: list[subprocess.Popen[str]] = []

    def run(
        text: str, *arguments: object, python: str = sys.executable, user: str | None = None
    ) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [python, "-c", textwrap.dedent(text), *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT), *SITE_PACKAGES])},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            user=user,
            extra_groups=[] if user else None,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


SITE_PACKAGES = [path for path in sys.path if path.endswith("site-packages")]

LAUNCHER = """
    import sys, time
    from pathlib import Path
    from engines.postgres import Postgres
    engine = Postgres(Path(sys.argv[1]))
    engine.start()
    print(engine.pid, engine.admin_url, flush=True)
    time.sleep(600)
"""

"""The application's processes as data: the same commands here and in `docker-compose.yml`."""

import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from engines.process import Service

PROJECT = Path(__file__).resolve().parent.parent

UPGRADE = ("flask", "--app", "wsgi", "database", "upgrade")
PREPARE = ("flask", "--app", "wsgi", "demo", "prepare")
"""The same, and the demonstration council."""

WEB = (
    "gunicorn",
    "wsgi:app",
    "--preload",
    "-w",
    "2",
    "--graceful-timeout",
    "8",
    "--no-control-socket",
    "-c",
    "deploy/gunicorn.py",
)
WORKER = (
    *("celery", "-A", "wsgi:celery", "worker", "-c", "1", "--loglevel", "WARNING"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)
BEAT = ("celery", "-A", "wsgi:celery", "beat", "--loglevel", "WARNING", "--pidfile=")
POLLER = ("flask", "--app", "wsgi", "poller")
"""A process of its own in production; here it lives in beat's, to be gentle with a small machine's memory."""

STOP_ORDER = ("web", "beat", "worker", "mail", "valkey", "postgres")
STOP_SECONDS = {"web": 2.0, "beat": 1.0, "worker": 2.0, "mail": 0.5}
"""Together with the engines' own patience less than the ten seconds a stop may take."""


def python(command: Sequence[str]) -> list[str]:
    """The command run by the interpreter that runs us, wherever its scripts lie."""
    return [sys.executable, "-m", *command]


def of(data_dir: Path, bind: str, env: Mapping[str, str], answers: Callable[[int], bool]) -> list[Service]:
    """Web, worker and scheduler in the order they start; `answers` tells whether web does."""
    commands = {
        "web": (*WEB, "--bind", bind),
        "worker": WORKER,
        "beat": (*BEAT, "--schedule", str(data_dir / "beat" / "schedule")),
    }
    return [
        service(name, python(command), data_dir, env, ready=answers if name == "web" else None)
        for name, command in commands.items()
    ]


def service(
    name: str,
    argv: Sequence[str],
    data_dir: Path,
    env: Mapping[str, str],
    *,
    ready: Callable[[int], bool] | None = None,
) -> Service:
    """One process of the application, logging into the data folder."""
    return Service(
        name=name,
        argv=argv,
        log=data_dir / "log" / f"{name}.log",
        env=env,
        folder=PROJECT,
        ready=ready,
        ready_seconds=60.0,
        stop_signals=((signal.SIGTERM, STOP_SECONDS.get(name, 2.0)),),
    )


def mail_sink(port: int, data_dir: Path, env: Mapping[str, str]) -> Service:
    """The sink that keeps mail in the data folder's `mail`."""
    argv = python(("engines.mailsink", str(port), str(data_dir / "mail")))
    return service("mail", argv, data_dir, env)

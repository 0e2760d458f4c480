"""Debian's RabbitMQ as a process of a test: its own folder, ports, cookie and port mapper; nothing outlives it."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tasks.broker import answers
from tests.tasks.conftest import free_port

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # the one on the PATH changes to a user of its own
CONTROL = SERVER.with_name("rabbitmqctl")
PATIENCE = 90.0


class Rabbit:
    """A broker on loopback with its data in `folder`. Use as a context."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port, self._between, self._mapper_port = free_port(), free_port(), free_port()
        self._mapper: subprocess.Popen[bytes] | None = None
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"amqp://guest:guest@127.0.0.1:{self._port}//"

    def queues(self) -> list[tuple[str, bool, bool]]:
        """(name, durable, of one connection alone) of every queue."""
        told = subprocess.run(
            [str(CONTROL), "--quiet", "--no-table-headers", "list_queues", "name", "durable", "exclusive"],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
        rows = (line.split("\t") for line in told.stdout.splitlines())
        return [(name, durable == "true", exclusive == "true") for name, durable, exclusive in rows]

    def __enter__(self) -> "Rabbit":
        mapper = shutil.which("epmd")
        assert mapper and SERVER.exists(), "install rabbitmq-server: this proof is not skipped"
        # Started here, Erlang's port mapper is ours to stop; a server that finds none starts one that stays for ever.
        self._mapper = self._start([mapper, "-port", str(self._mapper_port), "-address", "127.0.0.1"])
        self._server = self._start([str(SERVER)])
        end = time.monotonic() + PATIENCE
        while not answers(self.url, patience=1.0):
            if time.monotonic() > end or self._server.poll() is not None:
                self.__exit__()
                raise AssertionError(f"RabbitMQ did not start:\n{self._log().read_text()[-3000:]}")
            time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self._server, self._mapper):
            if process is not None:
                _end(process)

    def _log(self) -> Path:
        return self._folder / "rabbit.log"

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self._log().open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self._folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _environment(self) -> dict[str, str]:
        here = self._folder
        (here / "plugins").write_text("[].\n")
        own = {
            "HOME": here,  # Erlang's cookie
            "ERL_EPMD_PORT": self._mapper_port,
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"test{self._port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": self._port,
            "RABBITMQ_DIST_PORT": self._between,
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_MNESIA_BASE": here / "data",
            "RABBITMQ_LOG_BASE": here / "log",
            "RABBITMQ_PID_FILE": here / "pid",
            "RABBITMQ_FEATURE_FLAGS_FILE": here / "flags",
            "RABBITMQ_ENABLED_PLUGINS_FILE": here / "plugins",
            "RABBITMQ_CONFIG_FILE": here / "none",
            "RABBITMQ_CONF_ENV_FILE": here / "none.conf",
        }
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **{name: str(value) for name, value in own.items()}}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and then its whole group."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)

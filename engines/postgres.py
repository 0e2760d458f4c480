"""PostgreSQL from the wheel, on a unix socket in the data folder and nowhere else."""

import signal
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from engines import cluster, identity
from engines.errors import EngineError, disk_full
from engines.folders import Lock, drop_short_folder, private_folder, socket_folder
from engines.leftovers import clear_leftovers
from engines.process import Child, Service, quiet_environment

LONGEST_SOCKET = ".s.PGSQL.5432.lock"


class Postgres:
    """A PostgreSQL of our own in `data_dir`, with the database `coproduce` and its two roles.

    `durable=False` makes it faster and forgetful, for tests only. Folders used: `postgres` (data), `run`
    (socket) and `log` inside `data_dir`.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir.absolute()
        self.cluster = self.data_dir / "postgres"
        self.log = self.data_dir / "log" / "postgres.log"
        self.durable = durable
        self._identity = identity.OURSELVES
        self._sockets = self.data_dir / "run"
        self._lock = Lock(
            self.data_dir / "postgres.lock",
            f"Another process ({{pid}}) already runs the database in {self.cluster}: stop it first, "
            "or set DATA_DIR to another folder.",
        )
        self._log_begin = 0
        self._child: Child | None = None

    @property
    def owner_url(self) -> str:
        """For migrations: the role that owns the database `coproduce`."""
        return self._url(cluster.OWNER, cluster.DATABASE)

    @property
    def app_url(self) -> str:
        """For the application: a role that owns nothing and is bound by row security."""
        return self._url(cluster.APP, cluster.DATABASE)

    @property
    def admin_url(self) -> str:
        """The superuser, for tests that make databases of their own."""
        return self._url(cluster.SUPERUSER, "postgres")

    def _url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self._sockets))}"

    @property
    def pid(self) -> int | None:
        """The server's process number while it runs."""
        return self._child.pid if self._child else None

    def prepare(self) -> Service:
        """Lock the folder, make or check the database in it, and give back what a supervisor needs."""
        private_folder(self.data_dir)
        self._lock.take()
        self._log_begin = self.log.stat().st_size if self.log.exists() else 0
        try:
            self._identity = identity.choose()
            if self._identity.user:
                self.data_dir.chmod(self.data_dir.stat().st_mode | 0o011)
            self._sockets = socket_folder(self.data_dir / "run", LONGEST_SOCKET, self._identity.uid)
            self._identity.give(self._sockets)
            cluster.prepare(self.cluster, self._identity, durable=self.durable)
        except BaseException:
            self._lock.release()
            raise
        return self._service()

    def _service(self) -> Service:
        settings = cluster.SETTINGS | {"unix_socket_directories": str(self._sockets)}
        settings |= {} if self.durable else cluster.THROW_AWAY
        return Service(
            name="postgres",
            argv=[str(cluster.program("postgres")), "-D", str(self.cluster), *cluster.as_options(settings)],
            log=self.log,
            env=quiet_environment(),
            folder=Path("/"),
            before=lambda: clear_leftovers(self.cluster, self._sockets),
            ready=self._is_ready,
            ready_seconds=60.0,
            stop_signals=((signal.SIGINT, 2.0), (signal.SIGQUIT, 1.0)),
            orphan_signal=signal.SIGINT,
            identity=self._identity,
        )

    def _is_ready(self, pid: int) -> bool:
        """PostgreSQL writes its state into the eighth line of its lock file, as `pg_ctl` reads it."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def start(self) -> None:
        """Start it and return once it answers; harmless when it already runs. EngineError when it cannot."""
        if self._child:
            if self._child.answers():
                return
            self._child.stop()
        self.release()
        service = self.prepare()
        self._child = Child(service)
        try:
            if not self._child.begin():
                raise self.why_not()
        except BaseException:
            self.stop()
            raise

    def why_not(self) -> EngineError:
        """The sentence for a start that failed, from the last complaint in the log since `prepare`."""
        with self.log.open("rb") as log:
            log.seek(self._log_begin if self._log_begin <= self.log.stat().st_size else 0)
            lines = log.read().decode("utf-8", "replace").splitlines()
        complaints = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "ERROR:" in line]
        if any("No space left" in line for line in lines):
            return disk_full(self.data_dir)
        reason = complaints[-1].split(":  ")[-1] if complaints else f"see {self.log}"
        return cluster.damaged(self.cluster, reason)

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

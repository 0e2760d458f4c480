"""`make run`: everything Coproduce needs, started from one command and stopped by one signal."""

import argparse
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence

from engines import alive, beside, ports, services
from engines.errors import EngineError
from engines.folders import Lock, private_folder
from engines.postgres import Postgres
from engines.process import PR_SET_PDEATHSIG, Child
from engines.services import PROJECT
from engines.settings import Settings, from_environment, keys
from engines.supervisor import StopAsked, Supervisor, ignore_signals, stop_on_signals
from engines.valkey import Valkey


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


class Launch:
    """One run, from the first check to the last process stopped."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.data_dir = settings.data_dir
        self.supervisor = Supervisor(services.STOP_ORDER, say=say)
        self.env = dict(settings.given) | {"DATA_DIR": str(self.data_dir), "PYTHONUNBUFFERED": "1"}
        self.env |= {"DEMO": "1" if settings.demo else "0", "MALLOC_ARENA_MAX": "2", "FEW_PROCESSES": "1"}
        self.env.setdefault("PUBLIC_URL", self.address)
        self._releases: list[Callable[[], None]] = []

    @property
    def address(self) -> str:
        """Where a browser on this machine finds us."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.settings.host, self.settings.host)
        return f"http://[{host}]:{self.settings.port}" if ":" in host else f"http://{host}:{self.settings.port}"

    def start(self) -> None:
        """Start everything; EngineError when something cannot be."""
        self._claim()
        self.env |= keys(self.settings)
        self._engines()
        self._application()

    def _claim(self) -> None:
        private_folder(self.data_dir)
        lock = Lock(
            self.data_dir / beside.LOCK,
            f"Coproduce already runs on {self.data_dir} (process {{pid}}): stop that one first, "
            "or set DATA_DIR to another folder.",
        )
        lock.take()
        self._releases.append(lock.release)
        (self.data_dir / beside.FILE).unlink(missing_ok=True)
        ports.need_free(self.settings.host, self.settings.port)

    def _engines(self) -> None:
        """Start each engine for which nobody named a service of their own."""
        if "DATABASE_URL" not in self.env:
            postgres = Postgres(self.data_dir)
            self._keep(postgres)
            self.env |= {"DATABASE_URL": postgres.app_url, "MIGRATION_DATABASE_URL": postgres.owner_url}
        if "REDIS_URL" not in self.env:
            valkey = Valkey(self.data_dir)
            self._keep(valkey)
            self.env["REDIS_URL"] = valkey.url
        if "MAIL_URL" not in self.env:
            port = ports.any_free()
            self.env["MAIL_URL"] = f"smtp://127.0.0.1:{port}"
            self.supervisor.start_unready(services.mail_sink(port, self.data_dir, self.env))

    def _keep(self, engine: Postgres | Valkey) -> None:
        service = engine.prepare()
        self._releases.append(engine.release)
        if not self.supervisor.start(service):
            raise engine.why_not()

    def _to_end(self, name: str, command: Sequence[str], trouble: str) -> None:
        """Run one of the application's commands and wait for it."""
        child = Child(services.service(name, services.python(command), self.data_dir, self.env))
        try:
            child.start()
            while (code := child.exit_code()) is None:
                time.sleep(0.02)
        finally:
            child.stop(1.0)
        if code != 0:
            log = child.service.log
            lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
            last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
            raise EngineError(f"{trouble} ({last}): see {log}.")

    def _application(self) -> None:
        """Start web, and bring the database up to date while it starts; then the others, which slow neither down."""
        host, port = self.address.removeprefix("http://").rsplit(":", 1)
        private_folder(self.data_dir / "beat")

        def answers(pid: int) -> bool:
            return alive.ask(host.strip("[]"), int(port), alive.LIVE, alive.known_as(self.env))[0] == 200

        web, *others = services.of(self.data_dir, self.settings.bind, self.env, answers)
        self.supervisor.start_unready(web)
        prepare = services.PREPARE if self.settings.demo else services.UPGRADE
        self._to_end("upgrade", prepare, "The database could not be brought up to date")
        if not self.supervisor.wait_for(web.name):
            raise EngineError(f"The web server did not start: see {web.log}.")
        for service in others:
            self.supervisor.start_unready(service)
        beside.tell(self.data_dir, self.env)

    def announce(self) -> None:
        """Print where everything is."""
        say(f"\nCoproduce runs.  Start page  {self.address}/")
        if self.settings.demo:
            say(f"                 Try it out  {self.address}/demo")
            say(f"                 Its mail    {self.address}/demo/mail")
            if not self.settings.loopback:
                say("DEMO=1 on an open address: whoever can reach this machine can sign in as anybody.")
        say(f"                 Data, logs  {self.data_dir}\nCtrl-C stops it.\n")

    def stop(self) -> None:
        """Stop everything that runs and let go of the data folder."""
        self.supervisor.stop()
        for release in reversed(self._releases):
            release()


def run(settings: Settings) -> int:
    """Run until told to stop; 1 when it cannot start."""
    launch = Launch(settings)
    try:
        launch.start()
        launch.announce()
        launch.supervisor.watch()
    except StopAsked:
        say("Stopping.")
        return 0
    finally:
        ignore_signals()
        launch.stop()


def main(arguments: list[str]) -> int:
    """The command. `--with-parent` ends it with the program that started it, as `make` wants."""
    parser = argparse.ArgumentParser(prog="python -m engines.run", description=__doc__)
    parser.add_argument("--with-parent", action="store_true", help="stop when the starting program has gone")
    options = parser.parse_args(arguments)
    stop_on_signals()
    if options.with_parent and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    os.chdir(PROJECT)
    try:
        return run(from_environment(os.environ))
    except StopAsked:
        return 0
    except (EngineError, OSError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

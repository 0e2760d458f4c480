"""One child process: started, asked whether it is ready, stopped, and never left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engines.errors import EngineError
from engines.folders import open_log
from engines.identity import OURSELVES, Identity

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Service:
    """A program to keep running.

    `before` is called ahead of every start and may raise EngineError. `ready` is asked, with the process
    number, until it says yes, for `ready_seconds` at most; `mend` is called once, ahead of a second try, when
    it did not. `stop_signals` are sent in turn, each given its seconds; then the whole group is killed.
    """

    name: str
    argv: Sequence[str]
    log: Path
    env: Mapping[str, str] | None = None
    folder: Path | None = None
    before: Callable[[], None] | None = None
    ready: Callable[[int], bool] | None = None
    mend: Callable[[], None] | None = None
    ready_seconds: float = 30.0
    stop_signals: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 2.0),)
    orphan_signal: signal.Signals = signal.SIGTERM
    identity: Identity = OURSELVES


class Child:
    """A running Service, in a process group of its own, told to stop by the kernel should we be killed.

    Start it from a thread that lives as long as the program: the kernel watches the thread, not the process.
    """

    def __init__(self, service: Service) -> None:
        self.service = service
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process number, once started."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it; does not wait until it is ready."""
        service = self.service
        if service.before:
            service.before()
        with open_log(service.log) as log:
            self._process = subprocess.Popen(
                service.argv,
                env=service.env,
                cwd=service.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=before_exec(service.identity, service.orphan_signal),
                user=service.identity.user,
                group=service.identity.group,
                extra_groups=service.identity.extra_groups,
            )

    def begin(self) -> bool:
        """Start it and wait: True once it is ready, False when it cannot get there."""
        self.start()
        if self.wait_until_ready():
            return True
        if self.service.mend is None:
            return False
        self.stop()
        self.service.mend()
        self.start()
        return self.wait_until_ready()

    def exit_code(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self._process.poll() if self._process else None

    def answers(self) -> bool:
        """Whether it runs and says it is ready: a killed process counts as running until its last thread ends."""
        if self.pid is None or self.exit_code() is not None:
            return False
        return self.service.ready is None or self.service.ready(self.pid)

    def wait_until_ready(self) -> bool:
        """True once ready, False when it ended or did not get ready in time."""
        deadline = time.monotonic() + self.service.ready_seconds
        while self.pid is not None and self.exit_code() is None and time.monotonic() < deadline:
            if self.answers():
                return True
            time.sleep(0.02)
        return False

    def stop(self, seconds: float = 30.0) -> None:
        """Stop it and all it started, in `seconds` at most."""
        if self._process is None:
            return
        deadline = time.monotonic() + seconds
        for number, patience in self.service.stop_signals:
            if self._process.poll() is not None:
                break
            self._process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(max(0.0, min(patience, deadline - time.monotonic())))
        self.kill_group()
        self._process.wait()
        self._process = None

    def kill_group(self) -> None:
        """End at once whatever is left of the child's process group, itself included."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def before_exec(identity: Identity, orphan_signal: signal.Signals) -> Callable[[], None]:
    """What a child does between fork and exec: become its user, and ask to be told when we die."""
    parent = os.getpid()

    def prepare() -> None:
        identity.enter()
        if sys.platform == "linux":
            # After every change of user, because such a change clears the request.
            _libc.prctl(PR_SET_PDEATHSIG, int(orphan_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def run_to_end(argv: Sequence[str], identity: Identity, *, script: str = "", seconds: float = 120.0) -> str:
    """Run a short program on the input `script` and give back all it printed; EngineError when it fails."""
    done = subprocess.run(
        argv,
        input=script,
        env=quiet_environment(),
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=seconds,
        preexec_fn=before_exec(identity, signal.SIGKILL),
        user=identity.user,
        group=identity.group,
        extra_groups=identity.extra_groups,
    )
    if done.returncode != 0:
        raise EngineError(done.stdout.strip())
    return done.stdout


def quiet_environment() -> dict[str, str]:
    """The least an engine needs: no settings of the user's leak into it."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}

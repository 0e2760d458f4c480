"""Keeps services running: starts them, starts them again with growing patience, stops them in order."""

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

from engines.errors import EngineError
from engines.folders import trim_log
from engines.process import Child, Service

STOP_SECONDS = 9.0
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
SETTLED_SECONDS = 60.0
LOOK_EVERY, TRIM_EVERY = 0.25, 60.0


class StopAsked(BaseException):
    """Raised in the main thread when the program is told to stop."""


def stop_on_signals() -> None:
    """Turn SIGTERM, SIGINT and the terminal's end into StopAsked; a hang-up that is ignored stays ignored."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN or number is signal.SIGTERM:
            signal.signal(number, _raise)


def ignore_signals() -> None:
    """From here on nothing interrupts the stopping."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _raise(number: int, frame: FrameType | None) -> NoReturn:
    raise StopAsked


@dataclass
class _Kept:
    """A service, its process, and how patient we are with it."""

    child: Child
    started: float
    failures: int = 0
    again_at: float | None = None


class Supervisor:
    """Starts services one by one, and stops them in `stop_order`, others after those, the newest first."""

    def __init__(self, stop_order: Sequence[str] = (), *, say: Callable[[str], None] = print) -> None:
        self._stop_order = list(stop_order)
        self._say = say
        self._kept: dict[str, _Kept] = {}
        self._trimmed = time.monotonic()

    def start(self, service: Service) -> bool:
        """Start it and keep it from now on: True once it is ready, False when it did not get ready."""
        return self._keep(service).begin()

    def start_unready(self, service: Service) -> None:
        """Start it and keep it, without waiting."""
        self._keep(service).start()

    def wait_for(self, name: str) -> bool:
        """Wait for one that was started unready: True once it is ready, False when it did not get ready."""
        return self._kept[name].child.wait_until_ready()

    def _keep(self, service: Service) -> Child:
        self._kept[service.name] = _Kept(Child(service), time.monotonic())
        return self._kept[service.name].child

    def watch(self) -> NoReturn:
        """Keep everything running until StopAsked is raised."""
        while True:
            self.look(time.monotonic())
            time.sleep(LOOK_EVERY)

    def look(self, now: float) -> None:
        """Note what has died, start again what is due, put long logs aside; `now` is monotonic seconds."""
        for kept in self._kept.values():
            if kept.again_at is None and kept.child.exit_code() is not None:
                self._note_end(kept, now)
            elif kept.again_at is not None and now >= kept.again_at:
                self._start_again(kept, now)
        if now - self._trimmed > TRIM_EVERY:
            self._trimmed = now
            for kept in self._kept.values():
                trim_log(kept.child.service.log)

    def _note_end(self, kept: _Kept, now: float) -> None:
        code = kept.child.exit_code() or 0
        kept.child.kill_group()
        if now - kept.started > SETTLED_SECONDS:
            kept.failures = 0
        self._retry_later(kept, now, f"was killed by signal {-code}" if code < 0 else f"ended with code {code}")

    def _start_again(self, kept: _Kept, now: float) -> None:
        kept.again_at, kept.started = None, now
        try:
            kept.child.start()
        except (EngineError, OSError) as error:
            self._retry_later(kept, now, f"cannot be started ({error})")

    def _retry_later(self, kept: _Kept, now: float, trouble: str) -> None:
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2**kept.failures)
        kept.failures += 1
        kept.again_at = now + delay
        service = kept.child.service
        self._say(f"{service.name} {trouble}; starting it again in {delay:g} s. Its log: {service.log}")

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Stop everything, one after the other, in `seconds` at most."""
        deadline = time.monotonic() + seconds
        newest_first = [name for name in reversed(self._kept) if name not in self._stop_order]
        for name in [*self._stop_order, *newest_first]:
            if kept := self._kept.pop(name, None):
                kept.child.stop(max(0.0, deadline - time.monotonic()))

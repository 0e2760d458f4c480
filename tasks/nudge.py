"""Asking a worker to look, without ever waiting long for the broker.

A broker that accepts and never answers has held a publisher for over a minute, whatever its timeouts: so it
is asked from a thread of its own, one at a time, and nobody waits for it.
"""

import threading
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

Publish = Callable[[str, tuple[object, ...]], object]
"""Publish a task by name with its arguments."""


class Nudger:
    """Publishes tasks in the background. A nudge that finds an earlier one still under way is dropped: tasks
    look for themselves, so the next nudge does as well."""

    def __init__(self, publish: Publish) -> None:
        self._publish = publish
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether a nudge is still under way: the broker is slow, or hangs."""
        return self._thread is not None and self._thread.is_alive()

    def nudge(self, *wanted: tuple[str, tuple[object, ...]]) -> bool:
        """Ask for tasks. Returns at once; False when an earlier asking has not ended."""
        if self.busy:
            return False
        self._thread = threading.Thread(target=self._try, args=(wanted,), name="nudge", daemon=True)
        self._thread.start()
        return True

    def _try(self, wanted: tuple[tuple[str, tuple[object, ...]], ...]) -> None:
        try:
            for name, args in wanted:
                self._publish(name, args)
        except Exception as error:  # a nudge that failed matters to nobody: the next one comes
            log.warning("poller.broker_away", error=type(error).__name__)

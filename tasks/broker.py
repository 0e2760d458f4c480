"""Asking the broker whether it is there, without believing its timeouts."""

import threading
from typing import Any

from kombu import Connection

PATIENCE = 3.0
"""Seconds in all."""


def answers(url: str, patience: float = PATIENCE) -> bool:
    """Whether the broker at `url` takes a connection and answers in time. Never raises."""
    heard: list[bool] = []
    asking = threading.Thread(target=_ask, args=(url, patience, heard), name="broker-ping", daemon=True)
    asking.start()
    asking.join(patience)
    return bool(heard)


def _ask(url: str, patience: float, heard: list[bool]) -> None:
    options = {"socket_timeout": patience, "socket_connect_timeout": patience} if "redis" in url else {}
    try:
        with Connection(url, connect_timeout=patience, transport_options=options) as connection:
            connection.ensure_connection(max_retries=1, timeout=int(patience))
            if "redis" in url:
                channel: Any = connection.default_channel
                channel.client.ping()
            heard.append(True)
    except Exception:  # whatever a broker's client raises: it did not answer
        return

"""Ports: whether ours is free, and finding one nobody uses."""

import errno
import socket
import time

from engines.errors import EngineError

PATIENCE = 3.0
"""Seconds in which a predecessor that is just stopping may let go of the port."""


def need_free(host: str, port: int) -> None:
    """Raise the sentence that tells why we cannot listen there."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _try(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise EngineError(_sentence(host, port, error)) from None
        time.sleep(0.1)


def _sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return f"Port {port} is taken by another program: stop it, or choose another port with PORT={other}."
    if isinstance(error, PermissionError):
        return f"Port {port} is for the system's own services: choose one above 1023 with PORT=8000."
    return f"HOST is {host}, where this machine cannot listen: use 127.0.0.1, or 0.0.0.0 for all to reach it."


def _try(host: str, port: int) -> None:
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        with socket.socket(family, kind, protocol) as candidate:
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            candidate.bind(address)
            candidate.listen(1)


def any_free() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        return int(candidate.getsockname()[1])

"""For what must need nothing: every way to a network is shut while such a test runs."""

import socket
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def sockets_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket that is opened or looked up fails the test that did it."""

    def refuse(*given: Any, **named: Any) -> None:
        raise AssertionError("a pure test reached for the network")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

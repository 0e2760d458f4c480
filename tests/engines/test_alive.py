"""Asking the web server whether it lives, under a name it answers to."""

import socket
import threading

import pytest

from engines import ports
from engines.alive import LIVE, ask, known_as


@pytest.mark.parametrize(
    "environment, name",
    [
        ({}, "localhost"),
        ({"PUBLIC_URL": "https://send.example:8443/start"}, "send.example"),
        ({"PUBLIC_URL": "https://send.example", "TRUSTED_HOSTS": " a.example, b.example"}, "a.example"),
        ({"PUBLIC_URL": "https://send.example", "TRUSTED_HOSTS": ""}, "send.example"),
    ],
)
def test_it_asks_under_a_name_that_is_trusted(environment: dict[str, str], name: str) -> None:
    assert known_as(environment) == name


def answer_once(answer: bytes) -> tuple[int, list[bytes]]:
    """A server for one request: its port, and what it was asked."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as connection:
            asked.append(connection.recv(4096))
            connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return int(listener.getsockname()[1]), asked


@pytest.mark.parametrize(
    "answer, expected",
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nlive", (200, "live")),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", (503, "")),
        (b"SSH-2.0-something 200", (0, "")),
        (b"", (0, "")),
    ],
)
def test_status_and_body_are_told(answer: bytes, expected: tuple[int, str]) -> None:
    port, asked = answer_once(answer)
    assert ask("127.0.0.1", port, LIVE, "send.example") == expected
    assert b"Host: send.example\r\n" in asked[0]


def test_silence_is_no_answer() -> None:
    assert ask("127.0.0.1", ports.any_free(), LIVE, "localhost")[0] == 0

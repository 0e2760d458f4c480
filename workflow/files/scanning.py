"""Asking a virus scanner about bytes: clamd, by its INSTREAM command, on a socket or a port."""

import socket
import struct
import time
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

PIECE = 256 * 1024
CONNECT_SECONDS = 2.0
SECONDS = 10.0
LONGEST_REPLY = 4096
PORT = 3310


class ScannerAway(Exception):
    """Nobody answers at the scanner's address. It may be asked again later."""


class NotScanned(Exception):
    """The scanner was there and did not say what it thinks of these bytes."""


class Scanner(Protocol):
    """Something that looks for viruses."""

    def answers(self) -> bool:
        """Whether it is there now."""

    def found_in(self, data: bytes, seconds: float = SECONDS) -> str | None:
        """What it found; None in clean bytes. Takes `seconds` at most. Raises `ScannerAway`, `NotScanned`."""


@dataclass(frozen=True)
class Clamd:
    """ClamAV's daemon. `url` is `tcp://host:port` or `unix:///path`."""

    url: str

    def answers(self) -> bool:
        """Whether it is there now. Takes two seconds at most."""
        try:
            with self._connected() as line:
                line.sendall(b"zPING\0")
                return _reply(line, time.monotonic() + CONNECT_SECONDS) == "PONG"
        except (ScannerAway, OSError):
            return False

    def found_in(self, data: bytes, seconds: float = SECONDS) -> str | None:
        """What it found; None in clean bytes. What it could not see the whole of, it counts as found.

        Takes `seconds` at most, and two more to reach it. Raises `ScannerAway`, `NotScanned`.
        """
        with self._connected() as line:
            try:
                said = _streamed(line, data, time.monotonic() + seconds)
            except OSError as error:
                raise NotScanned(type(error).__name__) from None
        if said == "stream: OK":
            return None
        if said.startswith("stream: ") and said.endswith(" FOUND"):
            return said.removeprefix("stream: ").removesuffix(" FOUND")
        raise NotScanned(said or "it hung up")

    def _connected(self) -> socket.socket:
        where = urlsplit(self.url)
        try:
            if where.scheme == "tcp":
                return socket.create_connection((where.hostname or "", where.port or PORT), CONNECT_SECONDS)
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(CONNECT_SECONDS)
            try:
                line.connect(where.path)
            except OSError:
                line.close()
                raise
            return line
        except OSError as error:
            raise ScannerAway(type(error).__name__) from None


def checked_url(url: str) -> str:
    """The same address. Raises `ValueError` for one that is neither a port nor a socket."""
    where = urlsplit(url)
    if (where.scheme == "tcp" and where.hostname) or (where.scheme == "unix" and where.path and not where.netloc):
        return url
    raise ValueError("CLAMAV_URL must be like tcp://clamav:3310 or unix:///run/clamav/clamd.sock")


def _streamed(line: socket.socket, data: bytes, ends: float) -> str:
    line.sendall(b"zINSTREAM\0")
    for at in range(0, len(data), PIECE):
        piece = data[at : at + PIECE]
        line.settimeout(_left(ends))
        line.sendall(struct.pack("!I", len(piece)) + piece)
    line.sendall(struct.pack("!I", 0))
    return _reply(line, ends)


def _reply(line: socket.socket, ends: float) -> str:
    """What was said, up to its closing zero byte. Raises OSError, `TimeoutError` among them."""
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_REPLY:
        line.settimeout(_left(ends))
        more = line.recv(LONGEST_REPLY)
        if not more:
            break
        said += more
    return said.rstrip(b"\0").decode("utf-8", "replace")


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left

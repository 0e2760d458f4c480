"""`python -m engines.alive [PATH]`: asks the web server on port 8000 of this machine and prints what it says."""

import os
import socket
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

LIVE = "/health/live"


def known_as(environment: Mapping[str, str]) -> str:
    """A host name the application answers to: it refuses requests for others."""
    trusted = environment.get("TRUSTED_HOSTS", "").split(",")[0].strip()
    return trusted or urlsplit(environment.get("PUBLIC_URL", "")).hostname or "localhost"


def ask(host: str, port: int, path: str, name: str) -> tuple[int, str]:
    """Status and body of `path`, asked for under the host name `name`; status 0 when nothing answers."""
    request = f"GET {path} HTTP/1.0\r\nHost: {name}\r\n\r\n".encode()
    answer = b""
    try:
        with socket.create_connection((host, port), timeout=4.0) as connection:
            connection.sendall(request)
            while part := connection.recv(65536):
                answer += part
    except OSError:
        return 0, "Nothing answers."
    head, _, body = answer.partition(b"\r\n\r\n")
    words = head.split(b" ", 2)
    spoken = len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit()
    status = int(words[1]) if spoken else 0
    return status, body.decode("utf-8", "replace")


def main(arguments: list[str]) -> int:
    """The command; 0 when the answer is 200."""
    status, body = ask("127.0.0.1", 8000, arguments[0] if arguments else LIVE, known_as(os.environ))
    print(body.strip())
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A stand-in of GOV.UK Notify's API: its keys, its error answers, its memory and its receipts, on loopback."""

import json
import re
import socket
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"a_test_of_ours-{SERVICE}-{SECRET}"
TEMPLATE = "217a419e-6a7d-482a-9596-718b889dffce"
PLACEHOLDERS = ("subject", "body")

TEAM_ONLY = "Can’t send to this recipient using a team-only API key"
RATE = "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"
DAY = "Exceeded send limits (email: 50) for today"

Reply = tuple[int, dict[str, Any]]


class Error(Exception):
    """An answer that refuses, as Notify writes it."""

    def __init__(self, status: int, kind: str, words: str) -> None:
        super().__init__(words)
        self.reply: Reply = (status, {"status_code": status, "errors": [{"error": kind, "message": words}]})


@dataclass
class Notify:
    """What the stand-in does and keeps.

    `next`: what becomes of the next posts, one each: an `Error`, "lost" (taken, and the line closed), "dropped" (not
    taken, and the line closed), "gateway" (taken, and a 502 from what stands before it), "odd" (taken, and answered in
    JSON that is not Notify's). `team`: the only addresses a
    team-only key reaches; None: a live key. `seconds`: how long each answer takes. `closed`: every answer, as by a
    server that is down. `begins_as`: the status that a message has as soon as it is taken.
    """

    url: str = ""
    next: list[Error | str] = field(default_factory=list)
    team: set[str] | None = None
    closed: Error | None = None
    seconds: float = 0.0
    begins_as: str = "created"
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def mail_url(self) -> str:
        """As `MAIL_URL` names it."""
        return self.url.replace("http://", "notify://")

    @property
    def references(self) -> Counter[str]:
        """How often each message was taken."""
        return Counter(str(each["reference"]) for each in self.taken)

    def becomes(self, notification_id: str, status: str) -> dict[str, Any]:
        """A message's fate is known. Returns the receipt that Notify posts of it."""
        found = next(each for each in self.taken if each["id"] == notification_id)
        found["status"] = status
        return {
            **{name: found[name] for name in ("id", "reference", "status", "created_at")},
            "to": found["email_address"],
            "completed_at": "2026-11-23T12:00:30.000000Z",
            "sent_at": "2026-11-23T12:00:05.000000Z",
            "notification_type": "email",
            "template_id": TEMPLATE,
            "template_version": 1,
        }

    def post(self, body: dict[str, Any]) -> Reply | None:
        """The answer; None where the line is closed without one."""
        with self.lock:
            fate = self.next.pop(0) if self.next else ""
        if isinstance(fate, Error):
            raise fate
        if fate == "dropped":
            return None
        self._check(body)
        with self.lock:
            made = {**body, "id": str(uuid.uuid4()), "status": self.begins_as, "created_at": f"{len(self.taken):012}"}
            self.taken.append(made)
        if fate == "gateway":
            return 502, {}
        if fate == "odd":
            return 200, {"ok": True}
        return None if fate == "lost" else (201, {"id": made["id"], "reference": body.get("reference")})

    def get(self, path: str, query: dict[str, list[str]]) -> Reply:
        """One message by its id, or those with a reference, newest first."""
        self.asked.append(path)
        if path != "/v2/notifications":
            found = [each for each in self.taken if each["id"] == path.rsplit("/", 1)[1]]
            if not found:
                raise Error(404, "NoResultFound", "No result found")
            return 200, found[0]
        wanted = query.get("reference", [""])[0]
        return 200, {"notifications": [each for each in reversed(self.taken) if each["reference"] == wanted]}

    def _check(self, body: dict[str, Any]) -> None:
        address = str(body.get("email_address", ""))
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
            raise Error(400, "ValidationError", "email_address Not a valid email address")
        if body.get("template_id") != TEMPLATE:
            raise Error(400, "BadRequestError", "Template not found")
        if missing := [name for name in PLACEHOLDERS if name not in body.get("personalisation", {})]:
            raise Error(400, "BadRequestError", f"Missing personalisation: {', '.join(missing)}")
        if self.team is not None and address not in self.team:
            raise Error(400, "BadRequestError", TEAM_ONLY)


def check_token(header: str) -> None:
    """As Notify does: signed with the key's secret, by the key's service, within the last half minute."""
    token = header.removeprefix("Bearer ")
    try:
        known = get_token_issuer(token) == SERVICE and decode_jwt_token(token, SECRET)
    except TokenError as error:
        raise Error(403, "AuthError", str(error.message)) from None
    if not known:
        raise Error(403, "AuthError", "Invalid token: service not found")


def _handler(notify: Notify) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == "/v2/notifications/email", self.path
            self._answer(lambda: notify.post(body))

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._answer(lambda: notify.get(parts.path, parse_qs(parts.query)))

        def _answer(self, work: Callable[[], Reply | None]) -> None:
            try:
                if notify.closed is not None:
                    raise notify.closed
                check_token(self.headers.get("Authorization", ""))
                reply = work()
            except Error as error:
                reply = error.reply
            time.sleep(notify.seconds)
            if reply is None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            said = json.dumps(reply[1]).encode() if reply[1] else b"<html>Bad gateway</html>"
            try:
                self.send_response(reply[0])
                self.send_header("Content-Length", str(len(said)))
                if reply[0] == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(said)
            except OSError:  # whoever asked was killed meanwhile
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the screen."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients are killed in the middle of a word: nobody need hear of it."""


@contextmanager
def running() -> Iterator[Notify]:
    """The stand-in at work."""
    notify = Notify()
    server = _Server(("127.0.0.1", 0), _handler(notify))
    notify.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield notify
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)

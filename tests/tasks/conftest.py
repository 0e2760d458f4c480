"""A mail server that answers as it is told, and a small application to send from."""

import socket
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from tasks.mailers.smtp import SmtpMailer
from tests.notify import KEY, TEMPLATE, Notify, running
from workflow.outbox.post import Answer, Envelope


@dataclass
class Scripted:
    """Answers of a mail server by stage; None: as usual. Keeps what it took."""

    mail: str | None = None
    rcpt: str | None = None
    data: str | None = None
    kept: list[Any] = field(default_factory=list)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.mail is None:
            envelope.mail_from = address
        return self.mail or "250 2.1.0 ok"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.rcpt is None:
            envelope.rcpt_tos.append(address)
        return self.rcpt or "250 2.1.5 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data is None:
            self.kept.append(envelope)
        return self.data or "250 2.0.0 queued as 42"


@dataclass
class Relay:
    """A running mail server and the application that sends to it."""

    scripted: Scripted
    app: Flask

    def send(self, envelope: Envelope) -> Answer:
        """One message on a connection of its own."""
        with SmtpMailer(self.app).open() as line:
            return line.send(envelope)


def sending_app(url: str) -> Flask:
    """An application with nothing but the settings of a mailer."""
    app = Flask("test")
    app.config.update(
        MAIL_URL=url,
        MAIL_FROM="no-reply@hartwell.example",
        PUBLIC_URL="https://hartwell.example",
        SECRET_KEY="a secret of the tests",
    )
    return app


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A mail server without TLS."""
    scripted, port = Scripted(), free_port()
    controller = Controller(scripted, hostname="127.0.0.1", port=port)
    controller.start()
    yield Relay(scripted, sending_app(f"smtp://127.0.0.1:{port}"))
    controller.stop()


@pytest.fixture
def notify() -> Iterator[Notify]:
    """The stand-in of GOV.UK Notify."""
    with running() as made:
        yield made


@pytest.fixture
def notify_app(notify: Notify) -> Flask:
    """An application that sends to it."""
    app = sending_app(notify.mail_url)
    app.config.update(NOTIFY_API_KEY=KEY, NOTIFY_EMAIL_TEMPLATE=TEMPLATE)
    return app


@pytest.fixture
def envelope() -> Callable[..., Envelope]:
    """`envelope(**changes)`: a reminder to somebody."""

    def make(**changes: Any) -> Envelope:
        values: dict[str, Any] = {
            "id": uuid.UUID(int=7),
            "authority_id": uuid.UUID(int=9),
            "authority_name": "Hartwell Council",
            "contact_line": "Telephone 01632 960000.",
            "advice": "Hartwell SENDIASS, 01632 960103",
            "to": "somebody@example.org",
            "template": "reminder",
            "importance": "reminder",
            "about_on": date(2027, 6, 3),
            "today": date(2027, 5, 1),
            "words": {"kind": "A review meeting is due"},
            "link_code": "abcdefghijklmnopqrstuv",
        }
        return Envelope(**{**values, **changes})

    return make

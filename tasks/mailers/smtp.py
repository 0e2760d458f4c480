"""SMTP through Flask-Mail, with the timeouts, the certificate check and the encoding it lacks."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from functools import cache
from typing import Any

import flask_mail
from flask import Flask

from tasks.mailers.address import Server, clean, mailbox, message_id, read_url, return_path
from tasks.mailers.answers import answer_for
from tasks.mailers.render import Written, write
from workflow.outbox.post import Answer, Envelope, Said, ServerAway

CONNECT, REPLY, AFTER_DOT = 10.0, 60.0, 120.0
"""Seconds. A near relay answers at once; one that does not is asked later, or its answer counts as unknown."""

WENT_WRONG = (smtplib.SMTPException, OSError)


@cache
def checked() -> ssl.SSLContext:
    """Encryption that checks certificates. Reading all those there are takes longer than sending a mail."""
    return ssl.create_default_context()


class Dialogue(smtplib.SMTP):
    """A dialogue with a mail server that knows whether a message's words are on their way."""

    words_gone = False
    heard = ""

    def getreply(self) -> tuple[int, bytes]:
        """One reply. 354 asks for the message; whatever comes next is the answer to it."""
        code, words = super().getreply()
        self.words_gone, self.heard = code == 354, f"{code} {words.decode('utf-8', 'replace')}"
        if self.sock is not None:
            self.sock.settimeout(AFTER_DOT if self.words_gone else REPLY)
        return code, words


class TlsDialogue(Dialogue, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class Letter(flask_mail.Message):
    """A mail whose bytes are ours: Flask-Mail's own are raw long lines, which mail servers refuse."""

    def __init__(self, built: EmailMessage, to: str, sender: str) -> None:
        super().__init__(subject=str(built["Subject"]), recipients=[to], sender=sender)
        self._built = built

    def as_bytes(self) -> bytes:
        """As it goes over the line."""
        return self._built.as_bytes()


class Connection(flask_mail.Connection):
    """A connection that gives up in time, checks certificates, and closes quietly."""

    host: Dialogue | None

    def __init__(self, mail: Any, server: Server) -> None:
        super().__init__(mail)
        self._server = server

    def configure_host(self) -> Dialogue:
        """Connect, encrypt, sign in."""
        server = self._server
        if server.tls == "tls":
            host: Dialogue = TlsDialogue(server.host, server.port, timeout=CONNECT, context=checked())
        else:
            host = Dialogue(server.host, server.port, timeout=CONNECT)
        try:
            if server.tls == "starttls":
                host.starttls(context=checked())
            if server.user and server.password:
                host.login(server.user, server.password)
        except BaseException:
            host.close()
            raise
        return host

    def __exit__(self, *_: object) -> None:
        if self.host is not None:
            with contextlib.suppress(*WENT_WRONG):
                self.host.quit()
            self.host.close()


class SmtpLine:
    """An open connection, and how to write what goes along it."""

    def __init__(self, connection: Connection, app: Flask) -> None:
        self._connection = connection
        self._app = app

    def send(self, envelope: Envelope) -> Answer:
        """Carry one message."""
        try:
            letter, path = self._write(envelope)
        except Exception as error:  # whatever a template does, nothing was handed over
            return Answer(Said.UNWRITABLE, type(error).__name__)
        host = self._connection.host
        try:
            self._connection.send(letter, envelope_from=path)
        except WENT_WRONG as error:
            return answer_for(error, words_gone=host is not None and host.words_gone)
        except UnicodeError as error:
            return Answer(Said.UNWRITABLE, type(error).__name__)
        return Answer(Said.ACCEPTED, host.heard[:300] if host is not None else "")

    def _write(self, envelope: Envelope) -> tuple[Letter, str]:
        sender, secret = self._app.config["MAIL_FROM"], self._app.config["SECRET_KEY"]
        words = write(envelope, self._app.config["PUBLIC_URL"])
        letter = Letter(build(envelope, words, sender), envelope.to, sender)
        letter.as_bytes()  # anything that cannot be written is found before the server hears a word
        return letter, return_path(envelope.id, envelope.authority_id, sender, secret)


class SmtpMailer:
    """A mail server named by `MAIL_URL`. Reads `MAIL_FROM`, `PUBLIC_URL` and `SECRET_KEY` beside it."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._server = read_url(app.config["MAIL_URL"])
        settings = {"MAIL_DEFAULT_SENDER": app.config["MAIL_FROM"], "MAIL_SUPPRESS_SEND": False}
        self._mail = flask_mail.Mail().init_mail(settings)

    @property
    def memory(self) -> None:
        """A mail server cannot be asked what it took."""

    @contextmanager
    def open(self) -> Iterator[SmtpLine]:
        """A connection for several messages. Raises `ServerAway`."""
        connection = Connection(self._mail, self._server)
        try:
            connection.__enter__()
        except WENT_WRONG as error:
            raise ServerAway(answer_for(error, words_gone=False)) from None
        try:
            with self._app.app_context():
                yield SmtpLine(connection, self._app)
        finally:
            connection.__exit__()


def build(envelope: Envelope, words: Written, sender: str) -> EmailMessage:
    """The mail itself: every header through one guard, text and HTML in quoted-printable. Raises `BadHeader`."""
    built = EmailMessage(policy=SMTP)
    built["Subject"] = clean(words.subject)
    built["From"] = mailbox(sender, envelope.authority_name)
    built["To"] = mailbox(envelope.to)
    built["Date"] = formatdate()
    built["Message-ID"] = message_id(envelope.id, sender)
    built["Auto-Submitted"] = "auto-generated"
    built["List-Unsubscribe"] = clean(f"<mailto:{sender}?subject=unsubscribe%20{envelope.link_code}>")
    built.set_content(words.text, cte="quoted-printable")
    built.add_alternative(words.html, subtype="html", cte="quoted-printable")
    return built

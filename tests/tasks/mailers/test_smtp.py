"""Mail over a real line: what it looks like, and what each answer means."""

import email
import email.policy
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tasks.mailers import smtp
from tasks.mailers.address import read_return_path
from tests.tasks.conftest import Relay, Scripted, free_port, sending_app
from workflow.outbox.post import Envelope, Said, ServerAway

Make = Callable[..., Envelope]


def taken(relay: Relay) -> tuple[Any, EmailMessage]:
    """The only mail the server took: its envelope, and the parsed mail."""
    (kept,) = relay.scripted.kept
    parsed = email.message_from_bytes(kept.content, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return kept, parsed


def test_an_accepted_mail_keeps_the_servers_answer(relay: Relay, envelope: Make) -> None:
    answer = relay.send(envelope())
    assert (answer.said, answer.words) == (Said.ACCEPTED, "250 2.0.0 queued as 42")


def test_m8_the_headers_of_a_mail(relay: Relay, envelope: Make) -> None:
    relay.send(envelope())
    kept, mail = taken(relay)
    assert mail["Message-ID"] == "<00000000-0000-0000-0000-000000000007@hartwell.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"].startswith("<mailto:no-reply@hartwell.example")
    assert mail["From"] == "Hartwell Council <no-reply@hartwell.example>"
    ids = read_return_path(kept.mail_from, "a secret of the tests")
    assert ids == (envelope().authority_id, envelope().id)


def test_m2_one_recipient_and_no_copies(relay: Relay, envelope: Make) -> None:
    relay.send(envelope())
    kept, mail = taken(relay)
    assert kept.rcpt_tos == ["somebody@example.org"]
    assert (mail["To"], mail["Cc"], mail["Bcc"]) == ("somebody@example.org", None, None)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_long_lines_and_every_script_arrive_whole(relay: Relay, envelope: Make) -> None:
    words = "Größe हिन्दी العربية 👩🏽‍🏫 " + "word " * 400
    relay.send(envelope(words={"kind": "A review is due", "label": words.strip()}))
    kept, mail = taken(relay)
    assert max(len(line) for line in kept.content.split(b"\r\n")) <= 998
    body = mail.get_body(("plain",))
    assert body is not None
    assert words.strip() in body.get_content()


def test_a_line_that_begins_with_a_dot_arrives(relay: Relay, envelope: Make) -> None:
    relay.send(envelope(contact_line=".leading dot"))
    body = taken(relay)[1].get_body(("plain",))
    assert body is not None
    assert ".leading dot" in body.get_content()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ({"rcpt": "451 4.7.1 greylisted, try later"}, Said.LATER),
        ({"rcpt": "452 4.2.2 mailbox full"}, Said.LATER),
        ({"rcpt": "550 5.1.1 no such user"}, Said.BOUNCED),
        ({"rcpt": "553 5.1.3 bad address"}, Said.BOUNCED),
        ({"rcpt": "530 5.7.0 authentication required"}, Said.STOP),
        ({"rcpt": "554 5.7.1 relay access denied"}, Said.REFUSED),
        ({"rcpt": "550 5.7.1 blocked by policy"}, Said.REFUSED),
        ({"rcpt": "421 4.3.2 shutting down"}, Said.AWAY),
        ({"mail": "550 5.7.1 sender not allowed"}, Said.STOP),
        ({"mail": "451 4.3.0 try later"}, Said.AWAY),
        ({"data": "451 4.7.1 greylisted after data"}, Said.LATER),
        ({"data": "554 5.6.0 looks like spam"}, Said.REFUSED),
    ],
    ids=lambda value: str(value),
)
def test_r9_answers_are_told_apart_by_their_number(
    relay: Relay, envelope: Make, script: dict[str, str], said: Said
) -> None:
    for stage, reply in script.items():
        setattr(relay.scripted, stage, reply)
    assert relay.send(envelope()).said is said


def test_l1_an_address_that_the_server_repeats_is_not_kept(relay: Relay, envelope: Make) -> None:
    relay.scripted.rcpt = "550 5.1.1 <somebody@example.org> is unknown here"
    assert "somebody" not in relay.send(envelope()).words


def test_a_connection_goes_on_after_a_recipient_was_refused(relay: Relay, envelope: Make) -> None:
    with smtp.SmtpMailer(relay.app).open() as line:
        relay.scripted.rcpt = "550 5.1.1 no such user"
        assert line.send(envelope()).said is Said.BOUNCED
        relay.scripted.rcpt = None
        assert line.send(envelope()).said is Said.ACCEPTED


@pytest.mark.parametrize("change", [{"template": "no-such"}, {"to": "not an address"}, {"authority_name": "A\r\nB"}])
def test_what_cannot_be_written_never_reaches_the_server(relay: Relay, envelope: Make, change: dict[str, str]) -> None:
    assert relay.send(envelope(**change)).said is Said.UNWRITABLE
    assert relay.scripted.kept == []


# A server that is away, silent, or closes at a bad moment


def test_r9_no_server_is_away(envelope: Make) -> None:
    mailer = smtp.SmtpMailer(sending_app(f"smtp://127.0.0.1:{free_port()}"))
    with pytest.raises(ServerAway) as away, mailer.open():
        pass
    assert away.value.answer.said is Said.AWAY


@contextmanager
def rude(lines: list[bytes | None]) -> Iterator[int]:
    """A server that greets, then says one line for each it hears; None: silence, b"": closes."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as heard:
            for line in lines:
                if line is None:
                    heard.read()  # until the client gives up
                    return
                if line == b"":
                    return
                connection.sendall(line + b"\r\n")
                if line.startswith(b"354"):
                    while heard.readline() not in (b".\r\n", b""):
                        pass
                else:
                    heard.readline()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    listening.close()
    thread.join(5)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Timeouts of a fifth of a second."""
    for name in ("CONNECT", "REPLY", "AFTER_DOT"):
        monkeypatch.setattr(smtp, name, 0.2)


HELLO: list[bytes | None] = [b"220 hello", b"250 hello", b"250 sender", b"250 recipient"]


@pytest.mark.usefixtures("impatient")
def test_r9_a_server_that_accepts_and_says_nothing_is_away() -> None:
    with rude([None]) as port:
        mailer = smtp.SmtpMailer(sending_app(f"smtp://127.0.0.1:{port}"))
        with pytest.raises(ServerAway) as away, mailer.open():
            pass
    assert away.value.answer.said is Said.AWAY


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([*HELLO[:2], None], Said.AWAY),
        ([*HELLO[:3], b""], Said.AWAY),
        ([*HELLO, None], Said.AWAY),
        ([*HELLO, b"354 go on", None], Said.UNKNOWN),
        ([*HELLO, b"354 go on", b""], Said.UNKNOWN),
        ([*HELLO, b"354 go on", b"421 closing"], Said.AWAY),
        ([*HELLO, b"354 go on", b"250 ok"], Said.ACCEPTED),
    ],
    ids=[
        "silent at MAIL",
        "closes at RCPT",
        "silent at DATA",
        "silent after the dot",
        "closes after the dot",
        "421 after the dot",
        "well",
    ],
)
def test_r9_only_silence_after_the_words_have_gone_is_unknown(
    envelope: Make, lines: list[bytes | None], said: Said
) -> None:
    with rude(lines) as port, smtp.SmtpMailer(sending_app(f"smtp://127.0.0.1:{port}")).open() as line:
        assert line.send(envelope()).said is said


def test_k3_a_server_without_encryption_is_refused_when_it_is_asked_for(relay: Relay) -> None:
    relay.app.config["MAIL_URL"] += "?tls=starttls"
    with pytest.raises(ServerAway) as away, smtp.SmtpMailer(relay.app).open():
        pass
    assert away.value.answer.said is Said.STOP


@pytest.fixture
def self_signed(tmp_path: Path) -> Path:
    """A key and a certificate for localhost that nobody vouches for, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = tmp_path / "server.pem"
    file.write_bytes(plain + made.public_bytes(Encoding.PEM))
    return file


@pytest.mark.parametrize("trusted", [False, True])
def test_k3_a_certificate_is_checked_after_starttls(
    envelope: Make, self_signed: Path, trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed)
    controller = Controller(Scripted(), hostname="127.0.0.1", port=free_port(), tls_context=context)
    controller.start()
    if trusted:
        monkeypatch.setattr(smtp, "checked", lambda: ssl.create_default_context(cafile=str(self_signed)))
    try:
        said = send_to(f"smtp://localhost:{controller.port}?tls=starttls", envelope())
    finally:
        controller.stop()
    assert said is (Said.ACCEPTED if trusted else Said.STOP)


def send_to(url: str, envelope: Envelope) -> Said:
    """What became of a mail sent to a server by URL, or of the connection."""
    try:
        with smtp.SmtpMailer(sending_app(url)).open() as line:
            return line.send(envelope).said
    except ServerAway as away:
        return away.answer.said


def test_r9_patience_ends_before_a_lease_does() -> None:
    from tasks.settings import MAIL_LIMIT, MAIL_SOFT_LIMIT, VISIBILITY
    from workflow.outbox.leases import LEASE
    from workflow.outbox.send import BEGIN_WITHIN

    assert (smtp.CONNECT, smtp.REPLY, smtp.AFTER_DOT) == (10, 60, 120)
    assert BEGIN_WITHIN < MAIL_SOFT_LIMIT < MAIL_LIMIT < LEASE.total_seconds() < VISIBILITY

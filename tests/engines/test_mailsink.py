"""The mail sink: every mail it accepts is a whole file, and none leaves the machine."""

import smtplib
import stat
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from engines import ports
from engines.process import Child
from engines.services import mail_sink

from .conftest import eventually


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    free = ports.any_free()
    child = Child(mail_sink(free, tmp_path, {}))
    child.start()
    assert eventually(lambda: _answers(free))
    yield free
    child.stop()


def _answers(port: int) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=2) as smtp:
            return smtp.noop()[0] == 250
    except OSError:
        return False


def message(subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "council@hartwell.example", "a@family.example", subject
    mail.set_content("Your views are asked for by 12 May 2027.\n.\nA line with a dot alone came before.")
    return mail


def test_each_mail_is_a_file_of_its_own_with_its_envelope(port: int, tmp_path: Path) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp:
        for number in range(20):
            smtp.send_message(message(f"Number {number}"), to_addrs=["a@family.example", "b@family.example"])
    files = sorted((tmp_path / "mail").glob("*"))
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    assert [mail["Subject"] for mail in mails] == [f"Number {number}" for number in range(20)]
    assert {mail["X-Envelope-To"] for mail in mails} == {"a@family.example, b@family.example"}
    assert {file.suffix for file in files} == {".eml"}


def test_a_mail_is_kept_as_it_was_sent_and_for_its_owner_alone(port: int, tmp_path: Path) -> None:
    sent = message("Grüße")
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp:
        smtp.send_message(sent)
    (file,) = (tmp_path / "mail").glob("*.eml")
    kept = message_from_bytes(file.read_bytes(), policy=default)
    assert kept["Subject"] == "Grüße" and isinstance(kept, EmailMessage)
    assert kept.get_content().splitlines() == sent.get_content().splitlines()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_mail_that_cannot_be_kept_is_not_accepted(port: int, tmp_path: Path) -> None:
    (tmp_path / "mail").rmdir()
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp, pytest.raises(smtplib.SMTPDataError) as refusal:
        smtp.send_message(message("Lost?"))
    assert refusal.value.smtp_code == 452


def test_a_taken_port_is_explained_without_a_traceback(port: int, tmp_path: Path) -> None:
    second = Child(mail_sink(port, tmp_path, {}))
    second.start()
    assert eventually(lambda: second.exit_code() == 1)
    said = second.service.log.read_text(encoding="utf-8")
    assert "The mail sink cannot run" in said and "Traceback" not in said
    assert sys.executable in second.service.argv

"""Mail servers, addresses and header values."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.mailers.address import BadHeader, Server, clean, mailbox, message_id, read_return_path, read_url, return_path

FROM = "no-reply@hartwell.example"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:2525", Server("127.0.0.1", 2525, "none")),
        ("smtp://localhost", Server("localhost", 25, "none")),
        ("smtp://relay.example", Server("relay.example", 587, "starttls")),
        ("smtps://relay.example", Server("relay.example", 465, "tls")),
        ("smtp://relay.example:25?tls=none", Server("relay.example", 25, "none")),
        ("smtp://me:p%40ss@relay.example", Server("relay.example", 587, "starttls", "me", "p@ss")),
    ],
)
def test_k3_mail_is_encrypted_with_a_checked_certificate_unless_it_stays_on_the_machine(
    url: str, server: Server
) -> None:
    assert read_url(url) == server


@pytest.mark.parametrize("url", ["http://relay.example", "smtp://", "smtp://relay.example?tls=maybe"])
def test_a_mail_url_that_cannot_be_read_says_so(url: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        read_url(url)


def test_a_password_is_never_printed() -> None:
    assert "secret" not in repr(read_url("smtp://me:secret@relay.example"))


@pytest.mark.parametrize(
    "value", ["a\r\nBcc: b@example.org", "a\nb", "a\rb", "a\x00b", "a\u2028b", "a\x85b", "x" * 401]
)
def test_m5_header_values_with_controls_are_refused(value: str) -> None:
    with pytest.raises(BadHeader):
        clean(value)


@given(st.text())
def test_m5_nothing_that_passes_the_guard_can_end_a_line(value: str) -> None:
    try:
        assert len(clean(value).splitlines()) <= 1
    except BadHeader:
        assert len(value) > 400 or not value.isprintable()


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "a b@example.org", "x@", "a@example.org\r\nX: y"])
def test_m5_addresses_are_parsed(address: str) -> None:
    with pytest.raises(BadHeader):
        mailbox(address)


def test_m8_a_message_keeps_its_message_id() -> None:
    assert message_id(uuid.UUID(int=1), FROM) == "<00000000-0000-0000-0000-000000000001@hartwell.example>"


@given(st.uuids(), st.uuids())
def test_m8_the_return_path_is_short_and_leads_back(message: uuid.UUID, authority: uuid.UUID) -> None:
    path = return_path(message, authority, FROM, "secret")
    assert len(path.partition("@")[0].encode()) < 65
    assert read_return_path(path.upper(), "secret") == (authority, message)


def test_m8_a_return_path_that_we_did_not_sign_leads_nowhere() -> None:
    path = return_path(uuid.uuid4(), uuid.uuid4(), FROM, "secret")
    assert read_return_path(path, "another secret") is None
    assert read_return_path("b+nonsense@hartwell.example", "secret") is None
    assert read_return_path("somebody@example.org", "secret") is None

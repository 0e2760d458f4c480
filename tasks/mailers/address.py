"""Where the mail server is, and addresses and header values that are safe to write."""

import base64
import hashlib
import hmac
import unicodedata
import uuid
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from typing import Literal, get_args
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LONGEST = 400

Tls = Literal["starttls", "tls", "none"]


class BadHeader(ValueError):
    """A header value that could smuggle in another header, or an address that is none."""


@dataclass(frozen=True)
class Server:
    """A mail server. `tls`: starttls (certificate checked), tls (from the first byte), none."""

    host: str
    port: int
    tls: Tls
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def read_url(url: str) -> Server:
    """`smtp://user:password@host:port?tls=starttls|tls|none`. Without `tls` it is starttls, and none on
    loopback. Raises `ValueError` with what is wrong."""
    parts = urlsplit(url)
    host = parts.hostname
    if parts.scheme not in ("smtp", "smtps") or not host:
        raise ValueError("MAIL_URL must look like smtp://user:password@host:port?tls=starttls")
    usual: Tls = "tls" if parts.scheme == "smtps" else "none" if host in LOOPBACK else "starttls"
    wanted = parse_qs(parts.query).get("tls", [usual])[0]
    tls = next((each for each in get_args(Tls) if each == wanted), None)
    if tls is None:
        raise ValueError("The tls in MAIL_URL must be starttls, tls or none")
    port = parts.port or {"tls": 465, "starttls": 587, "none": 25}[tls]
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return Server(host, port, tls, user, password)


def clean(value: str) -> str:
    """A header value as it may be written. Raises `BadHeader` for line ends and other controls, or too long."""
    if len(value) > LONGEST or any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in value):
        raise BadHeader("a header value has controls or is too long")
    return value


def mailbox(address: str, name: str = "") -> Address:
    """An address, parsed and not matched. Raises `BadHeader`."""
    try:
        return Address(display_name=clean(name), addr_spec=clean(address))
    except (ValueError, IndexError, MessageError) as error:
        raise BadHeader("this is not an email address") from error


def message_id(message: uuid.UUID, mail_from: str) -> str:
    """The same for the same message, however often it is sent."""
    return f"<{message}@{mailbox(mail_from).domain}>"


def return_path(message: uuid.UUID, authority: uuid.UUID, mail_from: str, secret: str) -> str:
    """An address of this message's own for what comes back, signed so that nobody else can make one.

    63 octets before the @: servers need take no more than 64.
    """
    ids = _letters(authority.bytes + message.bytes)
    return f"b+{ids}.{_sign(ids, secret)}@{mailbox(mail_from).domain}"


def read_return_path(address: str, secret: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """(authority id, message id) from a return path of ours, or None for anything else."""
    ids, _, signature = address.partition("@")[0].lower().removeprefix("b+").partition(".")
    if not hmac.compare_digest(_sign(ids, secret), signature):
        return None
    raw = base64.b32decode(ids.upper() + "=" * (-len(ids) % 8))
    return uuid.UUID(bytes=raw[:16]), uuid.UUID(bytes=raw[16:])


def _letters(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def _sign(ids: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), b"return-path:" + ids.encode(), hashlib.sha256).digest()
    return _letters(digest)[:8]

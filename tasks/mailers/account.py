"""How GOV.UK Notify is reached: `MAIL_URL=notify://`, a key and a template. Loads no HTTP client."""

import re
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tasks.mailers.address import LOOPBACK

OFFICIAL = "api.notifications.service.gov.uk"
_UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
KEY = re.compile(rf".+-{_UUID}-{_UUID}")
"""The key's name, the service, the secret."""


@dataclass(frozen=True)
class Account:
    """A service of GOV.UK Notify, and its template for our email."""

    base_url: str
    key: str = field(repr=False)
    template: str


def is_notify(mail_url: str) -> bool:
    """Whether `MAIL_URL` names GOV.UK Notify."""
    return urlsplit(mail_url).scheme == "notify"


def read_account(mail_url: str, key: str | None, template: str | None) -> Account:
    """`notify://`, or `notify://host:port` for another address of its API; with the key and the id of the template.
    Without encryption on loopback alone. Raises `ValueError` with what is missing."""
    if not key or not KEY.fullmatch(key):
        raise ValueError(
            "MAIL_URL=notify:// needs NOTIFY_API_KEY, whole as GOV.UK Notify shows it: name-service-secret"
        )
    try:
        template_id = uuid.UUID(template or "")
    except ValueError:
        raise ValueError("MAIL_URL=notify:// needs NOTIFY_EMAIL_TEMPLATE, the id of an email template") from None
    parts = urlsplit(mail_url)
    scheme = "http" if parts.hostname in LOOPBACK else "https"
    return Account(f"{scheme}://{parts.netloc or OFFICIAL}", key, str(template_id))

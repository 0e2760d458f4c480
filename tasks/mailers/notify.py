"""GOV.UK Notify: email by its API. It remembers what it took, so an answer that was lost can be found out."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from tasks.mailers.account import Account, read_account
from tasks.mailers.markdown import as_markdown
from tasks.mailers.notify_answers import answer_for
from tasks.mailers.receipts import fate_of, reference
from tasks.mailers.render import write
from workflow.outbox.post import Answer, Envelope, Fate, Memory, Said

CONNECT, REPLY = 10.0, 30.0
"""Seconds. Two questions as slow as this still end well before the lease of a message."""

ODD = (KeyError, TypeError)
"""How a reply shows that was not written by Notify."""


class NotifyLine:
    """What carries messages, and can be asked about them afterwards."""

    def __init__(self, account: Account, public_url: str) -> None:
        self._template = account.template
        self._public_url = public_url
        self._client: Any = _client(account)

    def send(self, envelope: Envelope) -> Answer:
        """Carry one message. Where the answer to an earlier hand-over was lost, Notify is asked for it first."""
        if envelope.doubtful and (earlier := self._earlier(envelope)):
            return earlier
        try:
            words = write(envelope, self._public_url)
            personalisation = {"subject": words.subject, "body": as_markdown(words.text)}
        except Exception as error:  # whatever a template does, nothing was handed over
            return Answer(Said.UNWRITABLE, type(error).__name__)
        try:
            taken = self._client.send_email_notification(
                email_address=envelope.to,
                template_id=self._template,
                personalisation=personalisation,
                reference=reference(envelope.authority_id, envelope.id),
            )
            return Answer(Said.ACCEPTED, "201 Created", str(taken["id"]))
        except APIError as error:
            return answer_for(error)
        except ODD as error:
            return Answer(Said.UNKNOWN, type(error).__name__)

    def fate(self, carrier_id: str) -> Fate | None:
        """What became of the message that Notify calls so; None when it does not answer."""
        try:
            return fate_of(self._client.get_notification_by_id(carrier_id)["status"])
        except APIError as error:
            return Fate.FORGOTTEN if error.status_code == 404 else None
        except ODD:
            return None

    def _earlier(self, envelope: Envelope) -> Answer | None:
        """That Notify has the message, or does not say whether it has; None: it has not, so it may go."""
        try:
            found = self._client.get_all_notifications(reference=reference(envelope.authority_id, envelope.id))
            ids = [each["id"] for each in sorted(found["notifications"], key=lambda each: str(each["created_at"]))]
        except APIError as error:
            return Answer(Said.UNKNOWN, f"asked: {answer_for(error).words}")
        except ODD as error:
            return Answer(Said.UNKNOWN, f"asked: {type(error).__name__}")
        if not ids or ids[-1] == envelope.known_as:
            return None
        return Answer(Said.ACCEPTED, "asked: it has it", str(ids[-1]))


class NotifyMailer:
    """The service of GOV.UK Notify that `NOTIFY_API_KEY` belongs to. Reads `PUBLIC_URL` beside it."""

    def __init__(self, app: Flask) -> None:
        config = app.config
        account = read_account(config["MAIL_URL"], config["NOTIFY_API_KEY"], config["NOTIFY_EMAIL_TEMPLATE"])
        self._app = app
        self._line = NotifyLine(account, config["PUBLIC_URL"])

    @property
    def memory(self) -> Memory:
        """Notify itself."""
        return self._line

    @contextmanager
    def open(self) -> Iterator[NotifyLine]:
        """Something to send several messages along. It connects when the first is sent."""
        with self._app.app_context():
            yield self._line


def _client(account: Account) -> Any:
    # It logs Notify's words about what is wrong with an address, which may be the address.
    logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)
    make: Any = NotificationsAPIClient
    client = make(account.key, base_url=account.base_url, timeout=(CONNECT, REPLY))
    # A POST that is sent on elsewhere arrives as a GET, with neither words nor key.
    client.request_session.max_redirects = 0
    return client

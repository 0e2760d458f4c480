"""What an error of GOV.UK Notify means for the message it was given."""

import ssl
from typing import Any

from notifications_python_client.errors import APIError
from requests import ConnectTimeout, Response
from urllib3.exceptions import NewConnectionError

from tasks.mailers.answers import without_addresses
from workflow.outbox.post import Answer, Said

TOO_LONG = ("too long", "character count")
NOT_OURS_TO_SEND = ("team-only", "trial mode")
"""A key of a test, or a service not yet live: such an address is not reached, and nothing is wrong with it."""
NO_ADDRESS = ("email_address", "not a valid email")
OUR_TEMPLATE = ("template", "personalisation")


def answer_for(error: APIError) -> Answer:
    """The answer that an error amounts to: of Notify's API, of what stands before it, or of the network."""
    if error.response is None:
        cause = error.__cause__
        return Answer(_of_network(cause), type(cause).__name__)
    kind, words = said_in(error.response)
    status = error.response.status_code
    return Answer(_of_reply(status, kind, words.lower()), f"{status} {kind} {without_addresses(words)}".strip())


def said_in(response: Response) -> tuple[str, str]:
    """The kind of error that a reply names, and its words; empty where the reply is not one of Notify's."""
    try:
        body: Any = response.json()
        first = body["errors"][0]
        return str(first["error"]), str(first["message"])
    except (ValueError, KeyError, IndexError, TypeError):
        return "", ""


def _of_reply(status: int, kind: str, words: str) -> Said:
    if status == 400:
        return _of_request(words)
    if status == 413:
        return Said.UNWRITABLE
    if status == 429:
        # So many a minute, which passes; or so many a day, which stops everything until tomorrow.
        return Said.STOP if kind == "TooManyRequestsError" else Said.LATER
    # What stands before the API may answer for it when it has taken the message already; and who answers "yes" in
    # words that are not Notify's may have passed it on.
    return Said.UNKNOWN if status >= 500 or status in (200, 201, 408) else Said.STOP


def _of_request(words: str) -> Said:
    """400: this message, its recipient, or how the service is set up."""
    for parts, said in (
        (TOO_LONG, Said.UNWRITABLE),
        (NOT_OURS_TO_SEND, Said.REFUSED),
        (NO_ADDRESS, Said.BOUNCED),
        (OUR_TEMPLATE, Said.STOP),
    ):
        if any(part in words for part in parts):
            return said
    return Said.REFUSED


def _of_network(cause: BaseException | None) -> Said:
    found = list(_reasons(cause))
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in found):
        return Said.STOP
    never_there = any(isinstance(each, ConnectTimeout | NewConnectionError) for each in found)
    return Said.AWAY if never_there else Said.UNKNOWN


def _reasons(error: BaseException | None) -> Any:
    """An error, and those it wraps: requests and urllib3 put one into another as an argument or a `reason`."""
    while isinstance(error, BaseException):
        yield error
        inner = getattr(error, "reason", None) or next(iter(error.args), None)
        error = inner if isinstance(inner, BaseException) else error.__cause__

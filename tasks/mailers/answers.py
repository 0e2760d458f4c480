"""What an error of the mail server means. Decided by the reply number: smtplib raises the same error for a
greylisted address, an unknown one, and a password that is wrong."""

import re
import smtplib
import ssl

from workflow.outbox.post import Answer, Said

CLOSING = 421
ABOUT_OUR_PASSWORD = frozenset({530, 534, 535, 538})
POLICY = re.compile(r"\b5\.7\.\d")


def answer_for(error: Exception, *, words_gone: bool) -> Answer:
    """The answer that an error of smtplib or of the network amounts to.

    `words_gone`: the message itself was on its way, and no reply to it was heard.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return Answer(_of_recipient(code, _text(said)), f"{code} {_text(said)}")
    if isinstance(error, smtplib.SMTPResponseException):
        words = f"{error.smtp_code} {_text(error.smtp_error)}"
        return Answer(_of_reply(error), words)
    if isinstance(error, ssl.SSLCertVerificationError | smtplib.SMTPNotSupportedError):
        return Answer(Said.STOP, type(error).__name__)
    return Answer(Said.UNKNOWN if words_gone else Said.AWAY, type(error).__name__)


def _of_recipient(code: int, said: str) -> Said:
    if code == CLOSING:
        return Said.AWAY
    if code in ABOUT_OUR_PASSWORD:
        return Said.STOP
    if code < 500:
        return Said.LATER
    # A policy against us must not look like a dead mailbox: a person looks before an address is given up.
    return Said.REFUSED if code == 554 or POLICY.search(said) else Said.BOUNCED


def _of_reply(error: smtplib.SMTPResponseException) -> Said:
    code = error.smtp_code
    if code in ABOUT_OUR_PASSWORD:
        return Said.STOP
    if isinstance(error, smtplib.SMTPDataError) and code != CLOSING:
        return Said.LATER if code < 500 else Said.REFUSED
    return Said.AWAY if code < 500 else Said.STOP


def without_addresses(text: str) -> str:
    """A carrier's words as they may be kept and logged: servers repeat the address they refuse."""
    return re.sub(r"<?\S+@\S+>?", "(address)", text)[:300]


def _text(said: bytes | str) -> str:
    return without_addresses(said.decode("utf-8", "replace") if isinstance(said, bytes) else said)

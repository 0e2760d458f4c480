"""Who carries the mail: one small interface, and the carriers behind it."""

from flask import Flask

from tasks.mailers.account import is_notify, read_account
from tasks.mailers.address import read_url
from workflow.outbox.post import Mailer

__all__ = ["Mailer", "check_settings", "is_notify", "mailer_for"]


def mailer_for(app: Flask) -> Mailer:
    """The carrier that the application's `MAIL_URL` names."""
    if is_notify(app.config["MAIL_URL"]):
        from tasks.mailers.notify import NotifyMailer

        return NotifyMailer(app)
    from tasks.mailers.smtp import SmtpMailer

    return SmtpMailer(app)


def check_settings(mail_url: str, notify_key: str | None, notify_template: str | None) -> None:
    """Raise `ValueError`, in a sentence, unless the carrier that `MAIL_URL` names has all it needs."""
    if is_notify(mail_url):
        read_account(mail_url, notify_key, notify_template)
    else:
        read_url(mail_url)

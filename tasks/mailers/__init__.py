"""Who carries the mail: one small interface, and the carriers behind it."""

from flask import Flask

from workflow.outbox.post import Mailer

__all__ = ["Mailer", "mailer_for"]


def mailer_for(app: Flask) -> Mailer:
    """The carrier that the application's `MAIL_URL` names."""
    from tasks.mailers.smtp import SmtpMailer

    return SmtpMailer(app)

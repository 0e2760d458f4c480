"""Tasks of the outbox."""

from celery import shared_task
from flask import current_app

from tasks import stopping
from tasks.base import database
from tasks.mailers import mailer_for
from tasks.settings import MAIL_LIMIT, MAIL_SOFT_LIMIT
from workflow import clock, outbox, reminders

CHECKS = (*outbox.CHECKS, reminders.still_theirs)
"""Everything asked of a message at the moment of sending."""


@shared_task(name="outbox.send_batch", time_limit=MAIL_LIMIT, soft_time_limit=MAIL_SOFT_LIMIT)
def send_batch(**_: object) -> None:
    """Send what is due."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    outbox.send_batch(database(), mailer_for(app), checks=CHECKS, stop=stopping.asked)


@shared_task(name="outbox.ask", time_limit=MAIL_LIMIT, soft_time_limit=MAIL_SOFT_LIMIT)
def ask(**_: object) -> None:
    """Ask what became of mail that was taken, where there is somebody to ask."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    memory = mailer_for(app).memory
    if memory is not None:
        outbox.ask(database(), memory)


@shared_task(name="outbox.reconcile")
def reconcile(**_: object) -> None:
    """Prove that nothing is lost, and put back lost hints."""
    outbox.reconcile(database(), clock.now())

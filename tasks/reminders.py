"""Tasks of reminders."""

from celery import shared_task

from tasks.base import database
from workflow import clock, reminders


@shared_task(name="reminders.sweep")
def sweep(**_: object) -> None:
    """Plan the reminders that are due."""
    reminders.sweep(database(), now=clock.now())

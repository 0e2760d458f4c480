"""Tasks that clear away."""

from celery import shared_task

from tasks.base import database
from workflow import clock, housekeeping


@shared_task(name="housekeeping.prune")
def prune(**_: object) -> None:
    """Delete what has had its time."""
    housekeeping.prune(database(), clock.now())

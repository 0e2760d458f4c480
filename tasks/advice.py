"""Tasks of advice."""

from celery import shared_task

from tasks.base import database
from workflow import clock
from workflow.cases import receipts


@shared_task(name="advice.note_arrivals")
def note_arrivals(**_: object) -> None:
    """Record which requests for advice have reached whoever was asked."""
    receipts.note_arrivals(database(), clock.now())

"""Tasks that begin what comes by itself."""

from celery import shared_task

from tasks.base import database
from workflow import clock
from workflow.cases import coming


@shared_task(name="cases.look_ahead")
def look_ahead(**_: object) -> None:
    """Begin every hand-over to a young person that comes within half a year."""
    coming.look_ahead(database(), clock.now())

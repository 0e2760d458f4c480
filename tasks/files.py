"""Tasks of files: recordings are made anew, and the virus scanner is asked about those that wait."""

from celery import shared_task
from flask import current_app

from tasks.base import database
from tasks.settings import RECORDING_LIMIT, RECORDING_SOFT_LIMIT
from workflow import clock
from workflow.files import converting, rechecking
from workflow.files.rechecking import Checks


@shared_task(name="files.check")
def check(**_: object) -> None:
    """Ask about the files that wait."""
    kept = current_app.extensions
    if kept["scanner"] is not None:
        rechecking.check(Checks(database(), kept["scanner"], kept["blobs"], clock.now()))


@shared_task(name="files.look_again")
def look_again(**_: object) -> None:
    """Have new files asked about again: signatures of a new virus come days after it."""
    if current_app.extensions["scanner"] is not None:
        rechecking.look_again(database(), clock.now())


@shared_task(name="files.convert", time_limit=RECORDING_LIMIT, soft_time_limit=RECORDING_SOFT_LIMIT)
def convert(**_: object) -> None:
    """Make anew the recordings that wait."""
    kept = current_app.extensions
    converting.convert(converting.Work(database(), kept["blobs"], clock.now(), scanned=kept["scanner"] is not None))

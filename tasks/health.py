"""Tasks that show that work is being done."""

from celery import shared_task

from tasks.base import database
from workflow import clock, health


@shared_task(name="health.plant")
def plant(**_: object) -> None:
    """Note that the scheduler ticked, and plant a canary for a worker to finish."""
    canary_id = health.ticked(database(), clock.now())
    canary.apply_async(args=(canary_id,), expires=health.DEAD_AFTER.total_seconds())


@shared_task(name="health.canary")
def canary(canary_id: int, **_: object) -> None:
    """Finish a canary."""
    health.finish(database(), canary_id, clock.now())

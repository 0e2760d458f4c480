"""When beat says "look now". What is due comes from the database; beat stays on UTC and decides nothing.

Each tick expires before the next, so that stopped workers come back to one of each and not to a burst.
Nothing runs at a time of day that London skips, repeats or has on another date.
"""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab


def every(task: str, **interval: float) -> dict[str, Any]:
    """A tick of a task; it expires after five sixths of its interval."""
    gap = timedelta(**interval)
    return {"task": task, "schedule": gap, "options": {"expires": gap.total_seconds() * 5 / 6}}


SCHEDULE: dict[str, dict[str, Any]] = {
    "plant a canary": every("health.plant", minutes=1),
    "send what is due": every("outbox.send_batch", seconds=30),
    "sweep for reminders": every("reminders.sweep", minutes=5),
    "ask what became of mail": every("outbox.ask", minutes=5),
    "reconcile the outbox": every("outbox.reconcile", minutes=10),
    "begin what comes with age": every("cases.look_ahead", hours=1),
    "look at new files again": {
        "task": "files.look_again",
        "schedule": crontab(hour="5", minute="10"),
        "options": {"expires": 3600},
    },
    "note what reached advisers": every("advice.note_arrivals", minutes=10),
    "clear away what is old": {
        "task": "housekeeping.prune",
        "schedule": crontab(hour="4", minute="20"),
        "options": {"expires": 3600},
    },
}

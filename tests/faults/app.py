"""A small application from our own pieces, for processes that tests start and kill.

Hours, leases and ticks are short, so that a test need not wait for them; everything else is as it ships.
"""

import base64
import os
from datetime import time, timedelta

from celery import signals
from flask import Flask

from models.database import Database
from tasks import make_celery
from workflow.outbox import breaker, hand_over, leases, send, settle, window

leases.LEASE = timedelta(seconds=float(os.environ.get("FAULT_LEASE", "3")))
send.BEGIN_WITHIN = leases.LEASE.total_seconds() / 3
if "FAULT_HASTE" in os.environ:
    settle.DELAYS = (timedelta(seconds=0.5),) * 99
    hand_over.ASK_AFTER = timedelta(seconds=1)
    breaker.PAUSE = timedelta(seconds=0.5)
window.OPENS, window.CLOSES = time(0), time(23, 59, 59, 999999)

app = Flask("faults")
app.config.update(
    REDIS_URL=os.environ["REDIS_URL"],
    MAIL_URL=os.environ["MAIL_URL"],
    NOTIFY_API_KEY=os.environ.get("NOTIFY_API_KEY"),
    NOTIFY_EMAIL_TEMPLATE=os.environ.get("NOTIFY_EMAIL_TEMPLATE"),
    MAIL_FROM="no-reply@hartwell.example",
    PUBLIC_URL="https://hartwell.example",
    SECRET_KEY="a secret of the tests",
    POLLER_AWAY_AFTER=1.5,
    POLLER_LOOK_EVERY=0.1,
    POLLER_CANARY_EVERY=0.5,
)
app.extensions["database"] = Database(os.environ["DATABASE_URL"], base64.urlsafe_b64decode(os.environ["MASTER_KEY"]))
celery = make_celery(app)
for tick in celery.conf.beat_schedule.values():
    often = tick["task"] in ("outbox.send_batch", "reminders.sweep")
    tick["schedule"] = timedelta(seconds=0.5 if often else 5)
    tick["options"] = {"expires": 2}


@signals.worker_process_init.connect
def _be_mortal(**_: object) -> None:
    """A child of a killed worker must not live on in the test."""
    import ctypes
    import signal

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


if "FAULT_POISON" in os.environ:
    from tasks.mailers import smtp
    from workflow.outbox.post import Envelope

    carry = smtp.SmtpLine.send

    def _dies(line: smtp.SmtpLine, envelope: Envelope) -> object:
        if str(envelope.id) == os.environ["FAULT_POISON"]:
            os.kill(os.getpid(), 9)
        return carry(line, envelope)

    smtp.SmtpLine.send = _dies  # type: ignore[assignment,method-assign]

if __name__ == "__main__":
    from tasks.poller import run

    run(app)

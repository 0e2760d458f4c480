"""The office's queues: how much waits in each, and each as a list."""

from flask import render_template, request
from werkzeug.exceptions import NotFound

from web.application import current
from web.council import bp
from web.council.scope import note_reading, page_number, with_args
from web.who import who
from workflow.clock import london_day
from workflow.queries import queue as to_do
from workflow.queries import unreached
from workflow.queries import work as queries
from workflow.queries.work_queues import BY_ID


@bp.get("/work")
@who("staff")
def work() -> str:
    """Every queue, with how much waits there and since when."""
    state = current()
    today = london_day(state.now)
    whose = whose_asked()
    waits = queries.overview(state.session, state.actor, whose, today)
    counts = to_do.counts(state.session, state.actor, today)
    nobody, since = unreached.waits(state.session, state.actor, whose, state.now, today)
    note_reading("queues")
    return render_template(
        "council/work.html", waits=waits, counts=counts, whose=whose, with_args=with_args, nobody=nobody, since=since
    )


@bp.get("/work/<queue_id>")
@who("staff")
def work_queue(queue_id: str) -> str:
    """One queue, what is late longest first."""
    if queue_id not in BY_ID:
        raise NotFound
    state, queue, whose = current(), BY_ID[queue_id], whose_asked()
    rows, at = queries.lines(state.session, queue, state.actor, whose, page_number(), london_day(state.now))
    note_reading(f"queue {queue.id}")
    return render_template("council/work_queue.html", queue=queue, rows=rows, at=at, whose=whose, with_args=with_args)


def whose_asked() -> str:
    """Whose cases are asked for: one's own, for caseworkers who do not say."""
    usual = "mine" if current().actor.roles == {"caseworker"} else "all"
    asked = request.args.get("whose", usual)
    return asked if asked in queries.WHOSE else usual

"""To do: what is due first, what waits for a decision, what waits for a person."""

from flask import render_template, request

from web.application import current
from web.council import bp
from web.council.scope import note_reading, page_number, with_args
from web.who import who
from workflow.access.keyed import may_key
from workflow.clock import london_day
from workflow.queries import queue as queries
from workflow.queries import to_look_at

WHOSE = ("mine", "nobody", "all")


@bp.get("/", strict_slashes=False)
@who("staff")
def queue() -> str:
    """What is due first."""
    state = current()
    usual = "mine" if state.actor.roles == {"caseworker"} else "all"
    whose, within = request.args.get("whose", usual), request.args.get("within", "six_weeks")
    filters = queries.Filters(
        whose=whose if whose in WHOSE else usual,
        within=within if within in queries.WITHIN else "six_weeks",
        page=page_number(),
        triage_page=page_number("triage"),
    )
    found = queries.queue(state.session, state.actor, filters, state.now)
    waiting = to_look_at.lines(state.session, state.actor, state.now)
    note_reading("queue")
    return render_template(
        "council/queue.html",
        queue=found,
        filters=filters,
        with_args=with_args,
        to_look_at=waiting,
        receives=may_key(state.actor),
    )


@bp.get("/past-dates")
@who("staff")
def past_dates() -> str:
    """Dates that had gone already when plans were brought in: a worklist, never mail."""
    state = current()
    rows, at = queries.past(state.session, state.actor, page_number(), london_day(state.now))
    note_reading("past dates")
    return render_template("council/past_dates.html", rows=rows, at=at, with_args=with_args)

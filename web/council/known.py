"""What is known of a child, and settling which of two accounts stands."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.scope import case_of, note_reading
from web.who import who
from workflow.access import office, policy
from workflow.cases import known
from workflow.clock import london_day
from workflow.queries import known as queries


@bp.get("/cases/<uuid:case_id>/known")
@who("staff")
def known_facts(case_id: uuid.UUID) -> str:
    """Every fact with who said it, when and where; first those that two people tell differently."""
    found = case_of(case_id)
    state = current()
    kept = policy.can(state.session, state.actor, policy.READ_KEPT, found, state.now)
    theirs = office.is_theirs(state.session, state.actor, found, london_day(state.now))
    note_reading("record" if theirs or not kept else f"record{policy.AS_MANAGER}", found.id)
    record = queries.record(state.session, found, kept=kept)
    return render_template("council/known.html", case=found, record=record, form_problems=[])


@bp.post("/cases/<uuid:case_id>/known/<uuid:fact_id>")
@who("staff", roles=("caseworker", "manager"))
def settle(case_id: uuid.UUID, fact_id: uuid.UUID) -> ResponseReturnValue:
    """Use what was said since, or keep what stood."""
    state, found = current(), case_of(case_id)
    accept = request.form.get("use") == "new"
    problems: Problems = []
    with attempt(problems):
        known.settle(state.session, found, state.actor, fact_id, accept=accept, now=state.now)
    if problems:
        flash(problems[0][1], "notice")
    else:
        flash("The record is changed." if accept else "The record stays as it was.", "success")
    return redirect(url_for("council.known_facts", case_id=case_id))

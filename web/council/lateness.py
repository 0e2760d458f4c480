"""Saying why something is late: one step, and the family reads it."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.cases import Deadline
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import LateForm
from web.council.scope import case_of, note_reading
from web.who import who
from workflow.cases import lateness
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import case_page, timelines


@bp.route("/dates/<uuid:deadline_id>/late", methods=["GET", "POST"])
@who("staff", roles=("caseworker", "decider", "manager"))
def why_late(deadline_id: uuid.UUID) -> ResponseReturnValue:
    """Write why a date was missed. What was written before stands in the box."""
    state, problems = current(), Problems()
    deadline = state.session.get(Deadline, (state.session.authority_id, deadline_id))
    if deadline is None:
        raise NotFound
    case = case_of(deadline.case_id)
    said = lateness.reasons(state.session, case.id).get((deadline.subject_id, deadline.rule), "")
    form = LateForm(data={"why": said})
    if form.validate_on_submit():
        with attempt(problems):
            lateness.say_why(state.session, deadline, state.actor, why=form.why.data or "", now=state.now)
        if not problems:
            flash("The family can read why it is late. The date has not moved.", "success")
            return redirect(url_for("council.case", case_id=case.id, _anchor="dates"))
    note_reading("late", case.id)
    problems = form.problems() + problems
    page = render_template(
        "council/late.html",
        form=form,
        case=case,
        late=lateness.is_late(deadline, london_day(state.now)),
        dated=timelines.dated(deadline, "professional"),
        called=case_page.called(state.session, case),
        form_problems=problems,
    )
    return page, 422 if problems else 200

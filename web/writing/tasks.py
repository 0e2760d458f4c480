"""What a child's own form asks of a grown-up: to read it, or to talk."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.submissions import Submission
from web.application import current
from web.auth.landing import home_of
from web.who import who
from web.writing import bp, desk
from workflow.access import policy
from workflow.access.relation import READ
from workflow.coproduction import grown_ups
from workflow.coproduction.submissions import form_of
from workflow.queries import writing


@bp.get("/to-look-at/<uuid:task_id>")
@who("family", "professional", "staff")
def task(task_id: uuid.UUID) -> ResponseReturnValue:
    """What is asked, by when, the way to it, and the button that says it was done."""
    state = current()
    found = grown_ups.find(state.session, state.actor, task_id, now=state.now)
    submission = state.session.get_one(Submission, (state.session.authority_id, found.submission_id))
    readable = policy.can(state.session, state.actor, READ, submission, state.now)
    return render_template(
        "writing/task.html",
        task=found,
        called=writing.called(state.session, submission, {}),
        form_title=form_of(submission).title_family,
        read_url=url_for("writing.check", submission_id=submission.id) if readable else "",
        audience=desk.audience(),
        back_url=home_of(state.actor.kind),
    )


@bp.post("/to-look-at/<uuid:task_id>")
@who("family", "professional", "staff")
def task_done(task_id: uuid.UUID) -> ResponseReturnValue:
    """It was read, or they have talked."""
    state = current()
    grown_ups.done(state.session, state.actor, task_id, now=state.now)
    flash("Thank you. It is off the list.", "success")
    return redirect(home_of(state.actor.kind))

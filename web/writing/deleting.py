"""Deleting a draft, after asking once more."""

import uuid

from flask import Response, after_this_request, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.attempt import Problems, attempt
from web.auth.landing import home_of
from web.who import who
from web.writing import bp, desk, saving
from workflow.access.relation import READ
from workflow.coproduction import deleting
from workflow.errors import NotFound


@bp.get("/forms/<uuid:submission_id>/delete")
@who("family", "professional")
def ask_to_delete(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Say what goes, and what cannot be undone; or why it has to stay."""
    opened = desk.open_desk(submission_id, READ)
    if not deleting.may_delete(opened.submission, opened.theirs):
        raise NotFound
    problems: Problems = []
    with attempt(problems):
        deleting.refuse_unless_deletable(current().session, opened.submission, opened.theirs)
    return render_template(
        "writing/people_delete.html",
        desk=opened,
        title=desk.title_of(opened.form),
        refused=problems[0][1] if problems else "",
        audience=desk.audience(),
        back_url=url_for("writing.overview", submission_id=submission_id),
    )


@bp.post("/forms/<uuid:submission_id>/delete")
@who("family", "professional")
def delete(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Delete a draft for good."""
    state, opened = current(), desk.open_desk(submission_id, READ)
    keys = deleting.delete_draft(state.session, opened.submission, opened.theirs, state.actor, now=state.now)
    store = saving.blobs()

    @after_this_request
    def remove_files(response: Response) -> Response:
        # By now it is committed; where that failed, the answer is an error and the files stay.
        if response.status_code < 400:
            for key in keys:
                store.remove(key)
        return response

    flash("The draft is deleted. Nobody can bring it back.", "success")
    return redirect(home_of(state.actor.kind))

"""A new version of what was sent, and what it changes."""

import uuid

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.who import who
from web.writing import bp, desk
from workflow.access.relation import READ
from workflow.coproduction import more
from workflow.errors import NotFound
from workflow.queries import changes


@bp.post("/forms/<uuid:submission_id>/new-version")
@who("family", "professional")
def add_more(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Begin a new version, with everything that was sent in it."""
    state = current()
    opened = desk.open_desk(submission_id, READ)
    draft = more.next_version(state.session, state.actor, opened.theirs, opened.submission, now=state.now)
    return redirect(url_for("writing.overview", submission_id=draft.id))


@bp.get("/forms/<uuid:submission_id>/changes")
@who("family", "professional", "staff")
def compare(submission_id: uuid.UUID) -> ResponseReturnValue:
    """What this version says that the one before did not, side by side."""
    state = current()
    opened = desk.open_desk(submission_id, READ)
    found = changes.since_the_version_before(state.session, opened, state.now)
    if found is None:
        raise NotFound
    desk.note_reading(opened)
    return render_template(
        "writing/changes.html",
        desk=opened,
        title=desk.title_of(opened.form),
        found=found,
        audience=desk.audience(),
        back_url=desk.link("check", opened),
    )

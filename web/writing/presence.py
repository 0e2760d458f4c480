"""Who else is writing on a page, for those who may know it. It blocks nobody."""

import uuid

from flask import abort, jsonify
from flask.typing import ResponseReturnValue

from web.application import current
from web.who import who
from web.writing import bp, desk
from workflow.access.relation import READ
from workflow.queries import presence


@bp.get("/forms/<uuid:submission_id>/page/<page_id>/here")
@who("family", "professional", "staff")
def here(submission_id: uuid.UUID, page_id: str) -> ResponseReturnValue:
    """The names to show beside a page that is open, asked every so often by the page's script."""
    opened = desk.open_desk(submission_id, READ)
    found = next((each for each in opened.form.pages() if each.id == page_id), None)
    if found is None:
        abort(404)
    state = current()
    ids = [each.id for each in found.questions]
    return jsonify(here=presence.writing_now(state.session, opened, ids, state.now))

"""The questions of a form that are for one person: put to them and waiting, theirs and
answered, or words of theirs that were used or declined."""

import uuid

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.who import who
from web.writing import bp, desk
from workflow.access.relation import READ
from workflow.coproduction.remarks import QUESTION
from workflow.queries import remarks as known


@bp.get("/forms/<uuid:submission_id>/questions")
@who("family", "professional")
def questions(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Where a mail about questions leads: to the one there is, else to all of them."""
    opened = desk.open_desk(submission_id, READ)
    everything = known.said(current().session, opened)
    said = [each for each in everything if each.kind == QUESTION]
    suggested = [each for each in everything if each.mine and each.state in ("accepted", "declined")]
    waiting = [each for each in said if each.to_me and each.open and not opened.sent]
    answered = [each for each in said if each.mine and each.state == "answered"]
    if len(theirs := waiting + answered + suggested) == 1:
        return redirect(url_for("writing.remark", remark_id=theirs[0].id))
    return render_template(
        "writing/questions.html",
        desk=opened,
        waiting=[(each, known.asks(opened, each.path)) for each in waiting],
        answered=[(each, known.asks(opened, each.path)) for each in answered],
        suggested=[(each, known.asks(opened, each.path)) for each in suggested],
        audience=desk.audience(),
        back_url=desk.link("overview", opened),
    )

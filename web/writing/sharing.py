"""Letting others read one's own view, taking it back, and asking a parent to add theirs."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web import inviting
from web.application import current
from web.who import who
from web.writing import bp, desk
from workflow.access.relation import INVITE, READ, SEND
from workflow.coproduction import submissions
from workflow.coproduction.kinds import OF_A_SETTING
from workflow.errors import NotFound
from workflow.queries.writing import Desk


@bp.post("/forms/<uuid:submission_id>/share")
@who("family", "professional")
def share(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Let the people of the form it belongs to read a view."""
    opened = _own_view(submission_id)
    submissions.share(current().session, opened.submission, now=current().now)
    flash("The people working on this can now read it. You can still change it, or take it back.", "success")
    return redirect(url_for("writing.overview", submission_id=submission_id))


@bp.post("/forms/<uuid:submission_id>/take-back")
@who("family", "professional")
def take_back(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Make a shared view private again."""
    opened = _own_view(submission_id)
    submissions.take_back(current().session, opened.submission)
    flash("Only you can read it now.", "success")
    return redirect(url_for("writing.overview", submission_id=submission_id))


@bp.route("/forms/<uuid:submission_id>/invite", methods=["GET", "POST"])
@who("professional")
def invite(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Ask a parent or carer to add their voice."""
    opened = _inviting(submission_id)
    return inviting.ask(
        opened.submission,
        back_url=desk.link("overview", opened),
        told_url=url_for("writing.invited", submission_id=submission_id),
        audience=desk.audience(),
    )


@bp.get("/forms/<uuid:submission_id>/invited")
@who("professional")
def invited(submission_id: uuid.UUID) -> ResponseReturnValue:
    """The three words to pass on by voice, shown once."""
    opened = _inviting(submission_id)
    return inviting.told(opened.submission, back_url=desk.link("overview", opened), audience=desk.audience())


def _own_view(submission_id: uuid.UUID) -> Desk:
    """One's own view of a bundle. Only its owner shares it or takes it back."""
    opened = desk.open_desk(submission_id, SEND)
    if not opened.private or "owner" not in opened.theirs.readers:
        raise NotFound
    return opened


def _inviting(submission_id: uuid.UUID) -> Desk:
    opened = desk.open_desk(submission_id, INVITE if request.method == "POST" else READ)
    if opened.form.id not in OF_A_SETTING or INVITE not in opened.theirs.rights:
        raise NotFound
    return opened

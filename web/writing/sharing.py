"""Letting others read one's own view, taking it back, and asking people to add their voice."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web import inviting
from web.application import current
from web.inviting import InviteForm
from web.who import who
from web.writing import asking, bp, desk
from web.writing.asking import AskForm
from workflow.access.relation import INVITE, READ, SEND
from workflow.clock import london_day
from workflow.coproduction import contributors, invitations, submissions
from workflow.coproduction.contributors import EVERY
from workflow.coproduction.invitations import Invited
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
@bp.route("/forms/<uuid:submission_id>/invite/<kind>", methods=["GET", "POST"])
@who("family", "professional")
def invite(submission_id: uuid.UUID, kind: str = "parent") -> ResponseReturnValue:
    """Ask somebody to add their voice, or to help."""
    state, opened = current(), _inviting(submission_id)
    given = (state.session, state.actor, opened.submission, opened.theirs)
    if kind not in contributors.askable(*given, state.now):
        raise NotFound
    parts = contributors.parts_for(opened.submission, kind, opened.theirs)
    to_yp = kind == "parent" and bool(parts)

    def send(form: InviteForm) -> Invited:
        assert isinstance(form, AskForm)
        target, offer = contributors.plan(*given, kind, form.asked(), state.now)
        return invitations.invite(state.session, state.actor, target, str(form.email.data), offer, now=state.now)

    return inviting.ask(
        submission_id,
        send,
        form=AskForm(kind, london_day(state.now)),
        back_url=url_for("writing.people", submission_id=submission_id),
        told_url=url_for("writing.invited", submission_id=submission_id),
        audience=desk.audience(),
        heading=asking.HEADINGS[kind],
        what_then=asking.TO_YOUNG_PERSONS_FORM if to_yp else asking.WHAT_THEN[kind],
        kind=kind,
        parts=[(EVERY, "Every part"), *parts] if parts else [],
        parts_words=asking.PARTS.get(kind, ""),
        being=asking.BEING.get(kind),
        dated=kind in ("helper", "teacher", "professional") or to_yp,
    )


@bp.get("/forms/<uuid:submission_id>/invited")
@who("family", "professional")
def invited(submission_id: uuid.UUID) -> ResponseReturnValue:
    """The three words to pass on by voice, shown once."""
    _inviting(submission_id)
    back_url = url_for("writing.people", submission_id=submission_id)
    return inviting.told(submission_id, back_url=back_url, audience=desk.audience())


def _own_view(submission_id: uuid.UUID) -> Desk:
    """One's own view of a bundle. Only its owner shares it or takes it back."""
    opened = desk.open_desk(submission_id, SEND)
    if not opened.private or "owner" not in opened.theirs.readers:
        raise NotFound
    return opened


def _inviting(submission_id: uuid.UUID) -> Desk:
    opened = desk.open_desk(submission_id, INVITE if request.method == "POST" else READ)
    if INVITE not in opened.theirs.rights:
        raise NotFound
    return opened

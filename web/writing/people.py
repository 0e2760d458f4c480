"""The people on a form: who takes part, who was asked and has not come, and ending somebody's part."""

import uuid

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from web import inviting
from web.application import current
from web.attempt import Problems, attempt
from web.who import who
from web.writing import asking, bp, desk
from workflow.access.relation import INVITE, READ
from workflow.coproduction import contributors, invitations
from workflow.coproduction.contributors import FAMILY
from workflow.errors import NotFound
from workflow.queries import people as query
from workflow.queries.writing import Desk


@bp.get("/forms/<uuid:submission_id>/people")
@who("family", "professional")
def people(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Who takes part in a form, as this reader may know them."""
    state, opened = current(), desk.open_desk(submission_id, READ)
    asked = contributors.askable(state.session, state.actor, opened.submission, opened.theirs, state.now)
    return render_template(
        "writing/people.html",
        desk=opened,
        title=desk.title_of(opened.form),
        people=query.people(state.session, state.actor, opened.theirs, opened.submission, state.now),
        asks=[
            (asking.LINKS[kind], url_for("writing.invite", submission_id=submission_id, kind=kind)) for kind in asked
        ],
        audience=desk.audience(),
        back_url=desk.link("overview", opened),
    )


@bp.route("/forms/<uuid:submission_id>/people/<uuid:key_id>/stop", methods=["GET", "POST"])
@who("family", "professional")
def stop(submission_id: uuid.UUID, key_id: uuid.UUID) -> ResponseReturnValue:
    """End somebody's part, after asking once more."""
    state, opened = current(), _inviter(submission_id)
    grant, name = query.participant(state.session, opened.theirs, opened.submission, key_id, state.now)
    problems: Problems = []
    reason = request.form.get("reason", "")
    if request.method == "POST":
        with attempt(problems):
            contributors.stop(
                state.session, state.actor, opened.submission, opened.theirs, grant, reason=reason, now=state.now
            )
        if not problems:
            flash("They can no longer open this form. What they wrote is still here, under their name.", "success")
            return redirect(url_for("writing.people", submission_id=submission_id))
    return render_template(
        "writing/people_stop.html",
        desk=opened,
        name=name,
        what=query.as_what(grant.role, grant.capacity),
        owes_reason=opened.submission.setting_id is not None and grant.role in FAMILY,
        reason=reason,
        form_problems=problems,
        audience=desk.audience(),
        back_url=url_for("writing.people", submission_id=submission_id),
    ), 422 if problems else 200


@bp.post("/forms/<uuid:submission_id>/people/<uuid:key_id>/again")
@who("family", "professional")
def ask_again(submission_id: uuid.UUID, key_id: uuid.UUID) -> ResponseReturnValue:
    """Send an invitation once more, with new words to pass on."""
    state, opened = current(), _inviter(submission_id)
    there = url_for("writing.invited", submission_id=submission_id)
    if session.get("invited", {}).get("token") == str(key_id):
        return redirect(there)  # pressed twice
    found = query.invitation(state.session, state.actor, opened.theirs, opened.submission, key_id, state.now)
    target = opened.submission
    if found.submission_id != target.id:
        target = desk.open_desk(uuid.UUID(str(found.submission_id)), READ).submission
    problems: Problems = []
    with attempt(problems):
        made = invitations.again(state.session, state.actor, found, target, now=state.now)
        mine = found.invited_by == state.actor.person
        inviting.keep_words(submission_id, made, found.email if mine else "", str(key_id))
        return redirect(there)
    return _sorry(problems, submission_id)


@bp.post("/forms/<uuid:submission_id>/people/<uuid:key_id>/take-back")
@who("family", "professional")
def take_back_invitation(submission_id: uuid.UUID, key_id: uuid.UUID) -> ResponseReturnValue:
    """End an invitation that nobody has accepted."""
    state, opened = current(), _inviter(submission_id)
    found = query.invitation(state.session, state.actor, opened.theirs, opened.submission, key_id, state.now)
    problems: Problems = []
    with attempt(problems):
        invitations.take_back(state.session, state.actor, found, now=state.now)
    if problems:
        return _sorry(problems, submission_id)
    flash("The invitation is taken back. It opens nothing now.", "success")
    return redirect(url_for("writing.people", submission_id=submission_id))


def _inviter(submission_id: uuid.UUID) -> Desk:
    """The form before somebody who may say who takes part. To others these pages are not there."""
    opened = desk.open_desk(submission_id, READ)
    if INVITE not in opened.theirs.rights:
        raise NotFound
    return opened


def _sorry(problems: Problems, submission_id: uuid.UUID) -> ResponseReturnValue:
    for _, said in problems:
        flash(said, "problem")
    return redirect(url_for("writing.people", submission_id=submission_id))

"""Signing a form as it stands."""

import uuid

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from web import kept
from web.application import current
from web.attempt import Problems, attempt
from web.who import who
from web.writing import bp, desk
from web.writing.desk import given_uuid
from workflow.access.relation import READ
from workflow.coproduction import signing_off
from workflow.errors import NotFound
from workflow.queries import remarks as known


@bp.route("/forms/<uuid:submission_id>/sign", methods=["GET", "POST"])
@who("family", "professional")
def sign(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Agree, partly agree or disagree, with a reason. Never needed for sending, and may come after it."""
    state = current()
    opened = desk.open_desk(submission_id, READ)
    if not signing_off.may_sign(opened.form, opened.theirs):
        raise NotFound
    problems: Problems = []
    if request.method == "POST":
        with attempt(problems):
            signing_off.sign(
                state.session,
                opened.submission,
                opened.theirs,
                state.actor,
                request.form.get("verdict", ""),
                request.form.get("reason", ""),
                seen=request.form.get("seen", ""),
                token=given_uuid(request.form.get("token")),
                now=state.now,
            )
        if not problems:
            kept.forget()
            flash("You have signed this form. You can sign again if it changes.", "success")
            return redirect(desk.link("check" if opened.sent else "overview", opened))
        opened = desk.open_desk(submission_id, READ)
    typed = desk.typed()
    return render_template(
        "writing/sign.html",
        desk=opened,
        title=desk.title_of(opened.form),
        signed=known.signatures(state.session, opened),
        seen=signing_off.content_hash(opened.read),
        verdict=typed.get("verdict", ""),
        reason=typed.get("reason", ""),
        token=typed.get("token") or uuid.uuid4(),
        form_problems=problems,
        form_action=desk.link("sign", opened),
        back_url=desk.link("check" if opened.sent else "overview", opened),
        audience=desk.audience(),
        link=desk.link,
    ), 422 if problems else 200

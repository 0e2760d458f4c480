"""Replying to what a sent form asks of the person who reads it."""

import uuid

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from web.application import current
from web.attempt import Problems, attempt
from web.who import who
from web.writing import bp, desk
from workflow.access.relation import READ
from workflow.coproduction import replying


@bp.post("/forms/<uuid:submission_id>/reply")
@who("family", "professional")
def reply(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Answer it. It can be answered again."""
    state = current()
    opened = desk.open_desk(submission_id, READ)
    problems: Problems = []
    with attempt(problems):
        replying.reply(
            state.session,
            opened.submission,
            opened.form,
            opened.theirs,
            opened.values,
            state.actor,
            request.form.get("place", ""),
            request.form.get("reply", ""),
            now=state.now,
        )
    flash(problems[0][1] if problems else "Thank you. Your reply is there.", "problem" if problems else "success")
    return redirect(desk.link("check", opened))

"""Using what the setting keeps about a child with a form: its plan and its costs are told once."""

import uuid
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forms import catalogue
from web.application import current
from web.attempt import Problems, attempt
from web.who import who
from web.writing import bp, desk
from workflow.access.relation import WRITE
from workflow.coproduction import kept
from workflow.coproduction.kinds import USES
from workflow.queries import school
from workflow.queries.writing import Desk


@bp.post("/forms/<uuid:submission_id>/kept")
@who("professional")
def use_kept(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Use a form that the setting keeps, or use it no more. Pressing twice changes nothing."""
    state = current()
    opened = desk.open_desk(submission_id, WRITE)
    problems: Problems = []
    with attempt(problems):
        if stop := request.form.get("stop"):
            kept.unlink(state.session, opened.submission, stop, state.actor)
        else:
            chosen = desk.given_uuid(request.form.get("kept"))
            kept.link(state.session, opened.submission, chosen, state.actor, now=state.now)
    for _, said in problems:
        flash(said, "problem")
    return redirect(desk.link("overview", opened, _anchor="kept"))


def shown(opened: Desk) -> list[dict[str, Any]]:
    """For each kind of kept form that may be used here: the one in use, or those there are. Two queries."""
    state = current()
    if not kept.may_link(opened.submission, state.actor):
        return []
    there = school.kept_for(state.session, opened.submission, USES[opened.form.id])
    used = kept.linked_ids(opened.submission)
    found = []
    for form_id in USES[opened.form.id]:
        own = [each for each in there if each.form_id == form_id]
        in_use = next((each for each in own if each.id == used.get(form_id)), None)
        found.append(
            {
                "form_id": form_id,
                "title": catalogue.get(form_id).title,
                "used": in_use,
                "href": url_for("writing.overview", submission_id=in_use.id) if in_use else "",
                "choices": own,
            }
        )
    return [each for each in found if each["choices"]]

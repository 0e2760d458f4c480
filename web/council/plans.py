"""Bringing in the plans a council already holds: upload, look, confirm."""

import uuid

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import PlansForm
from web.who import who
from workflow.cases import plans_import
from workflow.clock import london_day

WORK = ("caseworker", "manager")
MOST_BYTES = 10 * 1024 * 1024
MOST_SHOWN = 200


@bp.get("/plans")
@who("staff", roles=WORK)
def import_plans() -> str:
    """Choose a file."""
    return render_template("council/plans.html", form=PlansForm(None), columns=plans_import.COLUMNS)


@bp.post("/plans")
@who("staff", roles=WORK)
def upload_plans() -> ResponseReturnValue:
    """Read the file, hold it, and show what it would do. Brings nothing in."""
    state, form, problems = current(), PlansForm(), Problems()
    content = _content(form, problems)
    if not problems:
        with attempt(problems):
            plans_import.read(state.session, content, london_day(state.now))
            batch = plans_import.keep(state.session, content, state.actor, state.now)
    if problems:
        page = render_template("council/plans.html", form=form, columns=plans_import.COLUMNS, form_problems=problems)
        return page, 422
    return redirect(url_for("council.plans_preview", batch_id=batch.id))


@bp.get("/plans/<uuid:batch_id>")
@who("staff", roles=WORK)
def plans_preview(batch_id: uuid.UUID) -> ResponseReturnValue:
    """What the file would do, row by row; afterwards, what it did."""
    state = current()
    batch = plans_import.kept(state.session, batch_id)
    if batch.content is None:
        return render_template("council/plans_done.html", batch=batch)
    preview = plans_import.read(state.session, batch.content, london_day(state.now))
    return render_template("council/plans_preview.html", batch=batch, preview=preview, most=MOST_SHOWN)


@bp.post("/plans/<uuid:batch_id>")
@who("staff", roles=WORK)
def bring_in(batch_id: uuid.UUID) -> ResponseReturnValue:
    """Bring in the good rows. Twice changes nothing."""
    state = current()
    plans_import.confirm(state.session, batch_id, state.actor, now=state.now)
    flash("The plans are brought in.", "success")
    return redirect(url_for("council.plans_preview", batch_id=batch_id))


@bp.get("/plans/template.csv")
@who("staff", roles=WORK)
def plans_template() -> Response:
    """An empty file with the columns and one line to show how they are filled."""
    return Response(
        plans_import.TEMPLATE,
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=plans.csv"},
    )


def _content(form: PlansForm, problems: Problems) -> str:
    given = form.file.data
    if not form.validate() or not given:
        problems.append(("file", "Choose a CSV file."))
        return ""
    raw = given.stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        problems.append(("file", "This file is larger than 10 MB. Split it, and bring in one part at a time."))
        return ""
    try:
        content = plans_import.decode(raw)
    except ValueError:
        problems.append(("file", "This file cannot be read as text. Save it as CSV (UTF-8) and try again."))
        return ""
    return content

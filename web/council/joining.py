"""Two cases about one child: joined by a person's choice, kept apart, or parted again."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from models.cases import Case
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.scope import case_of
from web.who import who
from workflow.cases import joining
from workflow.errors import NotFound

WORK = ("caseworker", "manager")


@bp.post("/cases/<uuid:case_id>/join")
@who("staff", roles=WORK)
def join(case_id: uuid.UUID) -> ResponseReturnValue:
    """Join another case to this one: the earlier clock runs on."""
    state, case = current(), case_of(case_id, "work")
    problems: Problems = []
    keep: Case | None = None
    with attempt(problems):
        keep = joining.join(state.session, case, _other(), state.actor, now=state.now)
    if keep is None:
        return _sorry(problems, case)
    flash("The cases are joined. The earlier clock runs on, and the joining can be undone.", "success")
    return redirect(url_for("council.case", case_id=keep.id))


@bp.post("/cases/<uuid:case_id>/keep-apart")
@who("staff", roles=WORK)
def keep_apart(case_id: uuid.UUID) -> ResponseReturnValue:
    """Put on record that another case is about a different child."""
    state, case = current(), case_of(case_id, "work")
    joining.keep_apart(state.session, case, _other(), state.actor, now=state.now)
    flash("The cases stay apart. You can still join them later.", "success")
    return redirect(url_for("council.case", case_id=case.id))


@bp.post("/cases/<uuid:case_id>/part")
@who("staff", roles=WORK)
def part(case_id: uuid.UUID) -> ResponseReturnValue:
    """Undo a joining."""
    state, case = current(), case_of(case_id, "work")
    problems: Problems = []
    with attempt(problems):
        joining.part(state.session, case, state.actor, now=state.now)
    if problems:
        return _sorry(problems, case)
    flash("The case stands alone again, with its own clock.", "success")
    return redirect(url_for("council.case", case_id=case.id))


def _other() -> Case:
    try:
        return case_of(uuid.UUID(request.form.get("other", "")), "work")
    except ValueError:
        raise NotFound from None


def _sorry(problems: Problems, case: Case) -> ResponseReturnValue:
    for _, said in problems:
        flash(said, "problem")
    return redirect(url_for("council.case", case_id=case.id))

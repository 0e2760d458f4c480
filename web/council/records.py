"""The council's own records of a case: begun here, written on the pages that every form has."""

import uuid

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.council import bp
from web.council.scope import case_of
from web.who import who
from workflow.cases import records


@bp.post("/cases/<uuid:case_id>/records/<form_id>")
@who("staff")
def begin_record(case_id: uuid.UUID, form_id: str) -> ResponseReturnValue:
    """Open the record of this kind that is being written, or begin one."""
    state = current()
    record = records.begin_record(state.session, case_of(case_id), form_id, state.actor, now=state.now)
    return redirect(url_for("writing.overview", submission_id=record.id))

"""A setting's page when it is consulted: the draft, the advice with it, by when, and how to reply."""

import uuid

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.advice import Consultation
from models.cases import Case
from web.advice import bp
from web.application import current
from web.attempt import Problems, attempt
from web.who import who
from workflow.access import policy
from workflow.access.actor import SETTING_ROLES
from workflow.cases import consulting as verbs
from workflow.coproduction.submissions import form_of
from workflow.queries import case_page
from workflow.queries import consulting as query

ROLES = tuple(SETTING_ROLES)


@bp.get("/consultations/<uuid:consultation_id>")
@who("professional", roles=ROLES)
def consulted(consultation_id: uuid.UUID) -> ResponseReturnValue:
    """What this setting is asked."""
    state, row = current(), query.find(current().session, current().actor, consultation_id)
    policy.note_reading(state.session, state.actor, f"consultation:{row.id}", now=state.now, case_id=row.case_id)
    return _page(row, Problems())


@bp.post("/consultations/<uuid:consultation_id>/write")
@who("professional", roles=ROLES)
def write_reply(consultation_id: uuid.UUID) -> ResponseReturnValue:
    """Open the form to reply on, made the first time."""
    state, problems = current(), Problems()
    row = query.find(state.session, state.actor, consultation_id)
    with attempt(problems):
        form = verbs.begin_reply(state.session, row, state.actor, now=state.now)
        return redirect(url_for("writing.overview", submission_id=form.id))
    return _page(row, problems), 422


def _page(row: Consultation, problems: Problems) -> str:
    state = current()
    papers = query.papers(state.session, state.actor, row, state.now)
    case = state.session.get_one(Case, (state.session.authority_id, row.case_id))
    return render_template(
        "advice/consulted.html",
        row=row,
        waits=query.waits(state.session, row),
        due_on=verbs.due_on(row),
        called=case_page.called(state.session, case),
        letter=query.letter(state.session, row),
        papers=papers,
        titles={each.id: form_of(each).title for each in papers},
        form_problems=problems,
    )

"""The family's page about advice: who is asked, by when, what came; naming somebody else; agreeing."""

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.advice import AdviceRequest
from models.cases import Case
from web.advice import bp
from web.advice.forms import NameForm
from web.application import current
from web.attempt import Problems, attempt
from web.who import who
from workflow.access import policy
from workflow.access.relation import READ
from workflow.cases import advice as verbs
from workflow.cases import enough
from workflow.cases.advisers import Adviser
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import advice as query


@bp.get("/cases/<uuid:case_id>/advice")
@who("family")
def of_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """Who is asked about the child, and how it stands: the same list the council sees."""
    state, case = current(), _case(case_id)
    policy.note_reading(state.session, state.actor, "advice", now=state.now, case_id=case.id)
    return _page(case, NameForm(formdata=None, data={"token": str(uuid.uuid4())}))


@bp.post("/cases/<uuid:case_id>/advice")
@who("family")
def name(case_id: uuid.UUID) -> ResponseReturnValue:
    """Ask that somebody else be asked. The council decides whether that is reasonable, and says why."""
    state, case, form = current(), _case(case_id), NameForm()
    problems: Problems = []
    if form.validate():
        processes = query.assessments(state.session, case.id)
        if not processes:
            raise NotFound
        to = Adviser("h", form.to_name.data or "", email=form.email.data or None, why=form.why.data or "")
        with attempt(problems):
            verbs.name_adviser(
                state.session, processes[0], state.actor, to, token=_token(form.token.data), now=state.now
            )
        if not problems:
            flash("We have your wish. We must ask them if it is reasonable, and we tell you if not.", "success")
            return redirect(url_for("advice.of_case", case_id=case_id))
    return _page(case, form, form.problems() + problems), 422


@bp.post("/cases/<uuid:case_id>/advice/<uuid:request_id>/<act>")
@who("family")
def agree(case_id: uuid.UUID, request_id: uuid.UUID, act: str) -> ResponseReturnValue:
    """Agree that advice which is there is enough, or take that back."""
    state, case = current(), _case(case_id)
    found = state.session.get(AdviceRequest, (state.session.authority_id, request_id))
    if found is None or found.case_id != case.id:
        raise NotFound
    if act not in ("agree", "take-back"):
        abort(404)
    problems: Problems = []
    with attempt(problems):
        verb = enough.agree if act == "agree" else enough.take_back
        verb(state.session, found, state.actor, side="family", now=state.now)
    for _, said in problems:
        flash(said, "problem")
    if not problems:
        flash("That is on record." if act == "agree" else "You took it back.", "success")
    return redirect(url_for("advice.of_case", case_id=case_id))


def _case(case_id: uuid.UUID) -> Case:
    state = current()
    return policy.find_case(state.session, state.actor, case_id, READ, state.now)


def _token(typed: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        raise NotFound from None


def _page(case: Case, form: NameForm, problems: Problems | None = None) -> str:
    state = current()
    processes = query.assessments(state.session, case.id)
    lines = query.lines(state.session, [each.id for each in processes[:1]], london_day(state.now), "family")
    return render_template(
        "advice/family.html",
        case=case,
        lines=[line for line in lines if line.request.stage != "withdrawn"],
        form=form,
        may_name=any(each.stage == "assessing" for each in processes[:1]),
        form_problems=problems or [],
    )

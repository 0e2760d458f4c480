"""Advice for an assessment: whom the law wants asked, who was, when each is due, what came."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.advice import AdviceRequest
from models.cases import Case, Process
from web import inviting
from web.application import current
from web.attempt import Problems, attempt
from web.council import advice_forms as forms
from web.council import bp
from web.council.advice_acts import FORMS, SAID, VERBS
from web.council.forms import CouncilForm
from web.council.scope import case_of, note_reading, process_of
from web.who import who
from workflow.access.actor import STAFF_ROLES
from workflow.cases import advice as verbs
from workflow.cases import advice_replies, advisers, enough
from workflow.cases.advisers import Adviser
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import advice as query
from workflow.queries import case_page

ANY = tuple(STAFF_ROLES)


@bp.get("/advice/<uuid:process_id>")
@who("staff", roles=ANY)
def advice(process_id: uuid.UUID) -> ResponseReturnValue:
    """Who is asked in one assessment, and the list the law wants."""
    process, case = _assessment(process_id)
    note_reading("advice", case.id)
    return _list(process, case, forms.AskForm(formdata=None, data={"token": str(uuid.uuid4())}))


@bp.post("/advice/<uuid:process_id>/ask")
@who("staff", roles=ANY)
def ask_for_advice(process_id: uuid.UUID) -> ResponseReturnValue:
    """Ask somebody on the list, or somebody else."""
    process, case = _assessment(process_id)
    if wanted := request.form.get("proposal", ""):
        return _ask_proposed(process, case, wanted)
    form = forms.AskForm()
    problems: Problems = []
    asked: AdviceRequest | None = None
    if form.validate():
        with attempt(problems):
            asked = _asked(process, form.adviser, _token(form.token.data))
    if asked is None:
        return _list(process, case, form, form.problems() + problems), 422
    flash(SAID["ask"], "success")
    return redirect(url_for("council.advice_request", request_id=asked.id))


@bp.get("/advice/requests/<uuid:request_id>")
@who("staff", roles=ANY)
def advice_request(request_id: uuid.UUID) -> ResponseReturnValue:
    """One request: how it stands, and everything that can be done about it."""
    found, case = _request(request_id)
    note_reading("advice", case.id)
    return _one(found, case)


@bp.post("/advice/requests/<uuid:request_id>/<act>")
@who("staff", roles=ANY)
def advice_act(request_id: uuid.UUID, act: str) -> ResponseReturnValue:
    """Do one thing about a request."""
    found, case = _request(request_id)
    if act not in FORMS:
        abort(404)
    form = FORMS[act](prefix=act)
    problems: Problems = []
    if form.validate():
        with attempt(problems):
            VERBS[act](found, form)
        if not problems:
            flash(SAID[act], "success")
            return redirect(url_for("council.advice_request", request_id=request_id))
    anchors = [(_anchor(act, at), said) for at, said in problems]
    return _one(found, case, form.problems() + anchors, act, form), 422


@bp.route("/advice/requests/<uuid:request_id>/invite", methods=["GET", "POST"])
@who("staff", roles=("caseworker", "manager"))
def invite_adviser(request_id: uuid.UUID) -> ResponseReturnValue:
    """Let an adviser answer here: a code to their address, and three words on the telephone."""
    found, _ = _request(request_id)
    state = current()
    return inviting.ask(
        found.id,
        lambda form: advice_replies.invite(state.session, found, state.actor, str(form.email.data), now=state.now),
        form=inviting.InviteForm(data={"email": found.email or ""}),
        back_url=url_for("council.advice_request", request_id=request_id),
        told_url=url_for("council.adviser_invited", request_id=request_id),
        audience="council",
    )


@bp.get("/advice/requests/<uuid:request_id>/invited")
@who("staff", roles=("caseworker", "manager"))
def adviser_invited(request_id: uuid.UUID) -> str:
    """The three words to pass on by voice, shown once."""
    found, _ = _request(request_id)
    back_url = url_for("council.advice_request", request_id=request_id)
    return inviting.told(found.id, back_url=back_url, audience="council")


def _assessment(process_id: uuid.UUID) -> tuple[Process, Case]:
    return process_of(process_id, *verbs.KINDS)


def _request(request_id: uuid.UUID) -> tuple[AdviceRequest, Case]:
    state = current()
    found = state.session.get(AdviceRequest, (state.session.authority_id, request_id))
    if found is None:
        raise NotFound
    return found, case_of(found.case_id)


def _ask_proposed(process: Process, case: Case, wanted: str) -> ResponseReturnValue:
    """Ask one on the law's list, by where it stands there; the token makes pressing twice ask once."""
    state, problems = current(), Problems()
    proposals = advisers.wanted(state.session, case, london_day(state.now)).proposals
    chosen = next((each.adviser for each in proposals if _key(each.adviser) == wanted), None)
    if chosen is None:
        raise NotFound
    asked: AdviceRequest | None = None
    with attempt(problems):
        asked = _asked(process, chosen, _token(request.form.get("token")))
    if asked is None:
        return _list(process, case, forms.AskForm(formdata=None), problems), 422
    flash(SAID["ask"], "success")
    return redirect(url_for("council.advice_request", request_id=asked.id))


def _asked(process: Process, to: Adviser, token: uuid.UUID) -> AdviceRequest:
    state = current()
    made = verbs.begin(state.session, process, to, token=token, now=state.now)
    if made.stage == "not_started":
        verbs.ask(state.session, made, state.actor, now=state.now)
    return made


def _list(process: Process, case: Case, form: forms.AskForm, problems: Problems | None = None) -> str:
    state = current()
    today = london_day(state.now)
    lines = query.lines(state.session, [process.id], today, "professional")
    wanted = advisers.wanted(state.session, case, today)
    taken = {(line.request.limb, line.request.to_name) for line in lines if line.request.stage != "withdrawn"}
    limbs = {line.request.limb for line in lines if line.request.stage not in ("withdrawn", "wanted", "declined")}
    open_ = [
        (each, _key(each.adviser), uuid.uuid4())
        for each in wanted.proposals
        if (each.adviser.limb, each.adviser.to_name) not in taken
        and (each.adviser.limb == "h" or each.adviser.limb not in limbs)
    ]
    return render_template(
        "council/advice.html",
        process=process,
        case=case,
        called=case_page.called(state.session, case),
        lines=lines,
        proposals=open_,
        specialist=wanted.specialist,
        limbs=advisers.LIMBS,
        form=form,
        asking=process.stage == "assessing",
        form_problems=problems or [],
    )


def _one(
    found: AdviceRequest,
    case: Case,
    problems: Problems | None = None,
    act: str = "",
    typed: CouncilForm | None = None,
) -> str:
    state = current()
    today = london_day(state.now)
    lines = query.lines(state.session, [found.process_id], today, "professional")
    blank: dict[str, Any] = {name: kind(formdata=None, prefix=name) for name, kind in FORMS.items()}
    if typed is not None:
        blank[act] = typed
    return render_template(
        "council/advice_request.html",
        line=next(line for line in lines if line.request.id == found.id),
        request_=found,
        case=case,
        called=case_page.called(state.session, case),
        forms=blank,
        opened=act,
        sides=enough.SIDES,
        form_problems=problems or [],
    )


def _key(adviser: Adviser) -> str:
    return f"{adviser.limb}:{adviser.to_name}"


def _token(typed: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        raise NotFound from None


def _anchor(act: str, field: str) -> str:
    days = {"received_on": "received_on-day", "expected_on": "expected_on-day", "happened_on": "received_on-day"}
    return f"{act}-{days.get(field, field)}" if field else ""

"""Settings that are consulted on a plan: who is asked, what each said, side by side, and what is done about each."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.advice import Consultation
from models.cases import Case, Process
from models.people import Setting
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council import consulting_forms as forms
from web.council.advice_forms import ReasonForm
from web.council.forms import CouncilForm, SelectChoice
from web.council.plan_steps import WORKERS
from web.council.scope import note_reading, process_of
from web.who import who
from workflow.cases import acts, chasing, plans
from workflow.cases import consulting as verbs
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import case_page, reviews_due
from workflow.queries import consulting as query

FORMS: dict[str, type[CouncilForm]] = {
    "reached": forms.ReachedForm,
    "reply": forms.ReplyForm,
    "withdraw": ReasonForm,
    "chase": CouncilForm,
}
SAID = {
    "reached": "It is on record when it reached them. Their 15 days run from that day.",
    "reply": "The reply is on record, under the name of whoever replied.",
    "withdraw": "They are no longer asked, and can no longer read the draft.",
    "chase": "They were written to again.",
}


@bp.get("/plan/<uuid:process_id>/consultations")
@who("staff")
def consultations(process_id: uuid.UUID) -> ResponseReturnValue:
    """Which settings are consulted on a plan, and their replies side by side."""
    process, case = process_of(process_id, *plans.KINDS)
    note_reading("consultations", case.id)
    return _all(process, case, _blank())


@bp.post("/plan/<uuid:process_id>/consultations")
@who("staff", roles=WORKERS)
def consult(process_id: uuid.UUID) -> ResponseReturnValue:
    """Consult a setting on the draft that the family has."""
    state = current()
    process, case = process_of(process_id, *plans.KINDS)
    form, problems = _with_settings(forms.ConsultForm()), Problems()
    if form.validate():
        with attempt(problems):
            token = _token(form.token.data)
            verbs.ask(state.session, process, _place(form), state.actor, form.asked, token=token, now=state.now)
        if not problems:
            flash("The setting has been sent the draft, and is asked to reply in 15 days.", "success")
            return redirect(url_for("council.consultations", process_id=process_id))
    anchors = [("kind-0" if at == "kind" else at, said) for at, said in problems]
    return _all(process, case, form, form.problems() + anchors), 422


@bp.get("/consultations/<uuid:consultation_id>")
@who("staff")
def consultation(consultation_id: uuid.UUID) -> ResponseReturnValue:
    """One setting that is consulted: how it stands, and everything that can be done about it."""
    row, process, case = _found(consultation_id)
    note_reading("consultations", case.id)
    return _one(row, process, case)


@bp.post("/consultations/<uuid:consultation_id>/<act>")
@who("staff", roles=WORKERS)
def consultation_act(consultation_id: uuid.UUID, act: str) -> ResponseReturnValue:
    """Do one thing about a consultation."""
    row, process, case = _found(consultation_id)
    if act not in FORMS:
        abort(404)
    form, problems = FORMS[act](prefix=act), Problems()
    if form.validate():
        with attempt(problems):
            VERBS[act](row, form)
        if not problems:
            flash(SAID[act], "success")
            return redirect(url_for("council.consultation", consultation_id=consultation_id))
    anchors = [(_anchor(act, at), said) for at, said in problems]
    return _one(row, process, case, form.problems() + anchors, act, form), 422


@bp.post("/plan/<uuid:process_id>/place")
@who("staff", roles=WORKERS)
def name_place(process_id: uuid.UUID) -> ResponseReturnValue:
    """Write a setting that was consulted into Section I of the version that is being made final."""
    state, problems = current(), Problems()
    process, _ = process_of(process_id, *plans.KINDS)
    draft = plans.newest(state.session, process, sent=False)
    row = state.session.get(Consultation, (state.session.authority_id, _token(request.form.get("consultation"))))
    if draft is None or row is None or row.process_id != process.id:
        raise NotFound
    with attempt(problems):
        setting = state.session.get_one(Setting, (state.session.authority_id, row.setting_id))
        plans.name_place(state.session, draft, setting.name, state.actor, now=state.now)
    for _, said in problems:
        flash(said, "problem")
    return redirect(url_for("council.plan", process_id=process_id, _anchor="section-I"))


def _all(process: Process, case: Case, form: forms.ConsultForm, problems: Problems | None = None) -> str:
    state = current()
    return render_template(
        "council/consultations.html",
        process=process,
        case=case,
        called=case_page.called(state.session, case),
        lines=_lines(process),
        questions=query.questions(),
        wished=query.wished(state.session, process, state.actor, state.now),
        form=form,
        asks=bool(state.actor.roles & set(WORKERS)) and "consult_setting" in acts.possible(process, state.actor),
        form_problems=problems or [],
    )


def _one(
    row: Consultation,
    process: Process,
    case: Case,
    problems: Problems | None = None,
    act: str = "",
    typed: CouncilForm | None = None,
) -> str:
    blank: dict[str, Any] = {name: kind(formdata=None, prefix=name) for name, kind in FORMS.items()}
    if typed is not None:
        blank[act] = typed
    return render_template(
        "council/consultation.html",
        line=next(each for each in _lines(process) if each.row.id == row.id),
        process=process,
        called=case_page.called(current().session, case),
        standings=verbs.STANDINGS,
        questions=query.questions(),
        forms=blank,
        opened=act,
        form_problems=problems or [],
    )


def _lines(process: Process) -> list[query.Line]:
    state = current()
    return query.lines(state.session, process.id, state.actor, state.now, london_day(state.now))


def _found(consultation_id: uuid.UUID) -> tuple[Consultation, Process, Case]:
    session = current().session
    row = session.get(Consultation, (session.authority_id, consultation_id))
    if row is None:
        raise NotFound
    return (row, *process_of(row.process_id))


def _blank() -> forms.ConsultForm:
    return _with_settings(forms.ConsultForm(formdata=None, data={"token": str(uuid.uuid4()), "standing": "listed"}))


def _with_settings(form: forms.ConsultForm) -> forms.ConsultForm:
    known = reviews_due.settings(current().session)
    form.setting.choices = [SelectChoice("", ""), *(SelectChoice(str(each.id), each.name) for each in known)]
    return form


def _place(form: forms.ConsultForm) -> Setting:
    session = current().session
    if form.setting.data:
        return session.get_one(Setting, (session.authority_id, uuid.UUID(form.setting.data)))
    return verbs.place_named(session, form.name.data or "", form.kind.data or "")


def _anchor(act: str, at: str) -> str:
    return f"{act}-{at}-day" if at.endswith("_on") else f"{act}-{at}" if at else ""


def _token(typed: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        raise NotFound from None


def _reached(row: Consultation, form: Any) -> None:
    state = current()
    verbs.record_reached(state.session, row, state.actor, on=form.reached_on.data, now=state.now)


def _reply(row: Consultation, form: Any) -> None:
    state = current()
    verbs.key_in(
        state.session,
        row,
        state.actor,
        received_on=form.received_on.data,
        by=form.by.data,
        can=form.can.data,
        words=form.words.data,
        now=state.now,
    )


def _withdraw(row: Consultation, form: Any) -> None:
    state = current()
    verbs.withdraw(state.session, row, state.actor, why=form.why.data, now=state.now)


def _chase(row: Consultation, form: Any) -> None:
    state = current()
    chasing.chase_setting(state.session, row, state.actor, now=state.now)


VERBS: dict[str, Callable[[Consultation, Any], None]] = {
    "reached": _reached,
    "reply": _reply,
    "withdraw": _withdraw,
    "chase": _chase,
}

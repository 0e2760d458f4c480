"""A request before it is decided: what is here, who was told, what to ask for, and the corrections."""

import uuid
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from law.explain import say_date
from models.cases import Case, Process
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import AllocateForm, AskForm, ConsultForm, CorrectForm, CouncilForm, SelectChoice
from web.council.scope import note_reading, process_of
from web.who import who
from workflow.allocation import giving
from workflow.cases import acts, readiness, requests, triage
from workflow.clock import london_day
from workflow.queries import triage_page

WORK = ("caseworker", "manager")
REPLY_WITHIN = timedelta(days=10)


@bp.get("/requests/<uuid:process_id>")
@who("staff")
def request_triage(process_id: uuid.UUID) -> ResponseReturnValue:
    """The triage page."""
    process, case = process_of(process_id, "assessment")
    note_reading("request", case.id)
    return _page(process, case)


@bp.post("/requests/<uuid:process_id>/caseworker")
@who("staff", roles=WORK)
def allocate(process_id: uuid.UUID) -> ResponseReturnValue:
    """Give the case to somebody."""
    state = current()
    process, case = process_of(process_id, "assessment")
    form = _allocate_form(case)
    problems: Problems = []
    if form.validate():
        with attempt(problems):
            giving.give(state.session, case, uuid.UUID(form.caseworker.data), state.actor, now=state.now)
    return _after(process, case, form, problems, "The case has a caseworker.", allocate=form)


@bp.post("/requests/<uuid:process_id>/consulted")
@who("staff", roles=("caseworker", "decider", "manager"))
def consulted(process_id: uuid.UUID) -> ResponseReturnValue:
    """Put on record that the family was asked for its views."""
    state, form = current(), ConsultForm(prefix="c")
    process, case = process_of(process_id, "assessment")
    problems: Problems = []
    if form.validate():
        with attempt(problems):
            triage.consult_family(
                state.session, process, state.actor, on=form.consulted_on.data, how=form.how.data or "", now=state.now
            )
    problems = [("c-consulted_on-day" if at == "happened_on" else at, said) for at, said in problems]
    return _after(process, case, form, problems, "It is on record that the family was asked.", consult=form)


@bp.post("/requests/<uuid:process_id>/ask")
@who("staff", roles=("caseworker", "decider", "manager"))
def ask(process_id: uuid.UUID) -> ResponseReturnValue:
    """Ask the setting for what is missing."""
    state = current()
    process, case = process_of(process_id, "assessment")
    form = _ask_form()
    problems: Problems = []
    if form.validate():
        with attempt(problems):
            requests.ask_for_information(
                state.session,
                process,
                state.actor,
                form.asked.data or "",
                reply_by=form.reply_by.data,
                now=state.now,
                lines=tuple(form.lines.data or ()),
            )
    problems = [(f"a-{at}", said) for at, said in problems]
    return _after(process, case, form, problems, "The setting has been asked. The clock did not stop.", ask=form)


@bp.post("/requests/<uuid:process_id>/received")
@who("staff", roles=WORK)
def correct(process_id: uuid.UUID) -> ResponseReturnValue:
    """Correct the day the request was received."""
    state, form = current(), CorrectForm(prefix="r")
    process, case = process_of(process_id, "assessment")
    problems: Problems = []
    if form.validate():
        with attempt(problems):
            triage.correct_received_date(
                state.session,
                process,
                state.actor,
                received_on=form.received_on.data,
                why=form.why.data or "",
                now=state.now,
            )
    problems = [("r-received_on-day" if at == "received_on" else f"r-{at}", said) for at, said in problems]
    said = "; ".join(triage_page.clocks(state.session, process.id)) if not problems else ""
    return _after(process, case, form, problems, f"The date is corrected. {said}.", correct=form)


def _after(
    process: Process, case: Case, form: CouncilForm, problems: Problems, done: str, **forms: CouncilForm
) -> ResponseReturnValue:
    problems = form.problems() + problems
    if not problems:
        flash(done, "success")
        return redirect(url_for("council.request_triage", process_id=process.id))
    return _page(process, case, problems, **forms), 422


def _page(process: Process, case: Case, problems: Problems | None = None, **given: Any) -> str:
    state = current()
    found = triage_page.triage(state.session, case, process, state.actor, state.now)
    forms: dict[str, Any] = {
        "allocate": _allocate_form(case),
        "consult": ConsultForm(None, prefix="c"),
        "ask": _ask_form(london_day(state.now) + REPLY_WITHIN),
        "correct": CorrectForm(None, prefix="r"),
        **given,
    }
    return render_template(
        "council/triage.html",
        triage=found,
        case=case,
        forms=forms,
        possible=acts.possible(process, state.actor),
        works_cases=bool(state.actor.roles & set(WORK)),
        say_date=say_date,
        form_problems=problems or [],
    )


def _allocate_form(case: Case) -> AllocateForm:
    state = current()
    form = AllocateForm(prefix="w", data={"caseworker": str(case.caseworker_id or "")})
    people = triage_page.staff(state.session, london_day(state.now))
    form.caseworker.choices = [SelectChoice("", "Choose"), *(SelectChoice(str(who), name) for who, name in people)]
    return form


def _ask_form(by: Any = None) -> AskForm:
    form = AskForm(prefix="a", data={"reply_by": by})
    form.lines.choices = [SelectChoice(line, title) for line, title in readiness.LINES.items()]
    return form

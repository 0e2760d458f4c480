"""Recording an exception to the time limits of any process, as the law lists them."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from law.exceptions import last_day_key
from law.rules import current as rule
from law.wording import EXCEPTIONS
from models.cases import Process
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import EndForm, ExceptionForm, SelectChoice
from web.council.scope import note_reading, process_of
from web.council.three_steps import write_look_send
from web.who import who
from workflow.cases import acts, triage
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import case_page, timelines

# What the form calls the boxes that the law's refusals are about.
BOXES = {"type": "type-0"}


@bp.route("/processes/<uuid:process_id>/exception", methods=["GET", "POST"])
@who("staff", roles=("decider", "manager"))
def exception(process_id: uuid.UUID) -> ResponseReturnValue:
    """The limits that run, what the law lists for them, and the record of one exception, if the law knows it."""
    state, problems = current(), Problems()
    process, case = process_of(process_id)
    if triage.RECORD_EXCEPTION not in acts.possible(process, state.actor):
        raise NotFound
    limits = triage.limits(state.session, process)
    listed = {each for limit in limits for each in rule(limit.rule).exceptions}
    form = ExceptionForm()
    form.type.choices = [
        SelectChoice(each, words[0].capitalize()) for each, words in EXCEPTIONS.items() if each in listed
    ]
    if form.validate_on_submit():
        with attempt(problems):
            triage.record_exception(
                state.session, process, state.actor, exception=form.exception(), why=form.why.data or "", now=state.now
            )
        if not problems:
            flash(
                "The exception is recorded. It lifts the limit; the date has not moved, and the duty remains.",
                "success",
            )
            return redirect(url_for("council.case", case_id=case.id, _anchor="dates"))
    note_reading("exception", case.id)
    problems = form.problems() + [(BOXES.get(at, at), said) for at, said in problems]
    page = render_template(
        "council/exception.html",
        form=form,
        case=case,
        process=process,
        limits=[timelines.dated(each, "professional") for each in limits],
        recorded=_recorded(process),
        words={each: words[0] for each, words in EXCEPTIONS.items()},
        closed=bool(listed & {"school_closed_4w", "early_years_closed_4w"}),
        called=case_page.called(state.session, case),
        form_problems=problems,
    )
    return page, 422 if problems else 200


@bp.route("/processes/<uuid:process_id>/exception/<uuid:event_id>/end", methods=["GET", "POST"])
@who("staff", roles=("decider", "manager"))
def end_exception(process_id: uuid.UUID, event_id: uuid.UUID) -> ResponseReturnValue:
    """An exception that is over: which limits stand again, then the record of it. `step` is preview, change or send."""
    state, form = current(), EndForm()
    process, case = process_of(process_id)
    found = next((each for each in _recorded(process) if each.event.id == event_id), None)
    if found is None:
        raise NotFound

    def act() -> None:
        triage.end_exception(
            state.session,
            process,
            state.actor,
            event_id=event_id,
            ended_on=form.ended_on.data,
            why=form.why.data or "",
            now=state.now,
        )

    def page(problems: Problems) -> str:
        return render_template(
            "council/exception_end.html",
            form=form,
            found=found,
            words=EXCEPTIONS[found.exception["type"]][0],
            opens=last_day_key(found.exception["type"]) == "reopens_on",
            process=process,
            called=case_page.called(state.session, case),
            form_problems=problems,
        )

    if request.method == "GET":
        note_reading("exception", case.id)
        return page(Problems())
    return write_look_send(
        form,
        case,
        act=act,
        page=page,
        anchor=lambda at: form.ended_on.anchor if at == "ended_on" else at,
        done_url=url_for("council.case", case_id=case.id, _anchor="dates"),
        title="Record that an exception is over",
    )


def _recorded(process: Process) -> list[triage.Recorded]:
    state = current()
    return triage.recorded(state.session, process, london_day(state.now))

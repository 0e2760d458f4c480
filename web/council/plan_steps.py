"""The acts of a plan, each with its letters seen before they go: the draft, the final plan, or none."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.cases import Case, Process
from models.submissions import Submission
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import CouncilForm, SeenForm, SelectChoice
from web.council.plan_forms import ChangesForm, FinalForm, MetForm, NoPlanForm, ServedForm, ServeForm
from web.council.scope import note_reading, plan_process_of, process_of
from web.council.three_steps import write_look_send
from web.who import who
from workflow.cases import plan_changing, plan_courses, plan_finishing, plan_serving, plans
from workflow.cases.plan_finishing import Agreement, Refusal
from workflow.errors import NotFound
from workflow.queries import case_page, reviews_due

WORKERS = ("caseworker", "decider", "manager")
DECIDERS = ("decider", "manager")


@bp.route("/plan/<uuid:process_id>/serve", methods=["GET", "POST"])
@who("staff", roles=WORKERS)
def serve_plan(process_id: uuid.UUID) -> ResponseReturnValue:
    """Send the draft to the family."""
    state = current()
    process, case = plan_process_of(process_id)
    draft = _draft(process)
    form = ServeForm(data={"seen": str(process.version)})
    seen, reply_by = form.version, form.reply_by.data
    comes_on = plan_serving.comes_on(state.session, case, state.now)

    def act() -> object:
        return plan_serving.serve(
            state.session, process, draft, state.actor, seen=seen, now=state.now, reply_by=reply_by
        )

    return _steps(process, case, form, act, "council/plan_serve.html", "Send the draft", draft=draft, comes_on=comes_on)


@bp.route("/plan/<uuid:process_id>/changes", methods=["GET", "POST"])
@who("staff", roles=WORKERS)
def propose_changes(process_id: uuid.UUID) -> ResponseReturnValue:
    """Send the family the changes that are proposed to a plan."""
    state = current()
    process, case = plan_process_of(process_id)
    if process.kind == "assessment":
        raise NotFound
    outside = plan_changing.outside(state.session, process)
    form = ChangesForm(data={"seen": str(process.version)})
    seen, reply_by = form.version, form.reply_by.data
    by_hand = (form.plan.data or "", form.proposed_amendments.data or "") if outside else ()
    words = plan_changing.Words(form.evidence.data or "", *by_hand)
    draft = plans.newest(state.session, process, sent=False)

    def act() -> object:
        return plan_changing.propose(
            state.session, process, state.actor, words, seen=seen, now=state.now, reply_by=reply_by
        )

    more = {
        "outside": outside,
        "changes": plan_changing.proposed(state.session, process, draft, state.actor, state.now) if draft else (),
        "comes_on": plan_serving.comes_on(state.session, case, state.now),
        "due": reviews_due.notice_by(state.session, process.id),
        "papers": case_page.papers(state.session, case.id),
    }
    return _steps(process, case, form, act, "council/plan_propose.html", "Send the changes", **more)


@bp.route("/plan/<uuid:process_id>/served", methods=["GET", "POST"])
@who("staff", roles=WORKERS)
def plan_served(process_id: uuid.UUID) -> ResponseReturnValue:
    """The day the draft really reached the family."""
    state = current()
    process, case = plan_process_of(process_id)
    form = ServedForm(data={"seen": str(process.version)})

    def act() -> None:
        on = form.served_on.data
        plan_serving.record_served(state.session, process, on, state.actor, seen=form.version, now=state.now)

    return _once(process, case, form, act, "council/plan_served.html", "The 15 days are counted from that day.")


@bp.route("/plan/<uuid:process_id>/met", methods=["GET", "POST"])
@who("staff", roles=WORKERS)
def plan_met(process_id: uuid.UUID) -> ResponseReturnValue:
    """A meeting about the draft that was held."""
    state = current()
    process, case = plan_process_of(process_id)
    form = MetForm(data={"seen": str(process.version)})

    def act() -> None:
        plan_serving.record_meeting(
            state.session,
            process,
            form.met_on.data,
            form.words.data or "",
            state.actor,
            seen=form.version,
            now=state.now,
        )

    return _once(process, case, form, act, "council/plan_met.html", "The meeting is on record.")


@bp.route("/plan/<uuid:process_id>/final", methods=["GET", "POST"])
@who("staff", roles=DECIDERS)
def final_plan(process_id: uuid.UUID) -> ResponseReturnValue:
    """Issue the final plan."""
    state = current()
    process, case = plan_process_of(process_id)
    draft = _draft(process)
    form = FinalForm(data={"seen": str(process.version)})
    seen, agreed = form.version, form.agreement
    agreement = Agreement(*agreed) if agreed else None
    wanting = plan_finishing.hindrances(state.session, process, state.actor, agreement=None, now=state.now)

    def act() -> object:
        return plan_finishing.issue(
            state.session, process, draft, state.actor, agreement=agreement, seen=seen, now=state.now
        )

    template, title = "council/plan_final.html", "Issue the final plan"
    changing = plan_courses.course_of(process).changes
    return _steps(process, case, form, act, template, title, draft=draft, wanting=wanting, changing=changing)


@bp.route("/plan/<uuid:process_id>/refusal", methods=["GET", "POST"])
@who("staff", roles=DECIDERS)
def no_plan(process_id: uuid.UUID) -> ResponseReturnValue:
    """Decide that there will be no plan."""
    state = current()
    process, case = process_of(process_id, *plans.KINDS)
    papers = case_page.papers(state.session, case.id)
    form = NoPlanForm(data={"seen": str(process.version)})
    form.considered.choices = [SelectChoice(str(each.id), each.title) for each in papers]
    refusal = Refusal(
        reasons=form.reasons.data or "",
        instead=form.instead.data or "",
        necessary={"yes": True, "no": False}.get(form.necessary.data or ""),
        considered=frozenset(_ids(form.considered.data or ())),
    )
    seen = form.version

    def act() -> object:
        return plan_finishing.refuse(state.session, process, state.actor, refusal, seen=seen, now=state.now)

    return _steps(process, case, form, act, "council/plan_refusal.html", "", papers=papers)


def _steps(
    process: Process,
    case: Case,
    form: SeenForm,
    act: Callable[[], object],
    template: str,
    title: str,
    **more: Any,
) -> ResponseReturnValue:
    if request.method == "GET":
        note_reading("plan", case.id)
        return _drawn(process, case, form, template, Problems(), **more)
    return write_look_send(
        form,
        case,
        act=act,
        page=lambda problems: _drawn(process, case, form, template, problems, **more),
        anchor=lambda field: _anchor(form, field),
        done_url=url_for("council.plan", process_id=process.id),
        title=title,
    )


def _once(
    process: Process, case: Case, form: CouncilForm, act: Callable[[], None], template: str, said: str
) -> ResponseReturnValue:
    problems = Problems()
    if form.validate_on_submit():
        with attempt(problems):
            act()
        if not problems:
            flash(said, "success")
            return redirect(url_for("council.plan", process_id=process.id))
    problems = form.problems() + [(_anchor(form, at), sentence) for at, sentence in problems]
    return _drawn(process, case, form, template, problems), 422 if problems else 200


def _drawn(process: Process, case: Case, form: CouncilForm, template: str, problems: Problems, **more: Any) -> str:
    called = case_page.called(current().session, case)
    return render_template(
        template, process=process, case=case, form=form, called=called, form_problems=problems, **more
    )


def _anchor(form: CouncilForm, field: str) -> str:
    """The box a refusal is about: groups by their first box; what a letter lacks has none here."""
    if field == "considered":
        return "considered-0"
    found = getattr(form, field, None) if field else None
    return getattr(found, "anchor", field) if found is not None else ""


def _draft(process: Process) -> Submission:
    found = plans.newest(current().session, process, sent=False)
    if found is None:
        raise NotFound
    return found


def _ids(typed: Any) -> list[uuid.UUID]:
    return [uuid.UUID(each) for each in typed]

"""Where a plan is written: its sections, what people said for each, and what hangs loose."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.plan import LETTERS
from models.submissions import Submission
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.plan_forms import TakeForm
from web.council.scope import note_reading, plan_process_of
from web.who import who
from workflow.cases import plans
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import consulting, plan_material, plan_page

WORKERS = ("caseworker", "decider", "manager")


@bp.get("/plan/<uuid:process_id>")
@who("staff")
def plan(process_id: uuid.UUID) -> str:
    """A plan: where it stands, its sections with their sources, and what there is to look at again."""
    return _page(process_id, Problems())


@bp.post("/plan/<uuid:process_id>/start")
@who("staff", roles=WORKERS)
def start_plan(process_id: uuid.UUID) -> ResponseReturnValue:
    """Begin the plan, or its next version. Pressing twice opens the same."""
    state, problems = current(), Problems()
    process, _ = plan_process_of(process_id)
    with attempt(problems):
        plans.start(state.session, process, state.actor, now=state.now)
    for _, sentence in problems:
        flash(sentence, "problem")
    return redirect(url_for("council.plan", process_id=process_id))


@bp.post("/plan/<uuid:process_id>/put-in")
@who("staff", roles=WORKERS)
def put_in(process_id: uuid.UUID) -> ResponseReturnValue:
    """Make a statement from what somebody said, or name it as a source of one."""
    state, form, problems = current(), TakeForm(), Problems()
    draft = _draft(process_id)
    said = plan_material.material(state.session, draft, state.actor, state.now, only=_uuid(form.words.data))
    if not said:
        raise NotFound
    place = ""
    with attempt(problems):
        place = plans.put_in(
            state.session,
            draft,
            said[0],
            state.actor,
            at=form.at.data or "",
            agreed=form.agreed.data or "",
            now=state.now,
        )
    if problems:
        return _page(process_id, [(f"agreed-{said[0].id}", sentence) for _, sentence in problems]), 422
    flash("It is in the plan, with its source.", "success")
    return redirect(url_for("council.plan", process_id=process_id, _anchor=f"section-{said[0].letter}", put=place))


@bp.post("/plan/<uuid:process_id>/put-in-all")
@who("staff", roles=WORKERS)
def put_in_all(process_id: uuid.UUID) -> ResponseReturnValue:
    """Make a statement from everything that was said for a section."""
    state, letter = current(), request.form.get("letter", "")
    if letter not in LETTERS:
        raise NotFound
    count = plans.put_in_all(state.session, _draft(process_id), letter, state.actor, now=state.now)
    flash(f"Put in, each with its source: {count}.", "success")
    return redirect(url_for("council.plan", process_id=process_id, _anchor=f"section-{letter}"))


@bp.post("/plan/<uuid:process_id>/papers")
@who("staff", roles=WORKERS)
def list_papers(process_id: uuid.UUID) -> ResponseReturnValue:
    """Bring the list of advice up to date."""
    state = current()
    plans.list_papers(state.session, _draft(process_id), state.actor, now=state.now)
    flash("Section K lists every paper on the case.", "success")
    return redirect(url_for("council.plan", process_id=process_id, _anchor="section-K"))


@bp.post("/plan/<uuid:process_id>/final-version")
@who("staff", roles=WORKERS)
def final_version(process_id: uuid.UUID) -> ResponseReturnValue:
    """Let Section I be written, or make it a draft again."""
    state = current()
    plans.set_final(state.session, _draft(process_id), final=request.form.get("final") == "yes")
    return redirect(url_for("council.plan", process_id=process_id, _anchor="section-I"))


def _draft(process_id: uuid.UUID) -> Submission:
    process, _ = plan_process_of(process_id)
    found = plans.newest(current().session, process, sent=False)
    if found is None:
        raise NotFound
    return found


def _page(process_id: uuid.UUID, problems: Problems) -> str:
    state = current()
    process, case = plan_process_of(process_id)
    page = plan_page.drafting(state.session, process, case, state.actor, state.now)
    note_reading("plan", case.id, page.document.plan.id if page.document else None)
    return render_template(
        "council/plan.html",
        page=page,
        process=process,
        case=case,
        consulted=consulting.lines(state.session, process.id, state.actor, state.now, london_day(state.now)),
        pages=plan_page.PAGES,
        works=bool(state.actor.roles & set(WORKERS)),
        form_problems=problems,
    )


def _uuid(typed: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        raise NotFound from None

"""Weighing the evidence: marking each piece, and what to look at again in the reasons."""

import uuid

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.text import clean
from law.pitfalls import Pitfall, Weighed, pitfalls
from models.cases import Case, Process
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.scope import note_reading, process_of
from web.who import who
from workflow.cases import considering
from workflow.cases.considering import Marked
from workflow.cases.readiness import NOT_ASKED
from workflow.clock import london_day
from workflow.queries import case_page
from workflow.queries import readiness as readiness_of
from workflow.queries.evidence import Item, evidence


@bp.route("/requests/<uuid:process_id>/evidence", methods=["GET", "POST"])
@who("staff")
def weigh(process_id: uuid.UUID) -> ResponseReturnValue:
    """Mark what was considered and what it showed: whoever prepares a decision, and whoever makes it."""
    state = current()
    process, case = process_of(process_id, "assessment")
    if request.method == "GET":
        note_reading("evidence", case.id)
        return _page(process, case, evidence(state.session, case, process))
    problems: Problems = []
    items = evidence(state.session, case, process)
    keep_marks(process, case, items, problems)
    if problems:
        return _page(process, case, items, problems), 422
    flash("It is kept.", "success")
    return redirect(url_for("council.weigh", process_id=process.id))


@bp.post("/requests/<uuid:process_id>/look-again")
@who("staff", roles=("decider", "manager"))
def look_again(process_id: uuid.UUID) -> ResponseReturnValue:
    """What to look at again in reasons that are being written. Nothing is kept."""
    process, case = process_of(process_id, "assessment")
    found = warnings(process, case, request.form.get("reasons", ""), request.form.get("instead", ""), _assess())
    return jsonify(html=render_template("council/_pitfalls.html", found=found))


def keep_marks(process: Process, case: Case, items: list[Item], problems: Problems) -> list[Item]:
    """Keep the marks of the page that was sent; the evidence as it stands then."""
    state = current()
    considered = set(request.form.getlist("considered"))
    marks = {
        each.id: Marked(
            str(each.id) in considered,
            clean(request.form.get(f"showed-{each.id}", "")).strip(),
            _uuid(request.form.get(f"mark-{each.id}")),
        )
        for each in items
        if f"showed-{each.id}" in request.form
    }
    with attempt(problems):
        return considering.mark(state.session, case, process, state.actor, marks, now=state.now)
    return items


def typed_of(items: list[Item]) -> dict[uuid.UUID, str]:
    """What each box shows: what was typed just now, else what stands."""
    standing = {each.id: each.mark.showed if each.mark else "" for each in items}
    return {key: request.form.get(f"showed-{key}", said) for key, said in standing.items()}


def warnings(process: Process, case: Case, reasons: str, instead: str, assess: str) -> list[Pitfall]:
    """What the law does not accept in these reasons; nothing where the answer is yes."""
    if assess == "yes" or not reasons.strip():
        return []
    state = current()
    sides = {each.side for each in evidence(state.session, case, process)}
    lines = readiness_of.of_cases(state.session, [case.id], london_day(state.now)).get(case.id, [])
    weighed = Weighed(
        not_asked=tuple(line.title for line in lines if line.state == NOT_ASKED),
        parents="family" in sides,
        child="child" in sides,
        called=case_page.known_as(state.session, case),
    )
    return pitfalls(clean(reasons), clean(instead), weighed)


def _page(process: Process, case: Case, items: list[Item], problems: Problems | None = None) -> str:
    return render_template(
        "council/weigh.html",
        items=items,
        typed=typed_of(items),
        process=process,
        case=case,
        called=case_page.called(current().session, case),
        chosen=request.form.getlist("considered") or [str(each.id) for each in items if each.mark],
        form_problems=problems or [],
    )


def _assess() -> str:
    return request.form.get("assess", "")


def _uuid(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None

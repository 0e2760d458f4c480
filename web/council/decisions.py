"""Deciding whether to assess: the evidence, the two tests, the letter before it goes, and what follows."""

import uuid
from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from law.pitfalls import Pitfall
from models.cases import Case, Process
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp, weighing
from web.council.forms import DecisionForm, SelectChoice, WithdrawForm
from web.council.scope import note_reading, process_of
from web.council.three_steps import write_look_send
from web.who import who
from workflow.cases import acts, considering, records, requests
from workflow.queries import case_page, decided, panels, triage_page
from workflow.queries.evidence import Item, evidence

DECIDERS = ("decider", "manager")
# The decision's fields, and where the decision record has them.
RECORDED = {
    "assess": "ld_out",
    "reasons": "ld_why",
    "instead": "ld_help",
    "has_sen": "ld_t1",
    "may_need_plan": "ld_t2",
}
ACTS = ("agree_to_assess", "refuse_to_assess")


@bp.route("/requests/<uuid:process_id>/decision", methods=["GET", "POST"])
@who("staff", roles=DECIDERS)
def decision(process_id: uuid.UUID) -> ResponseReturnValue:
    """Weigh the evidence, write the decision, see its letters, send it.

    `step` is keep (the marks), draft (reasons from the marks), look (at the reasons again), preview, change or send.
    """
    process, case = process_of(process_id, "assessment")
    items = evidence(current().session, case, process)
    if request.method == "GET":
        note_reading("decision", case.id)
        return _page(process, case, items, _form(process, items, _from_record(case)))
    form, problems = _form(process, items), Problems()
    step = request.form.get("step", "preview")
    if step in ("keep", "draft", "look", "preview"):
        items = weighing.keep_marks(process, case, items, problems)
    if step == "draft" and not problems:
        return _page(process, case, items, form, drafted=_draft(case, items, form))
    if problems or step in ("keep", "look"):
        return _page(process, case, items, form, problems, kept=not problems), 422 if problems else 200
    return write_look_send(
        form,
        case,
        act=_decide(process, form),
        page=lambda problems: _page(process, case, items, form, problems),
        anchor=_anchor,
        done_url=url_for("council.decision_made", process_id=process.id),
        found=_warnings(process, case, form),
    )


@bp.get("/requests/<uuid:process_id>/decision-made")
@who("staff")
def decision_made(process_id: uuid.UUID) -> ResponseReturnValue:
    """What was decided, and every letter of it."""
    process, case = process_of(process_id, "assessment")
    made = decided.of(current().session, process, ACTS)
    if made is None:
        return redirect(url_for("council.request_triage", process_id=process.id))
    note_reading("decision", case.id)
    return render_template("council/decision_made.html", made=made, case=case, process=process, next_on=None)


@bp.route("/requests/<uuid:process_id>/withdrawal", methods=["GET", "POST"])
@who("staff", roles=("caseworker", "manager"))
def withdrawal(process_id: uuid.UUID) -> ResponseReturnValue:
    """Record that a request was taken back. Asked once more, because every clock stops."""
    state = current()
    process, case = process_of(process_id, "assessment")
    form, problems = WithdrawForm(data={"seen": str(process.version)}), Problems()
    if form.validate_on_submit():
        with attempt(problems):
            why = form.why.data or ""
            requests.withdraw(state.session, process, state.actor, why=why, seen=form.version, now=state.now)
        if not problems:
            flash("The request is withdrawn, and the family has a letter.", "success")
            return redirect(url_for("council.case", case_id=case.id))
    problems = form.problems() + problems
    page = render_template(
        "council/withdrawal.html",
        form=form,
        process=process,
        case=case,
        called=case_page.called(state.session, case),
        possible="withdraw" in acts.possible(process, state.actor),
        form_problems=problems,
    )
    return page, 422 if problems else 200


def _from_record(case: Case) -> dict[str, str]:
    """What the decision record says already, so that nobody writes the reasons twice."""
    state = current()
    said = records.said(state.session, case, "la-decision", state.actor, state.now)
    if said.get("ld_kind") != "assess":
        return {}
    kept = {field: said.get(each) for field, each in RECORDED.items()}
    return {field: str(value) for field, value in kept.items() if isinstance(value, str) and value}


def _form(process: Process, items: list[Item], known: dict[str, str] | None = None) -> DecisionForm:
    marked = [str(each.id) for each in items if each.mark]
    form = DecisionForm(data={"considered": marked, **(known or {}), "seen": str(process.version)})
    form.considered.choices = [SelectChoice(str(each.id), each.title) for each in items]
    return form


def _draft(case: Case, items: list[Item], form: DecisionForm) -> str:
    """A first draft of the reasons: put in the box where that is empty, else shown beside what is there."""
    answers = {"yes": True, "no": False}
    text = considering.draft(
        items,
        called=case_page.known_as(current().session, case),
        has_sen=answers.get(form.has_sen.data or ""),
        may_need_plan=answers.get(form.may_need_plan.data or ""),
    )
    if not form.reasons.data:
        form.reasons.data = text
        return ""
    return text


def _warnings(process: Process, case: Case, form: DecisionForm) -> list[Pitfall]:
    return weighing.warnings(process, case, form.reasons.data or "", form.instead.data or "", form.assess.data or "")


def _decide(process: Process, form: DecisionForm) -> Callable[[], object]:
    state = current()
    decision = requests.Decision(
        assess=form.assess.data == "yes",
        reasons=form.reasons.data or "",
        instead=form.instead.data or "",
        has_sen=form.has_sen.data == "yes",
        may_need_plan=form.may_need_plan.data == "yes",
        considered=frozenset(uuid.UUID(each) for each in form.considered.data or ()),
    )
    seen = form.version
    return lambda: requests.decide(state.session, process, state.actor, decision, seen=seen, now=state.now)


def _page(
    process: Process,
    case: Case,
    items: list[Item],
    form: DecisionForm,
    problems: Problems | None = None,
    *,
    drafted: str = "",
    kept: bool = False,
) -> str:
    state = current()
    return render_template(
        "council/decision.html",
        form=form,
        triage=triage_page.triage(state.session, case, process, state.actor, state.now),
        case=case,
        process=process,
        items=items,
        typed=weighing.typed_of(items),
        found=_warnings(process, case, form),
        drafted=drafted,
        kept=kept,
        panel=panels.advised(state.session, process),
        made=decided.of(state.session, process, ACTS),
        form_problems=problems or [],
    )


def _anchor(field: str) -> str:
    """Groups of boxes are gone to by their first box; what the letter lacks has no box here."""
    return {"considered": "considered-0", "assess": "assess-0"}.get(
        field, field if field in ("reasons", "instead") else ""
    )

"""Plans and their reviews: when each is due, and the decision after the meeting."""

import uuid
from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.cases import Case, Process
from web.application import current
from web.attempt import Problems
from web.council import bp
from web.council.forms import ReviewDecisionForm
from web.council.scope import note_reading, page_number, process_of, with_args
from web.council.three_steps import write_look_send
from web.who import who
from workflow.cases import acts
from workflow.cases import reviews as verbs
from workflow.clock import london_day
from workflow.queries import case_page, decided, reviews_due

DECIDERS = ("decider", "manager")
ACTS = ("decide_keep", "decide_change", "decide_end", "send_amend_notice")


@bp.get("/reviews")
@who("staff")
def reviews() -> str:
    """Plans by the day their next review is due."""
    state = current()
    when = request.args.get("when", "all")
    filters = reviews_due.Filters(
        when=when if when in reviews_due.WHEN else "all",
        stage=request.args.get("stage", ""),
        month=request.args.get("month", ""),
        setting_id=request.args.get("setting", type=uuid.UUID),
        page=page_number(),
    )
    rows, at = reviews_due.reviews(state.session, state.actor, filters, london_day(state.now))
    note_reading("reviews")
    settings = reviews_due.settings(state.session)
    return render_template(
        "council/reviews.html",
        rows=rows,
        at=at,
        filters=filters,
        settings=settings,
        months=reviews_due.months(london_day(state.now)),
        stages={each: reviews_due.STANDS[each] for each in reviews_due.STAGES},
        with_args=with_args,
    )


@bp.route("/reviews/<uuid:process_id>/decision", methods=["GET", "POST"])
@who("staff", roles=DECIDERS)
def review_decision(process_id: uuid.UUID) -> ResponseReturnValue:
    """Write the decision after a review, see its letters, send it."""
    process, case = process_of(process_id, "review")
    form = ReviewDecisionForm(data={"seen": str(process.version)})
    if request.method == "GET":
        note_reading("review", case.id)
        return _page(process, case, form)
    return write_look_send(
        form,
        case,
        act=_decide(process, form),
        page=lambda problems: _page(process, case, form, problems),
        anchor=_anchor,
        done_url=url_for(
            "council.plan" if form.decision.data == "change" else "council.review_decided", process_id=process.id
        ),
    )


@bp.get("/reviews/<uuid:process_id>/decision-made")
@who("staff")
def review_decided(process_id: uuid.UUID) -> ResponseReturnValue:
    """What was decided, every letter of it, and when the next review is due."""
    state = current()
    process, case = process_of(process_id, "review")
    made = decided.of(state.session, process, ACTS)
    if made is None:
        return redirect(url_for("council.case", case_id=case.id))
    note_reading("review", case.id)
    return render_template(
        "council/decision_made.html",
        made=made,
        case=case,
        process=process,
        next_on=reviews_due.next_of(state.session, case.id),
    )


def _decide(process: Process, form: ReviewDecisionForm) -> Callable[[], object]:
    state = current()
    outcome = verbs.Outcome(
        decision=form.decision.data or "",
        reasons=form.reasons.data or "",
    )
    seen = form.version
    return lambda: verbs.decide(state.session, process, state.actor, outcome, seen=seen, now=state.now)


def _page(process: Process, case: Case, form: ReviewDecisionForm, problems: Problems | None = None) -> str:
    state = current()
    return render_template(
        "council/review_decision.html",
        form=form,
        process=process,
        case=case,
        called=case_page.called(state.session, case),
        due=reviews_due.decide_by(state.session, process.id),
        papers=case_page.papers(state.session, case.id),
        possible=acts.possible(process, state.actor),
        made=decided.of(state.session, process, ACTS),
        form_problems=problems or [],
    )


def _anchor(field: str) -> str:
    """The box to go to: what a letter lacks is named by its item."""
    return {"decision": "decision-0", "reasons": "reasons"}.get(field, "")

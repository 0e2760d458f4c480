"""Handing over a caseload: from whom, to whom, what it does before it is done, and taking it back."""

import uuid
from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired

from models.cases import Case
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import LONG, CouncilForm, tidy
from web.council.scope import note_reading
from web.who import who
from workflow.allocation import giving, handing_over
from workflow.allocation.handing_over import Suggestion
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import caseloads, covering

MANAGERS = ("manager",)


class BackForm(CouncilForm):
    """Why a hand-over is taken back."""

    why = Area("Why is it taken back?", filters=[tidy], validators=[DataRequired("Write why."), LONG])


@bp.get("/hand-over")
@who("staff", roles=MANAGERS)
def hand_overs() -> str:
    """Whose cases to hand over, and what was handed over lately."""
    state = current()
    loads = caseloads.loads(state.session, london_day(state.now))
    return render_template(
        "council/hand_overs.html",
        loads=[each for each in loads if each.cases],
        names={str(each.id): each.name for each in loads},
        recent=handing_over.recent(state.session, state.now),
    )


@bp.route("/hand-over/<uuid:person_id>", methods=["GET", "POST"])
@who("staff", roles=MANAGERS)
def hand_over(person_id: uuid.UUID) -> ResponseReturnValue:
    """One person's whole caseload: choose who takes it, look who would take what, do it. `step` says which."""
    state, step = current(), request.form.get("step", "choose")
    loads = {each.id: each for each in caseloads.loads(state.session, london_day(state.now))}
    if person_id not in loads:
        raise NotFound
    cases = handing_over.caseload(state.session, state.actor, person_id)
    able = [each for each in loads.values() if each.here and each.id != person_id]
    takers = [each for each in able if str(each.id) in request.form.getlist("takers")]
    problems: Problems = []
    if step == "send":
        with attempt(problems):
            handing_over.hand_over(state.session, state.actor, person_id, _chosen(), now=state.now)
        if not problems:
            flash("Every case is handed over. Everybody is told in an hour.", "success")
            return redirect(url_for("council.hand_overs"))
    elif step == "look" and not takers:
        problems = [("takers-0", "Choose who takes the cases.")]
    note_reading("caseload")
    looks = bool(takers) and step in ("look", "send")
    ids = [taker.id for taker in takers]
    suggested = handing_over.suggest(state.session, cases, ids, state.now) if looks else {}
    page = render_template(
        "council/hand_over_look.html" if looks else "council/hand_over.html",
        whose=loads[person_id],
        lines=caseloads.lines(state.session, cases, person_id, london_day(state.now)),
        hidden=handing_over.hidden(state.session, state.actor, person_id),
        able=able,
        takers=takers,
        apart=giving.conflicts_of(state.session, [case.id for case in cases]),
        suggested=suggested,
        chosen=(chosen := _standing(cases, suggested)),
        after={each.id: list(chosen.values()).count(each.id) for each in takers},
        untold=handing_over.untold(state.session, [case.id for case in cases], state.now) if looks else set(),
        covers=covering.by(state.session, person_id, london_day(state.now)),
        form_problems=problems,
    )
    return page, 422 if problems else 200


@bp.route("/hand-overs/<uuid:event_id>/take-back", methods=["GET", "POST"])
@who("staff", roles=MANAGERS)
def take_back_hand_over(event_id: uuid.UUID) -> ResponseReturnValue:
    """Take a hand-over back while nobody was told."""
    state, form, problems = current(), BackForm(), Problems()
    found = dict((event.id, open_still) for event, open_still in handing_over.recent(state.session, state.now))
    if event_id not in found:
        raise NotFound
    if form.validate_on_submit():
        with attempt(problems):
            handing_over.take_back(state.session, state.actor, event_id, why=form.why.data or "", now=state.now)
        if not problems:
            flash("It is taken back. Nobody was told of it.", "success")
            return redirect(url_for("council.hand_overs"))
    problems = form.problems() + problems
    page = render_template("council/hand_over_back.html", form=form, still=found[event_id], form_problems=problems)
    return page, 422 if problems else 200


def _chosen() -> dict[uuid.UUID, uuid.UUID]:
    """Who takes each case, as the page said it. What is no id is nobody's."""
    found = {}
    for name, value in request.form.items():
        if name.startswith("to-"):
            try:
                found[uuid.UUID(name.removeprefix("to-"))] = uuid.UUID(value)
            except ValueError:
                continue
    return found


def _standing(cases: Sequence[Case], suggested: Mapping[uuid.UUID, Suggestion]) -> dict[uuid.UUID, uuid.UUID | None]:
    """What the page shows as chosen: what was said, otherwise what is suggested."""
    said = _chosen()
    return {
        case.id: said.get(case.id) or (suggested[case.id].person_id if case.id in suggested else None) for case in cases
    }

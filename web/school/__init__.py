"""Schools, nurseries and colleges: requests in hand, pupils with plans, and their reviews."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.people import Setting
from web.application import current
from web.who import who
from workflow.access.actor import SETTING_ROLES
from workflow.cases import meetings
from workflow.cases import reviews as year
from workflow.coproduction import submissions
from workflow.coproduction.facts import setting_facts
from workflow.coproduction.kinds import KEPT
from workflow.queries import advice, consulting, family, remarks, school, to_look_at

bp = Blueprint("school", __name__, url_prefix="/school")
ROLES = tuple(SETTING_ROLES)


@bp.get("/")
@who("professional")
def home() -> ResponseReturnValue:
    """The board: requests in progress, reviews that come next."""
    state = current()
    return render_template(
        "school/home.html",
        settings=school.settings_of(state.session, state.actor),
        requests=school.requests(state.session, state.actor),
        plans=school.requests(state.session, state.actor, KEPT),
        reviews=school.reviews(state.session, state.actor, limit=8),
        letters=family.letters(state.session, state.actor),
        to_advise=advice.to_answer(state.session, state.actor, state.now),
        to_reply=consulting.to_reply(state.session, state.actor),
        asked=remarks.waiting(state.session, state.actor, state.now),
        cases={line.id: line for line in family.cases(state.session, state.actor, state.now)},
        to_look_at=to_look_at.lines(state.session, state.actor, state.now),
        token=uuid.uuid4(),
        kept_token=uuid.uuid4(),
    )


@bp.post("/requests")
@who("professional", roles=ROLES)
def begin_request() -> ResponseReturnValue:
    """Start a request for an assessment of a child at one's setting."""
    state = current()
    setting = _setting()
    started = submissions.begin(
        state.session,
        state.actor,
        "ehcna-req-setting",
        create_token=uuid.UUID(request.form["token"]),
        now=state.now,
        setting_id=setting.id,
        facts=setting_facts(setting),
    )
    return redirect(url_for("writing.overview", submission_id=started.id))


@bp.post("/plans")
@who("professional", roles=ROLES)
def begin_kept() -> ResponseReturnValue:
    """Start a form that is kept at the setting: a SEN support plan, a costed provision map."""
    state = current()
    setting, form_id = _setting(), request.form.get("form", "")
    if form_id not in KEPT:
        abort(404)
    begun = submissions.begin(
        state.session,
        state.actor,
        form_id,
        create_token=uuid.UUID(request.form["token"]),
        now=state.now,
        setting_id=setting.id,
        facts=setting_facts(setting),
    )
    return redirect(url_for("writing.overview", submission_id=begun.id))


@bp.get("/reviews")
@who("professional", roles=ROLES)
def reviews() -> ResponseReturnValue:
    """Every pupil with a plan, by when the review must be finished."""
    state = current()
    return render_template("school/reviews.html", reviews=school.reviews(state.session, state.actor))


@bp.get("/reviews/<uuid:process_id>")
@who("professional", roles=ROLES)
def review(process_id: uuid.UUID) -> ResponseReturnValue:
    """One review: what must happen by when, and its form."""
    from workflow.queries import timelines

    state = current()
    found = school.review(state.session, state.actor, process_id)
    return render_template(
        "school/review.html",
        process=found,
        line=next(line for line in school.reviews(state.session, state.actor) if line.process_id == found.id)
        if found.ended_on is None
        else None,
        dates=timelines.timeline(state.session, found.case_id, "professional"),
    )


@bp.post("/reviews/<uuid:process_id>")
@who("professional", roles=ROLES)
def open_report(process_id: uuid.UUID) -> ResponseReturnValue:
    """Open the review's report, or the invitation or notes of its meeting, made the first time."""
    state = current()
    found = school.review(state.session, state.actor, process_id)
    opened = year.begin_report(state.session, found, state.actor, now=state.now)
    part = request.form.get("part", "report")
    if part != "report":
        opened = meetings.begin_part(state.session, opened, part, state.actor, now=state.now)
    return redirect(url_for("writing.overview", submission_id=opened.id))


def _setting() -> Setting:
    mine = school.settings_of(current().session, current().actor)
    chosen = request.form.get("setting", "")
    for setting in mine:
        if str(setting.id) == chosen or (len(mine) == 1 and not chosen):
            return setting
    abort(404)

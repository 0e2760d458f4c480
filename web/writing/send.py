"""Sending: what happens next, who will read it, the one or two things that must be there, and what then."""

import uuid

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.completeness import missing_to_send, not_complete
from law.wording import Register
from web.application import current
from web.attempt import Problems, attempt
from web.auth.landing import home_of
from web.who import who
from web.writing import bp, desk
from web.writing.overview import beginnings
from workflow.access.keyed import KEYED_IN
from workflow.access.relation import READ, SEND
from workflow.cases import (
    advice_replies,
    consulting,
    meetings,
    plan_comments,
    receiving,
    records,
    requests,
    reviews,
)
from workflow.clock import london_day
from workflow.coproduction import more, sending
from workflow.coproduction.kinds import (
    ADVICE,
    CONSULTATION,
    INVITATION,
    MEETING,
    ON_A_DRAFT,
    RECORDS,
    REPORTS,
    REQUESTS,
)
from workflow.errors import NotFound
from workflow.queries import bundles, timelines
from workflow.queries.writing import Desk


@bp.route("/forms/<uuid:submission_id>/send", methods=["GET", "POST"])
@who("family", "professional", "staff")
def send(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Send a form. Sending twice is the same as once."""
    opened = desk.open_desk(submission_id, SEND if request.method == "POST" else READ)
    if opened.sent:
        return redirect(url_for("writing.sent", submission_id=submission_id))
    if not opened.may_send:
        raise NotFound
    problems: Problems = []
    if request.method == "POST":
        with attempt(problems):
            _send(opened)
        if not problems:
            done = "council.received" if opened.submission.facts.get(KEYED_IN) else "writing.sent"
            return redirect(url_for(done, submission_id=submission_id))
    # What came on paper is kept as it came: nothing is sent back for what it leaves out.
    missing = () if opened.keyed else missing_to_send(opened.form, opened.values, opened.facts)
    return render_template(
        "writing/send.html",
        desk=opened,
        title=desk.title_of(opened.form),
        kind=_kind(opened),
        missing=[(each.say, _place(opened, each.question_id)) for each in missing],
        thin=[] if missing or opened.keyed else not_complete(opened.form, opened.values, opened.facts),
        clashes=opened.read.clashes,
        form_problems=[("" if missing else anchor, sentence) for anchor, sentence in problems],
        audience=desk.audience(),
        back_url=desk.link("check", opened),
        link=desk.link,
    ), 422 if problems else 200


@bp.get("/forms/<uuid:submission_id>/sent")
@who("family", "professional", "staff")
def sent(submission_id: uuid.UUID) -> ResponseReturnValue:
    """What was sent, its reference, what happens next and by when."""
    state = current()
    opened = desk.open_desk(submission_id, READ)
    if not opened.sent:
        return redirect(desk.link("overview", opened))
    case_id = opened.submission.case_id
    register: Register = "family" if state.actor.kind == "family" else "professional"
    dates = timelines.timeline(state.session, case_id, register) if case_id else []
    return render_template(
        "writing/sent.html",
        desk=opened,
        title=desk.title_of(opened.form),
        kind=_kind(opened),
        dates=[each for each in dates if each.state == "open" and each.on and each.on >= london_day(state.now)],
        case_id=case_id if timelines.may_follow(state.session, state.actor, case_id, state.now) else None,
        begin=beginnings(
            opened, bundles.beside(state.session, state.actor, opened.theirs, opened.submission, state.now)
        ),
        more=more.may_add(opened.submission, opened.theirs),
        home=home_of(state.actor.kind),
        before=opened.submission.follows_id,
        audience=desk.audience(),
        link=desk.link,
    )


def _send(opened: Desk) -> None:
    state = current()
    given = (state.session, opened.submission, opened.theirs, state.actor)
    if opened.keyed:
        receiving.keep_keyed(*given, now=state.now)
    elif opened.form.id == ON_A_DRAFT:
        plan_comments.send_response(*given, now=state.now)
    elif opened.form.id in ADVICE:  # a late reply is followed by the advice itself, as a new version
        advice_replies.send_reply(*given, now=state.now)
    elif opened.submission.follows_id:
        sending.send_view(*given, now=state.now)
    elif opened.form.id in REQUESTS:
        requests.send_request(*given, now=state.now)
    elif opened.form.id in RECORDS:
        records.keep(*given, now=state.now)
    elif opened.form.id in meetings.PARTS:
        meetings.send_part(*given, now=state.now)
    elif opened.form.id in REPORTS:
        reviews.send_report(*given, now=state.now)
    elif opened.form.id == CONSULTATION:
        consulting.send_reply(*given, now=state.now)
    else:
        sending.send_view(*given, now=state.now)


def _kind(opened: Desk) -> str:
    if opened.keyed:
        return "keyed"
    if opened.submission.follows_id:
        return "view"
    if opened.form.id in REQUESTS:
        return "request"
    if opened.form.id in RECORDS:
        return "record"
    parts = {INVITATION: "invitation", MEETING: "meeting"}
    return "report" if opened.form.id in REPORTS else parts.get(opened.form.id, "view")


def _place(opened: Desk, question_id: str | None) -> str:
    page = desk.page_of(opened, question_id) if question_id else None
    return desk.link("page", opened, page_id=page.id, back="check") if page else ""

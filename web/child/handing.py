"""Handing the screen over to a child, and taking it back."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.attempt import Problems, attempt
from web.child import bp, pin
from web.child.desk import HAND_OVER, handed_over, open_childs
from web.who import who
from workflow.access.policy import find_submission
from workflow.coproduction import grown_ups
from workflow.coproduction.kinds import CHILDS
from workflow.errors import NotFound
from workflow.queries import writing


@bp.get("/child/<uuid:submission_id>")
@who("family", "professional")
def start(submission_id: uuid.UUID) -> ResponseReturnValue:
    """The child's first page; for a grown-up who has not handed over, the page where they do."""
    if not handed_over(submission_id):
        return redirect(url_for("child.hand_over", submission_id=submission_id))
    mine = open_childs(submission_id)
    if mine.desk.sent:
        return render_template("child/sent.html", desk=mine.desk)
    undone = writing.first_undone(mine.desk, short=False) if mine.desk.read.texts else None
    on = undone if undone in mine.pages else mine.pages[0]
    return render_template(
        "child/start.html", desk=mine.desk, begun=bool(mine.desk.read.texts), on=on, name=mine.desk.name
    )


@bp.route("/child/<uuid:submission_id>/hand-over", methods=["GET", "POST"])
@who("family", "professional")
def hand_over(submission_id: uuid.UUID) -> ResponseReturnValue:
    """A grown-up chooses the number with which they will take the screen back."""
    if handed_over(submission_id):
        return redirect(url_for("child.start", submission_id=submission_id))
    state = current()
    submission, theirs = find_submission(state.session, state.actor, submission_id, HAND_OVER, state.now)
    if submission.form_id not in CHILDS or submission.state == "sent":
        raise NotFound
    wrong = None
    if request.method == "POST":
        wrong = pin.problem(request.form.get("pin", ""), request.form.get("again", ""))
        if wrong is None:
            pin.hand_over(str(submission_id), request.form["pin"])
            return redirect(url_for("child.start", submission_id=submission_id))
    opened = writing.desk_of(state.session, state.actor, submission, theirs, state.now)
    return render_template(
        "child/hand_over.html",
        desk=opened,
        form_problems=[wrong] if wrong else [],
        audience="family" if state.actor.kind == "family" else "school",
        back_url=url_for("writing.overview", submission_id=submission_id),
    ), 422 if wrong else 200


@bp.get("/child/<uuid:submission_id>/stop")
@who("family", "professional")
def stop(submission_id: uuid.UUID) -> ResponseReturnValue:
    """A calm place to stop. The words are kept."""
    mine = open_childs(submission_id)
    return render_template("child/stop.html", desk=mine.desk, form_problems=[])


@bp.route("/child/<uuid:submission_id>/talk", methods=["GET", "POST"])
@who("family", "professional")
def talk(submission_id: uuid.UUID) -> ResponseReturnValue:
    """A child who would like to talk to somebody chooses whom, and sees who listens right now."""
    mine = open_childs(submission_id)
    state = current()
    problems: Problems = []
    if request.method == "POST":
        with attempt(problems):
            grown_ups.wants_to_talk(state.session, mine.desk.submission, request.form.get("who", ""), now=state.now)
        if not problems:
            return redirect(url_for("child.talk", submission_id=submission_id, told="yes"))
    return render_template(
        "child/talk.html",
        desk=mine.desk,
        can=grown_ups.can_talk_to(state.session, mine.desk.submission),
        told=request.args.get("told") == "yes",
        form_problems=problems,
        back_url=url_for("child.start", submission_id=submission_id),
    ), 422 if problems else 200


@bp.post("/child/<uuid:submission_id>/leave")
@who("family", "professional")
def leave(submission_id: uuid.UUID) -> ResponseReturnValue:
    """The grown-up takes the screen back with their number."""
    mine = open_childs(submission_id)
    right = pin.take_back(request.form.get("pin", ""))
    if right is None:
        flash("The number was wrong too often. Sign in again to go on. Every word is kept.", "problem")
        return redirect(url_for("auth.sign_in"))
    if not right:
        sentence = "That is not the number. Ask the grown-up who chose it."
        return render_template("child/stop.html", desk=mine.desk, form_problems=[("pin", sentence)]), 422
    return redirect(url_for("writing.overview", submission_id=submission_id))

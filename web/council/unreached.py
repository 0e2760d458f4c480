"""Notices that reached nobody: the queue, and how each reader is reached instead."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired, Length, Optional

from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import LONG, CouncilForm, SelectChoice, tidy
from web.council.scope import note_reading, page_number, with_args
from web.council.work import whose_asked
from web.who import who
from workflow.cases import unreached as verbs
from workflow.clock import london_day
from workflow.queries import unreached as queries


class ReachForm(CouncilForm):
    """How somebody is reached whom mail did not reach."""

    way = RadioField(
        "How are they reached?",
        choices=[
            SelectChoice("post", "By post: the letter goes today"),
            SelectChoice("address", "At another email address: send it there"),
            SelectChoice("phone", "By phone: they were told what it says"),
            SelectChoice("again", "At the same address: it works again, send it once more"),
        ],
        validators=[DataRequired("Choose how they are reached.")],
    )
    address = StringField("Other email address", filters=[tidy], validators=[Optional(), Length(max=254)])
    said = Area("Who told you, or who was told, and when?", filters=[tidy], validators=[Optional(), LONG])


@bp.get("/work/unreached")
@who("staff")
def unreached() -> str:
    """What failed to reach whom, and why."""
    state, whose = current(), whose_asked()
    rows, at = queries.lines(state.session, state.actor, whose, page_number(), state.now, london_day(state.now))
    note_reading("queue unreached")
    return render_template("council/unreached.html", rows=rows, at=at, whose=whose, with_args=with_args)


@bp.route("/work/unreached/<uuid:message_id>", methods=["GET", "POST"])
@who("staff", roles=("caseworker", "manager"))
def reach(message_id: uuid.UUID) -> ResponseReturnValue:
    """One notice that reached nobody: say how its reader is reached instead."""
    state, form, problems = current(), ReachForm(), Problems()
    found = queries.one(state.session, state.actor, message_id, state.now)
    if form.validate_on_submit():
        with attempt(problems):
            verbs.reach(
                state.session,
                message_id,
                state.actor,
                form.way.data or "",
                address=form.address.data or "",
                said=form.said.data or "",
                now=state.now,
            )
        if not problems:
            flash("It is on record how they are reached.", "success")
            return redirect(url_for("council.unreached"))
    note_reading("message that reached nobody", found.case_id)
    problems = form.problems() + problems
    page = render_template("council/reach.html", form=form, found=found, form_problems=problems)
    return page, 422 if problems else 200

"""Who covers for a caseworker who is away, and so reads what is kept for them."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import CoverForm, SelectChoice
from web.who import who
from workflow.access.office import oversees
from workflow.cases import covering
from workflow.clock import london_day
from workflow.queries import covering as queries
from workflow.queries import triage_page


@bp.route("/cover", methods=["GET", "POST"])
@who("staff")
def cover() -> ResponseReturnValue:
    """Who covers for whom; one says it for oneself, a manager for anybody."""
    state, today = current(), london_day(current().now)
    people = triage_page.staff(state.session, today)
    form = CoverForm(data={"caseworker": str(state.actor.person), "from_on": today})
    away = people if oversees(state.actor) else [each for each in people if each[0] == state.actor.person]
    form.caseworker.choices = [SelectChoice(str(key), name) for key, name in away]
    form.cover.choices = [SelectChoice("", ""), *(SelectChoice(str(key), name) for key, name in people)]
    problems: Problems = []
    if form.is_submitted() and form.validate():
        with attempt(problems):
            covering.arrange(
                state.session,
                state.actor,
                uuid.UUID(form.caseworker.data),
                uuid.UUID(form.cover.data),
                from_on=form.from_on.data,
                until_on=form.until_on.data,
                now=state.now,
            )
        if not problems:
            flash("They cover from that day.", "success")
            return redirect(url_for("council.cover"))
    problems = form.problems() + problems
    shown = queries.now_and_coming(state.session, state.actor, today)
    page = render_template("council/cover.html", form=form, shown=shown, form_problems=problems)
    return page, 422 if problems else 200


@bp.post("/cover/<uuid:cover_id>/end")
@who("staff")
def end_cover(cover_id: uuid.UUID) -> ResponseReturnValue:
    """They no longer cover."""
    state = current()
    covering.end(state.session, state.actor, cover_id, now=state.now)
    flash("They no longer cover.", "success")
    return redirect(url_for("council.cover"))

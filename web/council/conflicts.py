"""Conflicts of interest: declared on a case, listed and ended by managers."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired, Length

from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import CouncilForm, SelectChoice, tidy
from web.council.scope import case_of, note_reading, page_number, with_args
from web.who import who
from workflow.allocation import conflicts as verbs
from workflow.clock import london_day
from workflow.queries import case_page, triage_page
from workflow.queries import conflicts as queries


class ConflictForm(CouncilForm):
    """Whose conflict it is, and what it is."""

    person = SelectField("Who has it?", validators=[DataRequired("Choose who has it.")])
    why = Area(
        "What is the conflict?",
        filters=[tidy],
        validators=[DataRequired("Say what the conflict is, in a few words. Only managers read it."), Length(max=1000)],
    )


@bp.route("/cases/<uuid:case_id>/conflict", methods=["GET", "POST"])
@who("staff")
def declare_conflict(case_id: uuid.UUID) -> ResponseReturnValue:
    """Declare a conflict of interest with a case: one's own, or for managers anybody's."""
    state, case = current(), case_of(case_id)
    people = triage_page.staff(state.session, london_day(state.now))
    if "manager" not in state.actor.roles:
        people = [each for each in people if each[0] == state.actor.person]
    form, problems = ConflictForm(data={"person": str(state.actor.person)}), Problems()
    form.person.choices = [SelectChoice(str(key), name) for key, name in people]
    if request.method == "POST" and form.validate():
        with attempt(problems):
            whose = uuid.UUID(form.person.data)
            verbs.declare(state.session, case, whose, state.actor, form.why.data or "", now=state.now)
        if not problems:
            own = whose == state.actor.person
            flash("It is on record, and the case is hidden from you." if own else "It is on record.", "success")
            return redirect(url_for("council.queue") if own else url_for("council.case", case_id=case.id))
    problems = form.problems() + problems
    page = render_template(
        "council/conflict.html",
        form=form,
        case=case,
        called=case_page.called(state.session, case),
        form_problems=problems,
    )
    return page, 422 if problems else 200


@bp.get("/conflicts")
@who("staff", roles=("manager",))
def conflicts() -> str:
    """Who is kept from which case, and why."""
    state = current()
    rows, at = queries.declared(state.session, state.actor, page_number())
    note_reading("conflicts")
    return render_template("council/conflicts.html", rows=rows, at=at, with_args=with_args)


@bp.post("/conflicts/<uuid:conflict_id>/end")
@who("staff", roles=("manager",))
def end_conflict(conflict_id: uuid.UUID) -> ResponseReturnValue:
    """End a conflict: they may know of the case again."""
    state, problems = current(), Problems()
    with attempt(problems):
        verbs.end(state.session, state.actor, conflict_id, now=state.now)
    for _, said in problems:
        flash(said, "problem")
    if not problems:
        flash("It is ended, and stays on record.", "success")
    return redirect(url_for("council.conflicts"))

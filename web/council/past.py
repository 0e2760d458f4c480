"""A case on a day that is past, as the council or the family saw it."""

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from law.wording import Register
from web.application import current
from web.council import bp
from web.council.forms import CouncilForm, SelectChoice
from web.council.scope import case_of, note_reading
from web.fields import DayField
from web.who import who
from workflow.clock import london_day
from workflow.queries import as_it_was, case_page


class PastForm(CouncilForm):
    """Which day, and who looks."""

    class Meta:
        csrf = False  # it is read from the address, and changes nothing

    on = DayField("Which day?", "Enter the day.")
    seen_by = RadioField(
        "As whom?",
        choices=[SelectChoice("professional", "The council"), SelectChoice("family", "The family")],
        default="professional",
    )


@bp.get("/cases/<uuid:case_id>/as-it-was")
@who("staff")
def past(case_id: uuid.UUID) -> ResponseReturnValue:
    """What was on record of a case when a day had ended. Asked for by day in the address; without one, which day?"""
    state, case = current(), case_of(case_id)
    asked = "on-day" in request.args
    form = PastForm(request.args if asked else None, data={"on": london_day(state.now)})
    was = None
    if asked and form.validate():
        note_reading("case", case.id)
        register: Register = "family" if form.seen_by.data == "family" else "professional"
        was = as_it_was.as_it_was(state.session, case, form.on.data, register)
    problems = form.problems() if asked else []
    called = case_page.called(state.session, case)
    page = render_template(
        "council/as_it_was.html", form=form, case=case, called=called, was=was, form_problems=problems
    )
    return page, 422 if problems else 200

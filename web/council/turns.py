"""Young people who take over: whose turn comes, and what a person settles when it has."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired

from law import age, tables
from models.people import Child
from web import inviting
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import LONG, CouncilForm, SelectChoice, tidy
from web.council.scope import case_of, note_reading, page_number, process_of, with_args
from web.who import who
from workflow.cases import turning
from workflow.clock import london_day
from workflow.coproduction import invitations
from workflow.queries import acts_now, case_page, turns

WORKERS = ("caseworker", "decider", "manager")


class YoungForm(inviting.InviteForm):
    """The young person's own address."""

    whose = "the young person’s"


class ReadingForm(CouncilForm):
    """What the young person wants. A question for each person who reads is added to it."""

    why = Area(
        "What does the young person want?",
        filters=[tidy],
        validators=[DataRequired("Write what the young person wants, in their own words."), LONG],
    )


@bp.get("/turns")
@who("staff")
def turns_page() -> str:
    """Hand-overs to settle now, or coming within a year."""
    state, which = current(), request.args.get("which", "settle")
    which = which if which in turns.WHICH else "settle"
    rows, at = turns.turns(state.session, state.actor, which, page_number(), state.now)
    note_reading("young people who take over")
    return render_template("council/turns.html", rows=rows, at=at, which=which, with_args=with_args)


@bp.route("/turns/<uuid:process_id>", methods=["GET", "POST"])
@who("staff", roles=WORKERS)
def turn(process_id: uuid.UUID) -> ResponseReturnValue:
    """One hand-over: who decides from when, what can be done, and who goes on reading."""
    state, problems = current(), Problems()
    process, case = process_of(process_id, "turn")
    readers = turning.readers(state.session, case.id, state.now)
    people = {each.id: each for each in readers}
    names = turns.names(state.session, readers)
    form = _reading_form(names)
    if form.validate_on_submit():
        reads = {each: form[f"reads_{each}"].data == "yes" for each in people}
        with attempt(problems):
            turning.settle(state.session, process, reads, form.why.data or "", state.actor, now=state.now)
        if not problems:
            flash("It is on record who goes on reading.", "success")
            return redirect(url_for("council.turn", process_id=process.id))
    note_reading("a young person takes over", case.id)
    born_on = state.session.get_one(Child, (state.session.authority_id, case.child_id)).born_on
    from_on = age.young_person_from(born_on)
    problems = form.problems() + problems
    page = render_template(
        "council/turn.html",
        process=process,
        case=case,
        form=form,
        called=case_page.called(state.session, case),
        from_on=from_on,
        settle_by=turning.settle_by(born_on, london_day(state.now)),
        come=from_on <= london_day(state.now),
        stage=tables.PROCESSES["turn"].stages[process.stage],
        listed=acts_now.listed(process, state.actor),
        settled=turns.settled(state.session, process),
        here=turns.here(state.session, case.id, state.now),
        form_problems=problems,
    )
    return page, 422 if problems else 200


@bp.route("/cases/<uuid:case_id>/invite/young-person", methods=["GET", "POST"])
@who("staff", roles=("caseworker", "manager"))
def invite_young_person(case_id: uuid.UUID) -> ResponseReturnValue:
    """Ask the young person to take part in their own case."""
    state, found = current(), case_of(case_id)
    form = YoungForm()
    form.email.label.text = "The young person’s own email address"
    young = invitations.Offer("yp")
    return inviting.ask(
        found.id,
        lambda form: invitations.invite(state.session, state.actor, found, str(form.email.data), young, now=state.now),
        form=form,
        back_url=url_for("council.case", case_id=case_id, _anchor="people"),
        told_url=url_for("council.invited", case_id=case_id),
        audience="council",
        heading="Invite the young person",
    )


def _reading_form(names: dict[uuid.UUID, str]) -> ReadingForm:
    fields = {
        f"reads_{each}": RadioField(
            f"{name}: do they go on reading the case?",
            choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No: it ends now")],
            validators=[DataRequired("Say of each person whether they go on reading.")],
        )
        for each, name in names.items()
    }
    made: type[ReadingForm] = type("ReadingForm", (ReadingForm,), fields)
    return made()

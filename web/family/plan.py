"""A plan to read part by part, to say what one thinks of it, and to ask for a meeting."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms import TextAreaField as Area
from wtforms.fields import choices
from wtforms.validators import DataRequired, Length, Optional

from forms.text import LONGEST, clean
from web.application import current
from web.attempt import Problems, attempt
from web.family import bp
from web.letters import paper
from web.who import who
from workflow.access import policy
from workflow.access.relation import READ
from workflow.cases import plan_comments, plan_serving
from workflow.clock import london_day
from workflow.coproduction import kinds
from workflow.errors import NotFound
from workflow.queries import plan_document, plan_family
from workflow.queries.plan_family import Reading

SelectChoice = choices.SelectChoice  # type: ignore[attr-defined]  # the type stubs are older
LONG = Length(max=LONGEST, message=f"Write at most {LONGEST:,} characters. Nothing has been cut.")


def _tidy(value: object) -> object:
    return clean(value).strip() if isinstance(value, str) else value


class PartForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What one of the family thinks of a part."""

    ok = RadioField(
        "What do you think of this part?",
        choices=[
            SelectChoice("agree", "I agree"),
            SelectChoice("change", "I want a change"),
            SelectChoice("unsure", "I am not sure"),
        ],
        validators=[DataRequired("Choose what you think.")],
    )
    change = Area("What should it say?", filters=[_tidy], validators=[Optional(), LONG])
    why = Area("Why? Which report says so? (optional)", filters=[_tidy], validators=[Optional(), LONG])


class MeetForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """How to meet."""

    how = RadioField(
        "How would you like to meet us?",
        choices=[
            SelectChoice("person", "In person"),
            SelectChoice("online", "Online"),
            SelectChoice("phone", "By phone"),
        ],
        validators=[DataRequired("Choose how you want to meet.")],
    )


@bp.get("/plans/<uuid:submission_id>")
@who("family", "professional", "staff")
def plan(submission_id: uuid.UUID) -> str:
    """A version of a plan that was sent, whole."""
    return _page(_read(submission_id), MeetForm(None), Problems())


@bp.get("/plans/<uuid:submission_id>/print")
@who("family", "professional", "staff")
def print_plan(submission_id: uuid.UUID) -> str:
    """The plan on paper."""
    return render_template("plans/print.html", found=_read(submission_id), audience=_audience())


@bp.get("/plans/<uuid:submission_id>/pdf")
@who("family", "professional", "staff")
def plan_pdf(submission_id: uuid.UUID) -> ResponseReturnValue:
    """The plan as a PDF to keep."""
    found = _read(submission_id)
    sent = london_day(found.plan.sent_at) if found.plan.sent_at else ""
    made = paper.plan_as_pdf(found.document, plan_document.title_of(found.document), f"plan-{sent}.pdf")
    if made is None:
        flash(paper.NOT_HERE, "notice")
        return redirect(url_for("family.print_plan", submission_id=submission_id))
    return made


@bp.route("/plans/<uuid:submission_id>/parts/<row>", methods=["GET", "POST"])
@who("family")
def plan_part(submission_id: uuid.UUID, row: str) -> ResponseReturnValue:
    """Say what one thinks of one part."""
    state, found = current(), _read(submission_id)
    part = plan_family.part(found, row)
    if part is None or not found.open:
        raise NotFound
    before = found.thoughts.get(row)
    form = PartForm(data={"ok": before.ok, "change": before.change, "why": before.why} if before else None)
    problems = Problems()
    if form.validate_on_submit():
        with attempt(problems):
            plan_comments.comment(
                state.session,
                found.plan,
                part[0],
                state.actor,
                ok=form.ok.data,
                change=form.change.data or "",
                why=form.why.data or "",
                now=state.now,
            )
        if not problems:
            flash("Kept. Nobody reads it until you send it.", "success")
            return redirect(url_for("family.plan", submission_id=submission_id, _anchor=f"part-{row}"))
    problems = [(_anchor(field.id), str(field.errors[0])) for field in form if field.errors] + [
        (_anchor(at), said) for at, said in problems
    ]
    page = render_template(
        "family/plan_part.html", found=found, statement=part[1], letter=part[0], form=form, row=row,
        audience="family", form_problems=problems,
    )  # fmt: skip
    return page, 422 if problems else 200


@bp.post("/plans/<uuid:submission_id>/reply")
@who("family")
def plan_reply(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Open one's reply to a draft: the other questions, and sending it."""
    state, found = current(), _read(submission_id)
    response = plan_comments.begin_response(state.session, found.plan, state.actor, now=state.now)
    return redirect(url_for("writing.overview", submission_id=response.id))


@bp.post("/plans/<uuid:submission_id>/meeting")
@who("family")
def plan_meeting(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for a meeting. Asking twice is asking once."""
    state, found, form, problems = current(), _read(submission_id), MeetForm(), Problems()
    if form.validate():
        with attempt(problems):
            plan_serving.ask_for_meeting(state.session, found.process, state.actor, how=form.how.data, now=state.now)
        if not problems:
            flash("We will get in touch to agree a day. The plan is not finished before we have met.", "success")
            return redirect(url_for("family.plan", submission_id=submission_id, _anchor="meeting"))
    wrong = [("how-0", str(form.how.errors[0]))] if form.how.errors else []
    return _page(_read(submission_id), form, [*wrong, *problems]), 422


def _read(submission_id: uuid.UUID) -> Reading:
    state = current()
    submission, theirs = policy.find_submission(state.session, state.actor, submission_id, READ, state.now)
    if submission.form_id not in kinds.PLANS or submission.state != "sent":
        raise NotFound
    policy.note_reading(
        state.session, state.actor, "plan", now=state.now, case_id=submission.case_id, submission_id=submission.id
    )
    return plan_family.read(state.session, state.actor, submission, theirs, state.now)


def _page(found: Reading, form: MeetForm, problems: Problems) -> str:
    return render_template(
        "family/plan.html",
        found=found,
        form=form,
        taken={"yes": "We changed the plan", "partly": "We changed part of it", "no": "We did not change the plan"},
        thinks={"agree": "You agree", "change": "You want a change", "unsure": "You are not sure", "skip": ""},
        audience=_audience(),
        form_problems=problems,
    )


def _audience() -> str:
    return {"family": "family", "professional": "school"}.get(current().actor.kind, "council")


def _anchor(field: str) -> str:
    return "ok-0" if field == "ok" else field

"""Panels: who sits on a day, the agenda to print, and what was advised on each request."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Optional

from models.panels import Panel, PanelItem
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import CouncilForm, SelectChoice
from web.council.scope import note_reading, page_number, process_of, with_args
from web.fields import DayField
from web.who import who
from workflow.cases import panels as verbs
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import panels as queries
from workflow.queries import triage_page

WORK = ("caseworker", "manager")


class PanelForm(CouncilForm):
    """The day, whom it advises, and who sits."""

    held_on = DayField("Which day does it meet?", "Enter the day it meets.")
    decider = SelectField("Whom does it advise?", validators=[DataRequired("Choose whom the panel advises.")])
    members = SelectMultipleField("Who sits on it?", validators=[Optional()])


@bp.get("/panels")
@who("staff")
def panels() -> str:
    """The panels one runs, sits on, or is advised by."""
    state = current()
    rows, at = queries.panels(state.session, state.actor, page_number())
    return render_template(
        "council/panels.html", rows=rows, at=at, with_args=with_args, runs=bool(state.actor.roles & verbs.RUNS)
    )


@bp.route("/panels/new", methods=["GET", "POST"])
@who("staff", roles=WORK)
def new_panel() -> ResponseReturnValue:
    """Call a panel. A double click calls one."""
    state = current()
    panel_id = _uuid(request.form.get("id")) or uuid.uuid4()
    if state.session.get(Panel, (state.session.authority_id, panel_id)) is not None:
        return redirect(url_for("council.panel", panel_id=panel_id))
    return _panel_page(panel_id, PanelForm(), new=True)


@bp.route("/panels/<uuid:panel_id>/change", methods=["GET", "POST"])
@who("staff", roles=WORK)
def change_panel(panel_id: uuid.UUID) -> ResponseReturnValue:
    """Change the day, whom it advises, or who sits."""
    state = current()
    found = queries.find(state.session, state.actor, panel_id)
    members = sorted(str(each) for each in verbs.members_of(state.session, panel_id))
    known = {"held_on": found.held_on, "decider": str(found.decider_id), "members": members}
    return _panel_page(panel_id, PanelForm(data=known), new=False)


@bp.get("/panels/<uuid:panel_id>")
@who("staff")
def panel(panel_id: uuid.UUID) -> str:
    """The agenda, to read and to print."""
    return _page(queries.find(current().session, current().actor, panel_id))


@bp.post("/panels/<uuid:panel_id>/agenda")
@who("staff", roles=WORK)
def put_on_agenda(panel_id: uuid.UUID) -> ResponseReturnValue:
    """Put a request on the agenda, or take one off."""
    state, problems = current(), Problems()
    found = queries.find(state.session, state.actor, panel_id)
    process, _ = process_of(_uuid(request.form.get("process")) or uuid.UUID(int=0), "assessment")
    with attempt(problems):
        if request.form.get("way") == "off":
            verbs.take_off(state.session, _item(found, process.id), state.actor, now=state.now)
        else:
            verbs.put_on(state.session, found, process, state.actor, now=state.now)
    for _, said in problems:
        flash(said, "problem")
    return redirect(url_for("council.panel", panel_id=panel_id))


@bp.post("/panels/<uuid:panel_id>/advice/<uuid:item_id>")
@who("staff")
def panel_advice(panel_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Write up one request. What was typed comes back where it is refused."""
    state, problems = current(), Problems()
    found = queries.find(state.session, state.actor, panel_id)
    item = state.session.scalars(
        select(PanelItem).where(PanelItem.id == item_id, PanelItem.panel_id == found.id)
    ).one_or_none()
    if item is None:
        raise NotFound
    process_of(item.process_id, "assessment")
    seen = request.form.get("seen", "")
    with attempt(problems):
        verbs.advise(
            state.session,
            found,
            item,
            state.actor,
            advice=request.form.get("advice", ""),
            minutes=request.form.get("minutes", ""),
            sat=[each for each in map(_uuid, request.form.getlist("sat")) if each],
            seen=int(seen) if seen.isdecimal() else -1,
            now=state.now,
        )
    if problems:
        anchors = {"advice": f"advice-{item_id}-assess", "minutes": f"minutes-{item_id}", "sat": f"sat-{item_id}"}
        return _page(found, [(anchors.get(at, ""), said) for at, said in problems], wrong=item_id), 422
    flash("It is on record. The panel advises; the decision is still to be made.", "success")
    return redirect(url_for("council.panel", panel_id=panel_id))


def _panel_page(panel_id: uuid.UUID, form: PanelForm, *, new: bool) -> ResponseReturnValue:
    state, problems = current(), Problems()
    people = [SelectChoice(str(key), name) for key, name in triage_page.staff(state.session, london_day(state.now))]
    form.decider.choices = [SelectChoice("", "Choose"), *people]
    form.members.choices = people
    if request.method == "POST" and form.validate():
        with attempt(problems):
            verbs.call(
                state.session,
                state.actor,
                panel_id,
                held_on=form.held_on.data,
                decider_id=uuid.UUID(form.decider.data),
                members=[uuid.UUID(each) for each in form.members.data or ()],
                now=state.now,
            )
        if not problems:
            return redirect(url_for("council.panel", panel_id=panel_id))
    problems = form.problems() + [("members-0" if at == "members" else at, said) for at, said in problems]
    page = render_template("council/panel_new.html", form=form, panel_id=panel_id, new=new, form_problems=problems)
    return page, 422 if problems else 200


def _page(found: Panel, problems: Problems | None = None, wrong: uuid.UUID | None = None) -> str:
    state = current()
    agenda = queries.agenda(state.session, state.actor, found)
    for each in agenda.items:
        note_reading("panel", each.case_id)
    return render_template(
        "council/panel.html",
        agenda=agenda,
        advice=verbs.ADVICE,
        met=found.held_on <= london_day(state.now),
        writes=agenda.runs or state.actor.person in {key for key, _ in agenda.members},
        wrong=wrong,
        typed=request.form,
        form_problems=problems or [],
    )


def _item(found: Panel, process_id: uuid.UUID) -> PanelItem:
    item = (
        current()
        .session.scalars(select(PanelItem).where(PanelItem.panel_id == found.id, PanelItem.process_id == process_id))
        .one_or_none()
    )
    if item is None:
        raise NotFound
    return item


def _uuid(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None

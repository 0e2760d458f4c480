"""A request came: on paper, by mail, by telephone, by hand. Its clock starts here, before anything is keyed in."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms import TextAreaField as Area
from wtforms.validators import DataRequired, Length, Optional

from forms.pages.single import email_problem
from law.receipt import ROUTES, doubts
from models.cases import Event, Process
from models.people import Setting
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.cases import SEARCHES, WINDOW
from web.council.forms import CouncilForm, SelectChoice, tidy
from web.council.scope import case_of, note_reading, process_of
from web.fields import DayField
from web.who import who
from workflow import rates
from workflow.access import policy
from workflow.access.relation import READ
from workflow.cases import receiving
from workflow.cases.arrived import ASKERS, Arrived, Reach, require_possible
from workflow.cases.receiving import Opened
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import arrivals
from workflow.queries.arrivals import Likely

WORK = ("caseworker", "manager")
NAME = Length(max=200)
WAYS = ("email", "phone", "address")
DIFFERENT, UNSURE, SOMEBODY_NEW = "different", "unsure", "new"


class ArrivedForm(CouncilForm):
    """How it came and when, from whom, about whom."""

    token = HiddenField()
    route = RadioField("How did it come?", validators=[DataRequired("Say how it came.")])
    arrived_on = DayField("Which day did it reach the council?", "Enter the day it reached the council.")
    asker = RadioField("Who asked?", validators=[DataRequired("Say who asked.")])
    name = StringField("Their name", filters=[tidy], validators=[DataRequired("Enter the name of who asked."), NAME])
    address = Area("Postal address", filters=[tidy], validators=[Optional(), Length(max=1000)])
    email = StringField("Email address", filters=[tidy], validators=[Optional(), NAME])
    phone = StringField("Telephone number", filters=[tidy], validators=[Optional(), NAME])
    first = StringField("First names", filters=[tidy], validators=[NAME])
    last = StringField("Last name", filters=[tidy], validators=[NAME])
    born_on = DayField(
        "Date of birth", "Enter the date of birth. If it is not there, ask today: the clock runs anyway."
    )
    setting = SelectField("School, nursery or college", validators=[Optional()])
    family_name = StringField("Parent’s or carer’s name", filters=[tidy], validators=[NAME])
    family_address = Area("Their postal address", filters=[tidy], validators=[Optional(), Length(max=1000)])

    def validate(self, extra_validators: object = None) -> bool:
        """Whether there is enough to start the clock and to write back. Nothing else is asked."""
        right = bool(super().validate(extra_validators))
        if self.email.data and email_problem(self.email.data):
            self.email.errors = ["Enter an email address like name@example.org, or leave it out."]
        if not any(self[way].data for way in WAYS):
            self.address.errors = ["Enter one way to reach them: an address, an email or a telephone number."]
        if not (self.first.data or self.last.data):
            self.first.errors = ["Enter the child’s or young person’s name."]
        return right and not (self.email.errors or self.address.errors or self.first.errors)

    def came(self, known_id: uuid.UUID | None) -> Arrived:
        """What was typed, as the verb takes it."""
        told = self.family_name.data and not ASKERS[self.asker.data].family
        return Arrived(
            route=self.route.data,
            arrived_on=self.arrived_on.data,
            asker=self.asker.data,
            writer=Reach(self.name.data or "", self.email.data or "", self.phone.data or "", self.address.data or ""),
            first=self.first.data or "",
            last=self.last.data or "",
            born_on=self.born_on.data,
            setting_id=uuid.UUID(self.setting.data) if self.setting.data else None,
            family=Reach(self.family_name.data or "", address=self.family_address.data or "") if told else None,
            known_id=known_id,
        )


@bp.route("/receive", methods=["GET", "POST"])
@who("staff", roles=WORK)
def receive() -> ResponseReturnValue:
    """Put a request on record. Where the child may be known already, that is asked first."""
    form = _form()
    if request.method == "GET":
        return _page(form)
    step, problems = request.form.get("step", "look"), Problems()
    if step == "change" or not form.validate():
        return _page(form, form.problems()), 422 if form.problems() and step != "change" else 200
    with attempt(problems):
        require_possible(form.came(None), london_day(current().now))
    if problems:
        return _page(form, [(_anchor(at), said) for at, said in problems]), 422
    before = receiving.already(current().session, _uuid(form.token.data) or uuid.uuid4())
    if before is not None:
        return redirect(url_for("council.received", submission_id=before.submission_id))
    return _ask_or_put(form, step)


@bp.get("/received/<uuid:submission_id>")
@who("staff", roles=WORK)
def received(submission_id: uuid.UUID) -> ResponseReturnValue:
    """What was put on record: the clock, who was told and how, and what to do next."""
    state = current()
    submission, _ = policy.find_submission(state.session, state.actor, submission_id, READ, state.now)
    process, case = process_of(_process_of(submission_id), "assessment")
    found = arrivals.receipt(state.session, case, process.id, submission)
    if found is None:
        raise NotFound
    note_reading("request", case.id)
    return render_template("council/received.html", receipt=found, process=process, case=case)


def _ask_or_put(form: ArrivedForm, step: str) -> ResponseReturnValue:
    """The page that asks about children who may be meant and days that may be wrong; without any, straight on."""
    state = current()
    rates.count(state.session, "search", str(state.actor.person), limit=SEARCHES, window=WINDOW, now=state.now)
    note_reading("search")
    name = f"{form.first.data or ''} {form.last.data or ''}".strip()
    found = arrivals.likely(state.session, state.actor, name, form.born_on.data, state.now)
    about_day = doubts(form.route.data, form.arrived_on.data, london_day(state.now))
    problems: Problems = []
    if step != "receive" and (found or about_day):
        return _check(form, found, about_day)
    chosen = request.form.get("child", "" if found else DIFFERENT)
    if chosen not in {DIFFERENT, UNSURE, *(str(each.case.id) for each in found)}:
        return _check(form, found, about_day, [("child-0", "Say whether it is one of these children.")]), 422
    opened: Opened | None = None
    with attempt(problems):
        opened = _put(form, found, chosen)
    if opened is None:
        return _check(form, found, about_day, [(_anchor(at), said) for at, said in problems]), 422
    if opened.apart:
        flash(f"The request is on record. {opened.apart}", "notice")
    return redirect(url_for("council.received", submission_id=opened.submission_id))


def _put(form: ArrivedForm, found: list[Likely], chosen: str) -> Opened:
    state = current()
    known = request.form.get("known", SOMEBODY_NEW)
    same = next((each for each in found if str(each.case.id) == chosen), None)
    return receiving.receive(
        state.session,
        form.came(_uuid(known) if same and known != SOMEBODY_NEW else None),
        state.actor,
        create_token=_uuid(form.token.data) or uuid.uuid4(),
        now=state.now,
        same_as=case_of(same.case.id, "work") if same else None,
        different=[each.case for each in found] if chosen == DIFFERENT else (),
    )


def _form() -> ArrivedForm:
    state = current()
    form = ArrivedForm(data={"token": str(uuid.uuid4())})
    form.route.choices = [SelectChoice(each.id, each.title) for each in ROUTES.values()]
    form.asker.choices = [SelectChoice(key, each.title) for key, each in ASKERS.items()]
    settings = state.session.execute(select(Setting.id, Setting.name).order_by(Setting.name))
    named = [SelectChoice(str(setting_id), name) for setting_id, name in settings]
    form.setting.choices = [SelectChoice("", "None, or not in this list"), *named]
    return form


def _page(form: ArrivedForm, problems: Problems | None = None) -> str:
    return render_template("council/receive.html", form=form, routes=ROUTES.values(), form_problems=problems or [])


def _check(form: ArrivedForm, found: list[Likely], about_day: list[str], problems: Problems | None = None) -> str:
    typed = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "step", "child", "known")
    ]
    return render_template(
        "council/receive_check.html",
        form=form,
        found=found,
        about_day=about_day,
        typed=typed,
        family_asks=ASKERS[form.asker.data].family,
        chosen=request.form.get("child", ""),
        known=request.form.get("known", SOMEBODY_NEW),
        form_problems=problems or [],
    )


def _process_of(submission_id: uuid.UUID) -> uuid.UUID:
    found = (
        current()
        .session.scalars(
            select(Process.id)
            .join(Event, Event.process_id == Process.id)
            .where(Event.act == "receive_request", Event.facts["submission"].astext == str(submission_id))
        )
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _anchor(field: str) -> str:
    days = {"arrived_on": "arrived_on-day", "born_on": "born_on-day"}
    return {"route": "route-0", "asker": "asker-0", "known_id": "known-0", **days}.get(field, field)


def _uuid(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None

"""Families: asking for an assessment without an account, and the page that says what is happening."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from law.wording import Register
from web.application import current
from web.auth import ask_to_keep, sign_in_as
from web.auth.forms import EmailForm
from web.who import who
from workflow import signing_in
from workflow.access import policy
from workflow.access.relation import READ
from workflow.cases import serving
from workflow.clock import london_day
from workflow.coproduction import submissions
from workflow.queries import advice, consulting, family, letters_became, remarks, timelines, to_look_at

bp = Blueprint("family", __name__)
# Whom somebody asks for: the form, and the role they have on it.
ASKING = {"child": ("ehcna-req-parent", "parent"), "self": ("ehcna-req-yp", "yp")}


@bp.get("/ask")
@who("public")
def ask() -> ResponseReturnValue:
    """What asking means, how long it takes, what happens next."""
    state = current()
    known = state.actor.kind == "family"
    return render_template(
        "family/ask.html",
        token=uuid.uuid4(),
        own_token=uuid.uuid4(),
        begun=family.begun(state.session, state.actor, [form for form, _ in ASKING.values()], state.now)
        if known
        else [],
    )


@bp.post("/ask")
@who("public")
def begin() -> ResponseReturnValue:
    """Begin a request, for a child or for oneself: straight away, with or without an account."""
    state = current()
    form_id, role = ASKING["self" if request.form.get("asking") == "self" else "child"]
    token = uuid.UUID(request.form["token"])
    if state.actor.kind != "family":
        account = signing_in.begin_without_address(state.session, role)
        sign_in_as(str(account.id), account.kind)
        state.actor = signing_in.actor_of(state.session, str(account.id), state.now) or state.actor
    started = submissions.begin(
        state.session,
        state.actor,
        form_id,
        create_token=token,
        now=state.now,
        facts={"role": role},
    )
    return redirect(url_for("writing.overview", submission_id=started.id))


@bp.route("/keep", methods=["GET", "POST"])
@who("family")
def keep() -> ResponseReturnValue:
    """An address to come back with, for somebody who began without one."""
    form = EmailForm()
    if form.validate_on_submit():
        ask_to_keep(form.email.data or "")
        return redirect(url_for("auth.code"))
    problems = form.problems()
    return render_template("family/keep.html", form=form, form_problems=problems), 422 if problems else 200


@bp.get("/home")
@who("family")
def home() -> ResponseReturnValue:
    """What is happening, what is next, by when, what is needed from me, who do I ask."""
    state = current()
    account = signing_in.account_by_id(state.session, state.actor.account_id)
    return render_template(
        "family/home.html",
        forms=family.forms(state.session, state.actor, state.now),
        cases=family.cases(state.session, state.actor, state.now),
        letters=family.letters(state.session, state.actor),
        to_look_at=to_look_at.lines(state.session, state.actor, state.now),
        asked=remarks.waiting(state.session, state.actor, state.now),
        without_address=account is not None and account.email is None,
        token=uuid.uuid4(),
    )


@bp.get("/cases/<uuid:case_id>")
@who("family", "professional")
def case(case_id: uuid.UUID) -> ResponseReturnValue:
    """The same clock the council sees, with its reasons."""
    state = current()
    found = policy.find_case(state.session, state.actor, case_id, READ, state.now)
    policy.note_reading(state.session, state.actor, "case", now=state.now, case_id=found.id)
    register: Register = "family" if state.actor.kind == "family" else "professional"
    dates = timelines.timeline(state.session, found.id, register)
    return render_template(
        "family/case.html",
        case=found,
        caseworker=family.caseworker(state.session, found),
        dates=dates,
        late=timelines.late(dates, london_day(state.now)) if register == "family" else [],
        heard=family.heard(state.session, state.actor, found, state.now),
        letters=letters_became.of(state.session, family.letters(state.session, state.actor, found.id)),
        choice=serving.standing(state.session, state.actor),
        asked=family.asked(state.session, found.id) if state.actor.kind == "professional" else [],
        advice_asked=register == "family" and advice.in_hand(state.session, found.id),
        audience="family" if register == "family" else "school",
    )


@bp.get("/tasks/case/<uuid:case_id>")
@who("family", "professional", "staff")
def open_case(case_id: uuid.UUID) -> ResponseReturnValue:
    """A case link in a mail, for whichever kind of reader follows it."""
    if current().actor.kind == "staff":
        return redirect(url_for("council.case", case_id=case_id))
    return redirect(url_for("family.case", case_id=case_id))


@bp.get("/tasks/date/<uuid:deadline_id>")
@who("family", "professional", "staff")
def open_deadline(deadline_id: uuid.UUID) -> ResponseReturnValue:
    """A date link in a mail: a school goes to the review and its form, others to the case."""
    state = current()
    found = family.process_of(state.session, deadline_id)
    if state.actor.kind == "professional" and (asked := advice.of_deadline(state.session, deadline_id)):
        return redirect(url_for("advice.asked", request_id=asked))
    if state.actor.kind == "professional" and (row := consulting.of_deadline(state.session, deadline_id)):
        return redirect(url_for("advice.consulted", consultation_id=row))
    if found.kind == "review" and state.actor.kind == "professional":
        return redirect(url_for("school.review", process_id=found.id))
    return redirect(url_for("family.open_case", case_id=found.case_id))


from web.family import plan  # noqa: E402, F401  (its views register themselves on the blueprint above)

"""The adviser's page: only what they may see, their six weeks explained, and every way to answer."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from models.advice import AdviceRequest
from web.advice import bp, forms
from web.application import current
from web.attempt import Problems, attempt
from web.council.forms import CouncilForm
from web.who import who
from workflow.access import policy
from workflow.cases import advice as verbs
from workflow.cases import advice_replies, enough
from workflow.clock import london_day
from workflow.coproduction.submissions import form_of
from workflow.queries import advice as query

FORMS: dict[str, type[CouncilForm]] = {
    "late": forms.LateForm,
    "unknown": forms.UnknownForm,
    "enough": forms.EnoughForm,
    "more": forms.MoreForm,
}
SAID = {
    "late": "The council knows that it will be late, and why. The date has not moved.",
    "unknown": "The council knows that you do not know this child.",
    "enough": "The council knows that you think your earlier advice is enough. It and the family must agree too.",
    "more": "The council can read what you need. Your six weeks have not stopped.",
}


@bp.get("/advice/<uuid:request_id>")
@who("professional")
def asked(request_id: uuid.UUID) -> ResponseReturnValue:
    """What is asked of this adviser."""
    found = _found(request_id)
    policy.note_reading(
        current().session, current().actor, f"advice:{found.id}", now=current().now, case_id=found.case_id
    )
    return _page(found)


@bp.post("/advice/<uuid:request_id>/write")
@who("professional")
def write(request_id: uuid.UUID) -> ResponseReturnValue:
    """Open the form to answer on, made the first time."""
    state, found = current(), _found(request_id)
    problems: Problems = []
    with attempt(problems):
        advice_replies.note_opened(state.session, found, now=state.now)
        form = advice_replies.begin_reply(state.session, found, state.actor, now=state.now)
        return redirect(url_for("writing.overview", submission_id=form.id))
    return _page(found, problems), 422


@bp.post("/advice/<uuid:request_id>/<act>")
@who("professional")
def say(request_id: uuid.UUID, act: str) -> ResponseReturnValue:
    """Say that it will be late, that the child is not known, that earlier advice is enough, or ask for more."""
    found = _found(request_id)
    if act not in FORMS:
        abort(404)
    form = FORMS[act](prefix=act)
    problems: Problems = []
    if form.validate():
        with attempt(problems):
            VERBS[act](found, form)
        if not problems:
            flash(SAID[act], "success")
            return redirect(url_for("advice.asked", request_id=request_id))
    anchors = [
        (f"{act}-{'expected_on-day' if at == 'expected_on' else at}" if at else "", said) for at, said in problems
    ]
    return _page(found, form.problems() + anchors, act, form), 422


def _found(request_id: uuid.UUID) -> AdviceRequest:
    state = current()
    return advice_replies.find(state.session, state.actor, request_id, state.now)


def _page(
    found: AdviceRequest, problems: Problems | None = None, act: str = "", typed: CouncilForm | None = None
) -> str:
    state = current()
    lines = query.lines(state.session, [found.process_id], london_day(state.now), "professional")
    papers = query.papers(state.session, state.actor, found, state.now)
    blank: dict[str, Any] = {name: kind(formdata=None, prefix=name) for name, kind in FORMS.items()}
    if typed is not None:
        blank[act] = typed
    return render_template(
        "advice/asked.html",
        line=next(line for line in lines if line.request.id == found.id),
        request_=found,
        called=query.called(state.session, found),
        letter=query.letter(state.session, found),
        papers=papers,
        titles={each.id: form_of(each).title for each in papers},
        forms=blank,
        opened=act,
        form_problems=problems or [],
    )


def _late(found: AdviceRequest, form: Any) -> None:
    state = current()
    expected = form.expected_on.data
    verbs.say_late(state.session, found, state.actor, why=form.why.data, expected_on=expected, now=state.now)


def _unknown(found: AdviceRequest, form: Any) -> None:
    state = current()
    verbs.say_unknown(state.session, found, state.actor, checked=form.checked.data, now=state.now)


def _enough(found: AdviceRequest, form: Any) -> None:
    state = current()
    enough.propose(state.session, found, state.actor, which=form.which.data, now=state.now)
    enough.agree(state.session, found, state.actor, side="adviser", now=state.now)


def _more(found: AdviceRequest, form: Any) -> None:
    state = current()
    advice_replies.ask_for_more(state.session, found, state.actor, words=form.words.data, now=state.now)


VERBS: dict[str, Callable[[AdviceRequest, Any], None]] = {
    "late": _late,
    "unknown": _unknown,
    "enough": _enough,
    "more": _more,
}

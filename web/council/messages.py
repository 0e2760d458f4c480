"""Messages that wait for a person: let them go, or decide that they shall not."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import DropForm
from web.council.scope import note_reading, page_number, with_args
from web.who import who
from workflow import outbox
from workflow.outbox.people import CLOCK, VALVE
from workflow.queries import messages_waiting

WORK = ("caseworker", "manager")
BATCHES = {"valve": VALVE, "clock": CLOCK}


@bp.get("/messages")
@who("staff")
def messages() -> str:
    """What was held, parked or came back, and why."""
    return _page(DropForm(None))


@bp.post("/messages/<uuid:message_id>/release")
@who("staff", roles=WORK)
def release_message(message_id: uuid.UUID) -> ResponseReturnValue:
    """Let one go after all."""
    state, problems = current(), Problems()
    with attempt(problems):
        outbox.release(state.session, message_id, state.actor.person, state.now)
    return _back(problems, "It will go. Everything is checked once more before it does.")


@bp.post("/messages/<uuid:message_id>/drop")
@who("staff", roles=WORK)
def drop_message(message_id: uuid.UUID) -> ResponseReturnValue:
    """Decide that one shall not go."""
    state, form, problems = current(), DropForm(), Problems()
    if not form.validate():
        anchors = [(f"why-{message_id}", said) for _, said in form.problems()]
        return _page(form, anchors, message_id), 422
    with attempt(problems):
        outbox.drop(state.session, message_id, state.actor.person, form.why.data or "")
    return _back(problems, "It will not go.")


@bp.post("/messages/release-all")
@who("staff", roles=("manager",))
def release_messages() -> ResponseReturnValue:
    """One yes to a whole batch that was held for one reason."""
    state, reason = current(), BATCHES.get(request.form.get("batch", ""))
    count = outbox.release_batch(state.session, reason, state.actor.person, state.now) if reason else 0
    return _back([], f"{count} will go. Each is checked once more before it does.")


def _page(form: DropForm, problems: Problems | None = None, at_fault: uuid.UUID | None = None) -> str:
    state = current()
    rows, at = messages_waiting.waiting(state.session, page_number())
    note_reading("messages")
    return render_template(
        "council/messages.html",
        rows=rows,
        at=at,
        form=form,
        batches=messages_waiting.batches(state.session, BATCHES),
        may_act=bool(state.actor.roles & set(WORK)),
        may_release_all="manager" in state.actor.roles,
        at_fault=at_fault,
        with_args=with_args,
        form_problems=problems or [],
    )


def _back(problems: Problems, done: str) -> ResponseReturnValue:
    for _, said in problems:
        flash(said, "problem")
    if not problems:
        flash(done, "success")
    return redirect(url_for("council.messages"))

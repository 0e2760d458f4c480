"""Any act of any process: what can be done now, what doing it takes and does, and taking it back."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from law import tables
from law.tables import Transition
from models.cases import Case, Process
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.act_forms import ActForm, UndoForm, form_for
from web.council.scope import case_of, note_reading, process_of
from web.council.three_steps import write_look_send
from web.who import who
from workflow.cases import acts, doing, undoing
from workflow.clock import london_day
from workflow.errors import NotFound
from workflow.queries import acts_now, case_page

WORKERS = ("caseworker", "decider", "manager")


@bp.get("/processes/<uuid:process_id>/acts")
@who("staff", roles=WORKERS)
def acts_of(process_id: uuid.UUID) -> str:
    """Everything that can be done on a process now, what each does, and what can be taken back."""
    state = current()
    process, case = process_of(process_id)
    note_reading("acts", case.id)
    return render_template(
        "council/acts.html",
        case=case,
        process=process,
        table=tables.PROCESSES[process.kind],
        called=case_page.called(state.session, case),
        listed=acts_now.listed(process, state.actor),
        undoable=undoing.undoable(state.session, process, state.actor, state.now),
    )


@bp.get("/cases/<uuid:case_id>/begin")
@who("staff", roles=WORKERS)
def beginnings(case_id: uuid.UUID) -> str:
    """Everything that can be begun on a case."""
    state, case = current(), case_of(case_id)
    note_reading("acts", case.id)
    called = case_page.called(state.session, case)
    return render_template(
        "council/begin.html", case=case, called=called, listed=acts_now.beginnings(state.actor), token=uuid.uuid4()
    )


@bp.route("/processes/<uuid:process_id>/acts/<act>", methods=["GET", "POST"])
@who("staff", roles=WORKERS)
def act(process_id: uuid.UUID, act: str) -> ResponseReturnValue:
    """Write what the act takes, see what it does and its letters, do it. `step` is preview, change or send."""
    state = current()
    process, case = process_of(process_id)
    if not acts_now.here(process.kind, act):
        raise NotFound
    if request.method == "POST" and (moved := _moved_on(process, act)):
        return moved
    needs = doing.needs(state.session, process, act, state.actor)
    form = form_for(needs, london_day(state.now), seen=process.version)
    return _three_steps(
        _Asked(process.kind, needs.transition, case, form, needs),
        lambda: doing.do(state.session, process, act, state.actor, form.said(), seen=form.version, now=state.now),
        back_url=url_for("council.acts_of", process_id=process.id),
    )


@bp.route("/cases/<uuid:case_id>/begin/<kind>/<act>", methods=["GET", "POST"])
@who("staff", roles=WORKERS)
def begin(case_id: uuid.UUID, kind: str, act: str) -> ResponseReturnValue:
    """Begin a process: the same three steps. The page carries a token, so that pressing twice begins one."""
    state, case = current(), case_of(case_id)
    if not acts_now.here(kind, act):
        raise NotFound
    token = _token() or uuid.uuid4()
    unborn = Process(id=token, case_id=case.id, kind=kind, stage=tables.process(kind).start)
    needs = doing.needs(state.session, unborn, act, state.actor)
    form = form_for(needs, london_day(state.now), seen=0, token=token)
    return _three_steps(
        _Asked(kind, needs.transition, case, form, needs),
        lambda: doing.begin(state.session, case, kind, act, state.actor, form.said(), token=token, now=state.now),
        back_url=url_for("council.beginnings", case_id=case.id),
    )


@bp.route("/processes/<uuid:process_id>/undo/<uuid:event_id>", methods=["GET", "POST"])
@who("staff", roles=WORKERS)
def undo(process_id: uuid.UUID, event_id: uuid.UUID) -> ResponseReturnValue:
    """Take the newest act back, with a reason."""
    state, problems = current(), Problems()
    process, case = process_of(process_id)
    newest = undoing.undoable(state.session, process, state.actor, state.now)
    form = UndoForm(data={"seen": str(process.version)})
    if form.validate_on_submit():
        with attempt(problems):
            undoing.undo(
                state.session,
                process,
                state.actor,
                event_id=event_id,
                why=form.why.data or "",
                seen=form.version,
                now=state.now,
            )
        if not problems:
            flash("It is taken back. Every date is as it was before.", "success")
            return redirect(url_for("council.case", case_id=case.id))
    if newest is None or newest.id != event_id:
        newest = None
    problems = form.problems() + problems
    page = render_template(
        "council/undo.html",
        form=form,
        case=case,
        process=process,
        newest=newest,
        line=newest and tables.next_transition(process.kind, newest.facts["from"], newest.act),
        called=case_page.called(state.session, case),
        form_problems=problems,
    )
    return page, 422 if problems else 200


@dataclass(frozen=True)
class _Asked:
    """An act and the page it is asked on."""

    kind: str
    transition: Transition
    case: Case
    form: ActForm
    needs: doing.Needs


def _three_steps(asked: _Asked, do: Callable[[], object], *, back_url: str) -> ResponseReturnValue:
    if request.method == "GET":
        note_reading("act", asked.case.id)
        return _page(asked, back_url, Problems())
    done_url = url_for("council.case", case_id=asked.case.id)
    answer = write_look_send(
        asked.form,
        asked.case,
        act=do,
        page=lambda problems: _page(asked, back_url, problems),
        anchor=asked.form.anchor_of,
        done_url=done_url,
        title=acts_now.title(asked.transition.act),
    )
    if request.form.get("step") == "send" and getattr(answer, "status_code", 0) == 302:
        flash(f"{asked.transition.recorded_words}.", "success")
    return answer


def _page(asked: _Asked, back_url: str, problems: Problems) -> str:
    state = current()
    return render_template(
        "council/act.html",
        asked=asked,
        form=asked.form,
        case=asked.case,
        title=acts_now.title(asked.transition.act),
        table=tables.PROCESSES[asked.kind],
        letters=acts_now.letters(asked.transition),
        called=case_page.called(state.session, asked.case),
        back_url=back_url,
        form_problems=problems,
    )


def _moved_on(process: Process, act: str) -> ResponseReturnValue | None:
    """The page for whoever was second: what they typed stays theirs to copy."""
    if act in acts.possible(process, current().actor) or request.form.get("step") == "change":
        return None
    typed = [
        (name, text) for name, text in MultiDict(request.form).items() if name.startswith("item_") or name == "why"
    ]
    page = render_template(
        "council/moved_on.html", process=process, typed=[(name, text) for name, text in typed if text.strip()]
    )
    return page, 409


def _token() -> uuid.UUID | None:
    try:
        return uuid.UUID(request.form.get("token", ""))
    except ValueError:
        return None

"""What the family said about a draft plan, and the council's answer to each thing."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.plan_forms import AnswerForm
from web.council.plan_steps import WORKERS
from web.council.scope import note_reading, process_of
from web.who import who
from workflow.access import policy
from workflow.access.relation import READ
from workflow.cases import plan_comments, plans
from workflow.queries import case_page, plan_document


@bp.get("/plan/<uuid:process_id>/comments")
@who("staff")
def plan_comments_page(process_id: uuid.UUID) -> str:
    """Everything the family said, with the answers."""
    return _page(process_id)


@bp.post("/plan/<uuid:process_id>/comments/<uuid:response_id>/<path:at>")
@who("staff", roles=WORKERS)
def answer_comment(process_id: uuid.UUID, response_id: uuid.UUID, at: str) -> ResponseReturnValue:
    """Answer one thing."""
    state, form, problems = current(), AnswerForm(), Problems()
    process_of(process_id, *plans.KINDS)
    response, _ = policy.find_submission(state.session, state.actor, response_id, READ, state.now)
    if form.validate():
        with attempt(problems):
            plan_comments.answer(
                state.session,
                response,
                at,
                state.actor,
                taken=form.taken.data,
                letter=form.letter.data or "",
                words=form.words.data or "",
                now=state.now,
            )
    problems = form.problems() + problems
    if problems:
        return _page(process_id, form, (response_id, at), problems), 422
    flash("Answered. The family reads it with the next version of the plan.", "success")
    return redirect(url_for("council.plan_comments_page", process_id=process_id))


def _page(
    process_id: uuid.UUID,
    form: AnswerForm | None = None,
    about: tuple[uuid.UUID, str] | None = None,
    problems: Problems | None = None,
) -> str:
    state = current()
    process, case = process_of(process_id, *plans.KINDS)
    note_reading("comments on a draft plan", case.id)
    served = plans.newest(state.session, process, sent=True)
    document = None
    if served is not None:
        _, theirs = policy.find_submission(state.session, state.actor, served.id, READ, state.now)
        document = plan_document.document(state.session, state.actor, served, theirs, state.now)
    listed = plan_comments.on_drafts(state.session, process, state.actor, state.now)
    forms = [
        form if form and about == (each.response.id, each.comment.path) else AnswerForm(None, obj=each.reply)
        for each in listed
    ]
    return render_template(
        "council/plan_comments.html",
        process=process,
        case=case,
        called=case_page.called(state.session, case),
        listed=list(zip(listed, forms, strict=True)),
        open=process.stage == "drafted" and bool(state.actor.roles & set(WORKERS)),
        document=document,
        taken=plan_comments.TAKEN,
        form_problems=_placed(problems or [], listed, about),
    )


def _placed(problems: Problems, listed: list[plan_comments.Answered], about: tuple[uuid.UUID, str] | None) -> Problems:
    """Anchors carry the number of the comment: the same form stands there many times."""
    numbers = {(each.response.id, each.comment.path): at for at, each in enumerate(listed)}
    number = numbers.get(about) if about else None
    return [(f"{anchor}-{number}" if anchor and number is not None else "", said) for anchor, said in problems]

"""Who will read each answer of one's own form, and keeping one from the school."""

import uuid

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from forms.reading import read
from models.submissions import Answer
from web.application import current
from web.who import who
from web.writing import bp, desk
from workflow.access.relation import READ, SEND
from workflow.coproduction import withholding
from workflow.coproduction.voices import NO_FURTHER
from workflow.errors import NotFound
from workflow.queries.writing import Desk


@bp.route("/forms/<uuid:submission_id>/who-reads", methods=["GET", "POST"])
@who("family")
def who_reads(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Every answer given, with a box to keep it from the school."""
    opened = desk.open_desk(submission_id, SEND if request.method == "POST" else READ)
    state = current()
    if not withholding.may_withhold(opened.form, opened.theirs):
        raise NotFound
    if request.method == "POST":
        chosen = request.form.getlist("keep")
        withholding.withhold(state.session, opened.submission, opened.form, opened.theirs, "setting", chosen)
        flash("Saved. It counts from now.", "success")
        return redirect(desk.link("who_reads", opened))
    return render_template(
        "writing/who_reads.html",
        desk=opened,
        answers=_answers(opened),
        kept=_kept(opened),
        audience=desk.audience(),
        back_url=desk.link("check", opened),
    )


def _answers(opened: Desk) -> list[tuple[str, str, str]]:
    """(path, question, the beginning of what was said) of what the school would read."""
    shown = []
    for section in read(opened.form, opened.values, opened.facts, child_name=opened.name):
        for said in section.answers:
            restricted = NO_FURTHER & set(said.question.sensitivity)
            if not said.nothing and not restricted and said.question.type not in ("show", "calc"):
                words = " ".join(said.lines) or f"{len(said.rows) or len(said.files)} in the list"
                shown.append((said.path, said.text, words if len(words) < 120 else f"{words[:117]}..."))
    return shown


def _kept(opened: Desk) -> set[str]:
    rows = current().session.execute(
        select(Answer.path).where(Answer.submission_id == opened.submission.id, Answer.withheld.contains(["setting"]))
    )
    return {path for (path,) in rows}

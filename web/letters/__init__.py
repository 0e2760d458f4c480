"""A letter, whole, for the person it is to and for staff; and how its reader wants to get letters."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.fields import choices
from wtforms.validators import DataRequired

from models.cases import Notice
from web.application import current
from web.auth.forms import ShortForm
from web.letters import paper
from web.who import who
from workflow.access import policy
from workflow.cases import serving
from workflow.queries import letters_became, letters_to_print, plan_document

bp = Blueprint("letters", __name__)
SelectChoice = choices.SelectChoice  # type: ignore[attr-defined]  # the type stubs are older
AUDIENCES = {"family": "family", "professional": "school", "staff": "council"}


class HowForm(ShortForm):
    """Whether letters here are enough for somebody."""

    how = RadioField(
        "Where should your letters count?",
        choices=[
            SelectChoice("here", "Here is enough"),
            SelectChoice("post", "Send every letter by post too"),
        ],
        validators=[DataRequired("Choose how you want your letters.")],
    )


@bp.get("/letters/<uuid:notice_id>")
@who("family", "professional", "staff")
def letter(notice_id: uuid.UUID) -> str:
    """The whole letter, to read or print."""
    state = current()
    notice = _opened(notice_id)
    state.session.refresh(notice, ["opened_at", "served_online_at"])
    (became,) = letters_became.of(state.session, [notice])
    return render_template(
        "letters/letter.html",
        notice=notice,
        became=became,
        choice=serving.standing(state.session, state.actor),
        audience=AUDIENCES[state.actor.kind],
        plan=plan_document.enclosed(state.session, notice),
    )


@bp.get("/letters/<uuid:notice_id>/pdf")
@who("family", "professional", "staff")
def letter_pdf(notice_id: uuid.UUID) -> ResponseReturnValue:
    """The same letter as a PDF to keep: to have it is to have opened it."""
    state = current()
    notice = _opened(notice_id)
    sheet = paper.sheet(notice, letters_to_print.address_of(state.session, notice))
    made = paper.as_pdf([sheet], notice.letter["title"], f"letter-{notice.notified_on}.pdf")
    if made is None:
        flash(paper.NOT_HERE, "notice")
        return redirect(url_for("letters.letter", notice_id=notice.id))
    return made


@bp.route("/letters/how", methods=["GET", "POST"])
@who("family", "professional")
def how() -> ResponseReturnValue:
    """Ask whether letters may be served here, show what was answered, and take another answer at any time."""
    state = current()
    before = serving.standing(state.session, state.actor)
    form = HowForm(data={"how": "here" if before.agreed else "post"} if before else {})
    if form.validate_on_submit():
        serving.answer(state.session, state.actor, agreed=form.how.data == "here", now=state.now)
        flash("Your choice is saved. It counts from now on.", "success")
        return redirect(url_for("family.home" if state.actor.kind == "family" else "school.home"))
    problems = form.problems()
    page = render_template("letters/how.html", form=form, audience=AUDIENCES[state.actor.kind], form_problems=problems)
    return page, 422 if problems else 200


def _opened(notice_id: uuid.UUID) -> Notice:
    """The letter, if this actor may read it, and on record that they have.

    Opening is evidence: it is worked out from the log of reads, in which every reading stands. Nothing else changes.
    """
    state = current()
    notice = policy.find_notice(state.session, state.actor, notice_id, state.now)
    reading = letters_to_print.reading_of(notice.id)
    policy.note_reading(state.session, state.actor, reading, now=state.now, case_id=notice.case_id)
    return notice

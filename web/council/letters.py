"""Letters to print and post."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from law.explain import say_date
from models.cases import Notice
from web.application import current
from web.council import bp
from web.council.scope import note_reading, page_number
from web.letters import paper
from web.who import who
from workflow.cases import notices
from workflow.clock import london_day
from workflow.queries import letters_to_print


@bp.get("/letters")
@who("staff")
def letters() -> str:
    """Letters nobody has read here."""
    state = current()
    rows, at = letters_to_print.to_print(state.session, state.actor, page_number(), london_day(state.now))
    note_reading("letters to print")
    may_post = bool(state.actor.roles & {"caseworker", "manager"})
    return render_template("council/letters.html", rows=rows, at=at, may_post=may_post)


@bp.get("/letters/print")
@who("staff")
def print_letters() -> str:
    """The letters of one page of the list, each on a page of its own."""
    state = current()
    rows, at = letters_to_print.to_print(state.session, state.actor, page_number(), london_day(state.now))
    for row in rows:
        note_reading(letters_to_print.reading_of(row.notice.id), row.notice.case_id)
    return render_template("council/print_letters.html", rows=rows, at=at)


@bp.get("/letters/pdf")
@who("staff")
def letters_pdf() -> ResponseReturnValue:
    """The letters of one page of the list as one PDF, addressed for window envelopes."""
    state = current()
    today = london_day(state.now)
    rows, at = letters_to_print.to_print(state.session, state.actor, page_number(), today)
    for row in rows:
        note_reading(letters_to_print.reading_of(row.notice.id), row.notice.case_id)
    sheets = [paper.sheet(row.notice, row.address) for row in rows]
    made = paper.as_pdf(sheets, f"Letters to post, {say_date(today)}", f"letters-{today}.pdf") if sheets else None
    if made is None:
        flash(paper.NOT_HERE, "notice")
        return redirect(url_for("council.print_letters", page=at.number))
    return made


@bp.post("/letters/posted")
@who("staff", roles=("caseworker", "manager"))
def posted() -> ResponseReturnValue:
    """Put on record that letters went by post today. Twice is harmless."""
    state = current()
    chosen = [each for each in (_uuid(typed) for typed in request.form.getlist("notice")) if each]
    found = state.session.scalars(select(Notice).where(Notice.id.in_(chosen))).all()
    for notice in found:
        notices.mark_posted(state.session, notice, state.actor, now=state.now)
    if found:
        flash(f"On record as posted: {len(found)}.", "success")
    else:
        flash("Choose the letters that were posted.", "problem")
    return redirect(url_for("council.letters"))


def _uuid(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None

"""One case on one page; finding cases; papers side by side; notes."""

import uuid
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import inviting
from web.application import current
from web.attempt import Problems, attempt
from web.council import bp
from web.council.forms import NoteForm, SearchForm
from web.council.scope import case_of, note_reading
from web.who import who
from workflow import rates
from workflow.cases import triage
from workflow.coproduction import invitations
from workflow.queries import case_page, case_search, papers

SEARCHES, WINDOW = 60, timedelta(hours=1)


@bp.get("/cases")
@who("staff")
def cases() -> str:
    """Find a case."""
    return render_template("council/cases.html", form=SearchForm(), found=None)


@bp.post("/cases")
@who("staff")
def search() -> ResponseReturnValue:
    """What was found. A POST, so that no name stands in an address."""
    state, form = current(), SearchForm()
    problems: Problems = []
    found = None
    if form.validate():
        rates.count(state.session, "search", str(state.actor.person), limit=SEARCHES, window=WINDOW, now=state.now)
        note_reading("search")
        with attempt(problems):
            found = case_search.search(state.session, state.actor, form.name.data or "", form.born.data, state.now)
    problems = form.problems() + problems
    page = render_template("council/cases.html", form=form, found=found, form_problems=problems)
    return page, 422 if problems else 200


@bp.get("/cases/<uuid:case_id>")
@who("staff")
def case(case_id: uuid.UUID) -> str:
    """One case, whole."""
    return _case_page(case_id, NoteForm())


@bp.post("/cases/<uuid:case_id>/notes")
@who("staff")
def write_note(case_id: uuid.UUID) -> ResponseReturnValue:
    """Add a note to the record."""
    state, found, form = current(), case_of(case_id), NoteForm()
    problems: Problems = []
    if form.validate():
        with attempt(problems):
            triage.write_note(state.session, found, form.note.data or "", state.actor, now=state.now)
        if not problems:
            flash("The note is in the record.", "success")
            return redirect(url_for("council.case", case_id=case_id, _anchor="record"))
    return _case_page(case_id, form, form.problems() + problems), 422


@bp.route("/cases/<uuid:case_id>/invite", methods=["GET", "POST"])
@who("staff", roles=("caseworker", "manager"))
def invite(case_id: uuid.UUID) -> ResponseReturnValue:
    """Ask a parent or carer to take part in the case."""
    state, found = current(), case_of(case_id)
    return inviting.ask(
        found.id,
        lambda form: invitations.invite_parent(state.session, state.actor, found, str(form.email.data), now=state.now),
        form=inviting.InviteForm(),
        back_url=url_for("council.case", case_id=case_id, _anchor="people"),
        told_url=url_for("council.invited", case_id=case_id),
        audience="council",
    )


@bp.get("/cases/<uuid:case_id>/invited")
@who("staff", roles=("caseworker", "manager"))
def invited(case_id: uuid.UUID) -> str:
    """The three words to pass on by voice, shown once."""
    back_url = url_for("council.case", case_id=case_id, _anchor="people")
    return inviting.told(case_of(case_id).id, back_url=back_url, audience="council")


@bp.get("/cases/<uuid:case_id>/papers")
@who("staff")
def compare(case_id: uuid.UUID) -> str:
    """A form to read, or two side by side."""
    state, found = current(), case_of(case_id)
    listed = case_page.papers(state.session, found.id)
    chosen = [_uuid(request.args.get(side)) for side in ("left", "right")]
    shown = papers.read(state.session, state.actor, found, [each for each in chosen if each], state.now)
    for each in shown:
        note_reading("form", found.id, each.id, theirs=each.theirs)
    return render_template("council/compare.html", case=found, listed=listed, chosen=chosen, shown=shown)


def _case_page(case_id: uuid.UUID, form: NoteForm, problems: Problems | None = None) -> str:
    state, found = current(), case_of(case_id)
    page = case_page.page(state.session, found, state.actor, state.now)
    note_reading("case", found.id)
    works_cases = bool(state.actor.roles & {"caseworker", "manager"})
    return render_template(
        "council/case.html", page=page, form=form, works_cases=works_cases, form_problems=problems or []
    )


def _uuid(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None

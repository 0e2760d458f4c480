"""Letters and plans as PDF: one letter for its reader or for staff, with the plan that goes with it; those of a page of
the list to post; and a plan by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from werkzeug import Response

from models.cases import Notice
from web.application import current
from web.writing.papers import serve
from workflow import printing
from workflow.access import policy
from workflow.access.relation import READ
from workflow.queries import plan_document
from workflow.queries.plan_document import Document

NOT_HERE = "A PDF cannot be made right now. Use the button to print the page instead."


@dataclass(frozen=True)
class Sheet:
    """A letter, where it is posted to, and the plan that goes with it. The address is "" where none is known or it
    may not be used."""

    notice: Notice
    address: str
    plan: Document | None = None


def sheet(notice: Notice, address: str) -> Sheet:
    """A letter as it is put into an envelope."""
    state = current()
    plan_id = plan_document.enclosed(state.session, notice)
    if plan_id is None:
        return Sheet(notice, address)
    plan, theirs = policy.find_submission(state.session, state.actor, plan_id, READ, state.now)
    return Sheet(notice, address, plan_document.document(state.session, state.actor, plan, theirs, state.now))


def as_pdf(letters: Sequence[Sheet], title: str, name: str) -> Response | None:
    """Letters as one file to keep, under a name that says nothing of anybody. None where it cannot be made here."""
    return _served(render_template("letters/pdf.html", letters=letters, title=title), name)


def plan_as_pdf(plan: Document, title: str, name: str) -> Response | None:
    """A plan in the same way, with where each of its statements comes from as this reader may know it."""
    return _served(render_template("plans/pdf.html", document=plan, title=title), name)


def _served(page: str, name: str) -> Response | None:
    made = printing.pdf(page)
    return serve(made, name, "application/pdf") if made is not None else None

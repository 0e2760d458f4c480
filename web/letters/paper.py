"""Letters as PDF: one for its reader or for staff, and those of a page of the list to post."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from werkzeug import Response

from models.cases import Notice
from web.writing.papers import serve
from workflow import printing

NOT_HERE = "A PDF cannot be made right now. Use the button to print the page instead."


@dataclass(frozen=True)
class Sheet:
    """A letter and where it is posted to; the address is "" where none is known or it may not be used."""

    notice: Notice
    address: str


def as_pdf(letters: Sequence[Sheet], title: str, name: str) -> Response | None:
    """Letters as one file to keep, under a name that says nothing of anybody. None where it cannot be made here."""
    made = printing.pdf(render_template("letters/pdf.html", letters=letters, title=title))
    return serve(made, name, "application/pdf") if made is not None else None

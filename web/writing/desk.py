"""A form open before whoever is signed in, and what every one of its pages needs."""

import uuid
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from forms.definition import Form, Page
from forms.pages import Extras
from web import kept
from web.application import current
from web.writing import hows
from workflow.access import policy
from workflow.access.relation import WRITE
from workflow.coproduction.contributions import Writer
from workflow.errors import NotFound
from workflow.queries import bundles, writing
from workflow.queries.bundles import Beside
from workflow.queries.writing import Desk, Sheet

STANDS = {"draft": "%s: started", "shared": "%s: ready to read", "sent": "%s: sent", "withdrawn": "%s: taken back"}


def open_desk(submission_id: uuid.UUID, action: str) -> Desk:
    """The form, through the scope of whoever is signed in. Raises `NotFound` or `NotPermitted`."""
    state = current()
    return writing.open_form(state.session, state.actor, submission_id, action, state.now)


def hold_sheet(submission_id: uuid.UUID) -> Sheet:
    """The same, held to be written on and not read. Raises `NotFound` or `NotPermitted`."""
    state = current()
    return writing.hold_sheet(state.session, state.actor, submission_id, WRITE, state.now)


def note_reading(opened: Desk) -> None:
    """Put on record that somebody read a form that is not their own."""
    state, form = current(), opened.submission
    if "owner" not in opened.theirs.readers:
        policy.note_reading(
            state.session,
            state.actor,
            "form",
            now=state.now,
            case_id=form.case_id,
            submission_id=form.id,
            theirs=opened.theirs,
        )


def writer(opened: Sheet) -> Writer:
    """Whoever is signed in, in the mode and language they have said they write in."""
    me, how = current().actor.person, hows.current_how(opened)
    return Writer(hows.author(opened, how), me, how.mode, how.language)


def is_short(form: Form) -> bool:
    """Whether the short way through this form is being taken. `?all=1` asks for every question."""
    return writing.has_short(form) and request.args.get("all") != "1"


def link(endpoint: str, desk: Sheet, **more: Any) -> str:
    """An address of this form that keeps to the way being taken through it."""
    if request.args.get("all") == "1" and writing.has_short(desk.form):
        more.setdefault("all", "1")
    return url_for(f"writing.{endpoint}", submission_id=desk.submission.id, **more)


def extras(desk: Desk, page: Page, *, unsaved: bool = False) -> Extras:
    """What a definition cannot know: lists to choose from, how linked forms stand, what is worked out."""
    state = current()
    asked = [each for top in page.questions for each in top.walk()]
    states: dict[str, dict[str, Any]] = writing.worked_out(desk) if any(each.calc for each in asked) else {}
    if any(each.type == "link" for each in asked):
        others = bundles.beside(state.session, state.actor, desk.theirs, desk.submission, state.now)
        states |= {question_id: _how(found) for question_id, found in bundles.links(others).items()}
    return Extras(
        lists={"settings": writing.setting_names(state.session)} if any(a.choices_from for a in asked) else {},
        states=states,
        versions={path: desk.base(path) for path in desk.read.texts},
        unsaved=unsaved,
    )


def given_uuid(given: str | None) -> uuid.UUID:
    """An id that a page was served with. Raises `NotFound` for anything else."""
    try:
        return uuid.UUID(given or "")
    except ValueError:
        raise NotFound from None


def typed() -> MultiDict[str, str]:
    """What this person typed: on this page just now, or before they were signed out."""
    return MultiDict(request.form) if request.method == "POST" else kept.kept_fields() or MultiDict()


def audience() -> str:
    """Which of the service's looks a page has."""
    return {"family": "family", "professional": "school"}.get(current().actor.kind, "council")


def title_of(form: Form) -> str:
    """A form's name as this reader knows it."""
    return form.title_for(family=audience() == "family")


def _how(found: list[Beside]) -> dict[str, Any]:
    """How the forms that a link question points at stand, with the way to the first that may be opened."""
    shown: dict[str, Any] = {"text": "; ".join(STANDS[each.state] % each.title for each in found)}
    readable = next((each for each in found if each.open), None)
    if readable:
        shown["href"] = url_for("writing.overview", submission_id=readable.id)
    return shown

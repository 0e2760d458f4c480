"""A form open before whoever is signed in, and what every one of its pages needs."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from forms import catalogue
from forms.definition import Form, Option, Page
from forms.pages import Extras
from web import kept
from web.application import current
from web.writing import hows
from workflow.access import policy
from workflow.access.relation import WRITE
from workflow.coproduction import kept as kept_forms
from workflow.coproduction.contributions import Writer
from workflow.coproduction.kinds import LINKS
from workflow.errors import NotFound
from workflow.queries import bundles, choosing, writing
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
        states |= _kept_links(desk)
    lists: dict[str, Sequence[Option]] = dict(
        choosing.options(choosing.told_before(state.session, desk, page.questions, state.now))
    )
    if any(each.choices_from == "settings" for each in asked):
        lists["settings"] = writing.setting_names(state.session)
    return Extras(
        lists=lists,
        states=states,
        versions={path: desk.base(path) for path in desk.read.texts},
        unsaved=unsaved,
    )


def page_of(opened: Desk, question_id: str) -> Page | None:
    """The page that asks a question, or on which its row or its section's own paper stands."""
    top = question_id.split(".")[0]
    for page in opened.form.pages():
        if any(each.id == top for each in page.questions) or (page.paper and page.paper.id == top):
            return page
    return None


def _kept_links(desk: Desk) -> dict[str, dict[str, Any]]:
    """How the forms that the setting keeps and uses here stand at their link questions; a way in for its staff."""
    found: dict[str, dict[str, Any]] = {}
    for form_id, kept_id in kept_forms.linked_ids(desk.submission).items():
        shown = {"text": f"{catalogue.get(form_id).title}: kept at the setting, and used here"}
        if kept_forms.may_link(desk.submission, current().actor):
            shown["href"] = url_for("writing.overview", submission_id=kept_id)
        found |= dict.fromkeys(LINKS.get(form_id, ()), shown)
    return found


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

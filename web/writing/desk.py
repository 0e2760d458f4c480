"""A form open before whoever is signed in, and what every one of its pages needs."""

import uuid
from typing import Any

from flask import request, url_for

from forms.definition import Form, Page
from forms.pages import Extras
from web.application import current
from workflow.coproduction.answers import Writer
from workflow.queries import bundles, writing
from workflow.queries.bundles import Beside
from workflow.queries.writing import Desk

LINK_WORDS = {
    "draft": "%s: started",
    "shared": "%s: ready to read",
    "sent": "%s: sent",
}


def open_desk(submission_id: uuid.UUID, action: str) -> Desk:
    """The form, through the scope of whoever is signed in. Raises `NotFound` or `NotPermitted`."""
    state = current()
    return writing.open_form(state.session, state.actor, submission_id, action, state.now)


def writer() -> Writer:
    """Whoever is signed in, writing their own words."""
    person = current().actor.person
    return Writer(person, person)


def is_short(form: Form) -> bool:
    """Whether the short way through this form is being taken. `?all=1` asks for every question."""
    return writing.has_short(form) and request.args.get("all") != "1"


def link(endpoint: str, desk: Desk, **more: Any) -> str:
    """An address of this form that keeps to the way being taken through it."""
    if writing.has_short(desk.form) and request.args.get("all") == "1":
        more.setdefault("all", "1")
    return url_for(f"writing.{endpoint}", submission_id=desk.submission.id, **more)


def extras(desk: Desk, page: Page) -> Extras:
    """What a definition cannot know: lists to choose from, how linked forms stand, what is worked out."""
    state = current()
    asked = [each for top in page.questions for each in top.walk()]
    lists = {"settings": writing.setting_names(state.session)} if any(a.choices_from for a in asked) else {}
    found: dict[str, dict[str, Any]] = {}
    if any(each.type == "link" for each in asked):
        for question_id, others in bundles.links(_beside(desk)).items():
            found[question_id] = _link_state(others)
    found |= writing.worked_out(desk)
    return Extras(lists=lists, states=found)


def audience() -> str:
    """Which of the service's looks a page has."""
    return {"family": "family", "professional": "school"}.get(current().actor.kind, "council")


def title_of(form: Form) -> str:
    """A form's name as this reader knows it."""
    return form.title_family or form.title if audience() == "family" else form.title


def _beside(desk: Desk) -> list[Beside]:
    state = current()
    return bundles.beside(state.session, state.actor, desk.submission, state.now)


def _link_state(others: list[Beside]) -> dict[str, Any]:
    first = others[0]
    text = "; ".join(LINK_WORDS[each.state] % each.title for each in others)
    shown: dict[str, Any] = {"text": text}
    if first.open:
        shown["href"] = url_for("writing.overview", submission_id=first.id)
    return shown

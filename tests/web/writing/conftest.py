"""Forms being filled in by people, over the real application."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from forms import catalogue
from models.submissions import Submission
from tests.web.conftest import PageClient, Somebody
from web.application import Coproduce
from workflow import clock
from workflow.access.actor import Actor, actor_for
from workflow.access.relation import relation
from workflow.coproduction import invitations, reading, submissions


class _Form(HTMLParser):
    """Reads the controls of a form as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.area: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name"), given.get("type", "text")
        if tag == "option" and self.select and "selected" in given:
            self.sent[self.select][-1] = given.get("value", "")
        if not name or tag not in ("input", "textarea", "select"):
            return
        self.select = name if tag == "select" else None
        if tag == "textarea":
            self.area = name
            self.sent.setdefault(name, []).append("")
        elif kind not in ("submit", "file") and (kind not in ("radio", "checkbox") or "checked" in given):
            self.sent.setdefault(name, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.sent[self.area][-1] = self.sent[self.area][-1].removeprefix("\n")
            self.area = None


def fields_of(html: str) -> dict[str, list[str]]:
    """What a browser would send of the page's main form, as it was served."""
    forms = [part.split("</form>")[0] for part in html.split("<form")[1:]]
    reader = _Form()
    reader.feed("<form" + next(f for f in forms if any(f'name="{n}"' in f for n in ("save", "seen", "token"))))
    return reader.sent


@dataclass
class Desk:
    """A person in front of one form."""

    client: PageClient
    who: Somebody
    form_id: uuid.UUID

    def page(self, page_id: str, **query: str) -> dict[str, list[str]]:
        """Open a page; what it would send."""
        response = self.client.get(f"/forms/{self.form_id}/page/{page_id}", query_string=query)
        assert response.status_code == 200, (response.status_code, response.location)
        return fields_of(response.text)

    def post(self, page_id: str, fields: dict[str, Any], **query: str) -> TestResponse:
        """Send a page."""
        return self.client.post(f"/forms/{self.form_id}/page/{page_id}", data=fields, query_string=query)

    def write(self, page_id: str, **answers: Any) -> TestResponse:
        """Open a page, type, press the button."""
        return self.post(page_id, {**self.page(page_id), **answers})

    def autosave(
        self, answers: dict[str, Any], *, save: uuid.UUID | None = None, page: str, **more: Any
    ) -> TestResponse:
        """What the browser's script sends while somebody types on a page."""
        html = self.client.get(f"/forms/{self.form_id}/page/{page}").text
        url = unescape(re.search(r'data-autosave="([^"]+)"', html)[1])  # type: ignore[index]
        token = re.search(r'name="csrf-token" content="([^"]+)"', html)[1]  # type: ignore[index]
        body = {"save": str(save or uuid.uuid4()), "answers": answers}
        return self.client.post(url, json=body, headers={"X-CSRFToken": token, "Accept": "application/json"}, **more)


@pytest.fixture
def app(app: Coproduce, tmp_path: Path) -> Coproduce:
    from workflow.files.store import FolderBlobs

    app.extensions["blobs"] = FolderBlobs(tmp_path / "blobs")
    return app


@pytest.fixture
def acting(app: Coproduce, authority_id: uuid.UUID) -> Callable[[Somebody], Actor]:
    def make(who: Somebody) -> Actor:
        with app.database.transaction(authority_id) as session:
            actor = actor_for(session, who.account_id, clock.london_day(clock.now()))
            assert actor is not None
            return actor

    return make


@pytest.fixture
def desk(client_for: Callable[..., PageClient]) -> Callable[[Somebody, uuid.UUID], Desk]:
    return lambda who, form_id: Desk(client_for(who), who, form_id)


@pytest.fixture
def parents_request(
    app: Coproduce, authority_id: uuid.UUID, somebody: Callable[..., Somebody], acting: Callable[..., Actor], desk: Any
) -> Desk:
    """A parent with a request they have begun."""
    parent = somebody("family", name="Asha Iqbal")
    with app.database.transaction(authority_id) as session:
        form = submissions.begin(
            session, acting(parent), "ehcna-req-parent", create_token=uuid.uuid4(), now=clock.now(),
            facts={"role": "parent"},
        )  # fmt: skip
        form_id = form.id
    return desk(parent, form_id)  # type: ignore[no-any-return]


@pytest.fixture
def schools_request(
    app: Coproduce,
    authority_id: uuid.UUID,
    school: uuid.UUID,
    somebody: Callable[..., Somebody],
    acting: Any,
    desk: Any,
) -> Desk:
    """A SENCO with a request they have begun."""
    senco = somebody("professional", "senco", school, name="Sam Senco")
    with app.database.transaction(authority_id) as session:
        form = submissions.begin(
            session, acting(senco), "ehcna-req-setting", create_token=uuid.uuid4(), now=clock.now(), setting_id=school
        )
        form_id = form.id
    return desk(senco, form_id)  # type: ignore[no-any-return]


@pytest.fixture
def invite(app: Coproduce, authority_id: uuid.UUID, acting: Any) -> Callable[[Desk, Somebody], None]:
    """Let a parent into a school's form, the way an accepted invitation does."""

    def let_in(of: Desk, parent: Somebody) -> None:
        with app.database.transaction(authority_id) as session:
            form = session.get_one(Submission, (authority_id, of.form_id))
            made = invitations.invite_parent(session, acting(of.who), form, parent.email, now=clock.now())
            found = invitations.find(session, made.id, parent.email, clock.now())
            assert found is not None
            assert invitations.accept(session, found, parent.person_id, made.words, now=clock.now())

    return let_in


@pytest.fixture
def values(app: Coproduce, authority_id: uuid.UUID, acting: Any) -> Callable[[Desk], dict[str, Any]]:
    """The answers of a form as this person may read them."""

    def look(at: Desk) -> dict[str, Any]:
        with app.database.transaction(authority_id) as session:
            form = session.get_one(Submission, (authority_id, at.form_id))
            theirs = relation(session, acting(at.who), form, clock.now())
            return reading.read(session, form, theirs).values

    return look


@pytest.fixture
def keep(
    schools_request: Desk, app: Coproduce, authority_id: uuid.UUID, acting: Any, school: uuid.UUID, desk: Any
) -> Callable[[str], Desk]:
    """Begin a form that the setting keeps: `keep("sen-support-plan")`, by whoever began the request."""

    def begin(form_id: str) -> Desk:
        with app.database.transaction(authority_id) as session:
            made = submissions.begin(
                session, acting(schools_request.who), form_id, create_token=uuid.uuid4(), now=clock.now(),
                setting_id=school, facts={"in_setting": True, **catalogue.usual_rates()},
            )  # fmt: skip
            at: Desk = desk(schools_request.who, made.id)
            return at

    return begin

"""Asking people to a form and letting them come, and finding one's way about a form."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from forms import catalogue
from models.access import Invitation
from tests.web.conftest import PageClient, Somebody
from tests.web.writing.conftest import Desk, fields_of

PART = next(
    section.id
    for section in catalogue.get("ehcna-req-parent").sections
    if any(asked.type == "area" and asked.when is None for asked in section.questions)
)


@pytest.fixture
def ask(app: Any, authority_id: uuid.UUID) -> Callable[..., uuid.UUID]:
    """Ask somebody from the page of a form. Returns the invitation's id; its three words are in `ask.words`."""

    def from_page(at: Desk, kind: str, email: str, **chosen: Any) -> uuid.UUID:
        page = f"/forms/{at.form_id}/invite/{kind}"
        sent = at.client.post(
            page, data={**fields_of(at.client.get(page).text), "email": email, "again": email, **chosen}
        )
        assert sent.status_code == 302, sent.text
        shown = at.client.get(sent.location).text
        from_page.words = re.search(r'govuk-panel__title">(\w+ \w+ \w+)<', shown)[1]  # type: ignore[attr-defined, index]
        with app.database.transaction(authority_id) as session:
            return session.scalars(select(Invitation.id).order_by(Invitation.invited_at.desc())).first()  # type: ignore[return-value]

    return from_page


@pytest.fixture
def come(ask: Any, client_for: Callable[..., PageClient]) -> Callable[[Somebody, uuid.UUID], uuid.UUID]:
    """Accept as the page does. Returns the form where they begin."""

    def accept(who: Somebody, invitation: uuid.UUID) -> uuid.UUID:
        done = client_for(who).submit(f"/invitations/{invitation}/accept", {"words": ask.words})
        assert done.status_code == 302, done.text
        return uuid.UUID(done.location.rpartition("/")[2])

    return accept


@pytest.fixture
def helper(parents_request: Desk, ask: Any, come: Any, somebody: Callable[..., Somebody], desk: Any) -> Desk:
    """A friend who helps a parent with the first part of their request."""
    friend = somebody("family", name="Hana Helper")
    made = ask(parents_request, "helper", friend.email, being="friend", parts=[PART], writes="write")
    return desk(friend, come(friend, made))  # type: ignore[no-any-return]


def token_of(at: Desk) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', at.client.get(f"/forms/{at.form_id}/print").text)[1]  # type: ignore[index]


def form_at(at: Desk) -> Any:
    title = re.search(r"Form ([a-z0-9-]+), version", at.client.get(f"/forms/{at.form_id}/print").text)
    assert title
    return catalogue.get(title[1])


def area_of(at: Desk, *, only: str = "", but: str = "") -> tuple[str, str]:
    """A page and its first long text, in or outside a part."""
    for page in form_at(at).pages():
        for asked in page.questions:
            here = page.section.id == only if only else page.section.id != but
            if asked.type == "area" and asked.when is None and page.section.when is None and here:
                return page.id, asked.id
    raise AssertionError("no long text")


def born(at: Desk, year: int) -> None:
    page = next(p for p in form_at(at).pages() if any(q.id == "ch_dob" for q in p.questions))
    fields = at.page(page.id)
    at.post(page.id, {**fields, "ch_dob-day": "1", "ch_dob-month": "10", "ch_dob-year": str(year)})

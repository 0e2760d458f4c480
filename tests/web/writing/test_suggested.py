"""Suggested words: who is told what became of them, and what the history of the answer says."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from models.outbox import Message
from tests.web.writing.conftest import Desk, fields_of
from tests.web.writing.test_remarks import at, parent, remarks, say, views, written

__all__ = ["parent", "views", "written"]


@pytest.fixture
def page(parent: Desk, written: Desk, app: Any, authority_id: uuid.UUID) -> str:
    """The page of words that a parent suggested to the school."""
    say(parent, "suggestion", "Loud rooms are hard.")
    return f"/remarks/{remarks(app, authority_id)[0].id}"


def use(writer: Desk, page: str) -> None:
    seen = fields_of(writer.client.get(page).text)["seen"][0]
    assert writer.client.submit(page, {"do": "accept", "seen": seen}).status_code == 302


@pytest.mark.parametrize("taken", [True, False], ids=["used", "not used"])
def test_whoever_suggested_words_is_told_that_they_were_looked_at(
    parent: Desk, written: Desk, page: str, app: Any, authority_id: uuid.UUID, taken: bool
) -> None:
    use(written, page) if taken else written.client.submit(page, {"do": "decline", "why": "It is all rooms."})
    with app.database.transaction(authority_id) as session:
        told = session.scalars(select(Message).where(Message.template == "suggestion_settled")).one()
    assert (told.person_id, told.words) == (parent.who.person_id, {})
    led = parent.client.get(parent.client.get(f"/go/{told.link_code}").location)
    assert led.location == page and parent.client.get(page).status_code == 200


def test_the_history_names_whoever_suggested_the_words(written: Desk, page: str) -> None:
    before = written.client.get(at(written, "history")).text
    assert "suggested by" not in before
    use(written, page)
    after = written.client.get(at(written, "history")).text
    assert after.count("In words suggested by Priya Parent.") == 1

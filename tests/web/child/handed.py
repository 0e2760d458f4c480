"""A child's own form, begun by a parent, on a screen that was handed over."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from models.submissions import Submission
from tests.web.conftest import PageClient
from tests.web.writing.conftest import Desk


@pytest.fixture
def begun(parents_request: Desk, app: Any, authority_id: uuid.UUID) -> uuid.UUID:
    """All About Me, begun by a parent beside their request."""
    parents_request.client.submit(
        f"/forms/{parents_request.form_id}/begin/aam-primary", page=f"/forms/{parents_request.form_id}"
    )
    with app.database.transaction(authority_id) as session:
        return session.scalars(select(Submission.id).where(Submission.form_id == "aam-primary")).one()


@pytest.fixture
def handed(parents_request: Desk, begun: uuid.UUID) -> PageClient:
    """The parent's browser, handed over with the number 2580."""
    client = parents_request.client
    response = client.submit(f"/child/{begun}/hand-over", {"pin": "2580", "again": "2580"})
    assert response.status_code == 302
    return client

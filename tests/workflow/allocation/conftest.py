"""People to do things with."""

import uuid
from collections.abc import Iterator

import pytest

from models.database import Database, OwnedSession
from tests.conftest import NOW
from tests.workflow.cases.builders import World


@pytest.fixture
def session(shared_database: Database, casework_authority: uuid.UUID) -> Iterator[OwnedSession]:
    """A transaction for the authority, rolled back at the end."""
    with pytest.raises(_Undo), shared_database.transaction(casework_authority) as open_session:
        yield open_session
        raise _Undo


@pytest.fixture
def world(session: OwnedSession) -> World:
    return World(session, NOW)


class _Undo(Exception):
    """Ends a test's transaction without keeping it."""

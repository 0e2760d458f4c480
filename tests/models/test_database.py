"""Whose a host name is: asked now and then, so that an operator's change shows within seconds."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import event

from models import database as module
from models.database import HOSTS_KNOWN_FOR, Database
from tests.conftest import found_authority


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    made = Seconds()
    monkeypatch.setattr(module, "time", made)
    return made


@pytest.fixture
def asked(own_database: tuple[Database, uuid.UUID]) -> Iterator[list[str]]:
    """The statements that reach the database."""
    found: list[str] = []

    def count(connection: object, cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(own_database[0].engine, "before_cursor_execute", count)
    yield found
    event.remove(own_database[0].engine, "before_cursor_execute", count)


def test_a_host_is_asked_for_once_in_some_seconds(
    own_database: tuple[Database, uuid.UUID], seconds: Seconds, asked: list[str]
) -> None:
    database, authority_id = own_database
    for _ in range(3):
        found = database.authority_of_host("LocalHost")
        assert found is not None and found.id == authority_id
    assert len([each for each in asked if "authority_host" in each]) == 1


def test_a_host_given_to_another_authority_is_seen_within_seconds(
    own_database: tuple[Database, uuid.UUID], fresh: tuple[str, str], seconds: Seconds
) -> None:
    database, _ = own_database
    database.authority_of_host("localhost")
    other = found_authority(fresh[0], "otherton", "other.example")
    with psycopg.connect(fresh[0]) as owner:
        owner.execute("update authority_host set authority_id = %s where host = 'localhost'", (other,))
    seconds.now += HOSTS_KNOWN_FOR
    found = database.authority_of_host("localhost")
    assert HOSTS_KNOWN_FOR <= 10 and found is not None and found.id == other


def test_a_host_taken_away_is_gone_within_seconds_and_a_new_one_is_there_at_once(
    own_database: tuple[Database, uuid.UUID], fresh: tuple[str, str], seconds: Seconds
) -> None:
    database, _ = own_database
    assert database.authority_of_host("new.example") is None
    new = found_authority(fresh[0], "newton", "new.example")
    found = database.authority_of_host("new.example")
    assert found is not None and found.id == new
    with psycopg.connect(fresh[0]) as owner:
        owner.execute("delete from authority_host where host = 'new.example'")
    seconds.now += HOSTS_KNOWN_FOR
    assert database.authority_of_host("new.example") is None

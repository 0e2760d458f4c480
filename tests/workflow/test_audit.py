"""The record of acts: one chain an authority, that nobody can change unseen, and that many may write at once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.cases import Event
from models.database import Database, OwnedSession
from tests.conftest import NOW, TODAY
from workflow import audit
from workflow.access.actor import SYSTEM
from workflow.audit import Subject


def _record(session: OwnedSession, act: str = "import_plans", **facts: object) -> Event:
    return audit.record(session, act, SYSTEM, Subject(), happened_on=TODAY, now=NOW, facts=facts)


def test_l4_each_act_holds_the_hash_of_the_one_before(session: OwnedSession) -> None:
    first, second = _record(session), _record(session, new=3)
    assert second.previous_hash == first.hash
    assert audit.verify(session) == 2


def test_l4_eight_writers_at_once_make_one_chain(own_database: tuple[Database, uuid.UUID]) -> None:
    database, authority_id = own_database

    def write(number: int) -> None:
        with database.transaction(authority_id) as session:
            _record(session, new=number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(80)))
    with database.transaction(authority_id) as session:
        assert audit.verify(session) == 80
        assert sorted(session.scalars(select(Event.seq))) == list(range(1, 81))


@pytest.mark.parametrize(
    "damage",
    [
        "update event set act = 'something_else' where seq = 2",
        "delete from event where seq = 2",
        "delete from event where seq = 3",
    ],
)
def test_l4_a_change_behind_the_services_back_is_found(
    fresh: tuple[str, str], own_database: tuple[Database, uuid.UUID], damage: str
) -> None:
    database, authority_id = own_database
    with database.transaction(authority_id) as session:
        for _ in range(3):
            _record(session)
    with psycopg.connect(fresh[0]) as owner:
        owner.execute("alter table event disable trigger user")
        owner.execute("select set_config('app.authority', %s, false)", (str(authority_id),))
        owner.execute(damage)
    with database.transaction(authority_id) as session, pytest.raises(audit.BrokenChain):
        audit.verify(session)


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))  # noqa: DTZ001  (its bounds are naive)
def test_l4_an_instant_hashes_the_same_whatever_its_fraction(naive: datetime) -> None:
    instant = naive.replace(tzinfo=UTC)
    assert len(audit._plain(instant)) == len("2026-01-01T00:00:00.000000Z")


def test_l3_free_text_stays_out_of_the_chain(session: OwnedSession) -> None:
    event = audit.record(session, "ask", SYSTEM, Subject(), happened_on=TODAY, now=NOW, words={"asked": "planted mark"})
    assert "planted mark" not in str({c.key: getattr(event, c.key) for c in Event.__table__.columns})

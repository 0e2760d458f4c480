"""Row security, privileges and keys, held against the database's own catalogue: Alembic compares none of it."""

import uuid
from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from models import Base
from models.crypto import Keyring, WeakKey, read_master_key
from models.database import Database, OwnedSession, UnsafeRole
from models.people import Child, Person
from models.security import APPEND_ONLY, GLOBAL
from tests.conftest import found_authority

OWNED = sorted(set(Base.metadata.tables) - GLOBAL)


@pytest.mark.parametrize("table", OWNED)
def test_t1_row_security_is_forced_on_every_table_of_case_data(session: OwnedSession, table: str) -> None:
    forced = session.execute(
        text("select relrowsecurity and relforcerowsecurity from pg_class where relname = :t"), {"t": table}
    ).scalar_one()
    policies = session.execute(
        text("select qual = with_check and qual like '%app.authority%' from pg_policies where tablename = :t"),
        {"t": table},
    ).scalars()
    assert forced
    assert list(policies) == [True]


@pytest.mark.parametrize("table", OWNED)
def test_t1_every_foreign_key_carries_the_authority(session: OwnedSession, table: str) -> None:
    keys = session.execute(
        text("select pg_get_constraintdef(oid) from pg_constraint where contype = 'f' and conrelid = :t ::regclass"),
        {"t": f'"{table}"'},
    ).scalars()
    for key in keys:
        assert key.startswith("FOREIGN KEY (authority_id"), key


@pytest.mark.parametrize("table", OWNED)
def test_t4_every_unique_key_starts_with_the_authority(session: OwnedSession, table: str) -> None:
    indexes = session.execute(
        text("select indexdef from pg_indexes where tablename = :t and indexdef like 'CREATE UNIQUE%'"), {"t": table}
    ).scalars()
    for index in indexes:
        assert "(authority_id" in index, index


def test_the_app_role_owns_nothing_and_is_bound_by_row_security(shared_database: Database) -> None:
    shared_database.refuse_unsafe_role()


def test_no_transaction_is_opened_under_a_role_that_owns_tables(shared: tuple[str, str]) -> None:
    database = Database(shared[0], bytes(32))
    with pytest.raises(UnsafeRole, match="owns tables"), database.transaction(None):
        pass
    database.engine.dispose()


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_l3_the_app_role_may_not_change_an_append_only_table(session: OwnedSession, table: str) -> None:
    for statement in (f'update "{table}" set id = id', f'delete from "{table}"', f'truncate "{table}"'):
        with pytest.raises(DBAPIError, match="permission denied"), session.begin_nested():
            session.execute(text(statement))


def test_l3_not_even_the_owner_may_change_an_append_only_table(shared: tuple[str, str]) -> None:
    engine = create_engine(shared[0].replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text("truncate event, note, notice cascade"))
    engine.dispose()


def test_t3_without_a_tenant_there_are_no_rows(own_database: tuple[Database, uuid.UUID]) -> None:
    database, authority_id = own_database
    with database.transaction(authority_id) as session:
        session.add(Person(name="Somebody"))
    with database.transaction(None) as session:
        assert session.execute(text("select count(*) from person")).scalar_one() == 0


def test_t2_the_tenant_does_not_outlive_its_transaction(own_database: tuple[Database, uuid.UUID]) -> None:
    database, authority_id = own_database
    with database.transaction(authority_id):
        pass
    with database.engine.connect() as connection:
        assert connection.execute(text("select current_setting('app.authority', true)")).scalar_one() in ("", None)


def test_one_authority_cannot_reach_or_link_to_anothers_rows(
    fresh: tuple[str, str], own_database: tuple[Database, uuid.UUID]
) -> None:
    database, ours = own_database
    theirs = found_authority(fresh[0], "otherton", "otherton.invalid")
    with database.transaction(theirs) as session:
        person = Person(id=uuid.uuid4(), name="Theirs")
        session.add(person)
    with database.transaction(ours) as session:
        assert session.scalars(select(Person)).all() == []
        child = Child(person_id=person.id, first="A", last="B", known_as="A", born_on=date(2016, 1, 1))
        with pytest.raises(IntegrityError, match="fk_child_authority_id_person_id"), session.begin_nested():
            session.add(child)
            session.flush()


def test_words_are_not_readable_in_the_database(own_database: tuple[Database, uuid.UUID]) -> None:
    from models.access import LoginCode
    from tests.conftest import NOW

    database, authority_id = own_database
    with database.transaction(authority_id) as session:
        session.add(
            LoginCode(email="planted-mark@example.invalid", browser_hash="b", code_hash="c", purpose={}, expires_at=NOW)
        )
        session.flush()
        raw = session.execute(text("select email from login_code")).scalar_one()
        assert b"planted-mark" not in bytes(raw)
        session.expire_all()
        assert session.scalars(select(LoginCode.email)).one() == "planted-mark@example.invalid"


def test_k2_a_value_moved_to_another_authority_or_column_does_not_open() -> None:
    ours, theirs = Keyring(uuid.uuid4(), bytes(range(32))), Keyring(uuid.uuid4(), bytes(range(32)))
    sealed = ours.seal(b"words", "note.words")
    assert ours.open(sealed, "note.words") == b"words"
    for keyring, label in ((theirs, "note.words"), (ours, "contact.value")):
        with pytest.raises(InvalidTag):
            keyring.open(sealed, label)


@pytest.mark.parametrize("weak", ["", "c2hvcnQ=", "A" * 43 + "=", "not base64 at all!!"])
def test_k1_a_weak_master_key_is_refused_with_what_to_do(weak: str) -> None:
    with pytest.raises(WeakKey, match="make one with"):
        read_master_key(weak)

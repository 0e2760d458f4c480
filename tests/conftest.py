"""What every test may use: a real PostgreSQL (given by URL or started for the run), a transaction each.

Tests own their tables with a plain role and work as another, so row security is always on.
"""

import base64
import gc
import os
import signal
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, make_url

import migrations
from models.crypto import new_wrapped_key
from models.database import Database, OwnedSession
from tests.folders import throw_away

MASTER_KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

# A shell ignores Ctrl-C for what it runs in the background, and so would every process that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long proofs run only when asked for by mark."""
    if "full" in (config.option.markexpr or ""):
        return
    skip = [item for item in items if item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=skip)
    items[:] = [item for item in items if item not in skip]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected lives to the end: nobody need look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[str, str]]:
    """(owner URL, app URL) of a server where the owner may create databases."""
    if "DATABASE_URL" in os.environ:
        yield _libpq(os.environ["MIGRATION_DATABASE_URL"]), _libpq(os.environ["DATABASE_URL"])
        return
    from engines.postgres import Postgres

    with throw_away() as folder, Postgres(Path(folder), durable=False) as engine:
        with psycopg.connect(engine.admin_url, autocommit=True) as connection:
            connection.execute("alter role coproduce_owner createdb")
        yield engine.owner_url, engine.app_url


@pytest.fixture(scope="session")
def template(server: tuple[str, str]) -> str:
    """The name of a migrated, empty database to copy."""
    owner, app = server
    name = f"template_{uuid.uuid4().hex[:12]}"
    _create(owner, name)
    migrations.upgrade(_at(owner, name), make_url(app).username or "", today=TODAY)
    return name


class Copies:
    """Copies of the template, made a little ahead of the tests and dropped behind them: copying takes longer
    than most tests."""

    def __init__(self, owner: str, template: str) -> None:
        self._owner, self._template = owner, template
        self._worker = ThreadPoolExecutor(1)
        self._next = [self._worker.submit(self._make) for _ in range(2)]

    def take(self) -> str:
        """The name of a copy nobody has touched."""
        self._next.append(self._worker.submit(self._make))
        return self._next.pop(0).result()

    def give_back(self, name: str) -> None:
        """Let a copy be dropped."""
        self._worker.submit(_drop, self._owner, name)

    def close(self) -> None:
        """Drop what nobody took."""
        for made in self._next:
            self.give_back(made.result())
        self._worker.shutdown()

    def _make(self) -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        _create(self._owner, name, self._template)
        return name


@pytest.fixture(scope="session")
def copies(server: tuple[str, str], template: str) -> Iterator[Copies]:
    made = Copies(server[0], template)
    yield made
    made.close()


@pytest.fixture
def fresh(server: tuple[str, str], copies: Copies) -> Iterator[tuple[str, str]]:
    """(owner URL, app URL) of a database of this test's own: for tests that commit, fork or kill."""
    owner, app = server
    name = copies.take()
    yield _at(owner, name), _at(app, name)
    copies.give_back(name)


@pytest.fixture(scope="session")
def shared(server: tuple[str, str], template: str) -> Iterator[tuple[str, str]]:
    """(owner URL, app URL) of one database for all tests that roll back."""
    owner, app = server
    name = f"test_{uuid.uuid4().hex[:12]}"
    _create(owner, name, template)
    yield _at(owner, name), _at(app, name)
    _drop(owner, name)


def found_authority(owner_url: str, slug: str, host: str, **settings: object) -> uuid.UUID:
    """Create an authority the way set-up does, as the owner. Returns its id."""
    import json

    authority_id = uuid.uuid4()
    master = base64.urlsafe_b64decode(MASTER_KEY)
    with psycopg.connect(_libpq(owner_url)) as connection:
        connection.execute(
            "insert into authority (id, slug, name, settings, wrapped_key) values (%s, %s, %s, %s, %s)",
            (
                authority_id,
                slug,
                f"{slug.title()} Council",
                json.dumps(settings),
                new_wrapped_key(master, authority_id),
            ),
        )
        connection.execute("insert into authority_host (host, authority_id) values (%s, %s)", (host, authority_id))
    return authority_id


@pytest.fixture(scope="session")
def shared_authority(shared: tuple[str, str]) -> uuid.UUID:
    return found_authority(shared[0], "hartwell", "localhost")


@pytest.fixture(scope="session")
def shared_database(shared: tuple[str, str]) -> Iterator[Database]:
    database = Database(shared[1], base64.urlsafe_b64decode(MASTER_KEY))
    yield database
    database.engine.dispose()


@pytest.fixture
def session(shared_database: Database, shared_authority: uuid.UUID) -> Iterator[OwnedSession]:
    """A transaction for the authority, rolled back at the end."""
    with pytest.raises(_Undo), shared_database.transaction(shared_authority) as open_session:
        yield open_session
        raise _Undo


class OneEngine:
    """The engine of every test that has a database of its own. What SQLAlchemy made of a statement for one test
    serves the next: making it again is as dear as running it."""

    def __init__(self, url: str) -> None:
        self._engine = Database(url, base64.urlsafe_b64decode(MASTER_KEY)).engine
        event.listen(self._engine, "do_connect", self._go)
        self._name = ""

    @contextmanager
    def on(self, url: str) -> Iterator[Database]:
        """The database of that URL, whose server and role are the engine's."""
        self._name = make_url(url).database or ""
        database = Database(url, base64.urlsafe_b64decode(MASTER_KEY))
        database.engine = self._engine
        yield database
        self._engine.dispose()

    def _go(self, dialect: object, record: object, arguments: object, parameters: dict[str, Any]) -> None:
        parameters["dbname"] = self._name


@pytest.fixture(scope="session")
def one_engine(server: tuple[str, str]) -> OneEngine:
    return OneEngine(server[1])


@pytest.fixture
def own_database(fresh: tuple[str, str], one_engine: OneEngine) -> Iterator[tuple[Database, uuid.UUID]]:
    """A committed-to database of the test's own with one authority in it: (database, authority id)."""
    authority_id = found_authority(fresh[0], "hartwell", "localhost")
    with one_engine.on(fresh[1]) as database:
        yield database, authority_id


class _Undo(Exception):
    """Ends a test's transaction without keeping it."""


def _at(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def _create(owner: str, name: str, template: str | None = None) -> None:
    _run(owner, f"create database {name}" + (f" template {template} strategy file_copy" if template else ""))


def _run(url: str, statement: str) -> None:
    with psycopg.connect(_libpq(url), autocommit=True) as connection:
        connection.execute(statement)


def _drop(url: str, name: str) -> None:
    """Drop a test's database. A server's own cleaning may hold it for a moment, which only its owner may end."""
    for _ in range(50):
        try:
            return _run(url, f"drop database if exists {name} with (force)")
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            time.sleep(0.1)

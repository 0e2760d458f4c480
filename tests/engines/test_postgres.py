"""PostgreSQL from the wheel: the two roles, and what is left of it after accidents."""

import contextlib
import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from engines.cluster import major_version
from engines.errors import EngineError
from engines.folders import SOCKET_PATH_LIMIT
from engines.postgres import Postgres
from tests.folders import throw_away

from .conftest import LAUNCHER, Script, eventually, is_alive, sql


@pytest.fixture(scope="module")
def running() -> Iterator[Postgres]:
    with throw_away() as folder, Postgres(Path(folder), durable=False) as engine:
        yield engine


@pytest.fixture(scope="module")
def stopped_once() -> Iterator[Path]:
    with throw_away() as folder:
        with Postgres(Path(folder), durable=False):
            pass
        yield Path(folder)


@pytest.fixture
def stopped(stopped_once: Path) -> Iterator[Path]:
    """A data folder in which PostgreSQL has run and was stopped."""
    with throw_away() as folder:
        yield Path(shutil.copytree(stopped_once, Path(folder) / "data"))


def test_the_app_role_has_no_power_of_its_own(running: Postgres) -> None:
    row = sql(
        running.app_url,
        "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " (SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid),"
        " (SELECT count(*) FROM pg_database WHERE datdba = pg_roles.oid)"
        " FROM pg_roles WHERE rolname = current_user",
    )
    assert row == [("coproduce_app", False, False, False, False, 0, 0)]


def test_the_app_role_cannot_make_tables(running: Postgres) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sql(running.app_url, "CREATE TABLE mine (x int)")


def test_the_owner_owns_the_database_and_is_no_superuser(running: Postgres) -> None:
    rows = sql(
        running.owner_url,
        "SELECT current_user, current_database(), rolsuper OR rolbypassrls FROM pg_roles, pg_database"
        " WHERE rolname = current_user AND datname = current_database() AND datdba = pg_roles.oid",
    )
    assert rows == [("coproduce_owner", "coproduce", False)]


def test_the_owner_can_make_the_extensions_that_searching_needs(running: Postgres) -> None:
    sql(running.owner_url, "CREATE EXTENSION unaccent")
    assert sql(running.owner_url, "SELECT unaccent('Zoë')") == [("Zoe",)]


def test_it_is_reached_by_its_socket_and_by_no_port(running: Postgres) -> None:
    assert sql(running.admin_url, "SHOW listen_addresses") == [("",)]


def test_rejected_values_never_reach_its_log(running: Postgres) -> None:
    sql(running.owner_url, "CREATE TABLE kept (name text PRIMARY KEY)")
    for _ in range(2):
        with contextlib.suppress(psycopg.errors.UniqueViolation):
            sql(running.owner_url, "INSERT INTO kept VALUES ('planted mark')")
    log = running.log.read_text(encoding="utf-8")
    assert "duplicate key" in log and "planted mark" not in log


def test_data_outlive_a_stop_and_a_start(stopped: Path) -> None:
    with Postgres(stopped) as engine:
        sql(engine.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    with Postgres(stopped) as engine:
        assert sql(engine.owner_url, "SELECT answer FROM kept") == [(42,)]


def test_a_stop_leaves_no_process_and_no_lock(stopped: Path) -> None:
    engine = Postgres(stopped, durable=False)
    engine.start()
    pid = engine.pid or 0
    assert is_alive(pid)
    engine.stop()
    assert not is_alive(pid)
    assert not (stopped / "postgres" / "postmaster.pid").exists()


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's name, wherever the tests' own folders are."""
    with throw_away() as folder:
        yield Path(folder)


def test_no_rights_are_changed_outside_its_own_folder(short_folder: Path) -> None:
    closed = short_folder / "closed"
    closed.mkdir(mode=0o700)
    before = [(folder, folder.stat().st_mode, folder.stat().st_uid) for folder in (closed, *closed.parents)]
    with Postgres(closed / "data", durable=False):
        pass
    assert [(folder, folder.stat().st_mode, folder.stat().st_uid) for folder, *_ in before] == before
    for folder in ("postgres", "run", "log"):
        assert stat.S_IMODE((closed / "data" / folder).stat().st_mode) == 0o700


def test_a_long_or_unusual_path_gets_a_short_private_socket_folder(tmp_path: Path) -> None:
    data_dir = tmp_path / ("long name " * 12)
    engine = Postgres(data_dir, durable=False)
    with engine:
        assert sql(engine.app_url, "SELECT 1") == [(1,)]
        sockets = Path(unquote(engine.app_url.split("host=")[1]))
        assert len(str(sockets / ".s.PGSQL.5432")) < SOCKET_PATH_LIMIT
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert not sockets.exists()


def test_a_socket_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    data_dir = tmp_path / ("x" * 100)
    with Postgres(data_dir, durable=False) as engine:
        sockets = Path(unquote(engine.app_url.split("host=")[1]))
    sockets.mkdir(mode=0o777)
    sockets.chmod(0o777)
    try:
        with pytest.raises(EngineError, match="belongs to somebody else"):
            Postgres(data_dir, durable=False).start()
    finally:
        sockets.rmdir()


def test_committed_work_outlives_a_killed_server(stopped: Path) -> None:
    with Postgres(stopped) as engine:
        sql(engine.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(engine.pid or 0, signal.SIGKILL)
        assert eventually(lambda: engine.pid is None or not is_alive(engine.pid))
        engine.start()
        assert sql(engine.owner_url, "SELECT answer FROM kept") == [(42,)]


def test_a_killed_launcher_takes_the_server_with_it(stopped: Path, script: Script) -> None:
    launcher = script(LAUNCHER, stopped)
    assert launcher.stdout
    pid = int(launcher.stdout.readline().split()[0])
    launcher.kill()
    launcher.wait()
    assert eventually(lambda: not is_alive(pid))


def test_a_server_left_over_by_a_killed_launcher_gives_way_to_the_next(stopped: Path, script: Script) -> None:
    launcher = script(LAUNCHER, stopped)
    assert launcher.stdout
    first, url = launcher.stdout.readline().split()
    # An open session makes the old server slow to go, and a stopped one cannot hear that its launcher died.
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(int(first), signal.SIGSTOP)
        launcher.kill()
        launcher.wait()
        os.kill(int(first), signal.SIGCONT)
        with Postgres(stopped) as engine:
            assert not is_alive(int(first))
            assert sql(engine.admin_url, "SELECT answer FROM kept") == [(42,)]


def test_a_lock_file_whose_number_somebody_else_has_now_is_no_obstacle(stopped: Path) -> None:
    stale = f"{os.getpid()}\n{stopped}/postgres\n1795330623\n5432\n{stopped}/run\n*\n  5432001   1\nready   \n"
    (stopped / "postgres" / "postmaster.pid").write_text(stale, encoding="ascii")
    (stopped / "run" / ".s.PGSQL.5432.lock").write_text(stale, encoding="ascii")
    with Postgres(stopped, durable=False) as engine:
        assert sql(engine.app_url, "SELECT 1") == [(1,)]


def test_a_second_launcher_of_the_same_folder_is_turned_away(stopped: Path) -> None:
    with Postgres(stopped, durable=False) as engine:
        with pytest.raises(EngineError, match=rf"Another process \({os.getpid()}\) already runs the database"):
            Postgres(stopped, durable=False).start()
        assert sql(engine.app_url, "SELECT 1") == [(1,)]


def test_a_database_of_another_version_is_named_and_left_alone(stopped: Path) -> None:
    (stopped / "postgres" / "PG_VERSION").write_text("17\n", encoding="ascii")
    with pytest.raises(EngineError, match=f"made by PostgreSQL 17 and this is PostgreSQL {major_version()}"):
        Postgres(stopped, durable=False).start()
    assert (stopped / "postgres" / "PG_VERSION").read_text(encoding="ascii") == "17\n"


@pytest.mark.parametrize("lost", ["PG_VERSION", "global/pg_control", "postgresql.conf"])
def test_a_damaged_database_is_never_replaced_in_silence(stopped: Path, lost: str) -> None:
    (stopped / "postgres" / lost).unlink()
    with pytest.raises(EngineError, match=r"cannot be started .* restore it from a backup"):
        Postgres(stopped, durable=False).start()
    assert (stopped / "postgres" / "base").exists()


def test_a_start_that_was_killed_half_way_leaves_nothing_half_made(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new-killed"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    with Postgres(tmp_path, durable=False) as engine:
        assert sql(engine.app_url, "SELECT 1") == [(1,)]
    assert not half.exists()


def test_a_data_folder_that_is_a_file_is_explained_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="ascii")
    with pytest.raises(EngineError, match=r"Nothing can be kept in .*set DATA_DIR to another"):
        Postgres(tmp_path / "data").start()

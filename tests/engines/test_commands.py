"""The small commands that the Makefile is made of."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engines import chromium

from .conftest import PROJECT, eventually


def run(*command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, cwd=PROJECT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60
    )


def test_a_command_gets_throw_away_engines_and_its_own_exit_code() -> None:
    ask = (
        "import os, psycopg, sys\n"
        "for name in ('DATABASE_URL', 'MIGRATION_DATABASE_URL'):\n"
        "    print(psycopg.connect(os.environ[name]).execute('SELECT current_user').fetchone()[0])\n"
        "print(os.environ['DATA_DIR'], len(os.environ['MASTER_KEY']))\n"
        "sys.exit(7)"
    )
    done = run(sys.executable, "-m", "engines.throwaway", sys.executable, "-c", ask)
    app, owner, folder, length = done.stdout.split()
    assert (app, owner, length, done.returncode) == ("coproduce_app", "coproduce_owner", "44", 7)
    assert not Path(folder).exists()


def test_a_chromium_that_is_named_is_used_and_a_wrong_name_is_said() -> None:
    good = run(sys.executable, "-m", "engines.chromium", CHROMIUM=sys.executable)
    assert (good.stdout.strip(), good.returncode) == (sys.executable, 0)
    bad = run(sys.executable, "-m", "engines.chromium", CHROMIUM="/no/such/chromium")
    assert (bad.stdout, bad.stderr.strip(), bad.returncode) == ("", chromium.NONE, 1)


def test_a_chromium_is_found_by_its_usual_names(tmp_path: Path) -> None:
    browser = tmp_path / "chromium-browser"
    browser.write_text("#!/bin/sh\n", encoding="ascii")
    assert chromium.installed({"PATH": str(tmp_path)}) is None or os.path.exists(chromium.PLACES[0])
    browser.chmod(0o755)
    assert chromium.installed({"PATH": str(tmp_path)}) == str(browser)


def test_too_old_a_python_is_said_in_one_sentence(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.txt"):
        (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    done = run("make", "-s", "-C", str(tmp_path), "install", PYTHON="false")
    assert done.returncode != 0 and "Coproduce needs Python 3.11 or later: install it" in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("number, code", [(signal.SIGTERM, 130), (signal.SIGINT, 130)])
def test_stopping_a_throw_away_leaves_no_folder(number: signal.Signals, code: int) -> None:
    ask = "import os, time; print(os.environ['DATA_DIR'], flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-m", "engines.throwaway", sys.executable, "-c", ask],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    folder = Path(process.stdout.readline().strip())
    assert folder.exists()
    process.send_signal(number)
    assert process.wait(15) == code
    process.stdout.close()
    assert eventually(lambda: not folder.exists())


def test_no_file_of_ours_names_a_registry() -> None:
    files = ("Makefile", "Dockerfile", "docker-compose.yml", ".ci/run", "requirements.txt", "requirements-dev.txt")
    for name in files:
        text = (PROJECT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://(?!\S*example|\S*localhost|…|127\.)", text), name

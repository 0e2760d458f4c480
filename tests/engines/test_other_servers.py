"""The tests once more, on servers that somebody started for themselves and named by URL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import servers
from tests.servers import PROJECT, open_folder, running

__all__ = ["open_folder", "running"]
PASSWORDS = {"POSTGRES_PASSWORD": "super1", "OWNER_PASSWORD": "owner1", "APP_PASSWORD": "app1"}
WITH_SERVERS = ("models", "migrations", "workflow", "tasks", "faults", "web")
LEFT_OUT = "workflow/cases"  # the longest of all; what its acts ask of a database, the pages that do them ask too


@pytest.mark.full
def test_whatever_uses_a_server_passes_on_separately_started_ones(
    tmp_path: Path, open_folder: Path, running: servers.Running
) -> None:
    port = servers.database(open_folder / "pg", running, PASSWORDS)
    admin = {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": "postgres"}
    subprocess.run(["psql", "-qc", "alter role coproduce_owner createdb"], env=admin, check=True)
    redis = servers.broker(tmp_path / "redis", running)
    at = f"127.0.0.1:{port}/coproduce"
    named = {
        "DATABASE_URL": f"postgresql+psycopg://coproduce_app:app1@{at}",
        "MIGRATION_DATABASE_URL": f"postgresql+psycopg://coproduce_owner:owner1@{at}",
        "REDIS_URL": f"redis://127.0.0.1:{redis}",
    }
    command = [sys.executable, "-m", "pytest", "-m", "not full", "--numprocesses", "auto", "--dist", "worksteal"]
    command += [str(PROJECT / "tests" / part) for part in WITH_SERVERS]
    command += ["--ignore", str(PROJECT / "tests" / LEFT_OUT)]
    done = subprocess.run(
        command, cwd=PROJECT, env=os.environ | named, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == 0, done.stdout.decode()[-20000:]

"""The memory of a process and all below it."""

import subprocess
import sys

import pytest

from bench import memory

CHILD = "import sys; held = bytearray(30_000_000); print(len(held), flush=True); sys.stdin.read()"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"

pytestmark = pytest.mark.skipif(not memory.PROC.joinpath("self/smaps_rollup").exists(), reason="needs Linux's /proc")


def test_children_count_with_their_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"30000000\n"
        found = memory.tree(process.pid)
        assert process.stdin
        process.stdin.close()
    assert [each.parent for each in found if each.pid != process.pid] == [process.pid]
    assert 30 < memory.total(found) < 90


def test_a_process_that_is_not_there_is_said() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    with pytest.raises(ProcessLookupError, match=str(process.pid)):
        memory.tree(process.pid)

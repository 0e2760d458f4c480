"""What a run of the whole service costs: its memory, and the first page of a family."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import memory, size
from bench.starting import Run

PROJECT = Path(__file__).parent.parent.parent
PAGES = ("/", "/ask", "/sign-in", "/privacy", "/demo")

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """A run in which database, broker, worker and scheduler have all done work, and pages were looked at."""
    with tempfile.TemporaryDirectory(prefix="cop") as folder:
        made = Run(Path(folder))
        made.start()
        try:
            made.wait_for("/health/ready", 180)
            for path in PAGES * 5:
                assert made.answers(path)
            yield made
        finally:
            made.stop()


def test_everything_together_takes_less_than_500_megabytes(run: Run) -> None:
    assert run.process
    found = memory.tree(run.process.pid)
    assert memory.total(found) < 500, memory.report(run.process.pid)


@pytest.mark.parametrize("path", ["/ask", "/"])
def test_a_familys_first_page_takes_less_than_100_kilobytes(run: Run, path: str) -> None:
    assert size.total(size.first_view(run.address + path)) < 100_000, size.report(run.address + path)


def test_the_benchmarks_print_ratios_and_nothing_else() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bench"], cwd=PROJECT, capture_output=True, text=True, timeout=300, check=True
    ).stdout
    _, *lines = said.splitlines()
    assert len(lines) == 5
    assert all(float(line.split(" x ")[0]) > 0 for line in lines)

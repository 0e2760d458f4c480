"""What a run of the whole service costs: memory, the first page of a family, and a second start."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from bench import memory, size
from engines import ports

PROJECT = Path(__file__).parent.parent.parent
OURS = (
    "DATABASE_URL",
    "MIGRATION_DATABASE_URL",
    "REDIS_URL",
    "MAIL_URL",
    "HOST",
    "DEMO",
    "PUBLIC_URL",
    "TRUSTED_HOSTS",
)
PAGES = ("/", "/ask", "/sign-in", "/privacy", "/demo")

pytestmark = pytest.mark.full


class Run:
    """`make run`, without make: the same launcher on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{ports.any_free()}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        env = {name: value for name, value in os.environ.items() if name not in OURS}
        env |= {"DATA_DIR": str(self.folder / "data"), "PORT": self.address.rpartition(":")[2]}
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engines.run"],
                cwd=PROJECT,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)

    def answers(self, path: str) -> bool:
        assert self.process and self.process.poll() is None, (self.folder / "said").read_text()
        try:
            with urlopen(self.address + path, timeout=10) as reply:
                return bool(reply.status == 200)
        except (URLError, OSError):
            return False

    def wait_for(self, path: str, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.answers(path):
            assert time.monotonic() < until, f"{path} does not answer after {seconds} s"
            time.sleep(0.05)


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


def test_a_second_start_takes_less_than_five_seconds(run: Run) -> None:
    run.stop()
    begin = time.monotonic()
    run.start()
    run.wait_for("/ask", 30)
    assert time.monotonic() - begin < 5


def test_the_benchmarks_print_ratios_and_nothing_else() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bench"], cwd=PROJECT, capture_output=True, text=True, timeout=300, check=True
    ).stdout
    _, *lines = said.splitlines()
    assert len(lines) == 5
    assert all(float(line.split(" x ")[0]) > 0 for line in lines)

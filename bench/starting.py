"""The service started as `make run` starts it, on a folder of its own, and how long its first page takes."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from engines import ports

PROJECT = Path(__file__).parent.parent
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


class Run:
    """`make run`, without make: the same launcher on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{ports.any_free()}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; returns at once."""
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
        """Stop it as its owner does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)

    def answers(self, path: str) -> bool:
        """Whether a page comes."""
        assert self.process and self.process.poll() is None, (self.folder / "said").read_text()
        try:
            with urlopen(self.address + path, timeout=10) as reply:
                return bool(reply.status == 200)
        except (URLError, OSError):
            return False

    def wait_for(self, path: str, seconds: float) -> None:
        """Wait until a page comes."""
        until = time.monotonic() + seconds
        while not self.answers(path):
            assert time.monotonic() < until, f"{path} does not answer after {seconds} s"
            time.sleep(0.05)


def report() -> str:
    """Seconds from nothing to the first page, and again on the data that are there then."""
    with tempfile.TemporaryDirectory(prefix="cop") as folder:
        run = Run(Path(folder))
        try:
            return "\n".join(f"{_start(run):8.1f} s  {which} start" for which in ("first", "second"))
        finally:
            run.stop()


def _start(run: Run) -> float:
    run.stop()
    begin = time.monotonic()
    run.start()
    run.wait_for("/ask", 120)
    return time.monotonic() - begin

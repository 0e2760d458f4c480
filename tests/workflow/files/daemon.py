"""A real clamd for tests: the very configuration we ship, on a free port, with one signature of our own."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.engines.conftest import PROJECT, eventually
from tests.servers import free_port
from workflow.files.scanning import Clamd

# The harmless text that every scanner is tried with, in two halves so that no scanner stops this file.
EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()


class Daemon:
    """clamd in a folder; it may be killed and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        signatures = folder / "signatures"
        signatures.mkdir()
        (signatures / "own.ndb").write_text(f"Own.Eicar:0:*:{EICAR.hex()}\n")
        given = (PROJECT / "deploy/clamd.conf").read_text()
        ours = {"TCPSocket 3310": f"TCPSocket {self.port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {signatures}"}
        ours |= {"/run/clamav/clamd.sock": str(folder / "clamd.sock"), "User clamav": ""}
        for theirs, mine in ours.items():
            assert theirs in given
            given = given.replace(theirs, mine)
        self.settings = folder / "clamd.conf"
        self.settings.write_text(given)

    @property
    def scanner(self) -> Clamd:
        """How the service reaches it."""
        return Clamd(f"tcp://127.0.0.1:{self.port}")

    def start(self) -> None:
        """Start it and wait until it answers."""
        program = shutil.which("clamd")
        assert program, "this test needs Debian's clamav-daemon, which .ci/run installs"
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen([program, "-c", str(self.settings)], stdout=log, stderr=log)
        assert eventually(self.scanner.answers, 60), (self.folder / "log").read_text()

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


@contextmanager
def clamd(folder: Path) -> Iterator[Daemon]:
    """A running daemon, gone when the block ends."""
    daemon = Daemon(folder)
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.kill()

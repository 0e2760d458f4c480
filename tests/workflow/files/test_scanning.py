"""What the virus scanner is asked and how its answers are read: a real one, and some that misbehave."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.engines.conftest import PROJECT
from tests.workflow.files.daemon import EICAR, Daemon, clamd
from workflow.files.kinds import MOST_BYTES
from workflow.files.scanning import Clamd, NotScanned, ScannerAway, checked_url


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    with clamd(tmp_path_factory.mktemp("clamd")) as running:
        yield running


@pytest.fixture
def behaving() -> Iterator[Callable[[Callable[[socket.socket], None]], Clamd]]:
    """A scanner that does as it is told with whoever comes first."""
    listener = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def start(behave: Callable[[socket.socket], None]) -> Clamd:
        def serve() -> None:
            line, _ = listener.accept()
            with line:
                behave(line)

        threads.append(threading.Thread(target=serve, daemon=True))
        threads[-1].start()
        return Clamd(f"tcp://127.0.0.1:{listener.getsockname()[1]}")

    yield start
    listener.close()
    for each in threads:
        each.join(5)


def test_a_real_scanner_tells_clean_from_harmful(daemon: Daemon) -> None:
    assert daemon.scanner.answers()
    assert daemon.scanner.found_in(b"A report about reading.") is None
    assert daemon.scanner.found_in(b"before " + EICAR + b" after") == "Own.Eicar.UNOFFICIAL"


def test_it_answers_on_a_socket_too(daemon: Daemon) -> None:
    scanner = Clamd(f"unix://{daemon.folder}/clamd.sock")
    assert scanner.answers() and scanner.found_in(EICAR)


def test_the_largest_file_that_people_may_add_is_read_to_its_end(daemon: Daemon) -> None:
    assert daemon.scanner.found_in(bytes(MOST_BYTES - len(EICAR)) + EICAR, 60)


def test_what_is_larger_than_it_reads_is_never_called_clean(daemon: Daemon) -> None:
    with pytest.raises(NotScanned):
        daemon.scanner.found_in(bytes(129 * 1024 * 1024), 60)


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nonexistent/clamd.sock"])
def test_nobody_there_is_away(url: str) -> None:
    with pytest.raises(ScannerAway):
        Clamd(url).found_in(b"words")
    assert not Clamd(url).answers()


def test_one_that_hangs_up_in_the_middle_has_not_said(behaving: Callable[..., Clamd]) -> None:
    scanner = behaving(lambda line: line.recv(5) and None)
    with pytest.raises(NotScanned):
        scanner.found_in(bytes(4 * 1024 * 1024))


def test_one_that_says_nothing_is_not_waited_for_longer_than_asked(behaving: Callable[..., Clamd]) -> None:
    done = threading.Event()
    scanner = behaving(lambda line: done.wait(5) and None)
    begun = time.monotonic()
    with pytest.raises(NotScanned):
        scanner.found_in(b"words", 0.3)
    assert time.monotonic() - begun < 2
    done.set()


def test_one_that_answers_a_letter_at_a_time_gets_no_longer_for_it(behaving: Callable[..., Clamd]) -> None:
    def slowly(line: socket.socket) -> None:
        for letter in b"stream: OK" * 3:
            time.sleep(0.1)
            try:
                line.sendall(bytes([letter]))
            except OSError:
                return

    with pytest.raises(NotScanned):
        behaving(slowly).found_in(b"words", 0.4)


@pytest.mark.parametrize(
    "said", [b"stream: OK maybe\0", b"stream: Broken ERROR\0", b"OK\0", b"\0", b"stream: OKFOUND\0"]
)
def test_only_its_own_two_words_are_an_answer(behaving: Callable[..., Clamd], said: bytes) -> None:
    def answer(line: socket.socket) -> None:
        line.recv(4096)
        line.sendall(said)
        line.recv(4096)

    with pytest.raises(NotScanned):
        behaving(answer).found_in(b"words")


@pytest.mark.parametrize("url", ["clamav:3310", "http://clamav:3310", "tcp://", "unix://clamd.sock", "unix:"])
def test_an_address_of_another_kind_stops_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="CLAMAV_URL must be like"):
        checked_url(url)


def test_a_power_cut_is_noticed_and_a_new_start_too(tmp_path: Path) -> None:
    with clamd(tmp_path) as daemon:
        daemon.kill()
        assert not daemon.scanner.answers()
        daemon.start()
        assert daemon.scanner.found_in(EICAR)


def test_the_compose_file_gives_the_scanner_these_settings_and_the_address_the_runbook_names() -> None:
    service = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]["clamav"]
    assert "./deploy/clamd.conf:/etc/clamav/clamd.conf:ro" in service["volumes"]
    port = (PROJECT / "deploy/clamd.conf").read_text().split("TCPSocket ")[1].split()[0]
    assert f"CLAMAV_URL=tcp://clamav:{port}" in (PROJECT / "docs/runbook.md").read_text()

"""The whole service as a new user starts it, in a real browser; every page met is held to WCAG by axe."""

import email
import email.policy
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.folders import throw_away
from tests.servers import free_port

PROJECT = Path(__file__).resolve().parents[2]
AXE = (PROJECT / "tests" / "axe" / "axe.min.js").read_text()
VIOLATIONS = """async () => (await axe.run()).violations.map(
    (v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')
)"""
SHOTS = PROJECT / "var" / "test-pages"
PHONE, DESK = {"width": 375, "height": 800}, {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Stack:
    """A running service: where it answers, and the mail it sent."""

    base: str
    data_dir: Path

    def mails(self, to: str = "") -> list[EmailMessage]:
        """Caught mails, oldest first."""
        found = []
        for path in sorted((self.data_dir / "mail").glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if isinstance(message, EmailMessage) and to in str(message["To"]):
                found.append(message)
        return found

    def mail(self, to: str, saying: str, seconds: float = 40, after: int = 0) -> str:
        """The text of the newest mail to somebody that says something, once it has come; of those that come
        `after` so many others."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for message in reversed(self.mails(to)[after:]):
                body = message.get_body(("plain",))
                text = str(body.get_content()) if body else ""
                if re.search(saying, text):
                    return text
            time.sleep(0.3)
        raise AssertionError(f"no mail to {to} saying {saying!r}: {[str(m['Subject']) for m in self.mails(to)]}")


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The service, started by its own command on a new data folder, with the demonstration council."""
    if "JOURNEYS_URL" in os.environ:  # a service that is running already, for writing journeys
        yield Stack(os.environ["JOURNEYS_URL"], Path(os.environ["DATA_DIR"]))
        return
    with throw_away() as folder, running(Path(folder)) as started:
        yield started


@contextmanager
def running(data_dir: Path) -> Iterator[Stack]:
    """The service started by its own command on a data folder, and stopped as by Ctrl-C."""
    port = free_port()
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL", "MAIL_URL")
    }
    env |= {"DATA_DIR": str(data_dir), "PORT": str(port)}
    with (data_dir / "run.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "engines.run"], cwd=PROJECT, env=env, stdout=log, stderr=log)
    base = f"http://localhost:{port}"
    try:
        _wait(base, process, data_dir)
        yield Stack(base, data_dir)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait(base: str, process: "subprocess.Popen[bytes]", data_dir: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, (data_dir / "run.log").read_text()
        try:
            with urllib.request.urlopen(f"{base}/demo", timeout=5) as answer:
                if b"Casey Worker" in answer.read():
                    return
        except (OSError, urllib.error.HTTPError):
            pass
        time.sleep(0.25)
    raise AssertionError((data_dir / "run.log").read_text())


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-fake-device-for-media-stream",
        ],
    }


class Seat:
    """Somebody at a screen: a browser of their own, looking hard at every page they meet."""

    def __init__(self, context: BrowserContext, stack: Stack, name: str) -> None:
        self.context, self.stack, self.name = context, stack, name
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.seen: set[str] = set()
        self.page.on("console", self._console)
        self.page.on("request", self._request)

    def go(self, path: str) -> "Seat":
        """Open an address and look at the page."""
        self.page.goto(path if path.startswith("http") else self.stack.base + path)
        return self.look()

    def press(self, name: str, role: str = "button", exact: bool = False, first: bool = False) -> "Seat":
        """Press a button or follow a link by its words, and look at the page that comes."""
        found = self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]
        with self.page.expect_navigation():
            (found.first if first else found).click()
        return self.look()

    def follow(self, name: str, exact: bool = False, first: bool = False) -> "Seat":
        """Follow a link."""
        return self.press(name, "link", exact, first)

    def fill(self, label: str, text: str) -> "Seat":
        """Type into the box with a label."""
        self.page.get_by_label(label, exact=True).first.fill(text)
        return self

    def sees(self, words: str) -> "Seat":
        """These words are on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()
        return self

    def does_not_see(self, words: str) -> "Seat":
        """These words are nowhere on the page."""
        assert words not in self.page.content(), words
        return self

    def be(self, person: str) -> "Seat":
        """Sign in as a demonstration person."""
        self.go("/demo")
        return self.press(person, first=True)

    def look(self) -> "Seat":
        """Hold the page to the house's rules: no axe violation, no sideways scroll, no server error."""
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", self.page.url.removeprefix(self.stack.base)).split("?")[0]
        title = self.page.title()
        assert "We cannot show" not in title and "Something went wrong" not in title, f"error page at {kind}"
        if kind in self.seen or not self.looks:
            return self
        self.seen.add(kind)
        width = (self.page.viewport_size or PHONE)["width"]
        if self.scripted:
            self.page.evaluate(AXE)
            found = self.page.evaluate(VIOLATIONS)
            self.problems += [f"{kind} at {width}: {each}" for each in found]
            wide = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            if wide:
                self.problems.append(f"{kind} at {width}: scrolls sideways")
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(
            path=SHOTS / f"{self.name}-{width}-{kind.strip('/').replace('/', '_') or 'start'}.png", full_page=True
        )
        return self

    scripted = True
    looks = True  # or not, on the way through pages that another journey looks at

    def _console(self, message: Any) -> None:
        known = ("favicon", "status of 4", "ERR_INTERNET_DISCONNECTED")  # the last where a journey cuts the network
        if message.type == "error" and not any(each in message.text for each in known):
            self.problems.append(f"console: {message.text[:200]}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.stack.base, "data:", "blob:")):
            self.problems.append(f"request to another host: {request.url[:100]}")


Seats = Callable[..., Seat]


@pytest.fixture
def seat(browser: Browser, stack: Stack) -> Iterator[Seats]:
    """Make a seat: `seat("sam", DESK)`, `seat("pat", PHONE, scripted=False)`. All are asked at the end."""
    made: list[Seat] = []

    def make(name: str, size: dict[str, int] = PHONE, *, scripted: bool = True, at: Stack | None = None) -> Seat:
        context = browser.new_context(viewport=size, java_script_enabled=scripted)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        one = Seat(context, at or stack, name)
        one.scripted = scripted
        made.append(one)
        return one

    yield make
    problems = [problem for one in made for problem in one.problems]
    for one in made:
        one.context.close()
    assert not problems, "\n".join(problems)

"""What people do on the way in, for every journey."""

import os
import re
import subprocess
import sys
from datetime import date

from tests.journeys.conftest import PROJECT, Seat, Stack

CODE = r"(?m)^\d{3} ?\d{3}(?=\s*$)"


def sign_in_by_code(seat: Seat, stack: Stack, address: str, name: str) -> None:
    """Type the code from the newest mail."""
    found = re.search(CODE, stack.mail(address, CODE))
    assert found
    seat.fill("Code from the email", found[0]).press("Continue")
    if seat.page.get_by_label("Your name").count():
        seat.fill("Your name", name).press("Continue")


def follow_invitation(seat: Seat, stack: Stack, address: str, name: str, words: str, untold: tuple[str, ...]) -> None:
    """Follow the mail, which tells nobody `untold`, prove the address, and say the three words."""
    text = stack.mail(address, r"invited")
    for told in untold:
        assert told not in text
    follow_link(seat, stack, text)
    seat.fill("Email address the invitation came to", address).press("Send me a code")
    sign_in_by_code(seat, stack, address, name)
    seat.fill("Three words", words.upper()).press("Continue")


def follow_link(seat: Seat, stack: Stack, text: str) -> None:
    """Open the address that a mail holds."""
    link = re.search(r"https?://\S+/go/\S+", text)
    assert link, text
    seat.go(re.sub(r"^https?://[^/]+", stack.base, link[0]))


def ask_to_take_part(seat: Seat, address: str) -> str:
    """Fill in the page that invites a parent. Returns the three words to pass on."""
    seat.page.locator('[name="email"]').fill(address)
    seat.page.locator('[name="again"]').fill(address)
    seat.press("Send the invitation")
    return seat.page.locator("h2.govuk-panel__title").inner_text()


def sweep(stack: Stack, until: date, *more: str) -> str:
    """What an operator sees who asks beside the running service what would be sent."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "sweep", "--as-of", str(until), *more]
    env = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    done = subprocess.run(command, cwd=PROJECT, env={**env, "DATA_DIR": str(stack.data_dir)}, capture_output=True)
    assert done.returncode == 0, done.stderr
    return re.sub(r" +", " ", done.stdout.decode())

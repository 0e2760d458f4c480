"""`python -m engines.chromium`: prints the path of a Chromium for the browser tests, getting one if need be."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NONE = (
    "The browser tests need Chromium and none could be found or fetched: "
    "install it, or name one with CHROMIUM=/path/to/chromium."
)
DOWNLOAD_SECONDS = 300


def installed(environment: Mapping[str, str]) -> str | None:
    """The path of one that is there: the one named by CHROMIUM, else by its usual names and places."""
    named = environment.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(name, path=environment.get("PATH")) for name in NAMES)
    return next((path for path in (*found, *filter(os.path.exists, PLACES)) if path), None)


def downloaded() -> str | None:
    """Playwright's own, fetched unless it is there already."""
    ask = "from playwright.sync_api import sync_playwright as p\nwith p() as b: print(b.chromium.executable_path)"
    if not _succeeds([sys.executable, "-m", "playwright", "install", "chromium"]):
        return None
    path = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True).stdout.strip()
    return path if path and Path(path).exists() else None


def from_debian() -> str | None:
    """Debian's package, where there is apt and we are root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _succeeds(["apt-get", "update"])
    _succeeds(["apt-get", "install", "-y", "--no-install-recommends", "chromium"])
    return shutil.which("chromium")


def _succeeds(command: list[str]) -> bool:
    """Run it quietly, within a time; a download that hangs is a download that failed."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=DOWNLOAD_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main() -> int:
    """Print the path, or one sentence on what to do."""
    path = installed(os.environ)
    if not path and not os.environ.get("CHROMIUM"):
        path = downloaded() or from_debian()
    if not path:
        print(NONE, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())

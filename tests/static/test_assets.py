"""What browsers load is ours, small, current, and asks nobody else for anything."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
DIST = STATIC / "dist"
BUILT = ("coproduce.css", "coproduce.js", "mark.svg")
FIRST_VIEW_BUDGET = 45_000


def source_stamp() -> str:
    """The hash that static/build.mjs wrote: over the names and contents of all sources."""
    sources = [path for path in (STATIC / "src").rglob("*") if path.is_file()]
    sources += [STATIC / "build.mjs", ROOT / "package.json", ROOT / "package-lock.json"]
    lines = sorted(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(ROOT).as_posix()}\n" for path in sources
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_built_files_come_from_the_sources_as_they_are_now() -> None:
    build = json.loads((DIST / "build.json").read_text())
    assert build["sources"] == source_stamp(), "run: npm ci && npm run build"


@pytest.mark.parametrize("name", BUILT)
def test_a_built_file_is_the_one_that_was_built_and_its_compressed_twin_is_the_same(name: str) -> None:
    content = (DIST / name).read_bytes()
    build = json.loads((DIST / "build.json").read_text())
    assert hashlib.sha256(content).hexdigest() == build["files"][name]["sha256"]
    assert gzip.decompress((DIST / f"{name}.gz").read_bytes()) == content


def test_styles_and_script_together_leave_room_on_a_poor_phone() -> None:
    assert sum((DIST / f"{name}.gz").stat().st_size for name in BUILT) < FIRST_VIEW_BUDGET


@pytest.mark.parametrize(("name", "asking"), [("coproduce.css", r"@import|url\("), ("coproduce.js", r"https?:")])
def test_w6_nothing_is_asked_of_another_server(name: str, asking: str) -> None:
    assert not re.search(asking, (DIST / name).read_text())


def test_there_is_no_crown_and_no_government_typeface() -> None:
    text = "".join((DIST / name).read_text() for name in BUILT).lower()
    assert "transport" not in text
    assert "crown" not in text
    assert not list(STATIC.rglob("*.woff*"))


def test_the_licence_of_what_was_vendored_stands_beside_it() -> None:
    assert "MIT License" in (DIST / "LICENSE-govuk-frontend.txt").read_text()
    assert "Mozilla Public License" in (ROOT / "tests/axe/LICENSE").read_text()


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert json.loads(lock)["packages"]["node_modules/govuk-frontend"]["version"] == "6.3.0"


def test_the_accessibility_checker_is_the_pinned_one() -> None:
    assert (ROOT / "tests/axe/axe.min.js").read_text()[:40].startswith("/*! axe v4.14.1")


def test_an_authority_can_set_its_colour_and_the_text_on_it() -> None:
    styles = (DIST / "coproduce.css").read_text()
    assert "--govuk-brand-colour: var(--authority-colour" in styles
    assert "--coproduce-on-brand: var(--authority-on-colour" in styles

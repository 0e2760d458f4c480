"""What the documents say is there: links, commands, numbers; and generated pages are as the code is."""

import re
from pathlib import Path

import pytest

from docs.generate import HERE, pages

ROOT = HERE.parent
WRITTEN = [ROOT / "README.md", ROOT / "static" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))


def headings(text: str) -> set[str]:
    """The anchors that a page's headings make."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in headings(target.read_text()), f"{link} has no such heading"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make ([a-z][\w-]*)", page.read_text(), re.MULTILINE))
    assert named <= targets


def test_every_folder_on_the_map_exists() -> None:
    folders = re.findall(r"`(\w+)/`", (ROOT / "README.md").read_text())
    assert len(folders) > 10
    assert [name for name in folders if not (ROOT / name).is_dir()] == []


def test_every_file_that_the_architecture_names_exists() -> None:
    named = set(re.findall(r"`([\w/]+/[\w.]+)`", (ROOT / "docs" / "architecture.md").read_text()))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().split()) < 600


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert pictures and all(picture.stat().st_size < 200_000 for picture in pictures)


def test_decisions_are_numbered_without_gaps_and_titled_by_their_number() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    for number, page in enumerate(DECISIONS, 1):
        assert page.read_text().startswith(f"# {number}. ")


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.name[:4])
def test_a_decision_says_its_context_what_was_decided_and_the_risks(page: Path) -> None:
    said = re.findall(r"^\*\*(\w+)\.\*\*", page.read_text(), re.MULTILINE)
    assert said == ["Context", "Decision", "Risks"]


def test_the_architecture_lists_every_decision() -> None:
    listed = re.findall(r"\(adr/([^)]+)\)", (ROOT / "docs" / "architecture.md").read_text())
    assert listed == [page.name for page in DECISIONS]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_generated_pages_are_as_the_code_is(page: Path) -> None:
    made = pages()[page]
    assert page.read_text() == made, "run `python -m docs.generate`"


def test_no_state_diagram_is_left_of_a_process_that_is_gone() -> None:
    assert set((ROOT / "docs" / "states").glob("*.md")) <= pages().keys()

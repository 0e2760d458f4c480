"""What was typed on a page, as changes: only what its writer touched, each with the version it started from."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from forms.definition import question
from forms.pages import PageForm
from forms.paths import parse_path
from forms.text import too_long
from forms.values import has_something
from workflow.coproduction.contributions import Change
from workflow.queries.writing import Desk

WAS = "was:"


def digest(value: Any) -> str:
    """A short mark of a value, by which a page that comes back tells what was not touched."""
    canonical = json.dumps(_norm(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def touched(desk: Desk, form: PageForm, typed: Mapping[str, str]) -> dict[str, Change]:
    """The answers of a page that its writer changed. Groups and files are not among them: they change by acts."""
    versions = form.versions()
    found = {}
    for path, value in form.values().items():
        if is_list(desk, path) or digest(value) == typed.get(WAS + path):
            continue
        if _norm(value) is not None or path in desk.read.texts:
            found[path] = Change(value, versions.get(path, 0))
    return found


def is_list(desk: Desk, path: str) -> bool:
    """Whether an answer is a list that people add to: the rows of a group, or files."""
    return question(desk.form, parse_path(path).id).type in ("repeat", "file")


def savable(changes: Mapping[str, Change]) -> dict[str, Change]:
    """The changes that can be kept as they are: all but the over-long, which stay whole on the page."""
    return {path: change for path, change in changes.items() if not over_long(change.value)}


def over_long(value: Any) -> str | None:
    """A sentence for a value that is too long to keep."""
    if isinstance(value, str):
        return too_long(value)
    parts = value.values() if isinstance(value, dict) else ()
    return next((wrong for part in parts if (wrong := over_long(part))), None)


def save_id(given: str | None, changes: Mapping[str, Change]) -> uuid.UUID:
    """The id of a save: the page's own with what it carries, so that the same sent twice is the same save,
    and other words from the same page are another."""
    try:
        page = uuid.UUID(given or "")
    except ValueError:
        page = uuid.uuid4()
    canonical = json.dumps({path: [each.value, each.base] for path, each in changes.items()}, sort_keys=True)
    return uuid.uuid5(page, canonical)


def _norm(value: Any) -> Any:
    """Nothing is nothing, however it was written."""
    return value if has_something(value) else None

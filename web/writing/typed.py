"""What was typed on a page, as changes: only what its writer touched, each with the version it started from."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from forms.definition import question
from forms.pages import PageForm
from forms.pages.base import Asked, Problem
from forms.pages.layout import FIELDS
from forms.paths import parse_path
from forms.text import too_long
from forms.values import has_something
from workflow.coproduction.answers import Change
from workflow.queries.writing import Desk

BASE, WAS = "base:", "was:"


def digest(value: Any) -> str:
    """A short mark of a value, by which a page that comes back tells what was not touched."""
    canonical = json.dumps(norm(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def norm(value: Any) -> Any:
    """Nothing is nothing, however it was written; an empty group is an answer of its own ("none to add")."""
    return value if has_something(value) or value == [] else None


def touched(desk: Desk, form: PageForm, typed: Mapping[str, str]) -> dict[str, Change]:
    """The answers of a page that its writer changed. Groups and files are not among them: they change by acts."""
    found = {}
    for path, value in form.values().items():
        if is_list(desk, path) or digest(_unlisted(value)) == typed.get(WAS + path):
            continue
        if norm(_unlisted(value)) is None and path not in desk.read.texts:
            continue
        found[path] = Change(value, _number(typed.get(BASE + path)))
    return found


def is_list(desk: Desk, path: str) -> bool:
    """Whether an answer is a list that people add to: the rows of a group, or files."""
    kind = question(desk.form, parse_path(path).id).type
    return kind in ("repeat", "file")


def savable(changes: Mapping[str, Change]) -> dict[str, Change]:
    """The changes that can be kept as they are: all but the over-long, which stay whole on the page."""
    return {path: change for path, change in changes.items() if not _too_long(change.value)}


def save_id(given: str | None, changes: Mapping[str, Change]) -> uuid.UUID:
    """The id of a save: the page's own with what it carries, so that the same sent twice is the same save,
    and other words from the same page are another."""
    try:
        page = uuid.UUID(given or "")
    except ValueError:
        page = uuid.uuid4()
    canonical = json.dumps({path: [c.value, c.base] for path, c in changes.items()}, sort_keys=True)
    return uuid.uuid5(page, canonical)


def one(desk: Desk, path: str, value: Any) -> Any:
    """A value that the browser's script sent, read as the page's own field reads it."""
    asked = question(desk.form, parse_path(path).id)
    kind = "suggested" if asked.type == "select" and asked.free_text else asked.type
    field = FIELDS[kind](Asked(asked, path, asked.text, options=asked.options))
    stored = desk.values.get(path)
    form = type("One", (PageForm,), {path: field})(formdata=_as_typed(path, kind, value), data={path: stored})
    return form[path].data


def with_parts(desk: Desk, path: str, parts: Mapping[str, str]) -> dict[str, Any]:
    """An answer of several boxes with some of them typed anew."""
    stored = desk.values.get(path)
    merged = {**(stored if isinstance(stored, dict) else {}), **parts}
    return {part: text for part, text in merged.items() if text}


def too_long_words(changes: Mapping[str, Change]) -> list[Problem]:
    """Sentences for answers that are too long to keep."""
    return [(path, wrong) for path, change in changes.items() if (wrong := _too_long(change.value))]


def _too_long(value: Any) -> str | None:
    if isinstance(value, str):
        return too_long(value)
    if isinstance(value, dict):
        return next((wrong for part in value.values() if (wrong := _too_long(part))), None)
    return None


def _as_typed(path: str, kind: str, value: Any) -> MultiDict[str, str]:
    if isinstance(value, dict):
        return MultiDict([(f"{path}-{part}", str(text)) for part, text in value.items()])
    if isinstance(value, list):
        return MultiDict([(path, str(each)) for each in value])
    return MultiDict([(path, "" if value is None else str(value))])


def _unlisted(value: Any) -> Any:
    """A child's picture without its files, which are added and taken away by acts of their own."""
    return value


def _number(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else 0

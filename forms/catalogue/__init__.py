"""Every form there is, each version read when it is first asked for, and once."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from forms.catalogue.loader import HERE, DefinitionError, load
from forms.definition import Form

__all__ = ["DefinitionError", "all_forms", "every_version", "get", "listing", "notice", "usual_rates"]


def get(form_id: str, version: int | None = None) -> Form:
    """A form: one version of it, or the newest. Raises KeyError for a form or version there is not."""
    versions = _versions()[form_id]
    return _form(versions[max(versions) if version is None else version])


def all_forms() -> tuple[Form, ...]:
    """The newest version of every form, by id."""
    return tuple(get(form_id) for form_id in sorted(_versions()))


def listing() -> list[dict[str, Any]]:
    """Every form's id, newest version and question ids, ready for JSON."""
    return [{"id": form.id, "version": form.version, "questions": list(form.question_ids())} for form in all_forms()]


def notice(kind: Literal["information", "safeguarding"], form: Form) -> str:
    """The words that stand at the top and bottom of a form. Names in braces are the authority's settings."""
    who = form.notice if kind == "information" else form.safeguarding
    return str(_notices()[kind][who])


@cache
def usual_rates() -> dict[str, Any]:
    """Pounds an hour by staff type (`rates`) and what a school pays first (`school_pays`), where nobody set them."""
    lists = tomllib.loads((HERE / "lists.toml").read_text(encoding="utf-8"))
    return {"rates": dict(lists["usual-rates"]), "school_pays": lists["usual-contribution"]}


def every_version() -> Iterator[Form]:
    """Every version of every form. Raises DefinitionError for the first that cannot be read."""
    for _, versions in sorted(_versions().items()):
        yield from (_form(versions[number]) for number in sorted(versions))


@cache
def _versions() -> dict[str, dict[int, Path]]:
    """The file of each version of each form, by its folder's name and its own."""
    found: dict[str, dict[int, Path]] = {}
    for file in sorted(HERE.glob("*/v*.toml")):
        found.setdefault(file.parent.name, {})[int(file.stem[1:])] = file
    return found


@cache
def _form(file: Path) -> Form:
    form = load(file)
    if (file.parent.name, file.stem) != (form.id, f"v{form.version}"):
        raise DefinitionError(f"{_short(file)} says it is {form.id} version {form.version}.")
    return form


@cache
def _notices() -> dict[str, dict[str, str]]:
    return tomllib.loads((HERE / "notices.toml").read_text(encoding="utf-8"))


def _short(file: Path) -> str:
    return str(file.relative_to(HERE))

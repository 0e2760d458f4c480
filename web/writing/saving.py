"""Saving a page: files first, then rows, then what was touched. The same for grown-ups' and children's pages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app, request
from werkzeug.datastructures import FileStorage, MultiDict

from forms.pages import PageForm
from forms.pages.base import Problem
from forms.paths import anchor
from models.files import Attachment
from models.submissions import Submission
from web.application import current
from web.attempt import attempt
from web.writing import typed
from workflow.coproduction import answers, rows
from workflow.coproduction.answers import Saved
from workflow.coproduction.contributions import Change, Writer
from workflow.files import attachments
from workflow.files.attachments import Sent
from workflow.files.scanning import Scanner
from workflow.files.store import Blobs
from workflow.queries.writing import Desk, Sheet

ABOUT_CHILD = "about_child"
# What is said to each answer but yes, to whether the files that the council adds are about the child.
NOT_ABOUT = {
    "": "Say first whether everything you add is about this child. The files were not added.",
    "no": (
        "What is about somebody else was not added. Put it on the right case. If it should not have reached you, "
        "tell whoever looks after data protection today."
    ),
}
STAY = "stay"  # sent with what was drawn or recorded on a page: its field, to come back to
_ROW = re.compile(r"\[([A-Za-z0-9-]+)\]")


@dataclass
class Outcome:
    """What became of a page: what is wrong on it, the paths that could not be kept, and the clashes."""

    problems: list[Problem] = field(default_factory=list)
    unsaved: set[str] = field(default_factory=set)
    saved: Saved = field(default_factory=Saved)


def blobs() -> Blobs:
    """Where this service keeps its files."""
    return cast(Blobs, current_app.extensions["blobs"])


def scanner() -> Scanner | None:
    """Who looks for viruses in them, where somebody does."""
    return cast(Scanner | None, current_app.extensions["scanner"])


def save_page(desk: Desk, form: PageForm, writer: Writer) -> Outcome:
    """Keep everything on a page that can be kept, and say what is wrong with the rest. Nothing typed is lost."""
    state = current()
    form.validate()
    outcome = Outcome(problems=form.problems())
    changes = typed.touched(desk, form, request.form)
    kept = typed.savable(changes)
    outcome.unsaved = changes.keys() - kept.keys()
    # Looking into files takes seconds: nothing is held meanwhile.
    added = _take_files(desk, form, writer, outcome)
    removed = _removals(desk, form)
    told: list[tuple[str, str]] = []
    with attempt(told):
        _rows(desk, form, writer, kept.keys() | added.keys())
        files = _file_changes(desk, form, kept, added, removed)
        if kept or files:
            outcome.saved = answers.save(
                state.session,
                desk.submission,
                desk.form,
                desk.theirs,
                writer,
                {**kept, **files},
                save_id=typed.save_id(request.form.get("save"), {**kept, **files}),
                now=state.now,
            )
        for path, ids in removed.items():
            attachments.take_off(state.session, desk.submission, path, ids, now=state.now)
    if told:
        outcome.problems += told
        outcome.unsaved |= changes.keys()
    return outcome


def on_new_versions(fresh: Desk, outcome: Outcome) -> MultiDict[str, str]:
    """What was typed on a page that comes back, now standing on the versions that were just saved."""
    fields = MultiDict(request.form)
    for path, version in outcome.saved.versions.items():
        fields[f"version:{path}"] = str(version)
        fields[typed.WAS + path] = typed.digest(fresh.values.get(path))
    return fields


def keep_file_errors(form: PageForm, before: PageForm) -> None:
    """A page that comes back no longer holds the files that were refused; what was wrong with them it says."""
    for each in form.places():
        if each.template in ("file", "media") and each.name in before:
            each.errors = before[each.name].errors


def open_rows(desk: Sheet, stored: Mapping[str, Any], writer: Writer, paths: Iterable[str]) -> None:
    """Make sure that the rows which answers stand in are there. Words in a row that somebody took away
    meanwhile bring the row back: words are never kept where nobody sees them."""
    state = current()
    for group, row in trail(paths):
        if row not in (stored.get(group) or ()):
            form = state.session.get_one(Submission, (state.session.authority_id, desk.submission.id))
            rows.add_row(state.session, form, desk.form, desk.theirs, writer, group, row=row, now=state.now)


def trail(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Every (group, row) that these answers stand in, outermost first."""
    found = {(f"{path[: at.start()]}[]", at[1]) for path in paths for at in _ROW.finditer(path)}
    return sorted(found, key=lambda place: (place[0].count("["), place))


def _take_files(desk: Desk, form: PageForm, writer: Writer, outcome: Outcome) -> dict[str, list[Attachment]]:
    taken: dict[str, list[Attachment]] = {}
    for path, uploads in form.uploads().items():
        taken[path], sentences = take(desk, writer, path, uploads)
        outcome.problems += [(anchor(path), sentence) for sentence in sentences]
        form[path].errors = (*form[path].errors, *sentences)
    return {path: files for path, files in taken.items() if files}


def take(desk: Desk, writer: Writer, path: str, uploads: Iterable[FileStorage]) -> tuple[list[Attachment], list[str]]:
    """Have files looked at: those that may be kept, and a sentence for each that may not.

    Whoever adds files for the council says first that each is about this child.
    """
    state = current()
    uploads = [upload for upload in uploads if upload.filename]
    councils = state.actor.kind == "staff"
    if uploads and councils and (against := NOT_ABOUT.get(request.form.get(ABOUT_CHILD, ""))):
        return [], [against]
    looked = [
        attachments.add(
            state.session,
            desk.submission,
            desk.form,
            desk.theirs,
            writer,
            path,
            _read(upload),
            blobs(),
            now=state.now,
            scanner=scanner(),
            about_child=councils,
        )
        for upload in uploads
    ]
    refused = [f"{file.name} was not added. {file.problem}" for file in looked if file.problem]
    return [file for file in looked if not file.problem], refused


def _read(upload: FileStorage) -> Sent:
    sent = Sent(upload.filename or "", upload.stream.read())
    upload.close()
    return sent


def _removals(desk: Desk, form: PageForm) -> dict[str, set[str]]:
    """The files ticked to be taken off, by path: only ones that the answer has."""
    found: dict[str, set[str]] = {}
    for path in form.values():
        stored = desk.values.get(path)
        listed = stored.get("files", ()) if isinstance(stored, dict) else stored
        ids = {each["id"] for each in listed or () if isinstance(each, dict) and "id" in each}
        if gone := ids & set(request.form.getlist(f"{path}-remove")):
            found[path] = gone
    return found


def _file_changes(
    desk: Desk,
    form: PageForm,
    kept: dict[str, Change],
    added: Mapping[str, list[Attachment]],
    removed: Mapping[str, set[str]],
) -> dict[str, Change]:
    changes: dict[str, Change] = {}
    if added or removed:
        answers.lock_draft(current().session, desk.submission)
    for path in added.keys() | removed.keys():
        if typed.is_list(desk, path):
            change = attachments.change_of(
                current().session, desk.submission, path, added.get(path, ()), removed.get(path, ())
            )
            if change:
                changes[path] = change
        else:
            changes[path] = _with_pictures(form, path, added.get(path, ()))
            kept.pop(path, None)
    return changes


def _with_pictures(form: PageForm, path: str, added: Iterable[Attachment]) -> Change:
    """A child's picture answer: the files it keeps and the new ones, with its words."""
    value: dict[str, Any] = dict(form[path].data or {})
    files = [*value.get("files", ()), *(attachments.value_of(file) for file in added)]
    value = {**value, "files": files} if files else {k: v for k, v in value.items() if k != "files"}
    return Change(value, form.versions().get(path, 0))


def pressed(form: PageForm) -> tuple[str, str] | None:
    """The row button that sent a page: ("add", group), ("remove", row), ("up", row) or ("down", row)."""
    if form.pressed:
        return form.pressed
    way, _, row = request.form.get("move", "").partition(":")
    return (way, row) if way in ("up", "down") and row else None


def shows_making(form: PageForm) -> bool:
    """Whether a page takes something that may be drawn or recorded on it."""
    return any(field.template == "media" for field in form.places())


def takes_files(form: PageForm) -> bool:
    """Whether a page takes files at all."""
    return shows_making(form) or any(field.template == "file" for field in form.places())


def _rows(desk: Desk, form: PageForm, writer: Writer, kept: Iterable[str]) -> None:
    """Open the rows that have words or files, then do what a button asked, then what "none to add" says."""
    open_rows(desk, desk.values, writer, kept)
    act = pressed(form)
    if act is None:
        return _none(desk, form, writer)
    state = current()
    given = (state.session, desk.submission, desk.form, desk.theirs, writer)
    does, place = act
    if does == "add":
        if place in form.values():
            rows.add_row(*given, place, row=form[place].rows[-1].id, now=state.now)
        return None
    group, row = _place(place)
    if group not in form.values():
        return None
    if does == "remove":
        return rows.remove_row(*given, group, row, now=state.now)
    return rows.move_row(*given, group, row, up=does == "up", now=state.now)


def _none(desk: Desk, form: PageForm, writer: Writer) -> None:
    """Keep or drop "there are none to add" of groups without rows."""
    said = {}
    for path, value in form.values().items():
        stored = desk.values.get(path)
        if path.endswith("[]") and not value and not stored and (value == []) != (stored == []):
            said[path] = Change(value, desk.base(path))
    if said:
        answers.save(
            current().session, desk.submission, desk.form, desk.theirs, writer, said,
            save_id=typed.save_id(request.form.get("save"), said), now=current().now,
        )  # fmt: skip


def _place(row_path: str) -> tuple[str, str]:
    """`pr[abc]` as its group and row: ("pr[]", "abc")."""
    group, _, row = row_path.removesuffix("]").rpartition("[")
    return f"{group}[]", row

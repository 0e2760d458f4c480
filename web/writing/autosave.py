"""Answers saved as they are typed. "Saved" is said only when the transaction has been committed: a reply is
made inside it, and leaves after it; where the commit fails, an error leaves instead."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from forms.pages import group_offered, read_typed
from forms.paths import parse_path
from web.application import current
from web.who import who
from web.writing import bp, desk, saving, typed
from workflow.clock import london_time
from workflow.coproduction import answers
from workflow.coproduction.answers import Saved, Taken
from workflow.coproduction.contributions import Change, Writer
from workflow.errors import Refused
from workflow.queries.writing import Sheet

SIGNED_OUT = "You have been signed out."
UNREADABLE = "We could not read what was sent."


@bp.post("/forms/<uuid:submission_id>/autosave")
@who("family", "professional", "staff")
def autosave(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Save a batch of answers."""
    if not same_person():
        return jsonify(message=SIGNED_OUT), 401
    opened = desk.hold_sheet(submission_id)
    return reply(opened, desk.writer(opened))


def same_person() -> bool:
    """Whether whoever is signed in is the person for whom the page was made. Another's words are never theirs."""
    mine = str(current().actor.account_id)
    body = request.get_json(silent=True)
    said = [request.args.get("who"), body.get("person") if isinstance(body, dict) else None]
    return request.args.get("who") is not None and all(each in (None, mine) for each in said)


@dataclass(frozen=True)
class Batch:
    """What a page sends: by path the typed value and the version it started from, and which save of which page."""

    save_id: uuid.UUID
    page: uuid.UUID | None
    seq: int
    values: dict[str, Any]
    bases: dict[str, int]


def reply(opened: Sheet, writer: Writer) -> ResponseReturnValue:
    """Save the batch in the request's body and say what became of it. Repeating a batch is harmless."""
    state = current()
    batch = _batch(request.get_json(silent=True))
    groups = {group for group, _ in saving.trail(batch.values)} | _offered(opened, batch)
    taken = answers.take(state.session, opened.submission, batch.save_id, {*batch.values, *groups})
    saved = taken.said or _keep(opened, taken, replace(writer, page=batch.page, seq=batch.seq), batch)
    clashes = [{"path": path, "url": desk.link("two_versions", opened, path=path)} for path in saved.clashes]
    return jsonify(saved_at=london_time(state.now), versions=saved.versions, clashes=clashes)


def _offered(opened: Sheet, batch: Batch) -> set[str]:
    """The groups whose rows are chosen from."""
    try:
        return {group for path in batch.values if (group := group_offered(opened.form, path))}
    except ValueError:
        raise Refused(UNREADABLE) from None


def _keep(opened: Sheet, taken: Taken, writer: Writer, batch: Batch) -> Saved:
    try:
        read = read_typed(opened.form, batch.values, taken.values)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(UNREADABLE) from None
    changes = {path: Change(value, batch.bases[path]) for path, value in read.values.items()}
    for path, change in changes.items():
        if wrong := typed.over_long(change.value):
            raise Refused(wrong, path)
    state = current()
    saving.open_rows(opened, taken.values, writer, changes)
    return answers.keep(state.session, taken, opened.form, opened.theirs, writer, changes, now=state.now)


def _batch(body: Any) -> Batch:
    try:
        sent = body["answers"]
        return Batch(
            save_id=uuid.UUID(body["save"]),
            page=uuid.UUID(body["page"]) if "page" in body else None,
            seq=_count(body["seq"]) if "page" in body else 0,
            values={_address(path): each["value"] for path, each in sent.items()},
            bases={path: _count(each["base"]) for path, each in sent.items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(UNREADABLE) from None


def _address(path: str) -> str:
    parse_path(path)
    return path


def _count(given: Any) -> int:
    """A number that fits its column."""
    if not 0 <= (count := int(given)) < 2**31:
        raise ValueError(given)
    return count

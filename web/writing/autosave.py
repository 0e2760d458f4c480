"""Answers saved as they are typed. "Saved" is said only when the transaction has been committed: a reply is
made inside it, and leaves after it; where the commit fails, an error leaves instead."""

import uuid
from dataclasses import replace
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from forms.pages import read_typed
from web.application import current
from web.who import who
from web.writing import bp, desk, saving, typed
from workflow.access.relation import WRITE
from workflow.clock import london_time
from workflow.coproduction import answers
from workflow.coproduction.answers import Change, Writer
from workflow.errors import Refused
from workflow.queries.writing import Desk

SIGNED_OUT = "You have been signed out."


@bp.post("/forms/<uuid:submission_id>/autosave")
@who("family", "professional")
def autosave(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Save a batch of answers."""
    if not same_person():
        return jsonify(message=SIGNED_OUT), 401
    opened = desk.open_desk(submission_id, WRITE)
    return reply(opened, desk.writer(opened))


def same_person() -> bool:
    """Whether whoever is signed in is the person for whom the page was made. Another's words are never theirs."""
    mine = str(current().actor.account_id)
    body = request.get_json(silent=True)
    said = [request.args.get("who"), body.get("person") if isinstance(body, dict) else None]
    return request.args.get("who") is not None and all(each in (None, mine) for each in said)


def reply(opened: Desk, writer: Writer) -> ResponseReturnValue:
    """Save the batch in the request's body and say what became of it. Repeating a batch is harmless."""
    try:
        body: Any = request.get_json(silent=True)
        batch, values, bases = _batch(body)
        writer = replace(writer, page=uuid.UUID(body["page"]), seq=int(body["seq"])) if "page" in body else writer
        read = read_typed(opened.form, values, opened.values)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused("We could not read what was sent.") from None
    changes = {path: Change(value, bases[path]) for path, value in read.values.items() if path in bases}
    for path, change in changes.items():
        if wrong := typed.over_long(change.value):
            raise Refused(wrong, path)
    state = current()
    saving.open_rows(opened, writer, changes)
    saved = answers.save(
        state.session,
        opened.submission,
        opened.form,
        opened.theirs,
        writer,
        changes,
        save_id=batch,
        now=state.now,
    )
    clashes = [{"path": path, "url": desk.link("two_versions", opened, path=path)} for path in saved.clashes]
    return jsonify(saved_at=london_time(state.now), versions=saved.versions, clashes=clashes)


def _batch(body: Any) -> tuple[uuid.UUID, dict[str, Any], dict[str, int]]:
    sent = body["answers"]
    bases = {str(path): int(each["base"]) for path, each in sent.items()}
    return uuid.UUID(body["save"]), {str(path): each["value"] for path, each in sent.items()}, bases

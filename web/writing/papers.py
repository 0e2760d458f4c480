"""Files: adding one to an answer by itself, and fetching one."""

import uuid

from flask import Response, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.http import dump_options_header
from werkzeug.urls import iri_to_uri

from forms.definition import section_of
from forms.pages.files import File
from forms.paths import parse_path
from web.application import current
from web.who import who
from web.writing import bp, desk
from web.writing.saving import blobs
from workflow.access import policy
from workflow.access.relation import WRITE
from workflow.coproduction import answers
from workflow.files import attachments
from workflow.files.attachments import Sent
from workflow.queries.writing import Desk

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}

__all__ = ["File", "download", "upload"]


@bp.post("/forms/<uuid:submission_id>/files/<path:question>")
@who("family", "professional")
def upload(submission_id: uuid.UUID, question: str) -> ResponseReturnValue:
    """Add files to an answer, or take some off, apart from its page."""
    opened = desk.open_desk(submission_id, WRITE)
    _require_files(opened, question)
    state = current()
    taken = []
    for each in request.files.getlist("file"):
        if not each.filename:
            continue
        file = attachments.add(
            state.session, opened.submission, opened.form, opened.theirs, desk.writer(), question,
            Sent(each.filename, each.stream.read()), blobs(), now=state.now,
        )  # fmt: skip
        if file.problem:
            flash(f"{file.name} was not added. {file.problem}", "problem")
        else:
            taken.append(file)
    _keep(opened, question, taken)
    return redirect(request.form.get("then") == "check" and desk.link("check", opened) or _page(opened, question))


@bp.get("/files/<uuid:file_id>")
@who("family", "professional", "staff")
def download(file_id: uuid.UUID) -> ResponseReturnValue:
    """A file, for those in its audience now."""
    state = current()
    file, submission = attachments.find(state.session, state.actor, file_id, state.now)
    policy.note_reading(
        state.session, state.actor, "file", now=state.now, case_id=submission.case_id, submission_id=submission.id
    )
    return serve(attachments.contents(file, blobs()), file.name, file.media_type)


def serve(data: bytes, name: str, media_type: str) -> Response:
    """Bytes to be saved, never to be run: as an attachment under its own name (RFC 6266), in a sandbox."""
    response = Response(data, mimetype=media_type, headers=HEADERS)
    response.headers["Content-Disposition"] = disposition(name)
    return response


def disposition(name: str) -> str:
    """`attachment` with the name in plain letters, and whole in UTF-8 (RFC 6266, RFC 8187)."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " ._-") else "_" for c in name)
    from urllib.parse import quote

    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _require_files(opened: Desk, path: str) -> None:
    try:
        kind = section_of(opened.form, parse_path(path).id)[1].type
    except (KeyError, ValueError):
        abort(404)
    if kind != "file":
        abort(404)


def _keep(opened: Desk, path: str, taken: list[attachments.Attachment]) -> None:
    state = current()
    removed = set(request.form.getlist("remove"))
    if not taken and not removed:
        return
    answers.lock_draft(state.session, opened.submission)
    change = attachments.change_of(state.session, opened.submission, path, taken, removed)
    if change is None:
        return
    answers.save(
        state.session, opened.submission, opened.form, opened.theirs, desk.writer(), {path: change},
        save_id=uuid.uuid4(), now=state.now,
    )  # fmt: skip
    attachments.take_off(state.session, opened.submission, removed, now=state.now)


def _page(opened: Desk, path: str) -> str:
    from web.writing.reading import page_of

    page = page_of(opened, parse_path(path).id)
    return desk.link("page", opened, page_id=page.id) if page else desk.link("overview", opened)


_ = (dump_options_header, iri_to_uri)

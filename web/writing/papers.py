"""Files: adding one to an answer by itself, and fetching one."""

import uuid
from urllib.parse import quote

from flask import Response, flash, redirect, request
from flask.typing import ResponseReturnValue

from forms.definition import section_of
from forms.paths import parse_path
from models.files import Attachment
from web.application import current
from web.who import who
from web.writing import bp, desk, saving
from workflow.access import policy
from workflow.access.relation import WRITE
from workflow.coproduction import answers
from workflow.errors import NotFound
from workflow.files import attachments
from workflow.queries.writing import Desk

HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


@bp.post("/forms/<uuid:submission_id>/files/<path:question>")
@who("family", "professional", "staff")
def upload(submission_id: uuid.UUID, question: str) -> ResponseReturnValue:
    """Add files to an answer apart from its page, or take some off."""
    opened = desk.open_desk(submission_id, WRITE)
    _require_files(opened, question)
    taken, refused = saving.take(opened, desk.writer(opened), question, request.files.getlist("file"))
    for sentence in refused:
        flash(sentence, "problem")
    _keep(opened, question, taken, set(request.form.getlist("remove")))
    page = desk.page_of(opened, question)
    return redirect(desk.link("page", opened, page_id=page.id) if page else desk.link("overview", opened))


@bp.get("/files/<uuid:file_id>")
@who("family", "professional", "staff")
def download(file_id: uuid.UUID) -> ResponseReturnValue:
    """A file, for those who are in its audience now."""
    state = current()
    file, submission, theirs = attachments.find(state.session, state.actor, file_id, state.now)
    policy.note_reading(
        state.session,
        state.actor,
        "file",
        now=state.now,
        case_id=submission.case_id,
        submission_id=submission.id,
        theirs=theirs,
    )
    return serve(attachments.contents(file, saving.blobs()), file.name, file.media_type)


def serve(data: bytes, name: str, media_type: str) -> Response:
    """Bytes to be kept, never to be run: an attachment under its own name, in a sandbox."""
    whole = Response(data, mimetype=media_type, headers={**HEADERS, "Content-Disposition": disposition(name)})
    # Players ask for parts: some play nothing without them.
    whole.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return whole


def disposition(name: str) -> str:
    """The header for a file to be kept: its name in plain letters, and whole in UTF-8 (RFC 6266, RFC 8187)."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in " ._-") else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _require_files(opened: Desk, path: str) -> None:
    """404 unless the answer takes files."""
    try:
        kind = section_of(opened.form, parse_path(path).id)[1].type
    except (KeyError, ValueError):
        raise NotFound from None
    if kind != "file":
        raise NotFound


def _keep(opened: Desk, path: str, taken: list[Attachment], removed: set[str]) -> None:
    if not taken and not removed:
        return
    state = current()
    answers.lock_draft(state.session, opened.submission)
    change = attachments.change_of(state.session, opened.submission, path, taken, removed)
    if change is None:
        return
    answers.save(
        state.session,
        opened.submission,
        opened.form,
        opened.theirs,
        desk.writer(opened),
        {path: change},
        save_id=uuid.uuid4(),
        now=state.now,
    )
    attachments.take_off(state.session, opened.submission, path, removed, now=state.now)

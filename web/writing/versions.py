"""Two versions of one answer, and its history."""

import uuid

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.definition import question, section_of
from forms.paths import parse_path
from forms.wording import named
from web.application import current
from web.attempt import Problems, attempt
from web.who import who
from web.writing import bp, desk
from web.writing.around import Voices
from workflow.access.relation import READ, WRITE
from workflow.coproduction import reading, settling
from workflow.errors import NotFound
from workflow.queries import remarks
from workflow.queries.writing import Desk


@bp.route("/forms/<uuid:submission_id>/two-versions/<path:path>", methods=["GET", "POST"])
@who("family", "professional", "staff")
def two_versions(submission_id: uuid.UUID, path: str) -> ResponseReturnValue:
    """Both texts side by side: choose one, join them, or keep both."""
    opened = desk.open_desk(submission_id, READ if request.method == "GET" else WRITE)
    _require_place(opened, path)
    problems: Problems = []
    if request.method == "POST" and _settled(opened, path, problems):
        flash("Done. Nothing was thrown away: you can bring either version back.", "success")
        return redirect(_after(opened, path))
    texts = [text for text in opened.read.texts.get(path, ()) if text.state in ("current", "rival", "beside")]
    if len(texts) < 2 and not problems:
        return redirect(_after(opened, path))
    voices = Voices(opened)
    asked = question(opened.form, parse_path(path).id)
    return render_template(
        "writing/two_versions.html",
        desk=opened,
        path=path,
        asked=named(asked.text, opened.name, opened.form.written_by),
        joins=asked.type in ("text", "area", "link"),
        versions=[voices.of(path, text) for text in texts],
        joined=request.form.get("joined") or "\n\n".join(voices.of(path, text).text for text in texts),
        seen=opened.read.versions.get(path, 0),
        then=request.args.get("then", ""),
        form_problems=problems,
        form_action=desk.link("two_versions", opened, path=path, then=request.args.get("then", "")),
        back_url=desk.link("overview", opened),
        audience=desk.audience(),
    ), 422 if problems else 200


@bp.route("/forms/<uuid:submission_id>/history/<path:path>", methods=["GET", "POST"])
@who("family", "professional", "staff")
def history(submission_id: uuid.UUID, path: str) -> ResponseReturnValue:
    """Every version of an answer with its writer, for those who write it; any can be brought back."""
    opened = desk.open_desk(submission_id, READ if request.method == "GET" else WRITE)
    _require_place(opened, path)
    if not opened.looks_back:
        raise NotFound
    state = current()
    if request.method == "POST":
        settling.bring_back(
            state.session,
            opened.submission,
            opened.form,
            opened.theirs,
            desk.writer(opened),
            path,
            desk.given_uuid(request.form.get("bring_back")),
            now=state.now,
        )
        flash("That version is the answer again. The other one is kept here.", "success")
        return redirect(desk.link("history", opened, path=path))
    desk.note_reading(opened)
    voices, suggested = Voices(opened), remarks.suggesters(state.session, opened, path)
    asked = question(opened.form, parse_path(path).id)
    return render_template(
        "writing/history.html",
        desk=opened,
        asked=named(asked.text, opened.name, opened.form.written_by),
        versions=[
            (voices.of(path, text), suggested.get(text.version, ""))
            for text in reading.history(state.session, opened.submission, opened.theirs, path)
        ],
        back_url=_after(opened, path),
        form_action=desk.link("history", opened, path=path),
        audience=desk.audience(),
    )


def _settled(opened: Desk, path: str, problems: Problems) -> bool:
    """Do what was decided about two versions. False, with the reason, when it could not be done."""
    state = current()
    seen = request.form.get("seen", "")
    given = (state.session, opened.submission, opened.form, opened.theirs)
    version, now = int(seen) if seen.isdecimal() and len(seen) < 10 else -1, state.now
    decided = request.form.get("decide", "")
    with attempt(problems):
        if decided == "join":
            settling.join(*given, desk.writer(opened), path, request.form.get("joined", ""), seen=version, now=now)
        elif decided == "both":
            settling.keep_both(*given, path, seen=version, now=now)
        elif decided:
            settling.choose(*given, path, desk.given_uuid(decided), seen=version, now=now)
        else:
            problems.append(("decide", "Choose what to do with the two versions."))
    return not problems


def _require_place(opened: Desk, path: str) -> None:
    """404 unless the form has this answer and this person writes it: drafts' histories are nobody else's."""
    try:
        known = parse_path(path).id
        section_of(opened.form, known)
    except (KeyError, ValueError):
        raise NotFound from None
    if not opened.may_write(known) and not opened.sent:
        raise NotFound
    if opened.sent and request.method == "POST":
        raise NotFound
    if opened.sent and opened.form.voice != "shared" and "owner" not in opened.theirs.readers:
        raise NotFound


def _after(opened: Desk, path: str) -> str:
    """Back to the page the answer is on."""
    wanted = request.args.get("then")
    top = parse_path(path).id.split(".")[0]
    pages = opened.form.pages()
    found = next((each for each in pages if each.id == wanted), None)
    found = found or next((each for each in pages if any(asked.id == top for asked in each.questions)), None)
    return desk.link("page", opened, page_id=found.id) if found else desk.link("overview", opened)

"""One question a page: written, drawn, chosen or left out. Then who will see it, and being happy with it."""

import uuid
from typing import Any

from flask import Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from forms import pages
from forms.definition import Page
from forms.pages import Extras, PageForm
from web import kept
from web.application import current
from web.child import bp
from web.child.desk import Childs, hold_sheet, open_childs
from web.who import who
from web.writing import around, earlier, saving, typed
from web.writing.autosave import SIGNED_OUT, reply, same_person
from web.writing.papers import serve
from web.writing.saving import STAY
from workflow.coproduction import answers, submissions
from workflow.coproduction.contributions import Change
from workflow.files import attachments

Fields = MultiDict[str, str]


@bp.route("/child/<uuid:submission_id>/about/<page_id>", methods=["GET", "POST"])
@who("family", "professional")
def page(submission_id: uuid.UUID, page_id: str) -> ResponseReturnValue:
    """One question."""
    mine = open_childs(submission_id)
    found = next((each for each in mine.pages if each.id == page_id), None)
    if found is None:
        return redirect(url_for("child.start", submission_id=submission_id))
    if request.method == "GET":
        before = kept.kept_fields()
        return _render(mine, found, _built(mine, found, before, unsaved=bool(before)), before or Fields())
    if request.form.get("person") != str(current().actor.account_id):
        abort(409)
    form = _built(mine, found, request.form, files=request.files)
    outcome = saving.save_page(mine.desk, form, mine.writer)
    if outcome.problems:
        return _again(found, form, outcome, open_childs(submission_id))
    kept.forget()
    if taken := request.form.get("take"):
        at = earlier.take(open_childs(submission_id).desk, found, taken, mine.writer)
        return redirect(url_for("child.page", submission_id=submission_id, page_id=found.id, _anchor=at))
    return redirect(_onward(mine, found, form))


@bp.post("/child/<uuid:submission_id>/autosave")
@who("family", "professional")
def autosave(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Save what the child is typing."""
    if not same_person():
        return jsonify(message=SIGNED_OUT), 401
    return reply(*hold_sheet(submission_id))


@bp.get("/child/<uuid:submission_id>/pictures/<uuid:file_id>")
@who("family", "professional")
def picture(submission_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    """A picture the child added, for the child."""
    mine = open_childs(submission_id)
    file, *_ = attachments.find(current().session, mine.desk.actor, file_id, current().now)
    return serve(attachments.contents(file, saving.blobs()), file.name, file.media_type)


@bp.route("/child/<uuid:submission_id>/finish", methods=["GET", "POST"])
@who("family", "professional")
def finish(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Who will see it, in the child's words, and "I am happy with this"."""
    mine = open_childs(submission_id)
    if request.method == "POST" and not mine.desk.sent:
        state = current()
        if mine.happy:
            answers.save(
                state.session,
                mine.desk.submission,
                mine.desk.form,
                mine.desk.theirs,
                mine.writer,
                {mine.happy: Change(["yes"], mine.desk.base(mine.happy))},
                save_id=typed.save_id(request.form.get("save"), {}),
                now=state.now,
            )
        submissions.share(state.session, mine.desk.submission, now=state.now)
        return redirect(url_for("child.finish", submission_id=submission_id))
    return render_template(
        "child/finish.html",
        desk=mine.desk,
        parts=mine.parts,
        who=_who_sees(mine),
        happy=mine.desk.submission.state in ("shared", "sent"),
        who_page=next((each.id for each in mine.pages if _asks_who_sees(each)), mine.pages[0].id),
        save=uuid.uuid4(),
        back_url=url_for("child.page", submission_id=submission_id, page_id=mine.pages[-1].id),
    )


def _built(mine: Childs, found: Page, fields: Fields | None, *, files: Any = None, unsaved: bool = False) -> PageForm:
    versions = {path: mine.desk.base(path) for path in mine.desk.read.texts}
    return pages.build(
        found,
        mine.desk.values,
        mine.desk.facts,
        formdata=fields,
        files=files,
        child_name=mine.desk.name,
        extras=Extras(versions=versions, unsaved=unsaved),
    )


def _again(found: Page, before: PageForm, outcome: saving.Outcome, fresh: Childs) -> ResponseReturnValue:
    fields = saving.on_new_versions(fresh.desk, outcome)
    form = _built(fresh, found, fields)
    form.validate()
    saving.keep_file_errors(form, before)
    return _render(fresh, found, form, fields, outcome=outcome), 422


def _onward(mine: Childs, found: Page, form: PageForm) -> str:
    here = mine.desk.submission.id
    if "talk" in request.form:
        return url_for("child.talk", submission_id=here)
    if "stop" in request.form:
        return url_for("child.stop", submission_id=here)
    if saving.pressed(form) or STAY in request.form:
        return url_for("child.page", submission_id=here, page_id=found.id)
    ids = [each.id for each in mine.pages]
    at = ids.index(found.id) + 1
    if at < len(ids):
        return url_for("child.page", submission_id=here, page_id=ids[at])
    return url_for("child.finish", submission_id=here)


def _render(mine: Childs, found: Page, form: PageForm, served: Fields, *, outcome: saving.Outcome | None = None) -> str:
    here = mine.desk.submission.id
    g.making = saving.shows_making(form)
    ids = [each.id for each in mine.pages]
    at = ids.index(found.id)
    previous = url_for("child.page", submission_id=here, page_id=ids[at - 1]) if at else None
    return render_template(
        "child/page.html",
        desk=mine.desk,
        page=found,
        parts=mine.parts,
        form=form,
        around=around.around(
            mine.desk, form, served, outcome.unsaved if outcome else set(), earlier.offered(mine.desk, found)
        ),
        form_problems=outcome.problems if outcome else [],
        save=(served.get("save") if not outcome else None) or uuid.uuid4(),
        form_action=url_for("child.page", submission_id=here, page_id=found.id),
        autosave_url=url_for("child.autosave", submission_id=here, who=current().actor.account_id),
        upload=saving.takes_files(form),
        previous=previous or url_for("child.start", submission_id=here),
    )


def _asks_who_sees(page: Page) -> bool:
    return any(asked.lets_in for asked in page.questions)


def _who_sees(mine: Childs) -> list[str]:
    """The boxes the child ticked, in the form's own words."""
    return [
        asked.label_of[each]
        for asked in mine.desk.form.deciding
        for each in mine.desk.values.get(asked.id) or ()
        if each in asked.label_of
    ]

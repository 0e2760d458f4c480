"""The list of what there is to do on a form, who takes part, and the forms that belong to it."""

import uuid
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms import catalogue
from forms.definition import question
from forms.paths import parse_path
from forms.wording import named
from web.application import current
from web.who import who
from web.writing import bp, desk, keeping, talk, thread
from workflow.access.relation import INVITE, READ, SEND, WRITE
from workflow.coproduction import beginning, deleting, kinds
from workflow.coproduction.beginning import Beginning, may_begin
from workflow.queries import bundles, writing
from workflow.queries.bundles import Beside
from workflow.queries.writing import Desk, Part


@bp.get("/forms/<uuid:submission_id>")
@who("family", "professional", "staff")
def overview(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Where a form stands: its parts, who will read it, who takes part, and what to do next."""
    state = current()
    opened = desk.open_desk(submission_id, READ)
    if opened.sent and opened.form.id in kinds.PLANS:
        return redirect(url_for("family.plan", submission_id=submission_id))
    if opened.sent or (state.actor.kind == "staff" and WRITE not in opened.theirs.rights):
        return redirect(url_for("writing.check", submission_id=submission_id))
    short = desk.is_short(opened.form)
    undone = writing.first_undone(opened, short=short)
    pages = writing.my_pages(opened, short=short)
    parts = writing.parts(opened, short=short)
    others = bundles.beside(state.session, state.actor, opened.theirs, opened.submission, state.now)
    return render_template(
        "writing/overview.html",
        desk=opened,
        title=desk.title_of(opened.form),
        tasks=[_task(opened, part) for part in parts if part.mine],
        elsewhere=[_elsewhere(opened, part) for part in parts if not part.mine],
        todo=sum(part.todo for part in parts),
        begun=bool(opened.read.texts),
        go_on=desk.link("page", opened, page_id=(undone or pages[0]).id) if pages else "",
        done=undone is None,
        clashes=[(_asked(opened, path), desk.link("two_versions", opened, path=path)) for path in opened.read.clashes],
        contributors=bundles.contributors(state.session, state.actor, opened.theirs, opened.submission, state.now),
        others=others,
        can=_can(opened),
        begin=beginnings(opened, others),
        record=opened.form.id in kinds.RECORDS | kinds.PLANS or opened.keyed,
        back_url=_back_url(opened),
        readers=opened.form.readers,
        notice=catalogue.notice("information", opened.form),
        talk=talk.of_form(opened),
        thread=thread.link_to(opened),
        kept=keeping.shown(opened),
        audience=desk.audience(),
        short=short,
        link=desk.link,
    )


@bp.post("/forms/<uuid:submission_id>/begin/<form_id>")
@who("family", "professional")
def begin(submission_id: uuid.UUID, form_id: str) -> ResponseReturnValue:
    """Begin one's own form, or the child's own, beside a form. Pressing twice opens the same one."""
    state = current()
    opened = desk.open_desk(submission_id, WRITE)
    root = opened.submission
    if Beginning(form_id, handed=True) in may_begin(root, opened.theirs, None):
        childs = beginning.begin_childs_own(
            state.session, state.actor, root, form_id, called=opened.name, role=opened.theirs.role, now=state.now
        )
        return redirect(url_for("child.start", submission_id=childs.id))
    own = beginning.begin_own(state.session, state.actor, opened.theirs, root, form_id, now=state.now)
    return redirect(url_for("writing.overview", submission_id=own.id))


def _asked(opened: Desk, path: str) -> str:
    return named(question(opened.form, parse_path(path).id).text, opened.name, opened.form.written_by)


def _task(opened: Desk, part: Part) -> dict[str, str]:
    todo = "1 thing still to do" if part.todo == 1 else f"{part.todo} things still to do"
    return {
        "title": part.section.title,
        "href": desk.link("page", opened, page_id=part.page),
        "status": part.status,
        "hint": todo if part.todo else "",
    }


def _elsewhere(opened: Desk, part: Part) -> dict[str, str]:
    """A part that others write, and where to read what there is of it."""
    started = part.status == "doing"
    return {
        "title": part.section.title,
        "href": desk.link("check", opened, _anchor=part.section.id) if started else "",
    }


def _back_url(opened: Desk) -> str:
    """Where the council's own forms are written from."""
    if opened.form.id in kinds.PLANS:
        return url_for("council.plan", process_id=opened.submission.facts["process"])
    councils = opened.form.id in kinds.RECORDS or opened.keyed
    return url_for("council.case", case_id=opened.submission.case_id) if councils else ""


def _can(opened: Desk) -> dict[str, bool]:
    """What this person may do next, for the buttons."""
    return {
        "invite": INVITE in opened.theirs.rights and opened.form.id in kinds.OF_A_SETTING - kinds.ASKED_FOR,
        "people": "hand_over" not in opened.theirs.rights,
        "delete": deleting.may_delete(opened.submission, opened.theirs),
        "send": opened.may_send,
        "share": opened.private and "owner" in opened.theirs.readers and SEND in opened.theirs.rights,
        "hand_over": "hand_over" in opened.theirs.rights,
    }


def beginnings(opened: Desk, others: list[Beside]) -> dict[str, list[dict[str, Any]]]:
    """The forms this person may begin beside this one: their own views, and the versions of All About Me."""
    found: dict[str, list[dict[str, Any]]] = {"views": [], "about_me": []}
    mine = {each.form_id for each in others if each.open and (each.mine or each.form_id in kinds.CHILDS)}
    told_already = mine & {kinds.EARLY, *kinds.CHILDS}
    for each in may_begin(opened.submission, opened.theirs, opened.facts.get("age")):
        about_me = each.form_id in (kinds.EARLY, *kinds.CHILDS)
        if each.form_id not in mine and not (about_me and told_already):
            form = catalogue.get(each.form_id)
            line = {"id": each.form_id, "title": form.title, "handed": each.handed, "own": desk.title_of(form)}
            found["about_me" if about_me else "views"].append(line)
    return found

"""The golden thread of a form: which need has outcomes, which outcome has help, what hangs loose. Advice, no gate."""

import uuid
from collections.abc import Mapping

from flask import render_template, url_for

from forms import thread as golden
from forms.paths import anchor, parse_path
from forms.thread import Loose, Thread
from web.application import current
from web.who import who
from web.writing import bp, desk
from workflow.access import policy
from workflow.access.relation import READ
from workflow.errors import NotFound
from workflow.queries.writing import Desk


@bp.get("/forms/<uuid:submission_id>/thread")
@who("professional", "staff")
def thread(submission_id: uuid.UUID) -> str:
    """The thread through a form, with the way to what hangs loose for whoever may write it."""
    opened = desk.open_desk(submission_id, READ)
    if not shown_to(opened):
        raise NotFound
    if "owner" not in opened.theirs.readers:
        _note(opened)
    found = through(opened)
    return render_template(
        "writing/thread.html",
        desk=opened,
        title=desk.title_of(opened.form),
        threads=found,
        ways={each.path: way for thread in found for each in thread.loose if (way := _way(opened, each))},
        audience=desk.audience(),
        back_url=desk.link("check", opened) if opened.sent else desk.link("overview", opened),
    )


def link_to(opened: Desk) -> Mapping[str, object] | None:
    """The address of a form's thread and how much hangs loose in it; None for whom it is not, or with nothing written.

    Whoever reads some parts alone is not shown it: what they may not read would look as if it were missing.
    """
    if not shown_to(opened):
        return None
    found = through(opened)
    if all(each.empty for each in found):
        return None
    url = url_for("writing.thread", submission_id=opened.submission.id)
    return {"url": url, "loose": sum(len(each.loose) for each in found)}


def shown_to(opened: Desk) -> bool:
    """Whether whoever is signed in is shown the thread of this form."""
    whole = opened.theirs.only is None
    return whole and current().actor.kind in ("professional", "staff") and golden.has_thread(opened.form)


def through(opened: Desk) -> tuple[Thread, ...]:
    """The threads through a form as this person reads it."""
    return golden.threads(opened.form, opened.values, child_name=opened.name)


def _way(opened: Desk, loose: Loose) -> str:
    """Where a loose end can be tied; "" where this person cannot."""
    top = parse_path(loose.path).id.split(".")[0]
    page = desk.page_of(opened, top)
    if page is None or not opened.may_write(top):
        return ""
    return desk.link("page", opened, page_id=page.id, _anchor=f"at-{anchor(loose.path)}")


def _note(opened: Desk) -> None:
    state, here = current(), opened.submission
    policy.note_reading(state.session, state.actor, "form", now=state.now, case_id=here.case_id, submission_id=here.id)

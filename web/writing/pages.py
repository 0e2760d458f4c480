"""One page of a form: shown, saved, and on to the next."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from forms import pages
from forms import thread as golden
from forms.completeness import missing_to_send
from forms.definition import Page, question
from forms.pages import PageForm
from forms.paths import anchor, parse_path
from forms.values import has_something
from forms.wording import named, opening
from law.explain import say_date
from models.people import Child
from web import errors, kept
from web.application import current
from web.who import who
from web.writing import around, bp, desk, earlier, hows, saving, talk, thread
from workflow.access.relation import READ, WRITE
from workflow.clock import london_day
from workflow.coproduction.kinds import REQUESTS
from workflow.queries import presence, writing
from workflow.queries.writing import Desk

Fields = MultiDict[str, str]
SENT_MEANWHILE = (
    "This form was sent while you had the page open, so it is locked. What you typed was not added: it is below. "
    "Tell the council about it, with your reference."
)


@bp.route("/forms/<uuid:submission_id>/page/<page_id>", methods=["GET", "POST"])
@who("family", "professional", "staff")
def page(submission_id: uuid.UUID, page_id: str) -> ResponseReturnValue:
    """A page of questions."""
    opened = desk.open_desk(submission_id, READ if request.method == "GET" else WRITE)
    found = _find(opened, page_id)
    if found is None and request.method == "POST" and opened.sent and _mine():
        return errors.page(409, SENT_MEANWHILE, kept=_typed(opened), retry_url=desk.link("check", opened))
    if found is None:
        return redirect(desk.link("check", opened))
    if request.method == "POST":
        return _save(opened, found)
    before = kept.kept_fields()
    return _render(
        opened, found, _built(opened, found, before, unsaved=bool(before)), before or {}, kept_text=bool(before)
    )


def _find(opened: Desk, page_id: str) -> Page | None:
    """The page, if there is something on it for this person to write. 404 for one that the form does not have."""
    if page_id not in {each.id for each in opened.form.pages()}:
        abort(404)
    ways = (True, False) if desk.is_short(opened.form) else (False,)
    every = (each for short in ways for each in writing.my_pages(opened, short=short))
    return next((each for each in every if each.id == page_id), None)


def _save(opened: Desk, found: Page) -> ResponseReturnValue:
    if not _mine():
        abort(409)
    form = _built(opened, found, request.form, files=request.files)
    outcome = saving.save_page(opened, form, desk.writer(opened))
    if outcome.problems:
        return _again(opened, found, form, outcome)
    kept.forget()
    if taken := request.form.get("take"):
        at = earlier.take(desk.open_desk(opened.submission.id, WRITE), found, taken, desk.writer(opened))
        return redirect(desk.link("page", opened, page_id=found.id, _anchor=at))
    for _, doubt in form.doubts(london_day(current().now)):
        flash(doubt, "notice")
    return redirect(_onward(opened, found, form, outcome))


def _mine() -> bool:
    """Whether whoever is signed in is the person for whom the page was made. Another's words are never theirs."""
    return request.form.get("person") == str(current().actor.account_id)


def _typed(opened: Desk) -> dict[str, str]:
    """The words of a page that came too late, by their questions: to be copied, not thrown away."""
    found = {}
    for path, words in request.form.items():
        try:
            asked = question(opened.form, parse_path(path).id)
        except (KeyError, ValueError):
            continue
        if asked.type in ("text", "area", "link") and words.strip() and words != opened.values.get(path):
            found[named(asked.text, opened.name, opened.form.written_by)] = words
    return found


def _again(opened: Desk, found: Page, before: PageForm, outcome: saving.Outcome) -> ResponseReturnValue:
    """The page once more with everything that was typed, what is wrong, and the versions just saved."""
    fresh = desk.open_desk(opened.submission.id, READ)
    fields = saving.on_new_versions(fresh, outcome)
    form = _built(fresh, found, fields)
    form.validate()
    saving.keep_file_errors(form, before)
    return _render(fresh, found, form, fields, outcome=outcome), 422


def _built(opened: Desk, found: Page, fields: Fields | None, *, files: Any = None, unsaved: bool = False) -> PageForm:
    """The page's form, with only what this person writes."""
    own = found.model_copy(update={"questions": tuple(q for q in found.questions if opened.may_write(q.id))})
    return pages.build(
        own,
        opened.values,
        opened.facts,
        formdata=fields,
        files=files,
        child_name=opened.name,
        extras=desk.extras(opened, own, unsaved=unsaved),
    )


def _onward(opened: Desk, found: Page, form: PageForm, outcome: saving.Outcome) -> str:
    """Where to go after a page that was saved."""
    if act := saving.pressed(form):
        return desk.link("page", opened, page_id=found.id, _anchor=_near(act, form), **_back())
    if (made := request.form.get(saving.STAY, "")) in form:
        return desk.link("page", opened, page_id=found.id, _anchor=anchor(made), **_back())
    if outcome.saved.clashes:
        return desk.link("two_versions", opened, path=outcome.saved.clashes[0], then=found.id)
    if request.args.get("back") == "check":
        return desk.link("check", opened)
    fresh = desk.open_desk(opened.submission.id, READ)
    ids = [each.id for each in writing.my_pages(fresh, short=desk.is_short(opened.form))]
    at = ids.index(found.id) + 1 if found.id in ids else len(ids)
    return desk.link("page", opened, page_id=ids[at]) if at < len(ids) else desk.link("check", opened)


def _near(act: tuple[str, str], form: PageForm) -> str:
    """The part of the page to come back to: the new or moved row, or the group."""
    does, place = act
    if does == "add" and form[place].rows:
        return anchor(f"{place[:-2]}[{form[place].rows[-1].id}]")
    return anchor(place.rpartition("[")[0] if does == "remove" else place)


def _back() -> dict[str, str]:
    return {"back": "check"} if request.args.get("back") == "check" else {}


def _render(
    opened: Desk,
    found: Page,
    form: PageForm,
    served: Mapping[str, str],
    *,
    outcome: saving.Outcome | None = None,
    kept_text: bool = False,
) -> str:
    g.making = saving.shows_making(form)
    offers = earlier.offered(opened, found)
    answered = any(has_something(opened.values.get(each.id)) for each in found.questions)
    return render_template(
        "writing/page.html",
        desk=opened,
        page=found,
        form=form,
        around=around.around(opened, form, served, outcome.unsaved if outcome else set(), offers),
        opening=opening(form.intro, known=bool(offers) or answered),
        others=around.others(opened, found),
        here=presence.writing_now(current().session, opened, [each.id for each in found.questions], current().now),
        talk=talk.of_page(opened),
        form_problems=outcome.problems if outcome else [],
        kept_text=kept_text,
        save=served.get("save") if kept_text else uuid.uuid4(),
        heading="" if found.one_thing else form.heading,
        caption=_caption(opened, found),
        form_action=desk.link("page", opened, page_id=found.id, **_back()),
        autosave_url=desk.link("autosave", opened, who=current().actor.account_id),
        back_url=_back_url(opened, found),
        upload=saving.takes_files(form),
        about_child=_about_child(opened),
        audience=desk.audience(),
        short=desk.is_short(opened.form),
        how=hows.shown(opened),
        enough=_enough(opened),
        thread=thread.link_to(opened) if _tied(found) else None,
        link=desk.link,
    )


def _tied(found: Page) -> bool:
    """Whether something on the page is part of the golden thread."""
    ids = {each.id for top in found.questions for each in top.walk()}
    return any(each.startswith("na_") for each in ids) or bool(ids & golden.ENDS)


def _about_child(opened: Desk) -> str:
    """Whom everything must be about that the council adds: the child by name and birth date."""
    child_id, db = opened.submission.child_id, current().session
    child = db.get(Child, (db.authority_id, child_id)) if child_id and current().actor.kind == "staff" else None
    return f"{child.first} {child.last}".strip() + f", born {say_date(child.born_on)}" if child else ""


def _enough(opened: Desk) -> bool:
    """Whether a request could be sent now, but for the writer's own name: then nobody need go through the rest."""
    if opened.form.id not in REQUESTS or not opened.may_send or opened.keyed:
        return False
    missing = missing_to_send(opened.form, opened.values, opened.facts)
    return all((each.question_id or "").startswith("de_") for each in missing)


def _caption(opened: Desk, found: Page) -> str:
    """What stands over the heading: the part of the section that tells its questions from those of the next."""
    if found.one_thing and found.questions[0].caption:
        return found.questions[0].caption
    return found.section.title if found.section.title != found.title else desk.title_of(opened.form)


def _back_url(opened: Desk, found: Page) -> str:
    if request.args.get("back") == "check":
        return desk.link("check", opened)
    ids = [each.id for each in writing.my_pages(opened, short=desk.is_short(opened.form))]
    at = ids.index(found.id) if found.id in ids else 0
    return desk.link("page", opened, page_id=ids[at - 1]) if at > 0 else desk.link("overview", opened)

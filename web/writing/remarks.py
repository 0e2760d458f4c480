"""Saying something about an answer, and what becomes of it."""

import uuid

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.paths import parse_path
from models.remarks import Remark
from web import kept
from web.application import current
from web.attempt import Problems, attempt
from web.who import who
from web.writing import bp, desk, talk
from web.writing.around import Voice, Voices
from web.writing.desk import given_uuid
from workflow.access.relation import READ
from workflow.coproduction import remarks, settling_remarks
from workflow.coproduction.remarks import COMMENT, QUESTION, SUGGESTION, Place
from workflow.errors import NotFound
from workflow.queries import remarks as known
from workflow.queries import writing
from workflow.queries.writing import Desk

DONE = {
    COMMENT: "Your words are here now. Whoever may read this answer may read them.",
    SUGGESTION: "Your words are here now. Whoever wrote the answer can use them, or say no thanks.",
    QUESTION: "Your question is here now. We will tell them that there is something to read.",
}
SETTLED = {
    "answer": "Your answer is here now. We will tell whoever asked.",
    "accept": "The answer has these words now. The words before are kept with its earlier versions.",
    "decline": "You said no thanks. The answer stays as it was.",
    "resolve": "This is dealt with. It can still be read here.",
    "withdraw": "You took this back.",
}


@bp.get("/forms/<uuid:submission_id>/said/<path:path>")
@who("family", "professional")
def said_about(submission_id: uuid.UUID, path: str) -> ResponseReturnValue:
    """What was said about one answer, and the ways to say more."""
    state = current()
    opened = desk.open_desk(submission_id, READ)
    at = remarks.place(state.session, opened.submission, opened.theirs, path)
    every = known.said(state.session, opened)
    return render_template(
        "writing/remarks.html",
        desk=opened,
        path=path,
        asked=known.asks(opened, path),
        answer=_standing(opened, path),
        said=[each for each in every if each.path == path],
        talk=talk.Talk(opened, every),
        settles=settling_remarks.owns(state.session, at, state.actor.person),
        may=remarks.kinds(at.form, at.asked, at.submission, at.theirs, path),
        back_url=_back(opened, path),
        audience=desk.audience(),
        link=desk.link,
    )


@bp.route("/forms/<uuid:submission_id>/say/<kind>/<path:path>", methods=["GET", "POST"])
@who("family", "professional")
def say(submission_id: uuid.UUID, kind: str, path: str) -> ResponseReturnValue:
    """Comment on an answer, suggest other words for it, or ask somebody about it."""
    state = current()
    opened = desk.open_desk(submission_id, READ)
    at = remarks.place(state.session, opened.submission, opened.theirs, path)
    if kind not in remarks.KINDS:
        raise NotFound
    problems: Problems = []
    if request.method == "POST":
        with attempt(problems):
            remarks.say(
                state.session,
                at,
                state.actor,
                kind,
                request.form.get("words", ""),
                token=given_uuid(request.form.get("token")),
                asked_of=_chosen(),
                now=state.now,
            )
        if not problems:
            kept.forget()
            flash(DONE[kind], "success")
            return redirect(desk.link("said_about", opened, path=path))
    elif kind not in remarks.kinds(at.form, at.asked, at.submission, at.theirs, path):
        return redirect(desk.link("said_about", opened, path=path))
    return _say_page(opened, at, kind, problems)


@bp.route("/remarks/<uuid:remark_id>", methods=["GET", "POST"])
@who("family", "professional")
def remark(remark_id: uuid.UUID) -> ResponseReturnValue:
    """One thing that was said, with what this reader may do about it."""
    state = current()
    found, at = remarks.find(state.session, state.actor, remark_id, state.now)
    does = request.form.get("do", "")
    problems: Problems = []
    if request.method == "POST":
        if does not in SETTLED:
            raise NotFound
        with attempt(problems):
            _do(does, found, at)
        if not problems:
            kept.forget()
            flash(SETTLED[does], "success")
            opened = writing.desk_of(state.session, state.actor, at.submission, at.theirs, state.now)
            return redirect(desk.link("said_about", opened, path=at.path))
    found, at = remarks.find(state.session, state.actor, remark_id, state.now)
    return _remark_page(at, remark_id, problems)


def _do(does: str, found: Remark, at: Place) -> None:
    state, words = current(), request.form.get("words", "")
    given = (state.session, found, at, state.actor)
    if does == "answer":
        settling_remarks.answer(*given, words, now=state.now)
    elif does == "accept":
        seen = request.form.get("seen", "")
        version = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
        settling_remarks.accept(*given, seen=version, now=state.now)
    elif does == "decline":
        settling_remarks.decline(*given, request.form.get("why", ""), now=state.now)
    elif does == "resolve":
        settling_remarks.resolve(*given, now=state.now)
    else:
        settling_remarks.withdraw(*given, now=state.now)


def _say_page(opened: Desk, at: Place, kind: str, problems: Problems) -> ResponseReturnValue:
    state = current()
    typed = desk.typed()
    people = remarks.can_be_asked(state.session, at, state.actor, state.now) if kind == QUESTION else []
    words = remarks.standing(state.session, at) if kind == SUGGESTION else ""
    return render_template(
        "writing/remarks_say.html",
        desk=opened,
        kind=kind,
        asked=known.asks(opened, at.path),
        answer=_standing(opened, at.path),
        people=known.to_choose(people, at.theirs),
        words=typed.get("words", words),
        chosen=typed.get("asked", ""),
        token=typed.get("token") or uuid.uuid4(),
        form_problems=problems,
        form_action=desk.link("say", opened, kind=kind, path=at.path),
        back_url=desk.link("said_about", opened, path=at.path),
        audience=desk.audience(),
    ), 422 if problems else 200


def _remark_page(at: Place, remark_id: uuid.UUID, problems: Problems) -> ResponseReturnValue:
    state = current()
    opened = writing.desk_of(state.session, state.actor, at.submission, at.theirs, state.now)
    each = known.one(state.session, opened, remark_id)
    if each is None:
        raise NotFound
    open_here = each.open and not opened.sent
    mine_to_settle = open_here and not each.mine and settling_remarks.owns(state.session, at, state.actor.person)
    typed = desk.typed()
    return render_template(
        "writing/remarks_one.html",
        desk=opened,
        each=each,
        asked=known.asks(opened, at.path),
        answer=_standing(opened, at.path),
        seen=at.answer.version,
        changed=each.kind == SUGGESTION and each.open and at.answer.version != each.version,
        may_answer=open_here and each.to_me,
        may_use=mine_to_settle and each.kind == SUGGESTION,
        may_resolve=mine_to_settle and each.kind == COMMENT,
        may_withdraw=each.mine and not opened.sent and each.state not in ("withdrawn", "accepted"),
        words=typed.get("words", ""),
        why=typed.get("why", ""),
        form_problems=problems,
        form_action=request.path,
        back_url=desk.link("said_about", opened, path=at.path),
        audience=desk.audience(),
    ), 422 if problems else 200


def _standing(opened: Desk, path: str) -> list[Voice]:
    """The answer as it stands, with its writers."""
    voices = Voices(opened)
    return [voices.of(path, text) for text in opened.read.texts.get(path, ())]


def _chosen() -> uuid.UUID | None:
    try:
        return uuid.UUID(request.form.get("asked", ""))
    except ValueError:
        return None


def _back(opened: Desk, path: str) -> str:
    """The page on which this reader writes the answer, else the whole form."""
    asked = parse_path(path).id
    page = desk.page_of(opened, asked) if opened.may_write(asked) else None
    return desk.link("page", opened, page_id=page.id) if page else desk.link("check", opened)

"""Whose words are being written, how they were found, and in which language: said once, kept for the sitting."""

import uuid
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from forms.paths import anchor
from web.application import current
from web.who import who
from web.writing import bp
from workflow.access.relation import HELPER, WRITE
from workflow.coproduction.languages import LANGUAGES, direction
from workflow.errors import NotFound
from workflow.queries import writing
from workflow.queries.people import speakers
from workflow.queries.writing import Desk, Sheet
from workflow.signing_in import NAMELESS

SAID = "said:"  # with a person's id: what a school writes down for a parent who takes part
MINE = {
    "own": "All my own",
    "scribed": "I said it and someone wrote it",
    "observed": "Someone asked me and watched what I did",
    "believed": "Someone who knows me wrote what they think I would say",
}
HELPING = {
    "scribed": "%s said it and I wrote it down",
    "observed": "I asked %s and wrote what I saw",
    "believed": "I know %s and wrote what I think they would say",
}
NOW = {
    "scribed": "You are writing down what %s says.",
    "observed": "You are writing what you see.",
    "believed": "You are writing what you think %s would say.",
}
MY_NOW = {
    "scribed": "Someone is writing down what you say.",
    "observed": "Someone asks you, and writes what they see.",
    "believed": "Someone who knows you is writing what they think you would say.",
}


@dataclass(frozen=True)
class How:
    """A mode and a language. said_by: the parent whose words somebody at a school writes down."""

    mode: str = "own"
    language: str = "en"
    said_by: uuid.UUID | None = None


@dataclass(frozen=True)
class Shown:
    """What a page says of it: nothing (`words` is "") while people write their own words in English."""

    words: str
    language: str
    href: str


def current_how(opened: Sheet) -> How:
    """What was said for this form in this sitting, as far as it still holds; else the usual."""
    said = str(opened.submission.id) in session.get("hows", {})
    return _kept(opened, choices(opened)) if said else How(_usual(opened))


def _kept(opened: Sheet, offered: dict[str, str]) -> How:
    kept = session.get("hows", {}).get(str(opened.submission.id), {})
    language = kept.get("language", "en")
    chosen = kept.get("whose") if kept.get("whose") in offered else _usual(opened)
    if chosen.startswith(SAID):
        return How("scribed", language, uuid.UUID(chosen.removeprefix(SAID)))
    return How(chosen, language)


def author(opened: Sheet, how: How) -> uuid.UUID:
    """Whose words these are. What a helper saw is the helper's; what was said or is believed, the person's."""
    if how.said_by:
        return how.said_by
    if opened.keyed or (opened.theirs.role == HELPER and how.mode != "observed"):
        return opened.submission.owner_id
    return current().actor.person


def choices(opened: Sheet) -> dict[str, str]:
    """The answers to "Whose words are these?" that this person may give, in words."""
    if opened.keyed:
        return {"scribed": _of_owner("%s wrote or said it, and I key it in", opened)}
    if opened.theirs.role == HELPER:
        return {mode: _of_owner(words, opened) for mode, words in HELPING.items()}
    if "owner" in opened.theirs.readers and current().actor.kind == "family":
        return MINE
    if opened.form.voice == "shared" and "setting" in opened.theirs.readers:
        state = current()
        said = speakers(state.session, opened.submission, state.now)
        return {"own": "Our own words, at the school", **{f"{SAID}{key}": f"{name} said it" for key, name in said}}
    return {"own": "All my own"}


def shown(opened: Desk) -> Shown:
    """What the top of a page says while it is on."""
    offered = choices(opened)
    how = _kept(opened, offered)
    language = LANGUAGES[how.language] if how.language != "en" else ""
    there = url_for("writing.how", submission_id=opened.submission.id, then=request.full_path.rstrip("?"))
    href = there if len(offered) > 1 or current().actor.kind == "family" else ""
    if how.said_by:
        words = NOW["scribed"] % offered[f"{SAID}{how.said_by}"].removesuffix(" said it")
    elif opened.keyed:
        words = _of_owner("You are keying in what %s wrote or said. It stands under their name.", opened)
    elif opened.theirs.role == HELPER:
        words = _of_owner(NOW[how.mode], opened)
    else:
        words = MY_NOW.get(how.mode, "")
    return Shown(words, language, href)


@bp.route("/forms/<uuid:submission_id>/how", methods=["GET", "POST"])
@who("family", "professional")
def how(submission_id: uuid.UUID) -> ResponseReturnValue:
    """Say whose words these are, and in which language."""
    state = current()
    opened = writing.open_form(state.session, state.actor, submission_id, WRITE, state.now)
    if opened.sent:
        raise NotFound
    offered = choices(opened)
    before = _kept(opened, offered)
    chosen = request.form.get("whose", f"{SAID}{before.said_by}" if before.said_by else before.mode)
    language = request.form.get("language", before.language)
    problems = []
    if request.method == "POST":
        if chosen not in offered:
            problems.append(("whose", "Choose whose words these are."))
        if language not in LANGUAGES:
            problems.append(("language", "Choose a language from the list."))
        if not problems:
            session["hows"] = {
                **session.get("hows", {}),
                str(submission_id): {"whose": chosen, "language": language},
            }
            flash("We will write this beside your words until you change it or sign out.", "success")
            return redirect(_back(opened))
    return render_template(
        "writing/people_how.html",
        desk=opened,
        offered=offered,
        chosen=chosen,
        languages=LANGUAGES,
        language=language,
        helping=opened.theirs.role == HELPER,
        form_problems=[(anchor(field), sentence) for field, sentence in problems],
        form_action=url_for("writing.how", submission_id=submission_id, then=request.args.get("then", "")),
        back_url=_back(opened),
        audience="family" if state.actor.kind == "family" else "school",
    ), 422 if problems else 200


def spoken(language: str, interpreted: bool) -> str:
    """In which language words were written, to stand beside them; "" for English as people write it."""
    called = f"in {LANGUAGES[language]}" if language != "en" and language in LANGUAGES else ""
    return ", ".join(part for part in (called, "interpreted" if interpreted else "") if part)


def dir_of(language: str) -> str:
    """The `dir` of words in a language."""
    return direction(language)


def _usual(opened: Sheet) -> str:
    return "scribed" if opened.keyed or opened.theirs.role == HELPER else "own"


def _of_owner(words: str, opened: Sheet) -> str:
    """The words with whose form it is in them; "a parent or carer" in mid-sentence, where no name is known."""
    name = writing.owner_name(current().session, opened.submission)
    if name in NAMELESS.values() and not words.startswith("%s"):
        name = name[0].lower() + name[1:]
    return words.replace("%s", name)


def _back(opened: Desk) -> str:
    """Back to the page of this form where the link was followed: never an address from outside."""
    here = url_for("writing.overview", submission_id=opened.submission.id)
    then = request.args.get("then", "")
    return then if then.startswith(f"{here}/page/") else here

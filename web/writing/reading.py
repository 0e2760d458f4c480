"""A whole form to read: for checking before it is sent, for the record after, and on paper."""

import uuid
from collections.abc import Iterator

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from forms.reading import Said, SaidSection, read
from web.application import current
from web.who import who
from web.writing import bp, desk, talk, thread
from web.writing.around import Voice, Voices
from workflow.access.relation import READ
from workflow.coproduction import replying, withholding
from workflow.queries import writing
from workflow.queries.writing import Desk


@bp.get("/forms/<uuid:submission_id>/check")
@who("family", "professional", "staff")
def check(submission_id: uuid.UUID) -> ResponseReturnValue:
    """All the answers, with their writers and the way to change one's own."""
    opened = _opened(submission_id)
    voices = Voices(opened)
    short = desk.is_short(opened.form)
    pages = {asked.id: page.id for page in writing.my_pages(opened, short=False) for asked in page.questions}
    return render_template(
        "writing/check.html",
        desk=opened,
        title=desk.title_of(opened.form),
        sections=_sections(opened, short=short),
        whose=_whose(voices),
        writer=_only_writer(voices),
        pages=pages if not opened.sent else {},
        can_send=opened.may_send,
        talk=talk.of_form(opened),
        audience=desk.audience(),
        before=opened.submission.follows_id,
        asked=replying.asked_of(current().session, opened.submission, opened.form, opened.values, current().actor),
        can_withhold=bool(withholding.may_withhold(opened.form, opened.theirs)),
        back_url=_back_url(opened),
        link=desk.link,
        short=short,
        thread=thread.link_to(opened),
    )


@bp.get("/forms/<uuid:submission_id>/print")
@who("family", "professional", "staff")
def print_form(submission_id: uuid.UUID) -> ResponseReturnValue:
    """The form on paper: its id and version, who wrote what, and both of two versions."""
    opened = _opened(submission_id)
    voices = Voices(opened)
    return render_template(
        "writing/print.html",
        desk=opened,
        title=desk.title_of(opened.form),
        sections=_sections(opened, short=desk.is_short(opened.form)),
        whose=_whose(voices),
        writer=_only_writer(voices),
        talk=talk.of_form(opened, links=False),
        audience=desk.audience(),
        back_url=desk.link("check", opened),
    )


def _opened(submission_id: uuid.UUID) -> Desk:
    opened = desk.open_desk(submission_id, READ)
    desk.note_reading(opened)
    return opened


def _sections(opened: Desk, *, short: bool) -> list[SaidSection]:
    """The form's sections; the short way shows what it asks and whatever else was said."""
    found = read(opened.form, opened.read.shown_to(opened.actor.person_id), opened.facts, child_name=opened.name)
    keep = [SaidSection(each.section, tuple(_shown(each.answers, short=short))) for each in found]
    return [each for each in keep if each.answers]


def _shown(answers: tuple[Said, ...], *, short: bool) -> Iterator[Said]:
    for said in answers:
        kind = said.question.type
        if said.nothing and kind == "link" and not said.question.note:
            continue
        if not short or said.question.short or (not said.nothing and kind != "calc"):
            yield said


def _whose(voices: Voices) -> dict[str, list[Voice]]:
    """Every text of every answer by its path, in the order it was written."""
    return {
        path: [voices.of(path, text) for text in texts]
        for path, texts in voices.opened.read.texts.items()
        if not path.endswith("[]")
    }


def _only_writer(voices: Voices) -> str:
    """Who wrote all that this reader sees, where it was one person in their own words: said once, not each time."""
    texts = [(path, text) for path, found in voices.opened.read.texts.items() for text in found]
    ways = {(text.author_id, text.entered_by, text.mode, text.language) for _, text in texts}
    if len(ways) != 1 or (texts[0][1].mode, texts[0][1].language) != ("own", "en"):
        return ""
    return voices.of(*texts[0]).author


def _back_url(opened: Desk) -> str:
    if current().actor.kind == "staff":
        return ""
    if not opened.sent:
        return desk.link("overview", opened)
    return url_for("family.home") if current().actor.kind == "family" else url_for("school.home")

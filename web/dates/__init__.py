"""The date checker: what happened, when, and every date that follows. Open to all; nothing is stored."""

from typing import NamedTuple

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from law.wording import Register
from web.application import current
from web.dates import forms, ics
from web.dates.answers import Answer, Asked, Line, answer, find_event
from web.dates.events import GROUPS
from web.dates.letter import late_letter
from web.who import no_database, who
from workflow.clock import london_day

bp = Blueprint("dates", __name__, url_prefix="/dates")


@bp.get("")
@who("public")
@no_database
def start() -> ResponseReturnValue:
    """Choose what happened; then its days. The form comes back here, and leads on once it can be read."""
    event, today = find_event(request.args.get("event")), london_day(current().now)
    if event is None:
        return render_template("dates/start.html", groups=GROUPS)
    if not forms.was_sent(event, request.args):
        known = forms.form_for(event, today, forms.as_typed(event, request.args))
        form = forms.form_for(event, today, known={**known.days, forms.WHAT: request.args.get(forms.WHAT)})
        return render_template("dates/when.html", event=event, form=form)
    form = forms.form_for(event, today, request.args)
    if form.validate():
        choice = next((each for each in event.choices if each.value == request.args.get(forms.WHAT)), None)
        return redirect(url_for("dates.show", **Asked(event, form.days, choice).query))
    return render_template("dates/when.html", event=event, form=form, form_problems=form.problems()), 422


@bp.get("/answer")
@who("public")
@no_database
def show() -> ResponseReturnValue:
    """Every date that follows, soonest first, each with its reasons, in either kind of words."""
    read = _read()
    if not isinstance(read, _Read):
        return read
    words: Register = "professional" if request.args.get("words") == "professional" else "family"
    found = answer(read.asked, words, gettext)
    return render_template("dates/answer.html", asked=read.asked, answer=found, words=words)


@bp.get("/calendar.ics")
@who("public")
@no_database
def calendar_file() -> ResponseReturnValue:
    """The same dates for a calendar: whole days, and nobody's name."""
    read = _read()
    if not isinstance(read, _Read):
        return read
    entries = [_entry(line) for line in read.answer.lines if line.on]
    body = ics.calendar_file(entries, gettext("Dates that follow"), current().now)
    headers = {"Content-Disposition": 'attachment; filename="dates.ics"'}
    return Response(body, content_type="text/calendar; charset=utf-8", headers=headers)


@bp.get("/letter")
@who("public")
@no_database
def letter() -> ResponseReturnValue:
    """A letter to the council about a date that has passed, to print or to copy."""
    read = _read()
    if not isinstance(read, _Read):
        return read
    here, today = current(), london_day(current().now)
    line = read.answer.line(request.args.get("rule", ""))
    if line is None or not line.can_write(today):
        return redirect(url_for("dates.show", **read.asked.query))
    written = late_letter(line, here.authority.name if "authority" in here else "", today, gettext)
    return render_template("dates/letter.html", asked=read.asked, letter=written)


class _Read(NamedTuple):
    """An address that could be read, and what follows from it in a family's words."""

    asked: Asked
    answer: Answer


def _read() -> _Read | ResponseReturnValue:
    """What the address asks; or the way back to the form, which says what is wrong with it."""
    event = find_event(request.args.get("event"))
    if event is None:
        return redirect(url_for("dates.start"))
    typed = forms.as_typed(event, request.args)
    form = forms.form_for(event, london_day(current().now), typed)
    if not form.validate():
        return redirect(url_for("dates.start", event=event.id, **typed))
    choice = next((each for each in event.choices if each.value == typed.get(forms.WHAT)), None)
    asked = Asked(event, form.days, choice)
    return _Read(asked, answer(asked, "family", gettext))


def _entry(line: Line) -> ics.Entry:
    """Keyed by the rule and what started it: fetched again with more known, it takes the place of the old entry."""
    assert line.on and line.due and line.account
    rule, due = line.rule, line.due
    key = f"{rule.id} {due.trigger_key} {due.trigger_on}"
    return ics.Entry(key, line.on, ics.title(gettext(rule.title), rule.owed_by, rule.bearing), line.account.text)

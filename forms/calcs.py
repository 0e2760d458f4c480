"""What a form works out by itself: one function for each kind, by the name a definition gives it.

Each takes the answers, the facts and the rows it stands in, and says its result in words: "" while there is nothing
to say. None reads a clock or a table; what they need from elsewhere is told as a fact (`forms.context.FACTS`).
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from forms import cycles, dates, money, notice
from forms.completeness import calcs_asked
from forms.conditions import Answers, Context
from forms.definition import Form, Question
from forms.paths import path
from forms.values import has_something, usable

Work = Callable[[Context], str]
A_YEAR = timedelta(days=366)


def worked_out(form: Form, answers: Answers, facts: Mapping[str, Any]) -> dict[str, str]:
    """Everything the form works out, in words, by its path. What has no result yet is left out."""
    told = {**facts, "form": form.id, "written_by": form.written_by}
    places = calcs_asked(form, answers, facts)
    found = ((place.path, work_out(place.question, Context(answers, told, place.rows))) for place in places)
    return {where: words for where, words in found if words}


def work_out(asked: Question, at: Context) -> str:
    """What one question works out, in words, in the rows it stands in."""
    return CALCS[asked.calc](at) if asked.calc else ""


def _day(fact: str) -> Work:
    """A date that is told."""

    def words(at: Context) -> str:
        told = at.fact(fact)
        return dates.in_words(told) if usable("date", told) else ""

    return words


def _days_of_notice(at: Context) -> str:
    days = notice.days(at.answer("iv_date"), at.fact("asked_on"))
    if days is None:
        return ""
    if days < 0:
        return "That day has gone."
    counted = f"{days} day{'' if days == 1 else 's'}"
    return counted if days >= notice.SHORTEST else f"{counted}: fewer than the {notice.SHORTEST} that people need"


def _person_today(at: Context) -> str:
    return "Young person" if at.fact("person") == "yp" else "Child"


def _clock_status(at: Context) -> str:
    got = at.answer("lt_got")
    if at.answer("lt_is") == "no":
        return "Not running: this is not a request for an assessment."
    return f"Running from {dates.in_words(got)}. Nobody can pause it." if usable("date", got) else ""


def _outcomes_tagged(at: Context) -> str:
    rows = at.answer("ou[]") or ()
    bare = sum(not has_something(at.answers.get(path("ou[].pfa", row))) for row in rows)
    if not rows:
        return "No outcomes are written here yet."
    return f"Not yet: {bare} of {len(rows)} have no area." if bare else "Yes"


def _cycle_number(at: Context) -> str:
    rows = at.answers.get("cy[]") or ()
    return str(list(rows).index(at.rows[0]) + 1) if at.rows and at.rows[0] in rows else ""


def _complete_cycles(at: Context) -> str:
    return str(cycles.complete_in_plan(at.answers, at.fact("asked_on")))


def _meetings_this_year(at: Context) -> str:
    today = _iso(at.fact("asked_on"))
    if today is None:
        return ""
    began = date(today.year if today.month >= 9 else today.year - 1, 9, 1)
    met = (_iso(at.answers.get(path("mt[].date", row))) for row in at.answer("mt[]") or ())
    return str(sum(day is not None and began <= day <= today for day in met))


def _yearly_report(at: Context) -> str:
    today, given = _iso(at.fact("asked_on")), _iso(at.answer("rp_date"))
    if given is None or today is None:
        return "No"
    fresh = given <= today <= given + A_YEAR
    return f"Yes, on {dates.in_words(given.isoformat())}" if fresh else "Not in the last 12 months"


def _provision_total(at: Context) -> str:
    return money.shown(told) if (told := money.pounds(at.fact("provision_total"))) is not None else ""


def _row_cost(at: Context) -> str:
    cost = money.row_cost(at)
    return cost if isinstance(cost, str) else money.shown(cost)


def _costs_total(at: Context) -> str:
    total, left_out = money.total(at)
    if total is None:
        return ""
    return money.shown(total) + (f", with {left_out} row{'' if left_out == 1 else 's'} not counted" if left_out else "")


def _school_pays(at: Context) -> str:
    return money.shown(money.school_pays(at))


def _costs_over(at: Context) -> str:
    total, _ = money.total(at)
    return "" if total is None else money.shown(max(total - money.school_pays(at), money.NOTHING))


def _iso(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


CALCS: Mapping[str, Work] = {
    "sent-at": _day("sent_on"),
    "shared-at": _day("shared_on"),
    "meeting-plus-2-weeks": _day("report_due"),
    "meeting-plus-4-weeks": _day("decision_due"),
    "review-decision-due": _day("review_due"),
    "decision-due": _day("due_on"),
    "reply-by": _day("reply_by"),
    "reply-due": _day("reply_due"),
    "days-of-notice": _days_of_notice,
    "person-today": _person_today,
    "clock-status": _clock_status,
    "outcomes-tagged": _outcomes_tagged,
    "cycle-number": _cycle_number,
    "complete-cycles": _complete_cycles,
    "meetings-this-year": _meetings_this_year,
    "yearly-report": _yearly_report,
    "provision-total": _provision_total,
    "row-cost": _row_cost,
    "costs-total": _costs_total,
    "school-pays": _school_pays,
    "costs-over": _costs_over,
}

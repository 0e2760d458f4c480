"""What is asked, what is still to do, and what stops sending: worked out each time, never stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.conditions import Answers, Context
from forms.definition import Form, Page, Question, Rule, Section
from forms.paths import path
from forms.values import has_something, usable

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """One place for an answer: its address, the question, the section, and the rows it stands in."""

    path: str
    question: Question
    section: Section
    rows: tuple[str, ...] = ()
    first: bool = True


@dataclass(frozen=True)
class Missing:
    """Something that must be there before sending: the question to go to, if one, and a sentence."""

    question_id: str | None
    path: str | None
    say: str


def visible(form: Form, answers: Answers, facts: Facts) -> tuple[Place, ...]:
    """Every place the form asks about, given what has been said: groups, then each row's own questions."""
    return tuple(_visible(form, answers, _with_form(form, facts)))


def calcs_asked(form: Form, answers: Answers, facts: Facts) -> Iterator[Place]:
    """The places where something is worked out, without looking at the rest of the form."""
    facts = _with_form(form, facts)
    for section in form.sections:
        if section.when is None or section.when.holds(Context(answers, facts)):
            for asked in section.questions:
                if any(each.calc for each in asked.walk()):
                    yield from (each for each in _places(asked, section, answers, facts, ()) if each.question.calc)


def pages_asked(form: Form, answers: Answers, facts: Facts, *, short: bool = False) -> tuple[Page, ...]:
    """The form's pages that have something to ask, given what has been said."""
    asked = {place.question.id for place in visible(form, answers, facts)}
    return tuple(page for page in form.pages(short=short) if any(each.id in asked for each in page.questions))


def still_to_do(form: Form, answers: Answers, facts: Facts) -> dict[str, tuple[Place, ...]]:
    """Expected and required places without an answer, for each section id that has any.

    A section answered by one's own paper still owes only what is required.
    """
    facts = _with_form(form, facts)
    todo: dict[str, tuple[Place, ...]] = {}
    for place in _visible(form, answers, facts):
        need = requirement(place, answers, facts)
        papered = need == "E" and has_paper(place.section, answers)
        if need in ("R", "E") and not papered and not is_answered(place, answers, facts):
            todo[place.section.id] = (*todo.get(place.section.id, ()), place)
    return todo


def missing_to_send(form: Form, answers: Answers, facts: Facts) -> tuple[Missing, ...]:
    """What stops sending: required places without an answer, then the form's own rules that are not met."""
    facts = _with_form(form, facts)
    missing = [
        Missing(place.question.id, place.path, f"Answer: {place.question.text}")
        for place in _required(form, answers, facts)
        if requirement(place, answers, facts) == "R" and not is_answered(place, answers, facts)
    ]
    unmet = _unmet(form.send_when, answers, facts)
    return (*missing, *(Missing(rule.at, rule.at, rule.say) for rule in unmet))


def not_complete(form: Form, answers: Answers, facts: Facts) -> tuple[str, ...]:
    """Why the form is not shown as complete, in sentences; none when it is. It never stops sending."""
    facts = _with_form(form, facts)
    missing = tuple(each.say for each in missing_to_send(form, answers, facts))
    return (*missing, *(rule.say for rule in _unmet(form.complete_when, answers, facts)))


def requirement(place: Place, answers: Answers, facts: Facts) -> str:
    """R, E, O or "-" for a place, its limits taken into account. What another answers, its writers do not owe."""
    asked = place.question
    if asked.answered_by:
        return "-"
    if asked.first_row and not place.first:
        return "O"
    limit = asked.required_when
    if limit and not limit.holds(Context(answers, facts, place.rows)):
        return "O"
    return asked.required


def is_answered(place: Place, answers: Answers, facts: Facts) -> bool:
    """Whether a place has a usable answer, here or among what is known already.

    A group has one when it has rows, or was said to have none; a link when what it points at was sent, or
    words stand in for it; boxes that must all be ticked when they are.
    """
    value = answers.get(place.path)
    if place.path not in answers and place.question.id in facts.get("known", ()):
        return True
    if place.question.type == "repeat":
        return isinstance(value, list | tuple)
    if place.question.type == "link" and not has_something(value):
        return place.question.id in facts.get("sent", ())
    if place.question.tick_all:
        return isinstance(value, list) and {each.id for each in place.question.options} <= set(value)
    return usable(place.question.type, value, partial=place.question.partial)


def has_paper(section: Section, answers: Answers) -> bool:
    """Whether somebody answered the section by adding their own paper."""
    return section.paper is not None and has_something(answers.get(section.paper.id))


def _with_form(form: Form, facts: Facts) -> Facts:
    return {**facts, "form": form.id, "written_by": form.written_by}


def _visible(form: Form, answers: Answers, facts: Facts) -> Iterator[Place]:
    for section in form.sections:
        if section.when is None or section.when.holds(Context(answers, facts)):
            for asked in section.questions:
                yield from _places(asked, section, answers, facts, ())


def _places(
    asked: Question,
    section: Section,
    answers: Answers,
    facts: Facts,
    rows: tuple[str, ...],
    first: bool = True,
) -> Iterator[Place]:
    if (asked.later_rows and first) or (asked.when and not asked.when.holds(Context(answers, facts, rows))):
        return
    here = Place(path(asked.id, *rows), asked, section, rows, first)
    yield here
    for at, row in enumerate(answers.get(here.path) or () if asked.type == "repeat" else ()):
        for inner in asked.cells:
            yield from _places(inner, section, answers, facts, (*rows, row), at == 0)


def _required(form: Form, answers: Answers, facts: Facts) -> Iterator[Place]:
    """Visible places, and the required questions of a first row that has not been started."""
    for place in _visible(form, answers, facts):
        yield place
        if place.question.type == "repeat" and not place.rows and not answers.get(place.path):
            for inner in place.question.rows:
                if inner.first_row:
                    yield Place(place.path, inner, place.section)


def _unmet(rules: tuple[Rule, ...], answers: Answers, facts: Facts) -> Iterator[Rule]:
    return (rule for rule in rules if not rule.when.holds(Context(answers, facts)))

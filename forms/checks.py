"""Mistakes in a definition, each as a sentence that names the question. Found when the form is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from forms.conditions import EachRow, Fact, FactAtLeast, FactUnder, Includes, RowIs, SomeRow
from forms.context import FACTS, Operator
from forms.paths import QUESTION_ID
from forms.prose import condition_in_words

if TYPE_CHECKING:
    from forms.definition import Form
    from forms.question import Question


def mistake(form: Form) -> str | None:
    """The first mistake, or None."""
    return next(_mistakes(form), None)


def _mistakes(form: Form) -> Iterator[str]:
    known = {asked.id: asked for asked in form.questions()}
    for kind, names in _names(form):
        for name in (name for name, count in Counter(names).items() if count > 1):
            yield f"{kind} {name} is there twice"
    for section in form.sections:
        yield from _pages(form, section.id)
        for top in section.questions:
            for asked in top.walk():
                yield from (f"question {asked.id} {wrong}" for wrong in _question(asked))
                yield from (f"question {asked.id} {wrong}" for wrong in _choosing(asked, known))
            yield from _rows(top)
            yield from _said_not_asked(top, conditional=section.when is not None)
    for owner, place, condition in _conditions(form):
        for node in condition.walk():
            yield from (f"{owner}: {wrong}" for wrong in _condition(node, place, known))


def _names(form: Form) -> Iterator[tuple[str, list[str]]]:
    yield "question", [asked.id for asked in form.questions()]
    yield "section", [section.id for section in form.sections]
    yield "page", [page.id for page in form.pages()]


def _pages(form: Form, section_id: str) -> Iterator[str]:
    section = next(each for each in form.sections if each.id == section_id)
    asked = {each.id for each in section.questions}
    for page in section.pages:
        if page.start not in asked:
            yield f"page {page.id} starts at {page.start}, which section {section_id} does not ask"


def _question(asked: Question) -> Iterator[str]:
    choice = asked.type in ("radio", "checks", "scale", "select", "yesno")
    offers = bool(asked.options or asked.choices_from or asked.choices_of)
    wrongs = {
        "has an id that cannot be the address of an answer": not QUESTION_ID.fullmatch(asked.id),
        "has no words": not asked.text.strip(),
        "must be a repeat exactly when its id ends in []": (asked.type == "repeat") != asked.id.endswith("[]"),
        "must have rows exactly when it is a repeat": (asked.type == "repeat") != bool(asked.rows),
        "needs options": choice and not offers,
        "has options but is not a choice": offers and not choice,
        "has an option twice": len(asked.label_of) < len(asked.options),
        "has a note but is not a link": bool(asked.note) and asked.type != "link",
        "must say what is worked out exactly when it is a calc": (asked.type == "calc") != bool(asked.calc),
        "must have nothing to answer exactly when it is a show or a calc": (asked.required == "-")
        != (asked.type in ("show", "calc")),
        "has boxes that must all be ticked but is not of checks": asked.tick_all and asked.type != "checks",
        "has a helper but is no group of rows": bool(asked.helper) and asked.type != "repeat",
        "is answered by the person of its row but stands in none": bool(asked.answered_by) and "[]." not in asked.id,
        "lets readers in by an option it does not have": bool(asked.lets_in.keys() - asked.label_of.keys()),
        "says who reads in a row of a row": bool(asked.lets_in) and asked.id.count("[]") > 1,
    }
    return (sentence for sentence, wrong in wrongs.items() if wrong)


def _choosing(asked: Question, known: dict[str, Question]) -> Iterator[str]:
    """Rows that a question chooses among must be asked by the form, and be of its own row where they are in one."""
    if asked.choices_of is None:
        return
    group = asked.choices_of.rpartition(".")[0]
    around = group.rpartition("[].")[0]
    if asked.choices_of not in known or not group.endswith("[]"):
        yield f"chooses among {asked.choices_of}, which is no cell of a row of the form"
    elif around and not asked.id.startswith(f"{around}[]."):
        yield f"chooses among {asked.choices_of}, which stands in a row this is not in"


def _said_not_asked(asked: Question, *, conditional: bool) -> Iterator[str]:
    """Words that say when a question is asked, where no condition does."""
    here = conditional or asked.when is not None
    if not here and (said := condition_in_words(asked)):
        yield f"question {asked.id} says when it is asked in words ({said!r}): give it a condition"
    for row in asked.rows:
        yield from _said_not_asked(row, conditional=here)


def _rows(asked: Question) -> Iterator[str]:
    for row in asked.rows:
        if row.id.rpartition(".")[0] != asked.id:
            yield f"question {row.id} stands in the rows of {asked.id}, so its id must start with {asked.id}."
        yield from _rows(row)


def _conditions(form: Form) -> Iterator[tuple[str, str, Operator]]:
    """Whose condition it is, the question id it stands at ("" for the whole form), and the condition."""
    for section in form.sections:
        if section.when:
            yield f"section {section.id}", "", section.when
    for asked in form.questions():
        for condition in (asked.when, asked.required_when):
            if condition:
                yield f"question {asked.id}", asked.id, condition
    for rule in (*form.send_when, *form.complete_when):
        yield f"rule {rule.say!r}", "", rule.when


def _condition(node: Operator, place: str, known: dict[str, Question]) -> Iterator[str]:
    if isinstance(node, Fact | FactAtLeast | FactUnder):
        name = next(iter(node.model_dump().values()))[0]
        if name not in FACTS:
            yield f"its condition reads the fact {name}, which nobody tells"
    if isinstance(node, EachRow | SomeRow | RowIs):
        for unknown in sorted(node.reads() - known.keys()):
            yield f"its condition reads {unknown}, which the form does not ask"
    if isinstance(node, RowIs) and (cell := known.get(node.row_is[0])):
        for option in sorted(set(node.row_is[1:]) - cell.label_of.keys()):
            yield f"its condition names {option}, which is no option of {cell.id}"
    if read := node.asks():
        asked = known.get(read[0])
        if asked is None:
            yield f"its condition reads {read[0]}, which the form does not ask"
        else:
            yield from _reading(node, asked, read[1], place)


def _reading(node: Operator, asked: Question, options: tuple[str, ...], place: str) -> Iterator[str]:
    group = asked.id.rpartition("].")[0]
    if group and not place.startswith(f"{group}]."):
        yield f"its condition reads {asked.id}, which stands in a row this is not in"
    for option in options:
        if option not in asked.label_of:
            yield f"its condition names {option}, which is no option of {asked.id}"
    if options and isinstance(node, Includes) != (asked.type == "checks"):
        yield f"its condition must use includes for the ticks of {asked.id} and equals for one choice"

"""Where an answer may have been given before. Pure: says where to look and what fits, never who may read it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.definition import Form
from forms.paths import path
from forms.question import Question
from forms.reading import lines
from forms.values import has_something

_KEPT_BY_HAND = frozenset({"file", "media", "link", "calc", "show", "sign"})
CALLED = "ch_known"  # the name a child likes, as the record has it
_PLAN = "plan "
_CHOICES = frozenset({"radio", "checks", "select", "scale", "yesno"})


@dataclass(frozen=True)
class Wanted:
    """Where an answer to a question may stand already.

    `core`: the ids under which the child's record, or any form about the child, may hold it. `keys`: concept
    keys (`aam.help`), on any All About Me. `fields`: question ids by form id. `own`: on one's own last form of
    the same kind. `account`: who is signed in. `case`: the council's case. `plan`: the lettered sections of the
    child's plan.
    """

    core: frozenset[str] = frozenset()
    own: bool = False
    case: bool = False
    account: bool = False
    keys: frozenset[str] = frozenset()
    fields: tuple[tuple[str, str], ...] = ()
    plan: frozenset[str] = frozenset()


def wanted(question: Question) -> Wanted:
    """What a question's `prefill` asks for. Entries that point at a whole form offer no words."""
    dotted = [each.split(".", 1) for each in question.prefill if "." in each and " " not in each]
    own, core = "last" in question.prefill, "CORE" in question.prefill
    called = {CALLED} if "aam.called" in _keys(question) else set()
    return Wanted(
        core=frozenset({question.id, *called}) if core else frozenset(),
        own=own,
        case="CASE" in question.prefill,
        account="account" in question.prefill,
        keys=frozenset(f"aam.{field}" for form, field in dotted if form == "aam")
        | (_keys(question) if own else frozenset()),
        fields=tuple((form, field) for form, field in dotted if form != "aam"),
        plan=frozenset(each.removeprefix(_PLAN) for each in question.prefill if each.startswith(_PLAN)),
    )


def places(asked: Question, where: Wanted, form: Form, *, own: bool) -> Iterator[Question]:
    """The questions of another form that may hold the answer already. `own`: that form is one's own."""
    ids = {*where.core, *([asked.id] if where.own and own else [])}
    ids |= {field for form_id, field in where.fields if form_id == form.id}
    ids |= {f"{field}[]" for form_id, field in where.fields if form_id == form.id}
    for each in form.questions():
        if "]." not in each.id and (each.id in ids or where.keys & _keys(each)):
            yield each


def fitted(asked: Question, source: Question, value: Any) -> Any:
    """The value as the question asked would keep it; None where it does not fit.

    The same kind of answer is kept as it is, if each choice is one of the question's own; anything else fits
    a question answered in words, as its words.
    """
    if not has_something(value) or asked.type in _KEPT_BY_HAND or source.type in _KEPT_BY_HAND:
        return None
    if asked.type == source.type != "repeat":
        return value if _offered(asked, value) else None
    if asked.type in ("text", "area") and source.type != "repeat":
        return "\n".join(lines(source, value))
    return None


def cells(asked: Question, source: Question) -> dict[str, str]:
    """For two groups, the cell of `source` that each cell of `asked` is filled from: alike in name and kind."""
    theirs = {each.id.rpartition(".")[2]: each for each in source.rows}
    return {
        each.id: theirs[name].id
        for each in asked.rows
        if (name := each.id.rpartition(".")[2]) in theirs and theirs[name].type == each.type != "repeat"
    }


def row_values(source: Question, answers: Mapping[str, Any], wanted_cells: Iterable[str]) -> list[dict[str, Any]]:
    """What each row of a group says in some of its cells, in order; rows that say nothing are left out."""
    named = tuple(wanted_cells)
    rows = [
        {cell: said for cell in named if has_something(said := answers.get(path(cell, row)))}
        for row in answers.get(source.id) or ()
    ]
    return [row for row in rows if row]


def _keys(question: Question) -> frozenset[str]:
    return frozenset(each for each in question.feeds if each.startswith("aam."))


def _offered(asked: Question, value: Any) -> bool:
    if asked.type not in _CHOICES or asked.free_text or asked.choices_from:
        return True
    return set(value if isinstance(value, list) else [value]) <= asked.label_of.keys()

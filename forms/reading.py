"""What people said, in plain words: for checking answers, reading, printing and letters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms import calcs, dates
from forms.completeness import Facts, Place, visible
from forms.conditions import Answers, Context
from forms.definition import Form, Option, Question, Section
from forms.offered import GONE, rows_offered
from forms.values import ADDRESS, PERSON, has_something, read_number
from forms.wording import named, row_name

Lists = Mapping[str, Sequence[Option]]
_ORDER: Mapping[str, tuple[str, ...]] = {
    "address": ADDRESS,
    "person": PERSON,
    "media": ("words",),
    "sign": ("name",),
}
_WORDS = {
    "name": "Name",
    "job": "Job",
    "organisation": "Organisation",
    "phone": "Phone",
    "email": "Email",
    "words": "What it shows",
}


@dataclass(frozen=True)
class Said:
    """One answer as it is read: lines of words (typed text keeps its breaks), files, or rows of answers."""

    path: str
    text: str
    question: Question
    lines: tuple[str, ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    none: bool = False
    rows: tuple["SaidRow", ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing was said."""
        return not (self.lines or self.files or self.rows or self.none)


@dataclass(frozen=True)
class SaidRow:
    """One row of a group."""

    id: str
    title: str
    answers: tuple[Said, ...]


@dataclass(frozen=True)
class SaidSection:
    """A section and its answers in order."""

    section: Section
    answers: tuple[Said, ...] = field(default=())


def read(
    form: Form,
    answers: Answers,
    facts: Facts,
    *,
    child_name: str,
    lists: Lists | None = None,
    row_titles: Mapping[str, str] | None = None,
) -> tuple[SaidSection, ...]:
    """The whole form as it is read, section by section, with what was asked and not answered."""
    places = visible(form, answers, facts)
    told = {**facts, "form": form.id, "written_by": form.written_by}
    words = _Words(answers, told, child_name, lists or {}, row_titles or {})
    sections = []
    for section in form.sections:
        own = [place for place in places if place.section.id == section.id]
        said = list(words.level(own, ()))
        if section.paper and has_something(answers.get(section.paper.id)):
            said.append(words.one(section.paper.id, section.paper))
        sections.append(SaidSection(section, tuple(said)))
    return tuple(each for each in sections if each.answers)


def lines(question: Question, value: Any, lists: Lists | None = None) -> tuple[str, ...]:
    """A value in words, a line for each part: options as their labels, dates as people read them."""
    if not has_something(value):
        return ()
    kind = question.type
    if kind in ("date", "month"):
        return (dates.in_words(value),)
    if kind in ("num", "money", "pct", "mins"):
        return (_number(kind, value),)
    if question.options or question.choices_from or question.choices_of:
        source = question.choices_of or question.choices_from or ""
        labels = {**question.label_of, **_labels((lists or {}).get(source, ()))}
        chosen = value if isinstance(value, list) else [value]
        return tuple(str(labels.get(each, GONE if question.choices_of else each)) for each in chosen)
    if isinstance(value, Mapping):
        return tuple(_parts(kind, value))
    return (value,) if isinstance(value, str) else ()


def _labels(options: Sequence[Option]) -> dict[str, str]:
    return {option.id: option.label for option in options}


def _number(kind: str, value: str) -> str:
    if read_number(value) is None:
        return value
    return {"money": f"£{value}", "pct": f"{value}%", "mins": f"{value} minutes"}.get(kind, value)


def _parts(kind: str, value: Mapping[str, Any]) -> Iterator[str]:
    for part in _ORDER.get(kind, tuple(value)):
        text = value.get(part)
        if isinstance(text, str) and text:
            yield text if kind in ("address", "sign") else f"{_WORDS.get(part, part)}: {text}"


@dataclass(frozen=True)
class _Words:
    answers: Answers
    facts: Facts
    child_name: str
    lists: Lists
    row_titles: Mapping[str, str]

    def level(self, places: Sequence[Place], rows: tuple[str, ...]) -> Iterator[Said]:
        """The answers that stand directly in these rows. Words of the form, and sums without a result, say nothing."""
        for place in places:
            if place.rows != rows or place.question.type == "show":
                continue
            cell = place.path.removesuffix("[]") + "["
            inside = [each for each in places if each.path.startswith(cell)]
            said = self.one(place.path, place.question, inside, rows)
            if not (place.question.calc and said.nothing):
                yield said

    def one(self, path: str, question: Question, inside: Sequence[Place] = (), rows: tuple[str, ...] = ()) -> Said:
        value = self.answers.get(path)
        text = named(question.text, self.child_name, self.facts["written_by"])
        if question.calc:
            result = calcs.work_out(question, Context(self.answers, self.facts, rows))
            return Said(path, text, question, (result,) if result else ())
        if question.type == "repeat":
            opened = tuple(
                SaidRow(row, self._title(question, row, number), tuple(self.level(inside, (*rows, row))))
                for number, row in enumerate(value or (), 1)
            )
            return Said(path, text, question, none=value == [], rows=opened)
        if question.type in ("file", "media"):
            files = value.get("files", ()) if isinstance(value, Mapping) else value or ()
            return Said(path, text, question, lines(question, value), tuple(files))
        return Said(path, text, question, lines(question, value, self._lists(question, rows)))

    def _lists(self, question: Question, rows: tuple[str, ...]) -> Lists:
        """The lists known, with the rows that this question chooses among."""
        if question.choices_of is None:
            return self.lists
        return {**self.lists, question.choices_of: rows_offered(question.choices_of, self.answers, rows, whole=True)}

    def _title(self, group: Question, row: str, number: int) -> str:
        return self.row_titles.get(row) or row_name(group, number)

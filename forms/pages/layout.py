"""What a page asks, in order, with its rows opened out and its words filled in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from forms.conditions import Answers, Condition, Context
from forms.definition import Option, Page, Question
from forms.offered import rows_offered, with_chosen
from forms.pages import choices, files, parts, single
from forms.pages.base import Answer, Asked
from forms.pages.rows import Row, Rows, row_ids
from forms.paths import path
from forms.wording import named, row_name

FIELDS: Mapping[str, type[Answer]] = {
    "text": single.Text,
    "area": single.Area,
    "date": parts.Date,
    "month": parts.Month,
    "time": single.Time,
    "num": single.Number,
    "money": single.Money,
    "pct": single.Percent,
    "mins": single.Minutes,
    "yesno": choices.Radios,
    "radio": choices.Radios,
    "scale": choices.Radios,
    "checks": choices.Ticks,
    "select": choices.Select,
    "suggested": choices.Suggested,
    "repeat": Rows,
    "file": files.File,
    "media": files.Media,
    "address": parts.Address,
    "phone": single.Phone,
    "email": single.Email,
    "person": parts.Person,
    "sign": parts.Sign,
    "link": single.Link,
    "calc": single.Shown,
    "show": single.Shown,
}


def field_for(asked: Asked) -> Answer:
    """The (unbound) field that draws a question: a list that takes free text is a box with suggestions."""
    chosen = asked.question
    kind = "suggested" if chosen.type == "select" and chosen.free_text else chosen.type
    return FIELDS[kind](asked)


@dataclass(frozen=True)
class Extras:
    """What a definition cannot know.

    lists: options for `choices_from`. row_titles: by row id, for rows that come from a plan. states: by
    question id or path, what to show for a link ({"text", "href"}) or for something worked out ({"text"}).
    versions: by path, the version of the stored answer. unsaved: what is drawn came back and is not stored.
    """

    lists: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    row_titles: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    unsaved: bool = False
    new_row: Callable[[], str] = lambda: uuid4().hex


@dataclass
class Layout:
    """One page being laid out."""

    page: Page
    answers: Answers
    facts: Mapping[str, Any]
    typed: Any
    child_name: str
    extras: Extras
    top: list[str] = field(default_factory=list)
    _rows: dict[str, list[tuple[str, str, list[str]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.facts = {**self.facts, "form": self.page.form_id, "written_by": self.page.written_by}

    def asked(self) -> list[Asked]:
        """Everything to draw, a group before the cells of its rows."""
        paper = (self.page.paper,) if self.page.paper else ()
        found: list[Asked] = []
        caption = ""
        for each in (*self.page.questions, *paper):
            opened = list(self._open(each, (), caption=each.caption if each.caption != caption else ""))
            if opened:
                caption = each.caption
                self.top.append(opened[0].path)
                found.extend(opened)
        return found

    def rows(self, group: Rows, form: Any) -> list[Row]:
        """The rows of a group, with their fields."""
        return [
            Row(row, title, [form._fields[cell] for cell in cells])
            for row, title, cells in self._rows.get(group.name, ())
        ]

    def words(self, text: str) -> str:
        """Text with the child's name in it."""
        return named(text, self.child_name, self.page.written_by)

    def _open(
        self, each: Question, rows: tuple[str, ...], *, caption: str = "", row: str = "", first: bool = False
    ) -> Iterator[Asked]:
        depends = self._depends(each, rows)
        if each.when and not depends and not each.when.holds(Context(self.answers, self.facts, rows)):
            return
        here = path(each.id, *rows)
        state = self.extras.states.get(here) or self.extras.states.get(each.id)
        if (each.type == "calc" and not state) or each.answered_by:
            return
        plain = caption == self.page.title
        own = each.first if first and each.first and rows else each
        yield Asked(
            question=each,
            path=here,
            text=self.words(own.text),
            hint=self.words(own.hint),
            caption="" if plain else caption,
            heading=self.page.one_thing and not rows and not self.top,
            depends=depends,
            options=self._options(each, rows),
            state=state,
            row=row,
            version=self.extras.versions.get(here, 0),
            unsaved=self.extras.unsaved,
        )
        if each.type == "repeat":
            yield from self._cells(each, here, rows)

    @staticmethod
    def _next(caption: str, before: str) -> str:
        """A heading among the cells of a row: only where it changes."""
        return caption if caption != before else ""

    def _options(self, each: Question, rows: tuple[str, ...]) -> tuple[Option, ...]:
        """What there is to choose: the question's own options, rows of the form, or a list the caller knows."""
        if each.choices_of:
            offered = rows_offered(each.choices_of, self.answers, rows)
            return with_chosen(offered, self.answers.get(path(each.id, *rows)))
        return each.options or tuple(self.extras.lists.get(each.choices_from or "", ()))

    def _cells(self, group: Question, here: str, rows: tuple[str, ...]) -> Iterator[Asked]:
        drawn = row_ids(here, self.answers.get(here), self.typed, self.extras.new_row)
        self._rows[here] = []
        for number, row in enumerate(drawn, 1):
            known = self.extras.row_titles.get(row)
            first = number == 1 and not rows
            title = known or row_name(group, number)
            cells: list[str] = []
            caption = ""
            for cell in group.rows if known else group.cells:
                if cell.later_rows and first:
                    continue
                heading = self._next(cell.caption, caption)
                opened = list(self._open(cell, (*rows, row), row=title, caption=heading, first=first))
                caption = cell.caption or caption
                cells.extend(each.path for each in opened[:1])
                yield from opened
            self._rows[here].append((row, title, cells))

    def _depends(self, each: Question, rows: tuple[str, ...]) -> str:
        """The condition as JSON, when it hangs on another answer of this page: then scripts show and hide."""
        if each.when is None:
            return ""
        here = {question.id for top in self.page.questions for question in top.walk()}
        reads = {read[0] for node in each.when.walk() if (read := node.asks())}
        return _as_json(each.when) if reads & here else ""


def _as_json(condition: Condition) -> str:
    return condition.model_dump_json(by_alias=True)

"""One question of a form: its words, its kind of answer, when it is asked and what it is for."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from forms.conditions import Condition

Type = Literal[
    "text", "area", "date", "month", "time", "num", "money", "pct", "mins", "yesno", "radio", "checks",
    "select", "scale", "repeat", "file", "media", "address", "phone", "email", "person", "sign",
    "link", "calc", "show",
]  # fmt: skip
Voice = Literal["shared", "view", "child", "authority"]
Sensitivity = Literal["P", "SC", "SG", "CO", "TP", "LOC"]
Reader = Literal["family", "setting", "advisers", "authority"]
LetIn = Reader | Literal["caseworker"]
Calc = Literal[
    "sent-at", "shared-at", "meeting-plus-2-weeks", "meeting-plus-4-weeks", "review-decision-due", "decision-due",
    "reply-due", "days-of-notice", "person-today", "clock-status", "outcomes-tagged", "cycle-number", "complete-cycles",
    "meetings-this-year", "yearly-report", "provision-total", "row-cost", "costs-total", "school-pays", "costs-over",
    "reply-by",
]  # fmt: skip


class Data(BaseModel):
    """Something read from a file, that never changes and takes no word it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Data):
    """One choice: an id that is kept for ever, and the words shown."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")
    label: str


class First(Data):
    """What the first row of a group says instead, where that row is the writer's own."""

    text: str = ""
    hint: str = ""


class Question(Data):
    """One thing asked. A `repeat` has `rows`, the questions asked again in each row.

    required: R stops sending, E is expected, O is optional, "-" has nothing to answer. `required_when`
    limits it: elsewhere the question is optional. `first_row` limits it to the first row of its group.
    A `link` with a `note` can be answered in words where there is nothing to point at. `together` keeps a
    question on the page of the one before it; `short` puts it in the short form. Rows that come from
    elsewhere have titles; `row_title` asks for one in a row that has none.

    `choices_from` names a list that the caller knows; `choices_of` a cell of this form whose rows are offered,
    in their own words. `tick_all` is answered once every box is ticked. `answered_by` a row's own person: that
    person alone fills it in, once the form is sent; its writer neither owes it nor sees a box for it. `helper`
    is the advice shown beside rows of outcomes or of provision.

    `lets_in` makes a question one that says who reads: by option, the readers whom that choice lets in. In a row it
    speaks of that row alone, and a choice it does not name keeps nothing back; else of the whole form.

    `first` words a cell for the first row, which is about whoever writes; on the group its text is that row's
    name. `later_rows` is not asked in the first row. A `folded` cell lies under "More" until it is opened.
    """

    id: str
    text: str
    hint: str = ""
    caption: str = ""
    type: Type
    options: tuple[Option, ...] = ()
    choices_from: Literal["settings", "hopes", "outcomes"] | None = None
    choices_of: str | None = None
    free_text: bool = False
    note: str = ""
    length: int | None = None
    partial: bool = False
    birth: bool = False
    required: Literal["R", "E", "O", "-"] = "O"
    required_when: Condition | None = None
    first_row: bool = False
    first: First | None = None
    later_rows: bool = False
    folded: bool = False
    when: Condition | None = None
    prefill: tuple[str, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    feeds: tuple[str, ...] = ()
    autocomplete: str | None = None
    voice: Voice | None = None
    rows: tuple["Question", ...] = ()
    row_name: str = ""
    row_title: str = ""
    calc: Calc | None = None
    tick_all: bool = False
    answered_by: Literal["row-person"] | None = None
    helper: Literal["outcome", "provision"] | None = None
    short: bool = False
    together: bool = False
    # No part of the checksum of what was published: what the choice says to people is, and this only spells it out.
    lets_in: Mapping[str, LetIn] = Field(default={}, exclude=True)

    @field_validator("options", mode="before")
    @classmethod
    def _pairs(cls, given: Any) -> Any:
        """Options are written as pairs of id and label."""
        if isinstance(given, list):
            return [{"id": o[0], "label": o[1]} if isinstance(o, list) and len(o) == 2 else o for o in given]
        return given

    @property
    def label_of(self) -> dict[str, str]:
        """The words for each option id."""
        return {option.id: option.label for option in self.options}

    @property
    def cells(self) -> tuple["Question", ...]:
        """What is asked in a row: its title where it needs one, then the rows' own questions."""
        if not self.row_title:
            return self.rows
        title = Question(
            id=f"{self.id}.row__title",
            text=self.row_title,
            type="area",
            length=400,
            sensitivity=self.sensitivity,
            feeds=self.feeds,
        )
        return (title, *self.rows)

    def walk(self) -> Iterator["Question"]:
        """The question and every one in its rows, titles of rows left out."""
        yield self
        for row in self.rows:
            yield from row.walk()

    def find(self, question_id: str) -> "Question | None":
        """The question of that id, here or in the rows; rows' titles too."""
        if self.id == question_id:
            return self
        return next((found for cell in self.cells if (found := cell.find(question_id))), None)

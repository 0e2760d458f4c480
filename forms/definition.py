"""The pure model of a form: sections, questions, and how they fall into pages. Read from TOML, never changed."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from forms.checks import mistake
from forms.conditions import Condition

Type = Literal[
    "text", "area", "date", "month", "time", "num", "money", "pct", "mins", "yesno", "radio", "checks",
    "select", "scale", "repeat", "file", "media", "address", "phone", "email", "person", "sign",
    "link", "calc", "show",
]  # fmt: skip
Role = Literal[
    "parent", "yp", "rep", "child", "helper", "senco", "head", "teacher", "ep", "health", "dco", "social",
    "other", "caseworker", "decider",
]  # fmt: skip
Voice = Literal["shared", "view", "child", "authority"]
Reader = Literal["family", "setting", "advisers", "authority"]
Sensitivity = Literal["P", "SC", "SG", "CO", "TP", "LOC"]
Calc = Literal["sent-at", "shared-at", "meeting-plus-2-weeks", "meeting-plus-4-weeks", "provision-total"]
CHOICES = ("radio", "checks", "scale", "select")
SILENT = ("show", "calc", "link")  # nothing is typed


class Data(BaseModel):
    """Something read from a file, that never changes and takes no word it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Data):
    """One choice: an id that is kept for ever, and the words shown."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")
    label: str


class Question(Data):
    """One thing asked. A `repeat` has `rows`, the questions asked again in each row.

    required: R stops sending, E is expected, O is optional, "-" has nothing to answer. `required_when`
    limits it: elsewhere the question is optional. `first_row` limits it to the first row of its group.
    A `link` with a `note` can be answered in words where there is nothing to point at. `together` keeps a
    question on the page of the one before it; `short` puts it in the short form. Rows that come from
    elsewhere have titles; `row_title` asks for one in a row that has none.
    """

    id: str
    text: str
    hint: str = ""
    caption: str = ""
    type: Type
    options: tuple[Option, ...] = ()
    choices_from: Literal["settings"] | None = None
    free_text: bool = False
    note: str = ""
    length: int | None = None
    partial: bool = False
    birth: bool = False
    required: Literal["R", "E", "O", "-"] = "O"
    required_when: Condition | None = None
    first_row: bool = False
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
    short: bool = False
    together: bool = False

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
        """The question and every one in its rows, as the specification has them."""
        yield self
        for row in self.rows:
            yield from row.walk()

    def find(self, question_id: str) -> "Question | None":
        """The question of that id, here or in the rows; rows' titles too."""
        if self.id == question_id:
            return self
        return next((found for cell in self.cells if (found := cell.find(question_id))), None)


class PageBreak(Data):
    """Where a long section starts a new page: at the question `start`."""

    id: str
    title: str
    intro: str = ""
    start: str


class Section(Data):
    """A part of a form that belongs together, and who may write in it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    intro: str = ""
    writers: tuple[Role, ...] = Field(min_length=1)
    own_paper: bool = False
    pages: tuple[PageBreak, ...] = ()
    when: Condition | None = None
    questions: tuple[Question, ...] = Field(min_length=1)

    @property
    def paper(self) -> Question | None:
        """The question that takes one's own paper in place of the section, where that is allowed."""
        if not self.own_paper:
            return None
        return Question(
            id=f"{self.id.replace('-', '_')}__paper",
            text="Add your own paper instead",
            hint="If you have already written this down, add the paper here. You do not need to type it again.",
            type="file",
            sensitivity=("SC",),
            feeds=("EVID",),
        )


class Rule(Data):
    """A condition on the whole form, with what to say when it is not met and the question to look at."""

    say: str
    when: Condition
    at: str | None = None


class Page(Data):
    """What is shown at once. `paper` comes on the first page of a section that allows it.

    With `one_thing` the first question's words are the page's heading; else the title is.
    """

    id: str
    title: str
    intro: str = ""
    one_thing: bool
    form_id: str
    written_by: str
    section: Section
    questions: tuple[Question, ...]
    paper: Question | None = None


class Form(Data):
    """A form definition: one version, fixed once published."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    version: int = Field(ge=1)
    title: str
    title_family: str = ""
    intro: str = ""
    style: Literal["one_thing", "grouped"]
    voice: Voice
    written_by: Literal["family", "child", "setting", "professional", "authority"]
    audience_default: tuple[Reader, ...]
    readers: str
    notice: Literal["family", "child", "yp", "professional"]
    safeguarding: Literal["family", "child", "professional"]
    send_when: tuple[Rule, ...] = ()
    complete_when: tuple[Rule, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _makes_sense(self) -> "Form":
        if found := mistake(self):
            raise ValueError(found)
        return self

    def questions(self) -> Iterator[Question]:
        """Every question of the specification, rows included, in order. Own papers are not among them."""
        for section in self.sections:
            for question in section.questions:
                yield from question.walk()

    def question_ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(question.id for question in self.questions())

    def pages(self, *, short: bool = False) -> tuple[Page, ...]:
        """The form's pages in order. With `short`, only the questions and pages of the short form."""
        split = _one_thing if self.style == "one_thing" else _grouped
        pages = [page for section in self.sections for page in split(self, section)]
        return tuple(_shortened(pages)) if short else tuple(pages)

    def page(self, page_id: str, *, short: bool = False) -> Page:
        """One page. Raises KeyError for an id the form does not have."""
        for page in self.pages(short=short):
            if page.id == page_id:
                return page
        raise KeyError(page_id)

    def voice_of(self, asked: Question) -> Voice:
        """Whose words an answer is."""
        return asked.voice or self.voice


def pages(form: Form, *, short: bool = False) -> tuple[Page, ...]:
    """The form's pages in order."""
    return form.pages(short=short)


def question(form: Form, question_id: str) -> Question:
    """One question, in rows and own papers too. Raises KeyError for an id the form does not have."""
    return section_of(form, question_id)[1]


def section_of(form: Form, question_id: str) -> tuple[Section, Question]:
    """The section a question stands in, and the question. Raises KeyError."""
    for section in form.sections:
        papers = (section.paper,) if section.paper else ()
        for top in (*section.questions, *papers):
            if found := top.find(question_id):
                return section, found
    raise KeyError(question_id)


def _one_thing(form: Form, section: Section) -> Iterator[Page]:
    """A question a page; one marked `together` joins the question before it."""
    batches: list[list[Question]] = []
    for asked in section.questions:
        if asked.together and batches:
            batches[-1].append(asked)
        else:
            batches.append([asked])
    for at, batch in enumerate(batches):
        yield Page(
            id=batch[0].id.removesuffix("[]"),
            title=batch[0].text,
            intro=section.intro if at == 0 else "",
            one_thing=True,
            form_id=form.id,
            written_by=form.written_by,
            section=section,
            questions=tuple(batch),
            paper=section.paper if at == 0 else None,
        )


def _grouped(form: Form, section: Section) -> Iterator[Page]:
    """A section a page, split where its data say."""
    starts = {each.start: each for each in section.pages}
    head = PageBreak(id=section.id, title=section.title, intro=section.intro, start=section.questions[0].id)
    batches: list[tuple[PageBreak, list[Question]]] = []
    for at, asked in enumerate(section.questions):
        if at == 0 or asked.id in starts:
            batches.append((starts.get(asked.id, head), []))
        batches[-1][1].append(asked)
    for at, (start, batch) in enumerate(batches):
        yield Page(
            id=start.id,
            title=start.title,
            intro=start.intro,
            one_thing=False,
            form_id=form.id,
            written_by=form.written_by,
            section=section,
            questions=tuple(batch),
            paper=section.paper if at == 0 else None,
        )


def _shortened(pages: list[Page]) -> Iterator[Page]:
    for page in pages:
        kept = tuple(asked for asked in page.questions if asked.short)
        if kept:
            yield page.model_copy(update={"questions": kept})

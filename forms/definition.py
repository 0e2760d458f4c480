"""The pure model of a form: sections, questions, and how they fall into pages. Never changed once read."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from forms.checks import mistake
from forms.conditions import Condition
from forms.question import Data, Option, Question, Reader, Sensitivity, Voice

__all__ = [
    "Form",
    "Option",
    "Page",
    "PageBreak",
    "Question",
    "Reader",
    "Role",
    "Rule",
    "Section",
    "Sensitivity",
    "Voice",
    "pages",
    "question",
    "section_of",
]

Role = Literal[
    "parent", "yp", "rep", "child", "helper", "senco", "head", "teacher", "ep", "health", "dco", "social",
    "other", "caseworker", "decider",
]  # fmt: skip


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
            hint="If you have written this down already, add the paper here. You need not type it again.",
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
        """Every question with an id of its own, rows included, in order. Own papers are not among them."""
        for section in self.sections:
            for question in section.questions:
                yield from question.walk()

    @cached_property
    def places(self) -> Mapping[str, tuple[Section, Question]]:
        """Every question, rows and own papers too, with its section, by id. Found once: forms never change."""
        return {
            asked.id: (section, asked)
            for section in self.sections
            for top in (*section.questions, *((section.paper,) if section.paper else ()))
            for asked in _everything(top)
        }

    @cached_property
    def deciding(self) -> tuple[Question, ...]:
        """The questions that say who reads."""
        return tuple(asked for asked in self.questions() if asked.lets_in)

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

    def title_for(self, *, family: bool) -> str:
        """The form's name as a reader knows it."""
        return (self.title_family or self.title) if family else self.title

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
    return form.places[question_id]


def _everything(asked: Question) -> Iterator[Question]:
    """A question and all in its rows, titles of rows too."""
    yield asked
    for cell in asked.cells:
        yield from _everything(cell)


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

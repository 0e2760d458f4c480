"""A version of a plan as a document: its lettered sections, each statement with where it comes from."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from forms import plan as lettered
from forms import reading as words
from forms.plan import LETTERS, SAYS, Strand
from forms.reading import Said
from models.cases import Event, Notice
from models.database import OwnedSession
from models.people import Person
from models.plans import PlanSource
from models.submissions import Answer, Contribution, Submission
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.clock import london_day
from workflow.coproduction import kinds
from workflow.coproduction.submissions import form_of
from workflow.queries.bundles import author_words
from workflow.queries.said_before import roles_on
from workflow.queries.writing import Desk, desk_of

Parts = tuple[tuple[str, tuple[str, ...]], ...]
UNSAID = frozenset({"pv[].section"})  # the section it stands under says it


@dataclass(frozen=True)
class Source:
    """Who said what a statement comes from, on which form, and when."""

    author: str
    form: str
    on: date


@dataclass(frozen=True)
class Statement:
    """One statement: its place, what it is called, its words part by part, and where it comes from."""

    place: str
    title: str
    parts: Parts
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Lettered:
    """One section with its statements."""

    letter: str
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Tied:
    """A need with the provision that meets it and the outcomes it works towards, in words: side by side."""

    letter: str
    need: str
    provision: tuple[tuple[str, str], ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A version of a plan, open before one reader."""

    desk: Desk
    front: tuple[tuple[str, tuple[str, ...]], ...]
    sections: tuple[Lettered, ...]
    tied: tuple[Tied, ...]
    end: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def plan(self) -> Submission:
        """The version."""
        return self.desk.submission

    @property
    def final(self) -> bool:
        """Whether it is, or is being made, the final plan."""
        return bool(self.plan.facts.get("final"))

    def statement(self, place: str) -> Statement | None:
        """The statement at a place."""
        return next((one for each in self.sections for one in each.statements if one.place == place), None)


def document(
    session: OwnedSession,
    actor: Actor,
    plan: Submission,
    theirs: Relation,
    now: datetime,
    titles: Mapping[str, str] = lettered.TITLES,
) -> Document:
    """A version of a plan as this reader may read it. The number of queries does not grow with it."""
    desk = desk_of(session, actor, plan, theirs, now)
    said = {
        each.path: each
        for section in words.read(desk.form, desk.values, desk.facts, child_name=desk.name)
        for each in section.answers
    }
    where = _sources(session, actor, plan, theirs)
    found: dict[str, list[Statement]] = {letter: [] for letter in LETTERS}
    for letter, statement in _statements(said, desk.values, where):
        found[letter].append(statement)
    sections = tuple(Lettered(letter, titles[letter], tuple(found[letter])) for letter in LETTERS)
    front = tuple(_plain(said, ("ch_", "hd_")))
    return Document(desk, front, sections, _tied(desk.values), tuple(_plain(said, ("pe_",))))


def title_of(document: Document) -> str:
    """What a version of a plan is called."""
    return "Education, health and care plan" if document.final else "Draft education, health and care plan"


def enclosed(session: OwnedSession, letter: Notice) -> uuid.UUID | None:
    """The version of a plan that goes with a letter; None for any other letter. A setting that is only told what was
    decided has no plan with it."""
    if not {"plan", "draft"} & set(letter.contents):
        return None
    return session.scalars(
        select(Submission.id)
        .join(Event, Event.submission_id == Submission.id)
        .where(Event.id == letter.event_id, Submission.form_id.in_(kinds.PLANS))
    ).one_or_none()


def _statements(
    said: Mapping[str, Said], answers: Mapping[str, Any], where: Mapping[str, tuple[Source, ...]]
) -> Iterator[tuple[str, Statement]]:
    for group in SAYS:
        for row in said[group].rows if group in said else ():
            parts = tuple(
                (each.text, each.lines or _steps(each))
                for each in row.answers
                if each.question.id not in UNSAID and (each.lines or each.rows)
            )
            place = f"{group[:-2]}[{row.id}]"
            if parts:
                title, short = _shortened(group, row.title, parts, answers, row.id)
                yield lettered.letter_of(group, row.id, answers), Statement(place, title, short, where.get(place, ()))
    for word, letter in lettered.WORDS.items():
        if word in said and said[word].lines:
            yield letter, Statement(word, said[word].text, ((said[word].text, said[word].lines),), where.get(word, ()))


def _shortened(group: str, title: str, parts: Parts, answers: Mapping[str, Any], row: str) -> tuple[str, Parts]:
    """Where the kind of row says it all, its title and words alone: Sections A and K are long lists of short things."""
    says = lettered.says(f"{group[:-2]}[{row}]", answers)
    others = [line for _, lines in parts for line in lines if line != says]
    if group == "pa[]" and says:
        return ": ".join(others) or title, (("", (says,)),)
    if group == "ka[]" and says:
        return says, (("", (", ".join(others),)),) if others else ()
    return title, parts


def _steps(group: Said) -> tuple[str, ...]:
    """The rows inside a row, a line each."""
    return tuple(", ".join(line for each in row.answers for line in each.lines) for row in group.rows)


def _plain(said: Mapping[str, Said], prefixes: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((each.text, each.lines) for at, each in said.items() if at.startswith(prefixes) and each.lines)


def _tied(answers: Mapping[str, Any]) -> tuple[Tied, ...]:
    def one(each: Strand) -> Tied:
        return Tied(
            each.letter,
            lettered.says(f"nd[{each.need}]", answers),
            tuple(
                (lettered.letter_of("pv[]", row, answers), lettered.says(f"pv[{row}]", answers))
                for row in each.provision
            ),
            tuple(lettered.says(f"ou[{row}]", answers) for row in each.outcomes),
        )

    return tuple(one(each) for each in lettered.strands(answers))


def _sources(session: OwnedSession, actor: Actor, plan: Submission, theirs: Relation) -> dict[str, tuple[Source, ...]]:
    rows = session.execute(
        select(PlanSource.place, Contribution, Person.name, Submission)
        .join(Contribution, Contribution.id == PlanSource.contribution_id)
        .join(Answer, Answer.id == Contribution.answer_id)
        .join(Submission, Submission.id == Answer.submission_id)
        .join(Person, Person.id == Contribution.author_id)
        .where(PlanSource.submission_id == plan.id)
        .order_by(PlanSource.place, PlanSource.added_at, PlanSource.id)
    ).all()
    papers: dict[uuid.UUID, Submission] = {paper.id: paper for _, _, _, paper in rows}
    roles = roles_on(session, papers.values()) if papers else {}
    found: dict[str, list[Source]] = {}
    for place, text, name, paper in rows:
        author, _ = author_words(text.author_id, name, actor, theirs, roles[paper.id])
        form = form_of(paper)
        title = (form.title_family or form.title) if actor.kind == "family" else form.title
        source = Source(author, title, london_day(text.saved_at))
        if source not in found.setdefault(place, []):
            found[place].append(source)
    return {place: tuple(each) for place, each in found.items()}

"""Reading answers: only those whose audience includes the reader, each with its author."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Result, select
from sqlalchemy.orm import aliased

from forms import catalogue
from forms.definition import section_of
from forms.paths import parse_path
from models.database import OwnedSession
from models.files import Attachment
from models.people import Person
from models.submissions import Answer, Contribution, Submission
from workflow.access.relation import Relation
from workflow.coproduction.voices import row_of

_Typist = aliased(Person)


@dataclass(frozen=True)
class Text:
    """One person's words as they stand: the value with whose they are, who typed them, how and when."""

    contribution_id: uuid.UUID
    value: Any
    author_id: uuid.UUID
    author: str
    mode: str
    saved_at: datetime
    version: int
    state: str
    entered_by: uuid.UUID
    typist: str
    language: str


@dataclass(frozen=True)
class NotClean:
    """A file that nobody may open: it waits for the virus scanner, or was refused by it (`problem`, in words)."""

    added_by: uuid.UUID
    problem: str


@dataclass(frozen=True)
class Read:
    """The answers of one submission that one reader may see. `files`: those named in them that are not clean."""

    texts: dict[str, tuple[Text, ...]]
    versions: dict[str, int]
    files: dict[str, NotClean] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """Each answer's current value."""
        return {path: text.value for path, texts in self.texts.items() for text in texts if text.state == "current"}

    def shown_to(self, person_id: uuid.UUID | None) -> dict[str, Any]:
        """The values as they are shown: a file that is not clean to whoever added it alone, with its state."""
        return {path: _shown(value, self.files, person_id) for path, value in self.values.items()}

    @property
    def clashes(self) -> tuple[str, ...]:
        """Paths where two texts wait for a writer to choose, join or keep both."""
        return tuple(path for path, texts in self.texts.items() if any(text.state == "rival" for text in texts))


def read(session: OwnedSession, submission: Submission, theirs: Relation) -> Read:
    """The answers the reader may see, in one query however many there are, and one for the files among them."""
    return read_all(session, [(submission, theirs)])[submission.id]


def read_all(session: OwnedSession, wanted: Iterable[tuple[Submission, Relation]]) -> dict[uuid.UUID, Read]:
    """The same for many submissions, still in these two queries."""
    found = {submission.id: _Reading(submission, theirs) for submission, theirs in wanted}
    for answer, text, author, typist in _rows(session, found):
        found[answer.submission_id].add(answer, text, author, typist)
    reads = {each: reading.done() for each, reading in found.items()}
    _note_files(session, reads.values())
    return reads


def read_as(session: OwnedSession, submission: Submission, readers: Iterable[Relation]) -> list[Read]:
    """One submission as each of several readers may see it, in the same one query."""
    found = [_Reading(submission, theirs) for theirs in readers]
    for answer, text, author, typist in _rows(session, [submission.id]):
        for each in found:
            each.add(answer, text, author, typist)
    return [each.done() for each in found]


class _Reading:
    """One reader going through a submission: keeps what they may read, and which rows hold nothing for them."""

    def __init__(self, submission: Submission, theirs: Relation) -> None:
        self.submission, self.theirs = submission, theirs
        self.read = Read({}, {})
        self.open_rows: set[str] = set()
        self.closed_rows: set[str] = set()

    def add(self, answer: Answer, text: Contribution, author: str, typist: str) -> None:
        """Read one text, if this reader may."""
        path = answer.path
        if not may_read(self.submission, self.theirs, answer):
            self.closed_rows.add(row_of(path))
            return
        self.open_rows.add(row_of(path))
        self.read.versions[path] = answer.version
        self.read.texts[path] = (*self.read.texts.get(path, ()), _text(text, author, typist))

    def done(self) -> Read:
        """What was read. A row of which they may read nothing is not there: it has no place and no number."""
        if hidden := self.closed_rows - self.open_rows:
            for path, texts in self.read.texts.items():
                if path.endswith("[]"):
                    self.read.texts[path] = tuple(_without(text, path, hidden) for text in texts)
        return self.read


def _without(text: Text, path: str, hidden: set[str]) -> Text:
    """A list of rows without those that are hidden."""
    group = path.removesuffix("[]")
    return replace(text, value=[row for row in text.value or () if f"{group}[{row}]" not in hidden])


def _note_files(session: OwnedSession, found: Iterable[Read]) -> None:
    """Say of the files named in what was read which are not clean."""
    named = {file["id"]: each for each in found for value in each.values.values() for file in files_in(value)}
    if not named:
        return
    unfit = select(Attachment.id, Attachment.added_by, Attachment.problem).where(
        Attachment.id.in_(named), Attachment.state != "clean"
    )
    for file_id, added_by, problem in session.execute(unfit):
        named[str(file_id)].files[str(file_id)] = NotClean(added_by, problem or "")


def files_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """The files that an answer names."""
    listed = value.get("files") if isinstance(value, Mapping) else value
    if isinstance(listed, list):
        yield from (each for each in listed if isinstance(each, Mapping) and "id" in each)


def _shown(value: Any, unfit: Mapping[str, NotClean], person_id: uuid.UUID | None) -> Any:
    if not any(file["id"] in unfit for file in files_in(value)):
        return value
    shown = []
    for file in files_in(value):
        found = unfit.get(file["id"])
        if found is None:
            shown.append(file)
        elif found.added_by == person_id:
            shown.append({**file, "unfit": found})
    return {**value, "files": shown} if isinstance(value, Mapping) else shown


def may_read(submission: Submission, theirs: Relation, answer: Answer) -> bool:
    """Whether a reader may read an answer: they are in its audience, and a view is private until it is shared.

    What somebody writes in a part that is theirs by name (the helper's, on a child's form) they also read.
    Parts of a view that its owner opened to somebody are read whole; of a shared form, by audience.
    """
    form = catalogue.get(submission.form_id, submission.form_version)
    if theirs.sections is not None or theirs.only is not None:
        section = section_of(form, parse_path(answer.path).id)[0].id
        if theirs.only is not None and section not in theirs.only:
            return False
        by_name = section in (theirs.only if theirs.only is not None else theirs.sections or ())
        if by_name and (theirs.only is None or form.voice != "shared"):
            return True
    if submission.state == "draft" and form.voice in ("view", "child") and "owner" not in theirs.readers:
        return False
    return bool(theirs.readers & (set(answer.audience) - set(answer.withheld or ())))


def history(session: OwnedSession, submission: Submission, theirs: Relation, path: str) -> list[Text]:
    """Every contribution to one shared answer, newest first. A view's drafts are its owner's alone."""
    rows = session.execute(
        _TEXTS.where(Answer.submission_id == submission.id, Answer.path == path).order_by(Contribution.version.desc())
    )
    texts = [
        _text(text, author, typist) for answer, text, author, typist in rows if may_read(submission, theirs, answer)
    ]
    if not texts or not path.endswith("[]"):
        return texts
    hidden = _hidden_rows(session, submission, theirs, path.removesuffix("[]"))
    return [_without(text, path, hidden) for text in texts]


def _hidden_rows(session: OwnedSession, submission: Submission, theirs: Relation, group: str) -> set[str]:
    """The rows of a group, those taken away too, of which a reader may read nothing."""
    cells = select(Answer).where(
        Answer.submission_id == submission.id, Answer.path.startswith(f"{group}[", autoescape=True)
    )
    rows: dict[bool, set[str]] = {True: set(), False: set()}
    for answer in session.scalars(cells):
        rows[may_read(submission, theirs, answer)].add(row_of(answer.path))
    return rows[False] - rows[True]


_TEXTS = (
    select(Answer, Contribution, Person.name, _Typist.name)
    .join(Contribution, Contribution.answer_id == Answer.id)
    .join(Person, Person.id == Contribution.author_id)
    .join(_Typist, _Typist.id == Contribution.entered_by)
)


def _rows(session: OwnedSession, ids: Iterable[uuid.UUID]) -> Result[Answer, Contribution, str, str]:
    return session.execute(
        _TEXTS.where(Answer.submission_id.in_(ids), Contribution.state.in_(("current", "rival", "beside"))).order_by(
            Answer.path, Contribution.version
        )
    )


def _text(contribution: Contribution, author: str, typist: str) -> Text:
    return Text(
        contribution_id=contribution.id,
        value=contribution.value,
        author_id=contribution.author_id,
        author=author,
        mode=contribution.mode,
        saved_at=contribution.saved_at,
        version=contribution.version,
        state=contribution.state,
        entered_by=contribution.entered_by,
        typist=typist,
        language=contribution.language,
    )

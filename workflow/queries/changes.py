"""What is different between a form and the version of it that was sent before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from forms.reading import Said, read
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.policy import find_submission
from workflow.access.relation import READ
from workflow.queries.writing import Desk, desk_of


@dataclass(frozen=True)
class Change:
    """One answer that differs: its question, the row it stands in, and its words before and now."""

    question: str
    row: str
    before: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """The version before, and what this one changed, in the order of the form."""

    before: Submission
    changes: tuple[Change, ...]


def since_the_version_before(session: OwnedSession, desk: Desk, now: datetime) -> Compared | None:
    """What a form changes in the one it follows, as this reader may read both; None where it follows none."""
    if desk.submission.follows_id is None:
        return None
    sent, theirs = find_submission(session, desk.actor, desk.submission.follows_id, READ, now)
    before = _said(desk_of(session, desk.actor, sent, theirs, now))
    after = _said(desk)
    paths = [*after, *(path for path in before if path not in after)]
    return Compared(sent, tuple(_changes(paths, before, after)))


_Words = tuple[str, str, tuple[str, ...]]  # question, row, words


def _said(desk: Desk) -> dict[str, _Words]:
    sections = read(desk.form, desk.read.shown_to(desk.actor.person_id), desk.facts, child_name=desk.name)
    return {path: words for section in sections for path, words in _flat(section.answers, "")}


def _flat(answers: tuple[Said, ...], row: str) -> Iterator[tuple[str, _Words]]:
    for said in answers:
        for each in said.rows:
            yield from _flat(each.answers, each.title)
        words = (*said.lines, *(str(file.get("name", "")) for file in said.files))
        if words:
            yield said.path, (said.text, row, words)


def _changes(paths: list[str], before: Mapping[str, _Words], after: Mapping[str, _Words]) -> Iterator[Change]:
    nothing: _Words = ("", "", ())
    for path in paths:
        was, is_now = before.get(path, nothing), after.get(path, nothing)
        if was[2] != is_now[2]:
            question, row, _ = after.get(path) or was
            yield Change(question, row, was[2], is_now[2])

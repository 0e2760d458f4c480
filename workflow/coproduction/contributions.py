"""What people wrote to one answer: sittings, versions, and two texts where two people wrote at once.

Everything here works on a form that its caller holds (`submissions.hold`), so one writer at a time.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, any_, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from models.base import table
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Filled, SaveReceipt, Submission

SITTING = timedelta(minutes=30)


@dataclass(frozen=True)
class Writer:
    """Who is writing: the author whose words these are, who types, and how the words were found.

    `page` and `seq` name the open page and its save, where a script sends them: saves of one page may arrive
    late or twice, and are never two people.
    """

    author_id: uuid.UUID
    entered_by: uuid.UUID
    mode: str = "own"
    language: str = "en"
    page: uuid.UUID | None = None
    seq: int = 0


@dataclass(frozen=True)
class Change:
    """A new value for one answer, and the version its writer started from (0: there was none)."""

    value: Any
    base: int


class Text(NamedTuple):
    """What a save has to know of a contribution. It is read as it is now, and changed by the functions below."""

    id: uuid.UUID
    state: str
    version: int
    value: Any
    author_id: uuid.UUID
    entered_by: uuid.UUID
    mode: str
    language: str
    page_id: uuid.UUID | None
    page_seq: int
    saved_at: datetime
    frozen_at: datetime | None


@dataclass
class Head:
    """An answer with the texts that can be read at it now, oldest first: current, rivals, and kept beside.

    `new` is its row where nobody has answered yet.
    """

    id: uuid.UUID
    version: int
    texts: list[Text] = field(default_factory=list)
    new: Answer | None = None

    @property
    def standing(self) -> list[Text]:
        """What stands for the answer: the current text and any rivals."""
        return [text for text in self.texts if text.state in ("current", "rival")]

    @property
    def current(self) -> Text | None:
        """The current text."""
        return next((text for text in self.texts if text.state == "current"), None)


class GoesOn(NamedTuple):
    """A text that its writer types on: its new value, still to be written, and its answer's next version."""

    answer_id: uuid.UUID
    text_id: uuid.UUID
    value: Any
    version: int


class Written(NamedTuple):
    """What became of a change: the answer's version, whether two texts now stand, and what is still to be written."""

    version: int
    clashed: bool
    goes_on: GoesOn | None = None


# Plain rows: this is read at every pause in typing, and making objects of it took as long as reading it.
_form, _answer, _text, _receipt = (table(each) for each in (Submission, Answer, Contribution, SaveReceipt))
_asked = _answer.c.path == any_(bindparam("paths", type_=ARRAY(_answer.c.path.type)))
_HEADS = (
    select(
        _answer.c.path,
        _answer.c.id.label("answer_id"),
        _answer.c.version.label("answer_version"),
        _receipt.c.result,
        *(_text.c[name] for name in Text._fields),
    )
    .select_from(_form)
    .outerjoin(_answer, and_(_answer.c.submission_id == _form.c.id, _asked))
    .outerjoin(_text, and_(_text.c.answer_id == _answer.c.id, _text.c.state != "earlier"))
    .outerjoin(_receipt, and_(_receipt.c.submission_id == _form.c.id, _receipt.c.save_id == bindparam("save")))
    .where(_form.c.id == bindparam("submission"))
    .order_by(_text.c.version)
)


def heads(
    session: OwnedSession, submission: Filled, paths: Iterable[str], save_id: uuid.UUID | None = None
) -> tuple[dict[str, Head], dict[str, Any] | None]:
    """The answers at these paths as they are now, and what was said to a save if it has been made already.

    One statement, however many there are. A path that nobody has answered is not among them.
    """
    session.flush()  # what is read must not lack what is not written yet
    found: dict[str, Head] = {}
    said = None
    asked = {"submission": submission.id, "paths": list(paths), "save": save_id}
    for path, answer_id, version, said, *text in session.connection().execute(_HEADS, asked):  # noqa: B007
        if answer_id is None:
            continue
        here = found.setdefault(path, Head(answer_id, version))
        if text[0] is not None:
            here.texts.append(Text(*text))
    return found, said


def head(session: OwnedSession, submission: Filled, path: str) -> Head | None:
    """One answer as it is now; None where nobody has begun it."""
    return heads(session, submission, [path])[0].get(path)


def write(session: OwnedSession, at: Head, change: Change, writer: Writer, now: datetime) -> Written:
    """Write to an answer. No text is ever lost. Typing on is left to the caller, who writes `Written.goes_on`."""
    standing = at.standing
    clashed = len(standing) > 1
    if same := next((text for text in standing if text.value == change.value), None):
        if same.author_id != writer.author_id:
            freeze(session, [same], now)  # two people said it: neither may type over the other's words
        return Written(same.version, clashed)
    started_from = next((text for text in standing if text.version == change.base), None)
    if started_from is None and _built_upon(session, at, change):
        return Written(change.base, clashed)
    branch = started_from or _of_this_page(standing, writer, now)
    if branch is not None and writer.page and branch.page_id == writer.page and writer.seq < branch.page_seq:
        return Written(at.version, clashed)  # overtaken on the way by a newer save of the same page
    if branch is not None and _same_sitting(branch, writer, now):
        at.version += 1
        return Written(at.version, clashed, GoesOn(at.id, branch.id, change.value, at.version))
    if branch is not None and (branch.state == "current" or branch.author_id == writer.author_id):
        _follow(session, at, branch, change, writer, now)
        return Written(at.version, clashed)
    if not standing:
        _add(session, at, change, writer, "current", now)
        return Written(at.version, False)
    freeze(session, standing, now)
    _add(session, at, change, writer, "rival", now)
    return Written(at.version, True)


def put(session: OwnedSession, at: Head, value: Any, writer: Writer, now: datetime) -> None:
    """Make a value the current text of an answer, whoever wrote the one before, which becomes history."""
    change = Change(value, at.version)
    if at.current is None:
        _add(session, at, change, writer, "current", now)
    else:
        _follow(session, at, at.current, change, writer, now)


def freeze(session: OwnedSession, texts: Iterable[Text], now: datetime, *, state: str | None = None) -> None:
    """Let nobody type on at these texts any more, and say what they are from now on, where that is something else."""
    values = {"frozen_at": func.coalesce(Contribution.frozen_at, now)} | ({"state": state} if state else {})
    session.execute(update(Contribution).where(Contribution.id.in_([text.id for text in texts])).values(values))


def next_version(session: OwnedSession, at: Head) -> int:
    """Count on: the answer is another from now on."""
    at.version += 1
    if at.new is not None:
        at.new.version = at.version
    else:
        session.execute(update(Answer).where(Answer.id == at.id).values(version=at.version))
    return at.version


def _follow(session: OwnedSession, at: Head, before: Text, change: Change, writer: Writer, now: datetime) -> None:
    """Put a new contribution in the place of one its writer had read; the old one becomes history."""
    freeze(session, [before], now, state="earlier")  # first: only one contribution may be current at a time
    _add(session, at, change, writer, before.state, now)


def _add(session: OwnedSession, at: Head, change: Change, writer: Writer, state: str, now: datetime) -> None:
    """Begin a sitting: a new contribution at the answer's next version."""
    session.add(
        Contribution(
            answer_id=at.id,
            author_id=writer.author_id,
            entered_by=writer.entered_by,
            mode=writer.mode,
            language=writer.language,
            value=change.value,
            version=next_version(session, at),
            based_on=change.base,
            state=state,
            page_id=writer.page,
            page_seq=writer.seq,
            started_at=now,
            saved_at=now,
        )
    )


def _built_upon(session: OwnedSession, at: Head, change: Change) -> bool:
    """Whether these are the very words that the writer had saved, and somebody has since written over."""
    if change.base == 0:
        return False
    before = session.scalars(
        select(Contribution).where(
            Contribution.answer_id == at.id, Contribution.version == change.base, Contribution.state == "earlier"
        )
    ).first()
    return before is not None and before.value == change.value


def _of_this_page(standing: list[Text], writer: Writer, now: datetime) -> Text | None:
    """What the same open page wrote a moment ago: a reply that was lost does not make one person two."""
    if writer.page is None:
        return None
    return next((text for text in standing if text.page_id == writer.page and _same_sitting(text, writer, now)), None)


def _same_sitting(before: Text, writer: Writer, now: datetime) -> bool:
    return (
        before.frozen_at is None
        and now - before.saved_at < SITTING
        and (before.author_id, before.entered_by, before.mode, before.language)
        == (writer.author_id, writer.entered_by, writer.mode, writer.language)
    )

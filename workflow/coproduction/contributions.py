"""What people wrote to one answer: sittings, versions, and two texts where two people wrote at once.

Everything here works on a form that its caller holds (`submissions.hold`), so one writer at a time.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, any_, bindparam, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from models.database import OwnedSession
from models.submissions import Answer, Contribution, SaveReceipt, Submission

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


@dataclass
class Head:
    """An answer with the texts that can be read at it now, oldest first: current, rivals, and kept beside."""

    answer: Answer
    texts: list[Contribution] = field(default_factory=list)

    @property
    def standing(self) -> list[Contribution]:
        """What stands for the answer: the current text and any rivals."""
        return [text for text in self.texts if text.state in ("current", "rival")]

    @property
    def current(self) -> Contribution | None:
        """The current text."""
        return next((text for text in self.texts if text.state == "current"), None)


_HEADS = (
    select(Answer, Contribution, SaveReceipt.result)
    .select_from(Submission)
    .outerjoin(
        Answer,
        and_(
            Answer.submission_id == Submission.id,
            Answer.path == any_(bindparam("paths", type_=ARRAY(Answer.path.type))),
        ),
    )
    .outerjoin(
        Contribution,
        and_(Contribution.answer_id == Answer.id, Contribution.state.in_(("current", "rival", "beside"))),
    )
    .outerjoin(SaveReceipt, and_(SaveReceipt.submission_id == Submission.id, SaveReceipt.save_id == bindparam("save")))
    .where(Submission.id == bindparam("submission"))
    .order_by(Contribution.version)
    .execution_options(populate_existing=True)
)


def heads(
    session: OwnedSession, submission: Submission, paths: Iterable[str], save_id: uuid.UUID | None = None
) -> tuple[dict[str, Head], dict[str, Any] | None]:
    """The answers at these paths as they are now, and what was said to a save if it has been made already.

    One statement, however many there are. A path that nobody has answered is not among them.
    """
    found: dict[str, Head] = {}
    said = None
    asked = {"submission": submission.id, "paths": list(paths), "save": save_id}
    for answer, text, said in session.execute(_HEADS, asked):  # noqa: B007
        if answer is None:
            continue
        here = found.setdefault(answer.path, Head(answer))
        if text is not None:
            here.texts.append(text)
    return found, said


def head(session: OwnedSession, submission: Submission, path: str) -> Head | None:
    """One answer as it is now; None where nobody has begun it."""
    return heads(session, submission, [path])[0].get(path)


def write(session: OwnedSession, at: Head, change: Change, writer: Writer, now: datetime) -> tuple[int, bool]:
    """Write to an answer, and say its new version and whether two texts now stand. No text is ever lost."""
    answer, standing = at.answer, at.standing
    if same := next((text for text in standing if text.value == change.value), None):
        if same.author_id != writer.author_id:
            same.frozen_at = same.frozen_at or now  # two people said it: neither may type over the other's words
        return same.version, len(standing) > 1
    started_from = next((text for text in standing if text.version == change.base), None)
    if started_from is None and _built_upon(session, answer, change):
        return change.base, len(standing) > 1
    branch = started_from or _of_this_page(standing, writer, now)
    if branch is not None and writer.page and branch.page_id == writer.page and writer.seq < branch.page_seq:
        return answer.version, len(standing) > 1  # overtaken on the way by a newer save of the same page
    if branch is not None and _same_sitting(branch, writer, now):
        return _go_on(session, answer, branch, change.value, writer, now), len(standing) > 1
    if branch is not None and (branch.state == "current" or branch.author_id == writer.author_id):
        follow(session, answer, branch, change, writer, now)
        return answer.version, len(standing) > 1
    if not standing:
        add_contribution(session, answer, change, writer, "current", now)
        return answer.version, False
    for other in standing:
        other.frozen_at = other.frozen_at or now
    add_contribution(session, answer, change, writer, "rival", now)
    return answer.version, True


def put(session: OwnedSession, at: Head, value: Any, writer: Writer, now: datetime) -> None:
    """Make a value the current text of an answer, whoever wrote the one before, which becomes history."""
    change = Change(value, at.answer.version)
    if at.current is None:
        add_contribution(session, at.answer, change, writer, "current", now)
    else:
        follow(session, at.answer, at.current, change, writer, now)


def follow(
    session: OwnedSession, answer: Answer, before: Contribution, change: Change, writer: Writer, now: datetime
) -> None:
    """Put a new contribution in the place of one its writer had read; the old one becomes history."""
    state = before.state
    before.state, before.frozen_at = "earlier", before.frozen_at or now
    session.flush()  # only one contribution may be current at a time
    add_contribution(session, answer, change, writer, state, now)


def add_contribution(
    session: OwnedSession, answer: Answer, change: Change, writer: Writer, state: str, now: datetime
) -> None:
    """Begin a sitting: a new contribution at the answer's next version."""
    answer.version += 1
    session.add(
        Contribution(
            answer_id=answer.id,
            author_id=writer.author_id,
            entered_by=writer.entered_by,
            mode=writer.mode,
            language=writer.language,
            value=change.value,
            version=answer.version,
            based_on=change.base,
            state=state,
            page_id=writer.page,
            page_seq=writer.seq,
            started_at=now,
            saved_at=now,
        )
    )


_HEAD = update(Answer).where(Answer.id == bindparam("answer")).values(version=bindparam("next"))
_GO_ON = (
    update(Contribution)
    .where(Contribution.id == bindparam("text"))
    .values(
        value=bindparam("words"),
        version=bindparam("next"),
        page_id=bindparam("page"),
        page_seq=bindparam("seq"),
        saved_at=bindparam("now"),
    )
    .add_cte(_HEAD.cte("head"))
)


def _go_on(session: OwnedSession, answer: Answer, text: Contribution, value: Any, writer: Writer, now: datetime) -> int:
    """Extend a sitting, and say the new version. Typing does this all day: one statement, not a flush's two."""
    version = answer.version + 1
    given = {"answer": answer.id, "text": text.id, "words": value, "next": version, "now": now}
    session.connection().execute(_GO_ON, {**given, "page": writer.page, "seq": writer.seq})
    session.expire(answer)
    session.expire(text)
    return version


def _built_upon(session: OwnedSession, answer: Answer, change: Change) -> bool:
    """Whether these are the very words that the writer had saved, and somebody has since written over."""
    if change.base == 0:
        return False
    before = session.scalars(
        select(Contribution).where(
            Contribution.answer_id == answer.id, Contribution.version == change.base, Contribution.state == "earlier"
        )
    ).first()
    return before is not None and before.value == change.value


def _of_this_page(standing: list[Contribution], writer: Writer, now: datetime) -> Contribution | None:
    """What the same open page wrote a moment ago: a reply that was lost does not make one person two."""
    if writer.page is None:
        return None
    return next((text for text in standing if text.page_id == writer.page and _same_sitting(text, writer, now)), None)


def _same_sitting(before: Contribution, writer: Writer, now: datetime) -> bool:
    return (
        before.frozen_at is None
        and now - before.saved_at < SITTING
        and (before.author_id, before.entered_by, before.mode, before.language)
        == (writer.author_id, writer.entered_by, writer.mode, writer.language)
    )

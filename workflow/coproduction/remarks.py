"""What people say about each other's answers: comments, suggested words, questions to one person.

Who may read an answer may read what is said about it. Only the answer's owner takes suggested words over, and
then they are the owner's: nobody's words are put in another's mouth. Nothing said is ever thrown away.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from forms.definition import Form, Question, section_of
from forms.paths import parse_path
from forms.text import clean
from models.database import OwnedSession
from models.remarks import Remark
from models.submissions import Answer, Submission
from workflow import audit, rates
from workflow.access.actor import Actor
from workflow.access.policy import find_submission
from workflow.access.relation import READ, Relation
from workflow.clock import london_day
from workflow.coproduction import answers, contributions, readers, reading, telling, voices
from workflow.coproduction.submissions import form_of
from workflow.coproduction.taking_part import APART, Taker, taking_part
from workflow.errors import NotFound, NotPermitted, Refused

COMMENT, SUGGESTION, QUESTION = "comment", "suggestion", "question"
KINDS = (COMMENT, SUGGESTION, QUESTION)
IN_WORDS = frozenset({"text", "area", "link"})
HOUR = timedelta(hours=1)
MOST = {COMMENT: 120, SUGGESTION: 120, QUESTION: 30}  # an hour: a question sends somebody a mail
EMPTY = {
    COMMENT: "Write what you want to say.",
    SUGGESTION: "Write the words you suggest.",
    QUESTION: "Write your question.",
}


@dataclass(frozen=True)
class Place:
    """One answer of a form before one reader: what it asks, how it stands, and who they are to it."""

    submission: Submission
    form: Form
    theirs: Relation
    asked: Question
    answer: Answer

    @property
    def path(self) -> str:
        """The answer's address."""
        return self.answer.path

    @property
    def begun(self) -> bool:
        """Whether somebody has written here."""
        return self.answer.version > 0


def place(session: OwnedSession, submission: Submission, theirs: Relation, path: str) -> Place:
    """The answer at a path. Raises `NotFound` for no such question, and for an answer this reader may not read."""
    form = form_of(submission)
    try:
        asked = section_of(form, parse_path(path).id)[1]
    except (KeyError, ValueError):
        raise NotFound from None
    found = session.scalars(
        select(Answer).where(Answer.submission_id == submission.id, Answer.path == path)
    ).one_or_none()
    if found is None:
        if not open_to_all(form, asked, theirs):
            raise NotFound
        found = readers.unbegun(path, readers.rule(session, submission, form, theirs.role, [path]).audience(path))
        if not reading.may_read(submission, theirs, found):
            raise NotFound
    elif not reading.may_read(submission, theirs, found):
        raise NotFound
    return Place(submission, form, theirs, asked, found)


def open_to_all(form: Form, asked: Question, theirs: Relation) -> bool:
    """Whether an answer that nobody has begun will be read by everyone who writes the form, this person too."""
    special = voices.NO_FURTHER & set(asked.sensitivity)
    return form.voice == "shared" and not special and bool(theirs.readers & set(form.audience_default))


def kinds(form: Form, asked: Question, submission: Submission, theirs: Relation, path: str) -> tuple[str, ...]:
    """What this reader may say about an answer they can read.

    Inside somebody's own view nobody comments; once it is shared, its readers may ask about it. No one suggests
    words for a person's own view, wherever it stands.
    """
    if submission.state == "sent" or READ not in theirs.rights or path.endswith("[]"):
        return ()
    if form.voice != "shared":
        may_ask = submission.state == "shared" and "owner" not in theirs.readers
        return (QUESTION,) if may_ask else ()
    own_words = form.voice_of(asked) != "shared"
    return (COMMENT, QUESTION) if own_words or asked.type not in IN_WORDS else KINDS


def can_be_asked(session: OwnedSession, at: Place, actor: Actor, now: datetime) -> list[Taker]:
    """Who may be asked about an answer: whoever else takes part in the form and may read it.

    Separated parents are not told of each other: to a family, other families are not there to be asked, nor is
    anybody's helper.
    """
    family = "family" in at.theirs.readers
    return [
        each
        for each in taking_part(session, at.submission, now)
        if each.person_id != actor.person_id
        and reading.may_read(at.submission, each.theirs, at.answer)
        and not (family and each.role in APART)
    ]


def say(
    session: OwnedSession,
    at: Place,
    actor: Actor,
    kind: str,
    words: str,
    *,
    token: uuid.UUID,
    now: datetime,
    asked_of: uuid.UUID | None = None,
) -> Remark:
    """Comment on an answer, suggest other words for it, or ask one person about it. The same `token` says it once.

    Raises `Refused` without words, for words that stand there already, for nobody to ask, and after sending;
    `NotPermitted` where this is not theirs to say; `TooMany`.
    """
    if repeated := _said_before(session, token, actor):
        return repeated
    answers.lock_draft(session, at.submission)
    if kind not in kinds(at.form, at.asked, at.submission, at.theirs, at.path):
        raise NotPermitted("You can read this, but that is not for you to say here.")
    words = tidy(words, EMPTY[kind])
    asked = _asked(session, at, actor, asked_of, now) if kind == QUESTION else None
    about = _about(session, at, words) if kind == SUGGESTION else None
    rates.count(session, kind, str(actor.person), limit=MOST[kind], window=HOUR, now=now)
    remark = _keep(
        session,
        token,
        submission_id=at.submission.id,
        path=at.path,
        audience=list(at.answer.audience),
        kind=kind,
        author_id=actor.person,
        author_role=at.theirs.role,
        asked_id=asked.person_id if asked else None,
        asked_role=asked.role if asked else None,
        words=words,
        version=at.answer.version,
        about=about,
        said_at=now,
    )
    if asked:
        telling.tell_asked(session, remark, asked.person_id, now)
    record(session, "remark", actor, remark, now)
    return remark


def find(session: OwnedSession, actor: Actor, remark_id: uuid.UUID, now: datetime) -> tuple[Remark, Place]:
    """Something said, through the actor's scope, with the answer it is about. Raises `NotFound`."""
    remark = session.scalars(select(Remark).where(Remark.id == remark_id)).one_or_none()
    if remark is None:
        raise NotFound
    submission, theirs = find_submission(session, actor, remark.submission_id, READ, now)
    return remark, place(session, submission, theirs, remark.path)


def record(session: OwnedSession, act: str, actor: Actor, remark: Remark, now: datetime) -> None:
    """Put it on record that something was said or done about it: never a word of it. Not under the case: the
    authority does not see what goes on in a draft."""
    audit.record(
        session,
        act,
        actor,
        audit.Subject(submission_id=remark.submission_id),
        happened_on=london_day(now),
        now=now,
        facts={"remark": str(remark.id), "kind": remark.kind},
    )


def standing(session: OwnedSession, at: Place) -> str:
    """The words that stand for an answer now; "" for none, and for an answer that is not words."""
    found = contributions.heads(session, at.submission, [at.path])[0].get(at.path)
    words = found.current.value if found and found.current else ""
    return words if isinstance(words, str) else ""


def _said_before(session: OwnedSession, token: uuid.UUID, actor: Actor) -> Remark | None:
    found = session.scalars(select(Remark).where(Remark.create_token == token)).one_or_none()
    if found is not None and found.author_id != actor.person_id:
        raise NotFound
    return found


def _keep(session: OwnedSession, token: uuid.UUID, **values: object) -> Remark:
    session.execute(
        insert(Remark)
        .values(create_token=token, **values)
        .on_conflict_do_nothing(index_elements=["authority_id", "create_token"])
    )
    return session.scalars(select(Remark).where(Remark.create_token == token)).one()


def tidy(given: str, empty: str) -> str:
    """Words made safe to keep. Raises `Refused`, saying `empty`, when there are none; or when there are too many."""
    words = clean(given).strip()
    if not words:
        raise Refused(empty, "words")
    if len(words) > answers.LONGEST:
        raise Refused(f"This has {len(words):,} characters. The most is {answers.LONGEST:,}. Nothing was cut.", "words")
    return words


def _asked(session: OwnedSession, at: Place, actor: Actor, wanted: uuid.UUID | None, now: datetime) -> Taker:
    found = can_be_asked(session, at, actor, now)
    if not found:
        raise Refused("There is nobody else here to ask about this.", "asked")
    chosen = next((each for each in found if each.person_id == wanted), None)
    if chosen is None:
        raise Refused("Choose who to ask.", "asked")
    return chosen


def _about(session: OwnedSession, at: Place, words: str) -> str:
    now_there = standing(session, at)
    if now_there.strip() == words:
        raise Refused("These words are there already. Change them, then send your suggestion.", "words")
    return now_there

"""What becomes of a remark: a question is answered, suggested words are used or not, a comment is dealt with, and
its author may take it back. Each on record, each only while the form is not sent."""

import uuid
from datetime import datetime

from sqlalchemy import func, select

from forms.text import clean
from models.database import OwnedSession
from models.remarks import Remark
from models.submissions import Contribution
from workflow.access.actor import Actor
from workflow.coproduction import answers, contributions, readers, remarks, telling
from workflow.coproduction.contributions import Writer
from workflow.coproduction.remarks import QUESTION, SUGGESTION, Place
from workflow.errors import AlreadyDone, NotPermitted, Refused

MOVED_ON = "Somebody wrote here since you opened this page. Look again, then choose."


def owns(session: OwnedSession, at: Place, person_id: uuid.UUID) -> bool:
    """Whether an answer is this person's to settle: they may write it, and have, or nobody has. One query."""
    if not answers.may_write(at.form, at.theirs, at.asked.id):
        return False
    if at.form.voice != "shared":
        return "owner" in at.theirs.readers
    if not at.begun:
        return True
    theirs, everyones = session.execute(
        select(func.count().filter(Contribution.author_id == person_id), func.count()).where(
            Contribution.answer_id == at.answer.id
        )
    ).one()
    return bool(theirs) or not everyones


def answer(session: OwnedSession, remark: Remark, at: Place, actor: Actor, words: str, *, now: datetime) -> None:
    """Answer a question that was put to this person; whoever asked is told that there is an answer.

    Saying the same again is harmless. Raises `Refused` without words, `NotPermitted` for anybody else.
    """
    if remark.kind != QUESTION or remark.asked_id != actor.person_id:
        raise NotPermitted("Somebody else was asked this.")
    words = remarks.tidy(words, "Write your answer.")
    _take(session, remark, at)
    if remark.state == "answered" and remark.reply == words:
        return
    _require_open(remark)
    _settle(session, remark, "answered", actor, at, now, reply=words)
    telling.tell_asker(session, remark, now)
    remarks.record(session, "answer_question", actor, remark, now)


def accept(session: OwnedSession, remark: Remark, at: Place, actor: Actor, *, seen: int, now: datetime) -> None:
    """Take suggested words over. They become this person's own words; the old ones stay in the history.

    `seen` is the answer's version on the page: raises `AlreadyDone` when somebody wrote since, or settled it
    first; `Refused` while two versions wait to be settled; `NotPermitted` for all but the answer's owner.
    """
    _require_suggestion(session, remark, at, actor)
    _take(session, remark, at)
    if remark.state == "accepted" and remark.settled_by == actor.person_id:
        return
    _require_open(remark)
    head = readers.head(session, at.submission, at.form, at.theirs.role, at.path)
    if head.version != seen:
        raise AlreadyDone(MOVED_ON)
    if len(head.standing) > 1:
        raise Refused("There are two versions of this answer. Settle them first, then come back to this.")
    contributions.put(session, head, remark.words, Writer(actor.person, actor.person), now)
    at.submission.changed_at = now
    remark.made_version = head.version
    _settle(session, remark, "accepted", actor, at, now)
    telling.tell_suggester(session, remark, now)
    remarks.record(session, "accept_suggestion", actor, remark, now)


def decline(session: OwnedSession, remark: Remark, at: Place, actor: Actor, why: str, *, now: datetime) -> None:
    """Say no thanks to suggested words, with a word of why if there is one. `NotPermitted` for all but the owner."""
    _require_suggestion(session, remark, at, actor)
    _take(session, remark, at)
    if remark.state == "declined" and remark.settled_by == actor.person_id:
        return
    _require_open(remark)
    _settle(session, remark, "declined", actor, at, now, reply=clean(why).strip() or None)
    telling.tell_suggester(session, remark, now)
    remarks.record(session, "decline_suggestion", actor, remark, now)


def resolve(session: OwnedSession, remark: Remark, at: Place, actor: Actor, *, now: datetime) -> None:
    """Say that a comment has been dealt with. It stays to be read. Only the answer's owner does."""
    if remark.kind != remarks.COMMENT or not owns(session, at, actor.person):
        raise NotPermitted("Only whoever writes this answer can do that.")
    _take(session, remark, at)
    if remark.state == "resolved":
        return
    _require_open(remark)
    _settle(session, remark, "resolved", actor, at, now)
    remarks.record(session, "resolve_remark", actor, remark, now)


def withdraw(session: OwnedSession, remark: Remark, at: Place, actor: Actor, *, now: datetime) -> None:
    """Take back what one said oneself. Others still see that something was said; its words only if they were
    answered. Raises `AlreadyDone` for words that were taken over: they are the answer's now."""
    if remark.author_id != actor.person_id:
        raise NotPermitted("Somebody else said this.")
    _take(session, remark, at)
    if remark.state == "withdrawn":
        return
    if remark.state == "accepted":
        raise AlreadyDone("Your words have been used already, so they cannot be taken back.")
    remark.state = "withdrawn"
    remarks.record(session, "withdraw_remark", actor, remark, now)


def _take(session: OwnedSession, remark: Remark, at: Place) -> None:
    """The form first, then what was said: in the order in which everybody takes them."""
    answers.lock_draft(session, at.submission)
    session.flush()
    session.refresh(remark, with_for_update={"key_share": True})


def _require_open(remark: Remark) -> None:
    if remark.state != "open":
        raise AlreadyDone("This was settled before you. Look again: nothing is lost.")


def _require_suggestion(session: OwnedSession, remark: Remark, at: Place, actor: Actor) -> None:
    if remark.kind != SUGGESTION or remark.author_id == actor.person_id or not owns(session, at, actor.person):
        raise NotPermitted("Only whoever writes this answer can do that.")


def _settle(
    session: OwnedSession,
    remark: Remark,
    state: str,
    actor: Actor,
    at: Place,
    now: datetime,
    *,
    reply: str | None = None,
) -> None:
    remark.state, remark.reply = state, reply
    remark.settled_by, remark.settled_role, remark.settled_at = actor.person, at.theirs.role, now
    session.flush()

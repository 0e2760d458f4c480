"""Rights, asked again at the moment of sending: what was theirs to be told when it was planned may not be now."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, and_, literal, or_, select

from models.access import Grant, Invitation, Post
from models.cases import Case
from models.database import OwnedSession
from models.outbox import Message
from models.people import Child
from models.remarks import Remark
from models.submissions import Answer, Submission
from models.tasks import Task
from workflow.access.actor import SETTING_ROLES, STAFF_ROLES
from workflow.access.conflicts import kept_from
from workflow.access.scope import live_grants
from workflow.clock import london_day
from workflow.coproduction import readers, reading
from workflow.coproduction.taking_part import taking_part

NOT_THEIRS = "no longer theirs to be told"
ANSWERED, SETTLED = "question_answered", "suggestion_settled"
QUESTIONS = frozenset({"question", ANSWERED, SETTLED})


def invitation_open(session: OwnedSession, message: Message, now: datetime) -> str | None:
    """Why an invitation has nothing left to offer: it was accepted, taken back, or has run out."""
    if message.importance != "invitation" or not message.link_to.startswith("invitation:"):
        return None
    invitation_id = uuid.UUID(message.link_to.removeprefix("invitation:"))
    found = session.get(Invitation, (session.authority_id, invitation_id))
    if found is None:
        return "the invitation is gone"
    if found.accepted_at is not None:
        return "the invitation was accepted"
    return "the invitation was taken back or has run out" if found.expires_at <= now else None


def task_open(session: OwnedSession, message: Message, now: datetime) -> str | None:
    """Why somebody need not hear of a task any more: it was done, or they no longer help or work there."""
    if not message.link_to.startswith("task:"):
        return None
    found = session.get(Task, (session.authority_id, uuid.UUID(message.link_to.removeprefix("task:"))))
    if found is None or found.done_at is not None:
        return "it was done"
    assert message.person_id is not None
    posts = _posts(message.person_id, now)
    helps = live_grants(message.person_id, now).where(
        Grant.submission_id == found.submission_id,
        or_(Grant.role.not_in(SETTING_ROLES), posts.where(Post.role.in_(SETTING_ROLES)).exists()),
    )
    there = posts.where(or_(Post.role.in_(STAFF_ROLES), Post.setting_id == found.setting_id))
    return None if session.scalars(select(or_(helps.exists(), there.exists()))).one() else NOT_THEIRS


def questions_stand(session: OwnedSession, message: Message, now: datetime) -> str | None:
    """Why mail about questions in a form has nothing left to say: all that it was planned for were answered or taken
    back, the form was sent, or its reader may no longer read the answers they are about."""
    if message.template not in QUESTIONS or message.submission_id is None:
        return None
    submission = session.get_one(Submission, (session.authority_id, message.submission_id))
    found = session.execute(
        select(Remark, Answer)
        .outerjoin(Answer, and_(Answer.submission_id == Remark.submission_id, Answer.path == Remark.path))
        .where(Remark.submission_id == submission.id, *_told_of(message))
    ).all()
    if not found:
        return "the question has moved on"
    if submission.state == "sent":
        return "the form was sent meanwhile"
    reader = next((each for each in taking_part(session, submission, now) if each.person_id == message.person_id), None)
    about = [answer or readers.unbegun(remark.path, remark.audience) for remark, answer in found]
    return None if reader and any(reading.may_read(submission, reader.theirs, each) for each in about) else NOT_THEIRS


def _told_of(message: Message) -> list[ColumnElement[bool]]:
    """What a mail about questions is for: those put to its reader, or answered to them, since it was planned; or
    words they suggested that were used or declined since."""
    if message.template in (ANSWERED, SETTLED):
        ends = ("answered",) if message.template == ANSWERED else ("accepted", "declined")
        settled = [Remark.state.in_(ends), Remark.settled_at >= message.created_at]
        return [Remark.author_id == message.person_id, *settled]
    return [Remark.asked_id == message.person_id, Remark.state == "open", Remark.said_at >= message.created_at]


def still_let_in(session: OwnedSession, message: Message, now: datetime) -> str | None:
    """Why mail about a case or a form is no longer this person's: their grant or their post has ended.

    Reminders of a deadline, and questions about an answer, have checks of their own.
    """
    if message.person_id is None or message.deadline_id is not None or message.template in QUESTIONS:
        return None
    if message.case_id is None and message.submission_id is None:
        return None
    grants = live_grants(message.person_id, now)
    posts = _posts(message.person_id, now)
    ways = [
        posts.where(Post.role.in_(STAFF_ROLES), ~kept_from(message.person_id, literal(message.case_id, Uuid))),
        *_to_case(message.case_id, grants, posts),
        *_to_form(message, grants, posts),
    ]
    let_in = session.scalars(select(or_(*(way.exists() for way in ways)))).one()
    return None if let_in else NOT_THEIRS


def _posts(person_id: uuid.UUID, now: datetime) -> Select[Post]:
    today = london_day(now)
    return select(Post).where(
        Post.person_id == person_id, Post.from_on <= today, or_(Post.until_on.is_(None), Post.until_on >= today)
    )


def _to_case(case_id: uuid.UUID | None, grants: Select[Grant], posts: Select[Post]) -> list[Select[Any]]:
    if case_id is None:
        return []
    at_setting = select(Child.setting_id).join(Case, Case.child_id == Child.id).where(Case.id == case_id)
    # Whoever works at a setting is told as somebody in post there, where the child is: the grant outlives both.
    personal = grants.where(Grant.case_id == case_id, Grant.role.not_in(SETTING_ROLES))
    return [personal, posts.where(Post.setting_id.in_(at_setting))]


def _to_form(message: Message, grants: Select[Grant], posts: Select[Post]) -> list[Select[Any]]:
    if message.submission_id is None:
        return []
    form = select(Submission).where(Submission.id == message.submission_id)
    together = (form.with_only_columns(Submission.id), form.with_only_columns(Submission.root_id))
    return [
        form.where(Submission.owner_id == message.person_id),
        grants.where(or_(*(Grant.submission_id.in_(each) for each in together))),
        posts.where(Post.setting_id.in_(form.with_only_columns(Submission.setting_id))),
    ]

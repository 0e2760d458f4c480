"""Deleting a draft for good: every word, every file, every trace of a save. Only that it was done is kept."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, delete, or_, select, update

from models.access import KeptText, Post
from models.base import Base
from models.cases import Event
from models.database import OwnedSession
from models.files import Attachment
from models.outbox import Message
from models.security import APPEND_ONLY
from models.submissions import Answer, Contribution, Submission
from workflow import audit
from workflow.access.actor import SETTING_ROLES, Actor
from workflow.access.keyed import being_keyed
from workflow.access.relation import INVITE, Relation
from workflow.clock import london_day
from workflow.coproduction.submissions import hold
from workflow.errors import NotFound, Refused

SENT = "This form has been sent, so it cannot be deleted."
SHARED = "Others can read this now. Take it back first. Then you can delete it."
OTHERS_WROTE = (
    "Other people have written on this form, or on a form of their own beside it. Their words are not yours to delete."
)
SPARED = APPEND_ONLY | {"message", "submission"}


def may_delete(submission: Submission, theirs: Relation) -> bool:
    """Whether a draft is this person's to delete: one's own, or the setting's for its staff."""
    if submission.state in ("sent", "withdrawn") or being_keyed(submission):
        return False
    if submission.setting_id:
        return "setting" in theirs.readers and theirs.role in SETTING_ROLES and INVITE in theirs.rights
    return "owner" in theirs.readers


def refuse_unless_deletable(session: OwnedSession, submission: Submission, theirs: Relation) -> None:
    """Raises `NotFound` for whoever may not, `Refused` with the reason why a draft has to stay."""
    if submission.state == "sent":
        raise Refused(SENT)
    if not may_delete(submission, theirs):
        raise NotFound
    if submission.state == "shared":
        raise Refused(SHARED)
    if submission.setting_id and _others_wrote(session, submission):
        raise Refused(OTHERS_WROTE)


def delete_draft(
    session: OwnedSession, submission: Submission, theirs: Relation, actor: Actor, *, now: datetime
) -> list[str]:
    """Delete a draft. Returns the keys of its files in the blob store, to be removed once this is committed.

    What others have begun beside one's own request is theirs and stays: then the empty form stays under it,
    closed. Raises as `refuse_unless_deletable`.
    """
    hold(session, submission)
    refuse_unless_deletable(session, submission, theirs)
    form_id, here = submission.form_id, submission.id
    blobs = list(session.scalars(select(Attachment.blob).where(Attachment.submission_id == here)))
    _forget_mail(session, here, now)
    typed = KeptText.path.startswith(f"/forms/{here}") | KeptText.path.startswith(f"/child/{here}")
    session.execute(delete(KeptText).where(typed))
    _clear(session, Base.metadata.tables["submission"], [here])
    if _is_leant_on(session, here):
        # Its token and its place after a version go, so that the same can be begun again.
        emptied: dict[str, Any] = {"state": "withdrawn", "facts": {}, "follows_id": None, "create_token": uuid.uuid4()}
        session.execute(update(Submission).where(Submission.id == here).values(emptied))
    else:
        session.execute(delete(Submission).where(Submission.id == here))
    session.expire_all()
    audit.record(
        session,
        "delete_draft",
        actor,
        audit.Subject(),
        happened_on=london_day(now),
        now=now,
        facts={"form": str(here), "kind": form_id},
    )
    return blobs


def _clear(session: OwnedSession, table: Table, ids: list[uuid.UUID]) -> None:
    """Delete whatever hangs on these rows, and whatever hangs on that, in tables known now and to come."""
    for other in Base.metadata.sorted_tables:
        if other.name in SPARED:
            continue
        for column in _keys(other, table):
            found = list(session.scalars(select(other.c.id).where(column.in_(ids))))
            if found:
                _clear(session, other, found)
                session.execute(delete(other).where(other.c.id.in_(found)))


def _keys(table: Table, to: Table) -> list[Column[Any]]:
    """The columns of a table that point at rows of another."""
    return [
        element.parent
        for key in table.foreign_key_constraints
        for element in key.elements
        if key.referred_table is to and element.column.name == "id" and table is not to
    ]


def _forget_mail(session: OwnedSession, submission_id: uuid.UUID, now: datetime) -> None:
    """Mail about the form that has not gone stays where it is; what is kept of the rest names no form."""
    about = Message.submission_id == submission_id
    session.execute(
        update(Message)
        .where(about, Message.state == "queued")
        .values(state="cancelled", reason="the draft was deleted")
    )
    session.execute(update(Message).where(about).values(submission_id=None))


def _is_leant_on(session: OwnedSession, submission_id: uuid.UUID) -> bool:
    """Whether others' forms lie beside it, or the record of acts points at it: that is never changed."""
    beside = select(Submission.id).where(Submission.root_id == submission_id).exists()
    recorded = select(Event.id).where(Event.submission_id == submission_id).exists()
    return bool(session.scalars(select(or_(beside, recorded))).one())


def _others_wrote(session: OwnedSession, submission: Submission) -> bool:
    """Whether anybody but staff of the setting wrote on its form, or began one of their own beside it."""
    staff = select(Post.person_id).where(Post.setting_id == submission.setting_id)
    wrote = (
        select(Contribution.id)
        .join(Answer, Answer.id == Contribution.answer_id)
        .where(
            Answer.submission_id == submission.id,
            or_(Contribution.author_id.not_in(staff), Contribution.entered_by.not_in(staff)),
        )
        .exists()
    )
    beside = select(Submission.id).where(Submission.root_id == submission.id).exists()
    return bool(session.scalars(select(or_(wrote, beside))).one())

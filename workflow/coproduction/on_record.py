"""What is frozen with a form beside its answers: what was said about them, and who had signed it."""

from typing import Any

from sqlalchemy import and_, select

from models.database import OwnedSession
from models.plans import PlanSource
from models.remarks import Remark, SignOff
from models.submissions import Answer, Submission


def remarks(session: OwnedSession, submission: Submission) -> list[dict[str, Any]]:
    """Everything said about a form's answers, oldest first; of what was taken back, that it was said."""
    rows = session.execute(
        select(Remark, Answer)
        .outerjoin(Answer, and_(Answer.submission_id == Remark.submission_id, Answer.path == Remark.path))
        .where(Remark.submission_id == submission.id)
        .order_by(Remark.said_at, Remark.id)
    )
    return [
        {
            "path": each.path,
            "audience": readers(each, answer),
            "kind": each.kind,
            "state": each.state,
            "author": str(each.author_id),
            "role": each.author_role,
            "asked": str(each.asked_id) if each.asked_id else None,
            "words": None if unsaid(each) else each.words,
            "about": None if unsaid(each) else each.about,
            "version": each.version,
            "said_at": each.said_at.isoformat(),
            "reply": each.reply,
            "settled_by": str(each.settled_by) if each.settled_by else None,
            "settled_at": each.settled_at.isoformat() if each.settled_at else None,
            "made_version": each.made_version,
        }
        for each, answer in rows
    ]


def readers(remark: Remark, answer: Answer | None) -> list[str]:
    """Who may read what was said: those who may read the answer it is about."""
    if answer is None:
        return list(remark.audience)
    return [reader for reader in answer.audience if reader not in answer.withheld]


def sign_offs(session: OwnedSession, submission: Submission) -> list[dict[str, Any]]:
    """Every sign-off before sending, oldest first."""
    rows = session.scalars(
        select(SignOff).where(SignOff.submission_id == submission.id).order_by(SignOff.signed_at, SignOff.id)
    )
    return [
        {
            "person": str(each.person_id),
            "role": each.role,
            "verdict": each.verdict,
            "reason": each.reason,
            "content": each.content_hash,
            "signed_at": each.signed_at.isoformat(),
        }
        for each in rows
    ]


def unsaid(remark: Remark) -> bool:
    """Whether its author took it back before anybody answered: then its words are nobody else's to read."""
    return remark.state == "withdrawn" and remark.reply is None


def sources(session: OwnedSession, submission: Submission) -> list[dict[str, Any]]:
    """Where each statement of a plan comes from, by its place."""
    rows = session.scalars(
        select(PlanSource)
        .where(PlanSource.submission_id == submission.id)
        .order_by(PlanSource.place, PlanSource.added_at, PlanSource.id)
    )
    return [{"place": each.place, "words": str(each.contribution_id), "agreed": each.agreed} for each in rows]

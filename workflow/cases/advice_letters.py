"""What a request for advice says, and to whom it goes."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import select

from law.explain import say_date
from models.advice import AdviceRequest
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.advising import familys_papers
from workflow.cases import notices
from workflow.cases.advisers import Adviser
from workflow.clock import london_day
from workflow.coproduction.submissions import form_of

SIX_WEEKS = timedelta(weeks=6)


def papers_in_words(session: OwnedSession, case_id: uuid.UUID) -> str:
    """What the family sent, by title and day, as the letter says it (reg 6(3))."""
    lines = listed(session, case_id, familys_papers())
    if not lines:
        return "The family has sent us nothing of its own yet. What it sends comes to you as soon as we have it."
    return "With this request you get what the family sent us:\n" + "\n".join(lines)


def listed(session: OwnedSession, case_id: uuid.UUID, form_ids: Collection[str]) -> list[str]:
    """What was sent on a case on some forms, by title and day."""
    sent = session.scalars(
        select(Submission)
        .where(Submission.case_id == case_id, Submission.state == "sent", Submission.form_id.in_(form_ids))
        .order_by(Submission.sent_at)
    )
    return [f"{form_of(each).title}, {_on(each)}" for each in sent]


def readers(session: OwnedSession, request: AdviceRequest, now: datetime) -> list[notices.Reader]:
    """Who gets the letter: whoever works at the setting, or the adviser, who is told by email or post."""
    if request.setting_id:
        return notices.at_setting(session, request.setting_id, now)
    return [notices.Reader("advisers", request.to_name)]


def reply_by(request: AdviceRequest, today: date) -> str:
    """Until when to reply: the six weeks run from the day the request reaches them. Reg 8(1)."""
    law = "reg 8(1)" if adviser_of(request).bound else "Code of Practice, 9.52"
    return (
        f"Please reply within six weeks of the day on which this reaches you ({law}). If that is today, reply by "
        f"{say_date(today + SIX_WEEKS)}. A waiting list is no reason to reply later."
    )


def adviser_of(request: AdviceRequest) -> Adviser:
    """Whom a request is to."""
    return Adviser(request.limb, request.to_name, request.setting_id, request.email)


def _on(sent: Submission) -> str:
    return say_date(london_day(sent.sent_at)) if sent.sent_at else ""

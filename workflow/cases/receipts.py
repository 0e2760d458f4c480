"""When a request for advice reached the body: its mail server took the message, or somebody opened it here."""

from datetime import datetime

from sqlalchemy import Select, String, and_, cast, func, literal, or_, select

from models.access import Invitation
from models.advice import AdviceRequest
from models.cases import Event, Notice
from models.database import Database, OwnedSession
from models.operations import ReadLog
from models.outbox import Message
from workflow.access.actor import SYSTEM
from workflow.cases import advice
from workflow.clock import london_day
from workflow.errors import AlreadyDone, Refused

AT_ONCE = 200
READING = "advice:"  # how the log of reads names the page of a request, before its id


def note_arrivals(database: Database, now: datetime) -> int:
    """Record what has arrived, authority by authority. Safe to run at once and to kill anywhere. Returns how many."""
    count = 0
    for authority_id in database.authorities():
        with database.transaction(authority_id) as session:
            count += note_some(session, now)
    return count


def note_some(session: OwnedSession, now: datetime) -> int:
    """The same for one authority. A day that somebody has recorded stays as it is."""
    count = 0
    for request, mailed_at, opened_at in session.execute(_arrived().limit(AT_ONCE)).all():
        at, how = min((at, how) for at, how in ((mailed_at, "mail"), (opened_at, "opened")) if at is not None)
        try:
            with session.begin_nested():
                advice.record_receipt(session, request, SYSTEM, on=london_day(at), how=how, now=now)
            count += 1
        except (AlreadyDone, Refused):  # the assessment has moved on: no clock is owed any more
            continue
    return count


def _arrived() -> Select[AdviceRequest, datetime | None, datetime | None]:
    subject = Event.facts["subject"].astext == cast(AdviceRequest.id, String)
    letter = (
        select(Notice.id)
        .join(Event, and_(Event.authority_id == Notice.authority_id, Event.id == Notice.event_id))
        .where(Notice.case_id == AdviceRequest.case_id, Event.act == "request_advice", subject)
    )
    links = select(literal("invitation:") + cast(Invitation.id, String)).where(Invitation.advice_id == AdviceRequest.id)
    mailed = (
        select(func.min(Message.accepted_at))
        .where(
            Message.case_id == AdviceRequest.case_id,
            or_(Message.notice_id.in_(letter), Message.link_to.in_(links)),
            Message.accepted_at.is_not(None),
        )
        .correlate(AdviceRequest)
        .scalar_subquery()
    )
    opened = (
        select(func.min(ReadLog.read_at))
        .where(
            ReadLog.case_id == AdviceRequest.case_id,
            ReadLog.what == literal(READING) + cast(AdviceRequest.id, String),
        )
        .correlate(AdviceRequest)
        .scalar_subquery()
    )
    return (
        select(AdviceRequest, mailed, opened)
        .where(AdviceRequest.stage == "asked", or_(mailed.is_not(None), opened.is_not(None)))
        .order_by(AdviceRequest.asked_on, AdviceRequest.id)
    )

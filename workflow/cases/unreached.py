"""What the law owes somebody and mail did not bring to them: reached another way, on the record of their case."""

import re
import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from models.cases import Notice
from models.database import OwnedSession
from models.outbox import Message
from workflow import audit, outbox
from workflow.access.actor import Actor
from workflow.audit import Subject
from workflow.cases import notices
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotFound, Refused

ACT = "reach_otherwise"
WAYS = ("address", "again", "post", "phone")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def unreached() -> ColumnElement[bool]:
    """Of a row with `Message`: whether a notice about a case reached nobody. A letter that was posted since did."""
    # What was held for another reason (far too much mail, a clock that jumped) waits for one yes to all of it.
    failed = or_(
        Message.state.in_(("bounced", "parked")),
        and_(Message.state == "held", Message.reason.op("~")("^(post|refused|no luck|put off|unknown):")),
    )
    same = (Notice.authority_id == Message.authority_id, Notice.id == Message.notice_id)
    posted = exists().where(*same, Notice.posted_on.is_not(None)).correlate(Message)
    return and_(Message.case_id.is_not(None), Message.importance == "statutory", failed, ~posted)


def reach(
    session: OwnedSession,
    message_id: uuid.UUID,
    actor: Actor,
    way: str,
    *,
    now: datetime,
    address: str = "",
    said: str = "",
) -> None:
    """Say how somebody is reached instead, and put it on record; the message leaves the queue.

    way: `address` sends it to another one, `again` to the same; `post` says that the letter went today; `phone` that
    they were told what it says. A letter told by phone alone is still owed on paper. Raises `Refused`, and
    `AlreadyDone` when somebody saw to it meanwhile.
    """
    message = session.scalars(select(Message).where(Message.id == message_id).with_for_update()).one_or_none()
    if message is None or message.case_id is None:
        raise NotFound
    if not session.scalars(select(Message.id).where(Message.id == message_id, unreached())).one_or_none():
        raise AlreadyDone("Somebody has seen to this already. Look at the case.")
    _require(way, address.strip(), said.strip())
    if way in ("address", "again"):
        message.address = address.strip() or message.address if way == "address" else message.address
        outbox.release(session, message.id, actor.person, now)
    else:
        outbox.drop(session, message.id, actor.person, f"reached by {way}")
    notice = session.get(Notice, (session.authority_id, message.notice_id)) if message.notice_id else None
    if way == "post" and notice is not None:
        notices.mark_posted(session, notice, actor, now=now)
    audit.record(
        session,
        ACT,
        actor,
        Subject(message.case_id),
        happened_on=london_day(now),
        now=now,
        facts={"message": str(message.id), "way": way},
        words={"how": said.strip()} if said.strip() else {},
    )


def _require(way: str, address: str, said: str) -> None:
    if way not in WAYS:
        raise Refused("Choose how they are reached.", "way-0")
    if way == "address" and not ADDRESS.fullmatch(address):
        raise Refused("Enter the address they gave you, like name@example.com.", "address")
    if way in ("address", "phone") and not said:
        raise Refused("Write who told you, or who was told, and when. It stays in the record.", "said")

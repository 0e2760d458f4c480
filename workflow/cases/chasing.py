"""Writing again to somebody who owes advice."""

from datetime import datetime

from models.advice import AdviceRequest
from models.database import OwnedSession
from workflow import audit, outbox
from workflow.access.actor import Actor
from workflow.cases import notices
from workflow.cases.advice import OPEN
from workflow.cases.advice_letters import SIX_WEEKS, readers
from workflow.clock import london_day
from workflow.errors import AlreadyDone


def chase(session: OwnedSession, request: AdviceRequest, actor: Actor, *, now: datetime) -> int:
    """Remind them once more, at most once a day. Returns how many were written to; none has to be told by post."""
    if request.stage not in OPEN:
        raise AlreadyDone("They do not owe advice any more.")
    today = london_day(now)
    told = [each for each in readers(session, request, now) if each.person_id or each.address]
    if request.email:
        told = [notices.Reader("advisers", request.to_name, address=request.email)]
    due = (request.received_on or request.asked_on or today) + SIX_WEEKS
    sent = [
        outbox.add(
            session,
            dedupe_key=f"chase:{request.id}:{today}:{each.person_id or 'address'}",
            template="information_asked",
            importance="statutory",
            now=now,
            person_id=each.person_id,
            address=each.address,
            words={"kind": "Advice for an assessment is asked for"},
            link_to=f"advice:{request.id}",
            case_id=request.case_id,
            about_on=due,
        )
        for each in told
    ]
    if any(sent):
        subject = audit.Subject(request.case_id, None)
        facts = {"advice": str(request.id)}
        audit.record(session, "chase_advice", actor, subject, happened_on=today, now=now, facts=facts)
    return sum(each is not None for each in sent)

"""Writing again to somebody who owes advice, or a reply to a consultation."""

from collections.abc import Sequence
from datetime import date, datetime

from models.advice import AdviceRequest, Consultation
from models.database import OwnedSession
from workflow import audit, outbox
from workflow.access.actor import Actor
from workflow.cases import advice_letters, consulting, notices
from workflow.cases.advice import OPEN
from workflow.cases.advice_letters import SIX_WEEKS
from workflow.clock import london_day
from workflow.errors import AlreadyDone


def chase(session: OwnedSession, request: AdviceRequest, actor: Actor, *, now: datetime) -> int:
    """Remind them once more, at most once a day. Returns how many were written to; none has to be told by post."""
    if request.stage not in OPEN:
        raise AlreadyDone("They do not owe advice any more.")
    told: Sequence[notices.Reader] = advice_letters.readers(session, request, now)
    if request.email:
        told = [notices.Reader("advisers", request.to_name, address=request.email)]
    due = (request.received_on or request.asked_on or london_day(now)) + SIX_WEEKS
    kind = "Advice for an assessment is asked for"
    return _write(session, request, actor, told, f"advice:{request.id}", kind, due, "chase_advice", now)


def chase_setting(session: OwnedSession, row: Consultation, actor: Actor, *, now: datetime) -> int:
    """The same for a setting that has not replied."""
    if row.stage != consulting.WAITS:
        raise AlreadyDone("They do not owe a reply any more.")
    told = notices.at_setting(session, row.setting_id, now)
    due = consulting.due_on(row)
    kind = "A reply to a consultation is asked for"
    return _write(session, row, actor, told, f"consultation:{row.id}", kind, due, "chase_consultation", now)


def _write(
    session: OwnedSession,
    row: AdviceRequest | Consultation,
    actor: Actor,
    told: Sequence[notices.Reader],
    link: str,
    kind: str,
    due: date,
    act: str,
    now: datetime,
) -> int:
    today = london_day(now)
    sent = [
        outbox.add(
            session,
            dedupe_key=f"chase:{row.id}:{today}:{each.person_id or 'address'}",
            template="information_asked",
            importance="statutory",
            now=now,
            person_id=each.person_id,
            address=each.address,
            words={"kind": kind},
            link_to=link,
            case_id=row.case_id,
            about_on=due,
        )
        for each in told
        if each.person_id or each.address
    ]
    if any(sent):
        subject = audit.Subject(row.case_id, None)
        facts = {link.partition(":")[0]: str(row.id)}
        audit.record(session, act, actor, subject, happened_on=today, now=now, facts=facts)
    return sum(each is not None for each in sent)

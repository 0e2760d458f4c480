"""Requests for advice: asked, received, answered, late, not known, withdrawn. SEND Regulations 2014, regs 6 and 8."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from law import tables
from models.access import Grant
from models.advice import AdviceRequest
from models.cases import Case, Deadline, Event, Process
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access import deciding
from workflow.access.actor import SYSTEM, Actor
from workflow.access.scope import grants_of
from workflow.cases import acts, advisers, notices, triage
from workflow.cases.advice_letters import adviser_of, papers_in_words, readers, reply_by
from workflow.cases.advisers import Adviser
from workflow.cases.row_acts import step
from workflow.clock import london_day
from workflow.errors import NotFound, NotPermitted, Refused

KINDS = ("assessment", "reassessment")
OPEN = ("asked", "with_them", "late", "agreeing")


def begin(
    session: OwnedSession,
    process: Process,
    to: Adviser,
    *,
    token: uuid.UUID,
    now: datetime,
    wanted_by: Actor | None = None,
) -> AdviceRequest:
    """The row of a request, not asked yet. The same `token` again gives the same row. Raises `Refused`."""
    known = session.scalars(select(AdviceRequest).where(AdviceRequest.create_token == token)).one_or_none()
    if known is not None:
        return known
    if process.kind not in KINDS:
        raise NotFound
    if not to.to_name.strip():
        raise Refused("Enter who is to be asked.", "to_name")
    if to.limb not in advisers.LIMBS:
        raise Refused("Choose under which letter of reg 6(1) they are asked.", "limb")
    request = AdviceRequest(
        id=uuid.uuid4(),
        case_id=process.case_id,
        process_id=process.id,
        limb=to.limb,
        role=to.role,
        form_id=to.form_id,
        to_name=to.to_name.strip(),
        setting_id=to.setting_id,
        email=to.email.strip().lower() if to.email else None,
        why=to.why.strip() or None,
        stage=tables.ROWS["advice"].start,
        wanted_by=wanted_by.person_id if wanted_by else None,
        wanted_on=london_day(now) if wanted_by else None,
        made_at=now,
        create_token=token,
    )
    session.add(request)
    session.flush()
    return request


def name_adviser(
    session: OwnedSession, process: Process, actor: Actor, to: Adviser, *, token: uuid.UUID, now: datetime
) -> AdviceRequest:
    """The family asks that somebody else be asked (reg 6(1)(h)): on record, for the council to decide on."""
    if actor.kind == "family":
        actor = as_family(session, actor, process.case_id, now)
    request = begin(session, process, replace(to, limb="h"), token=token, now=now, wanted_by=actor)
    if request.stage == "not_started":
        step(session, request, "name_adviser", actor, on=london_day(now), now=now)
    return request


def decline(session: OwnedSession, request: AdviceRequest, actor: Actor, *, why: str, now: datetime) -> None:
    """Decide that a family's wish is not a reasonable request. The reason is kept, and the family reads it."""
    if not why.strip():
        raise Refused("Say why the request is not reasonable. The family reads it.", "why")
    step(session, request, "decline_adviser", actor, on=london_day(now), now=now, words={"why": why.strip()})


def ask(session: OwnedSession, request: AdviceRequest, actor: Actor, *, now: datetime) -> Event:
    """Ask for the advice: the letter says needs, provision and outcomes, and what the family sent goes with it.

    Raises `Refused` when the letter would lack anything, `AlreadyDone` when they were asked before.
    """
    today = london_day(now)
    request.asked_on = today
    done = step(session, request, "request_advice", actor, on=today, now=now, facts={"limb": request.limb})
    case = session.get_one(Case, (session.authority_id, request.case_id))
    notices.issue(
        session,
        done.event,
        case,
        done.transition.notices,
        now=now,
        about={"own": {"family_views_sent": papers_in_words(session, case.id), "reply_by": reply_by(request, today)}},
        to=readers(session, request, now),
    )
    finish(session, request, now)
    return done.event


def record_receipt(
    session: OwnedSession, request: AdviceRequest, actor: Actor, *, on: date, how: str = "recorded", now: datetime
) -> None:
    """The day the request reached them: their six weeks run from it (reg 8(1)). Recording another corrects it.

    how: `mail` when their mail server took it, `opened` when they opened it here, `recorded` by a person.
    """
    if request.asked_on is not None and on < request.asked_on:
        raise Refused("This is before the day they were asked.", "received_on")
    if request.received_on == on:
        return
    was = request.received_on
    act = "record_reached_body" if adviser_of(request).bound else "record_reached_adviser"
    facts = {"how": how, **({"was": was.isoformat()} if was else {})}
    step(session, request, act, actor, on=on, now=now, facts=facts)
    request.received_on, request.received_how = on, how


def say_late(
    session: OwnedSession, request: AdviceRequest, actor: Actor, *, why: str, expected_on: date | None, now: datetime
) -> None:
    """They cannot do it in time: why, and when it comes. The date does not move; the law knows no extension."""
    if not why.strip():
        raise Refused("Say why the advice is late.", "why")
    if expected_on is not None and expected_on <= london_day(now):
        raise Refused("Choose a day that is still to come.", "expected_on")
    step(
        session,
        request,
        "say_advice_is_late",
        as_adviser(actor),
        on=london_day(now),
        now=now,
        facts={"expected_on": expected_on.isoformat()} if expected_on else {},
        words={"why": why.strip()},
    )
    request.expected_on = expected_on


def say_unknown(
    session: OwnedSession, request: AdviceRequest, actor: Actor, *, checked: str, on: date | None = None, now: datetime
) -> None:
    """They do not know the child: what they checked is kept. It is no advice about needs."""
    if not checked.strip():
        raise Refused("Say what was checked. Not known is not the same as no needs.", "checked")
    day = on or london_day(now)
    step(session, request, "receive_nil_reply", as_adviser(actor), on=day, now=now, words={"checked": checked.strip()})
    request.replied_on = day


def receive(
    session: OwnedSession,
    request: AdviceRequest,
    actor: Actor,
    *,
    on: date,
    now: datetime,
    reply: Submission | None = None,
    words: Mapping[str, str] | None = None,
) -> None:
    """The advice has come: the form they sent, or a paper that was keyed in."""
    step(
        session,
        request,
        "receive_advice",
        as_adviser(actor),
        on=on,
        now=now,
        words=words,
        submission_id=reply.id if reply else None,
    )
    request.replied_on, request.reply_id = on, reply.id if reply else None


def withdraw(session: OwnedSession, request: AdviceRequest, actor: Actor, *, why: str, now: datetime) -> None:
    """Ask no longer. The reason is kept, and whoever was let in for it reads nothing more."""
    if not why.strip():
        raise Refused("Say why they are no longer asked.", "why")
    step(session, request, "withdraw_advice_request", actor, on=london_day(now), now=now, words={"why": why.strip()})
    session.execute(update(Grant).where(Grant.advice_id == request.id).values(until_at=now))


def record_exception(
    session: OwnedSession,
    request: AdviceRequest,
    actor: Actor,
    *,
    exception: Mapping[str, Any],
    why: str,
    now: datetime,
) -> None:
    """A circumstance of reg 8(2) for this request alone. It lifts the limit and never moves the date."""
    process = session.get_one(Process, (session.authority_id, request.process_id))
    triage.record_exception(session, process, actor, exception=exception, why=why, now=now, subject_id=request.id)


def as_family(session: OwnedSession, actor: Actor, case_id: uuid.UUID, now: datetime) -> Actor:
    """The actor as whoever in the family decides on a case. Raises `NotPermitted` for everybody else in it."""
    decides = deciding.roles_of(session, [case_id], now).get(case_id, ())
    grants = grants_of(actor, now).where(Grant.case_id == case_id, Grant.role.in_(decides))
    found = session.scalars(grants).first()
    if found is None:
        raise NotPermitted("Only the parent or the young person, whoever decides, can do this.")
    return replace(actor, roles=actor.roles | {"young_person" if found.role == "yp" else "parent"})


def as_adviser(actor: Actor) -> Actor:
    """The actor in the role the table knows: whoever was asked for advice and is no staff acts as adviser."""
    if actor.kind != "professional":
        return actor
    return replace(actor, roles=actor.roles | {"adviser"})


def finish(session: OwnedSession, request: AdviceRequest, now: datetime) -> None:
    """Once everybody was asked whom the law names, the duty to ask is done."""
    case = session.get_one(Case, (session.authority_id, request.case_id))
    rows = session.scalars(select(AdviceRequest).where(AdviceRequest.process_id == request.process_id))
    if not advisers.everybody_was_asked(session, case, rows, london_day(now)):
        return
    owed = select(Deadline.id).where(
        Deadline.process_id == request.process_id,
        Deadline.rule == "advice.request",
        Deadline.satisfied_on.is_(None),
        Deadline.voided_on.is_(None),
    )
    if session.scalars(owed).first() is not None:
        acts.perform(session, request.process_id, "finish_asking", SYSTEM, happened_on=london_day(now), now=now)

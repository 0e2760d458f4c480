"""The reply to a request for advice: the adviser's own form, or a paper that the council keys in under their name."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from forms import catalogue
from models.access import Invitation
from models.advice import AdviceRequest
from models.cases import Case
from models.database import OwnedSession
from models.submissions import Submission
from workflow import audit
from workflow.access.actor import SETTING_ROLES, SYSTEM, Actor
from workflow.access.advising import ADVISING, advised_by
from workflow.access.relation import Relation
from workflow.cases import advice, enough, on_paper
from workflow.clock import london_day
from workflow.coproduction import invitations, reading, sending, submissions
from workflow.coproduction.kinds import REPLY_TO
from workflow.errors import AlreadyDone, NotFound, Refused

KNOWN = ("seen-12", "seen-before", "waiting")
STAGES = (*ADVISING, "replied", "nil", "enough")


def find(session: OwnedSession, actor: Actor, request_id: uuid.UUID, now: datetime) -> AdviceRequest:
    """A request that went to this actor, open or answered. Raises `NotFound`."""
    if actor.kind != "professional":
        raise NotFound
    at = AdviceRequest.setting_id.in_(actor.settings if actor.roles & SETTING_ROLES else ())
    found = session.scalars(
        select(AdviceRequest).where(AdviceRequest.id == request_id, advised_by(actor.person, at, now, STAGES))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def begin_reply(session: OwnedSession, request: AdviceRequest, actor: Actor, *, now: datetime) -> Submission:
    """The form to reply on: a setting's own, or one's own. Pressing twice opens the same."""
    if request.stage not in (*advice.OPEN, "nil"):
        raise AlreadyDone("Advice is no longer asked for here.")
    whose = request.setting_id or actor.person
    found = submissions.begin(
        session,
        actor,
        request.form_id,
        create_token=uuid.uuid5(request.id, str(whose)),
        now=now,
        setting_id=request.setting_id,
        case_id=request.case_id,
        child_id=_child_of(session, request),
        facts={REPLY_TO: str(request.id), "role": request.role, "purpose": "assessing"},
    )
    if found.state == "withdrawn":
        raise AlreadyDone("This form was deleted. Ask the council to ask again.")
    return found


def request_of(session: OwnedSession, submission: Submission) -> AdviceRequest | None:
    """The request that a form replies to, where it is one of advice."""
    named = submission.facts.get(REPLY_TO)
    return session.get(AdviceRequest, (session.authority_id, uuid.UUID(named))) if named else None


def send_reply(session: OwnedSession, submission: Submission, theirs: Relation, actor: Actor, *, now: datetime) -> None:
    """Send the form. What it says it is decides what becomes of the request: advice, a nil reply, late, or enough.

    Sending twice is harmless; a new version of advice changes the request no more. Raises `Refused`.
    """
    before = submission.state
    answers = reading.read(session, submission, theirs).values
    sending.send_view(session, submission, theirs, actor, now=now)
    request = request_of(session, submission)
    if before == "sent" or request is None or request.stage not in (*advice.OPEN, "nil"):
        return
    today, kind = london_day(now), answers.get("ad_reply")
    if kind == "late":
        why = str(answers.get("ad_late") or "They cannot do it in this time.")
        if request.stage not in ("agreeing", "nil"):
            advice.say_late(session, request, actor, why=why, expected_on=None, now=now)
    elif kind == "unknown":
        checked = str(answers.get("ad_nil") or "They did not say what they checked.")
        if request.stage != "nil":
            advice.say_unknown(session, request, actor, checked=checked, now=now)
        request.reply_id = submission.id
    elif kind == "enough":
        _their_earlier_advice(session, request, actor, str(answers.get("ad_enough") or "Their earlier advice"), now)
    else:
        advice.receive(session, request, actor, on=today, now=now, reply=submission)


def key_in(
    session: OwnedSession,
    request: AdviceRequest,
    actor: Actor,
    *,
    received_on: date,
    by: str,
    words: str,
    now: datetime,
    known: str = "",
) -> Submission:
    """A reply on paper, keyed in by the council: a form of the adviser's, under their name, sent that day.

    known: of a health body, since when it knows the child, as its form asks. Raises `Refused` for no words or nobody's
    name, `AlreadyDone` where the reply is there.
    """
    if not by.strip():
        raise Refused("Enter who wrote it: name, job and service.", "by")
    if not words.strip():
        raise Refused("Type what it says, or say what the paper is and where it is kept.", "words")
    if request.form_id == "advice-health" and known not in KNOWN:
        raise Refused("Choose since when they know the child.", "known")
    if received_on > london_day(now):
        raise Refused("This date is in the future. Enter the day it reached the council.", "received_on")
    if request.stage not in (*advice.OPEN, "nil"):
        raise AlreadyDone("The reply to this request is on record already.")
    said: dict[str, Any] = {"ad_reply": "new", "ad_who": {"name": by.strip()}}
    if request.form_id == "advice-health":
        said["he_known"] = known
    said[_main_words(catalogue.get(request.form_id).question_ids())] = words.strip()
    facts = {REPLY_TO: str(request.id), "purpose": "assessing"}
    form = on_paper.reply(
        session, request, request.form_id, by, actor, role=request.role, facts=facts, said=said, now=now
    )
    advice.receive(session, request, actor, on=received_on, now=now, reply=form)
    return form


def invite(
    session: OwnedSession, request: AdviceRequest, actor: Actor, email: str, *, now: datetime
) -> invitations.Invited:
    """Let an adviser in by email: a code to the address, and three words that are passed on another way."""
    if request.setting_id is not None:
        raise Refused("Whoever works at the setting can sign in already.", "email")
    request.email = email.strip().lower()
    offer = invitations.Offer(request.role, ("read", "write"))
    return invitations.invite(session, actor, request, request.email, offer, now=now)


def let_in(session: OwnedSession, invitation: Invitation, *, now: datetime) -> AdviceRequest:
    """What follows once an adviser has accepted: the request has reached them, if nothing showed it before."""
    request = session.get_one(AdviceRequest, (session.authority_id, invitation.advice_id))
    note_opened(session, request, now=now)
    return request


def note_opened(session: OwnedSession, request: AdviceRequest, *, now: datetime) -> None:
    """They opened it here: it reached them today at the latest."""
    if request.stage == "asked" and request.received_on is None:
        advice.record_receipt(session, request, SYSTEM, on=london_day(now), how="opened", now=now)


def ask_for_more(session: OwnedSession, request: AdviceRequest, actor: Actor, *, words: str, now: datetime) -> None:
    """The adviser asks the council for something they need. It is put on record, where the caseworker reads it."""
    if not words.strip():
        raise Refused("Say what you need.", "words")
    subject = audit.Subject(request.case_id)
    facts = {"advice": str(request.id)}
    day = london_day(now)
    audit.record(
        session,
        "adviser_asked",
        advice.as_adviser(actor),
        subject,
        happened_on=day,
        now=now,
        facts=facts,
        words={"asked": words.strip()},
    )


def _their_earlier_advice(
    session: OwnedSession, request: AdviceRequest, actor: Actor, which: str, now: datetime
) -> None:
    if request.stage == "nil":
        return
    if request.stage != "agreeing":
        enough.propose(session, request, actor, which=which, now=now)
    enough.agree(session, request, actor, side="adviser", now=now)


def _main_words(ids: tuple[str, ...]) -> str:
    """Where a reply in one piece is kept: the first question of the form that takes it whole."""
    return next(each for each in ("ed_env", "ep_form", "he_effect", "sw_basis", "ot_scope") if each in ids)


def _child_of(session: OwnedSession, request: AdviceRequest) -> uuid.UUID:
    return session.get_one(Case, (session.authority_id, request.case_id)).child_id

"""Settings that are asked whether they could meet a plan, each with its own fifteen days. CFA 2014, ss.39(2), 40(2)."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select

from law import tables
from law.explain import say_date
from models.advice import Consultation
from models.cases import Case, Process
from models.database import OwnedSession
from models.people import Setting
from models.submissions import Submission
from workflow.access.actor import SETTING_ROLES, Actor
from workflow.access.relation import Relation
from workflow.cases import acts, notices
from workflow.clock import london_day
from workflow.coproduction import sending, submissions
from workflow.coproduction.kinds import CONSULTATION
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused

FIFTEEN_DAYS = timedelta(days=15)
NAMED = "consultation"  # under which a form's facts name the consultation it replies to


def consult(
    session: OwnedSession,
    process: Process,
    setting: Setting,
    actor: Actor,
    *,
    contents: Mapping[str, str],
    token: uuid.UUID,
    now: datetime,
) -> Consultation:
    """Ask a setting. `contents` are the letter's words for the draft and the advice that go with it.

    The same `token` again gives the same. Raises `Refused` for a letter that lacks anything, or a setting that is
    being asked already.
    """
    known = session.scalars(select(Consultation).where(Consultation.create_token == token)).one_or_none()
    if known is not None:
        return known
    acts.locked(session, process.id, None)
    waiting = select(Consultation.id).where(
        Consultation.process_id == process.id,
        Consultation.setting_id == setting.id,
        Consultation.stage == "consulted",
    )
    if session.scalars(waiting).first() is not None:
        raise Refused("This setting has been asked, and has not replied yet.", "setting")
    today = london_day(now)
    row = Consultation(
        id=uuid.uuid4(),
        case_id=process.case_id,
        process_id=process.id,
        setting_id=setting.id,
        stage=tables.ROWS["consultation"].start,
        sent_on=today,
        made_at=now,
        create_token=token,
    )
    session.add(row)
    session.flush()
    done = _step(session, row, "consult_setting", actor, on=today, now=now)
    case = session.get_one(Case, (session.authority_id, process.case_id))
    reply_by = f"Please reply by {say_date(today + FIFTEEN_DAYS)}, 15 days from today."
    notices.issue(
        session,
        done.event,
        case,
        done.transition.notices,
        now=now,
        about={"own": {**contents, "reply_by": reply_by}},
        to=notices.at_setting(session, setting.id, now),
    )
    return row


def begin_reply(session: OwnedSession, row: Consultation, actor: Actor, *, now: datetime) -> Submission:
    """The setting's form to reply on. Pressing twice opens the same. Raises `NotFound` for another setting's."""
    if row.setting_id not in actor.settings or not actor.roles & SETTING_ROLES:
        raise NotFound
    if row.stage != "consulted":
        raise AlreadyDone("A reply is no longer asked for here.")
    case = session.get_one(Case, (session.authority_id, row.case_id))
    return submissions.begin(
        session,
        actor,
        CONSULTATION,
        create_token=uuid.uuid5(row.id, "reply"),
        now=now,
        setting_id=row.setting_id,
        case_id=case.id,
        child_id=case.child_id,
        facts={NAMED: str(row.id)},
    )


def send_reply(session: OwnedSession, submission: Submission, theirs: Relation, actor: Actor, *, now: datetime) -> None:
    """Send the form; with it the consultation is answered. Sending twice is harmless."""
    sending.send_view(session, submission, theirs, actor, now=now)
    named = submission.facts.get(NAMED)
    row = session.get(Consultation, (session.authority_id, uuid.UUID(named))) if named else None
    if row is not None and row.stage == "consulted":
        record_reply(session, row, actor, on=london_day(now), reply=submission, now=now)


def record_reply(
    session: OwnedSession,
    row: Consultation,
    actor: Actor,
    *,
    on: date,
    now: datetime,
    reply: Submission | None = None,
    words: str = "",
) -> None:
    """A setting's reply, on its form or as it came by letter or telephone. Silence would not stop the decision."""
    if reply is None and not words.strip():
        raise Refused("Write what they replied, and how.", "words")
    if actor.kind == "professional" and row.setting_id not in actor.settings:
        raise NotPermitted("Another setting was asked.")
    said = {"reply": words.strip()} if words.strip() else {}
    _step(session, row, "record_setting_reply", actor, on=on, now=now, words=said, reply=reply)
    row.replied_on, row.reply_id = on, reply.id if reply else None


def withdraw(session: OwnedSession, row: Consultation, actor: Actor, *, why: str, now: datetime) -> None:
    """Ask this setting no longer."""
    if not why.strip():
        raise Refused("Say why they are no longer asked.", "why")
    _step(session, row, "withdraw_consultation", actor, on=london_day(now), now=now, words={"why": why.strip()})


def _step(
    session: OwnedSession,
    row: Consultation,
    act: str,
    actor: Actor,
    *,
    on: date,
    now: datetime,
    words: Mapping[str, str] | None = None,
    reply: Submission | None = None,
) -> acts.Done:
    acts.locked(session, row.process_id, None)
    session.refresh(row, attribute_names=["stage"])
    try:
        line = tables.next_step("consultation", row.stage, act)
    except tables.NotAllowed:
        raise AlreadyDone("This cannot be done to this consultation any more. Look at it again.") from None
    facts = {"subject": str(row.id), "row": {"from": row.stage, "to": line.to}}
    done = acts.perform(
        session,
        row.process_id,
        act,
        actor,
        happened_on=on,
        now=now,
        facts=facts,
        words=words,
        submission_id=reply.id if reply else None,
    )
    row.stage = line.to
    session.flush()
    return done

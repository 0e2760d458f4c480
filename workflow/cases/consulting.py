"""Settings that are asked whether they could meet a plan, each with its own fifteen days. CFA 2014, ss.39(2), 40(2)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from law import calendar, tables
from law.explain import say_date
from models.advice import Consultation
from models.cases import Case, Process
from models.database import OwnedSession
from models.people import Setting
from models.submissions import Submission
from workflow.access.actor import SETTING_ROLES, SYSTEM, Actor
from workflow.access.relation import Relation
from workflow.cases import acts, advice_letters, notices, on_paper, plan_letters, plans, row_acts
from workflow.cases.notices import BY_POST, Reader
from workflow.clock import london_day
from workflow.coproduction import readers, sending, submissions
from workflow.coproduction.kinds import ADVICE, CONSULTATION
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused

FIFTEEN_DAYS = timedelta(days=15)
NAMED = "consultation"  # under which a form's facts name the consultation it replies to
STANDINGS = {
    "listed": "A state school, college or other place of s.38(3)",
    "s41": "An independent place approved under s.41",
    "independent": "Another independent place",
}
KINDS = {"early_years": "Early years", "school": "School", "post_16": "College or other post-16 place"}
WAITS = "consulted"


@dataclass(frozen=True)
class Asked:
    """What is on record of a setting that is consulted: the draft that goes with it, whether the family asked for it,
    what it is in law (`STANDINGS`), and the other authority that maintains it, which is consulted too."""

    plan: Submission | None = None
    preferred: bool = False
    standing: str = "listed"
    home_authority: str = ""


def ask(
    session: OwnedSession,
    process: Process,
    setting: Setting,
    actor: Actor,
    asked: Asked,
    *,
    token: uuid.UUID,
    now: datetime,
) -> Consultation:
    """Consult a setting on the draft that the family has, with the advice it is built on. Raises `Refused`."""
    served = plans.newest(session, process, sent=True)
    if served is None or served.facts.get("final"):
        raise Refused("Send the draft to the family first. The setting is sent the same draft.", "setting")
    contents = plan_letters.consulting(asked.preferred, advice_letters.listed(session, process.case_id, ADVICE))
    asked = Asked(served, asked.preferred, asked.standing, asked.home_authority)
    return consult(session, process, setting, actor, contents=contents, asked=asked, token=token, now=now)


def place_named(session: OwnedSession, name: str, kind: str) -> Setting:
    """A place by name: on the register, or new on it, as another authority's school is. Raises `Refused`."""
    known = session.scalars(select(Setting).where(Setting.name == name.strip())).one_or_none()
    if known is not None:
        return known
    if not name.strip():
        raise Refused("Choose a place, or type the name of one that is not on the list.", "setting")
    if kind not in KINDS:
        raise Refused("Choose what kind of place it is.", "kind")
    made = Setting(id=uuid.uuid4(), name=name.strip(), kind=kind)
    session.add(made)
    session.flush()
    return made


def consult(
    session: OwnedSession,
    process: Process,
    setting: Setting,
    actor: Actor,
    *,
    contents: Mapping[str, str],
    token: uuid.UUID,
    now: datetime,
    asked: Asked = Asked(),
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
        Consultation.process_id == process.id, Consultation.setting_id == setting.id, Consultation.stage == WAITS
    )
    if session.scalars(waiting).first() is not None:
        raise Refused("This setting has been asked, and has not replied yet.", "setting")
    today, told = london_day(now), notices.at_setting(session, setting.id, now)
    reached = comes_on(told, today)
    row = Consultation(
        id=uuid.uuid4(),
        case_id=process.case_id,
        process_id=process.id,
        setting_id=setting.id,
        plan_id=asked.plan.id if asked.plan else None,
        preferred=asked.preferred,
        standing=asked.standing,
        home_authority=asked.home_authority.strip() or None,
        stage=tables.ROWS["consultation"].start,
        sent_on=today,
        reached_on=reached,
        made_at=now,
        create_token=token,
    )
    session.add(row)
    session.flush()
    triggers = {"consultation_sent": reached}
    done = row_acts.step(session, row, "consult_setting", actor, on=today, now=now, triggers=triggers)
    if asked.plan:
        readers.open_to_setting(session, asked.plan)
    if row.home_authority:
        told = [*told, Reader("other_authority", row.home_authority)]
    _tell(session, row, done, {**contents, "reply_by": _reply_by(reached)}, told, now)
    return row


def comes_on(told: list[Reader], today: date) -> date:
    """The day a consultation sent now reaches the setting: today where somebody there signs in, later by post."""
    online = any(each.person_id for each in told)
    return today if online else calendar.workdays_after(today, BY_POST)


def record_reached(session: OwnedSession, row: Consultation, actor: Actor, *, on: date, now: datetime) -> None:
    """The day it really reached the setting: its fifteen days run from it. Recording another corrects it."""
    if on < row.sent_on:
        raise Refused("This is before the day it was sent.", "reached_on")
    if on == row.reached_on:
        return
    facts = {"was": row.reached_on.isoformat()} if row.reached_on else {}
    row_acts.step(session, row, "record_consultation_reached", actor, on=on, now=now, facts=facts)
    row.reached_on = on


def begin_reply(session: OwnedSession, row: Consultation, actor: Actor, *, now: datetime) -> Submission:
    """The setting's form to reply on. Pressing twice opens the same. Raises `NotFound` for another setting's."""
    if row.setting_id not in actor.settings or not actor.roles & SETTING_ROLES:
        raise NotFound
    if row.stage != WAITS:
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
    if row is not None and row.stage == WAITS:
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
    done_with = reply.id if reply else None
    row_acts.step(session, row, "record_setting_reply", actor, on=on, now=now, words=said, submission_id=done_with)
    row.replied_on, row.reply_id = on, done_with


def key_in(
    session: OwnedSession,
    row: Consultation,
    actor: Actor,
    *,
    received_on: date,
    by: str,
    can: str,
    words: str,
    now: datetime,
) -> None:
    """A reply by letter, email or telephone, put on the setting's form under its writer's name. Raises `Refused`."""
    if not by.strip():
        raise Refused("Enter who replied: name and job.", "by")
    if received_on > london_day(now) or received_on < row.sent_on:
        raise Refused("Enter a day between the one they were asked on and today.", "received_on")
    if row.stage != WAITS:
        raise AlreadyDone("The reply is on record already, or they are no longer asked.")
    said = {"cr_can": can, "cr_comment": words.strip(), "cr_sign": {"name": by.strip()}}
    filled = {at: value for at, value in said.items() if value}
    facts = {NAMED: str(row.id)}
    form = on_paper.reply(session, row, CONSULTATION, by, actor, role="head", facts=facts, said=filled, now=now)
    record_reply(session, row, actor, on=received_on, reply=form, now=now)


def withdraw(session: OwnedSession, row: Consultation, actor: Actor, *, why: str, now: datetime) -> None:
    """Ask this setting no longer. What it was sent, it reads no more."""
    if not why.strip():
        raise Refused("Say why they are no longer asked.", "why")
    said = {"why": why.strip()}
    row_acts.step(session, row, "withdraw_consultation", actor, on=london_day(now), now=now, words=said)


def give_newer(session: OwnedSession, process: Process, plan: Submission) -> None:
    """A further draft was sent: whoever is still being asked reads that one."""
    open_ = list(session.scalars(_of(process, (WAITS,))))
    for row in open_:
        row.plan_id = plan.id
    if open_:
        readers.open_to_setting(session, plan)


def tell_outcome(session: OwnedSession, process: Process, named: uuid.UUID | None, *, now: datetime) -> None:
    """Before a final plan goes out, tell each setting that was consulted whether it is the one that is named."""
    for row in session.scalars(_of(process, (WAITS, "answered"))):
        done = row_acts.step(session, row, "tell_consulted", SYSTEM, on=london_day(now), now=now)
        words = plan_letters.outcome(row.setting_id == named)
        _tell(session, row, done, {"decision": words}, notices.at_setting(session, row.setting_id, now), now)


def due_on(row: Consultation) -> date:
    """The day a reply is asked for by."""
    return (row.reached_on or row.sent_on) + FIFTEEN_DAYS


def _of(process: Process, stages: tuple[str, ...]) -> Any:
    return select(Consultation).where(Consultation.process_id == process.id, Consultation.stage.in_(stages))


def _reply_by(reached: date) -> str:
    return f"Please reply by {say_date(reached + FIFTEEN_DAYS)}, 15 days from the day this reaches you."


def _tell(
    session: OwnedSession,
    row: Consultation,
    done: acts.Done,
    words: Mapping[str, str],
    told: list[Reader],
    now: datetime,
) -> None:
    case = session.get_one(Case, (session.authority_id, row.case_id))
    notices.issue(session, done.event, case, done.transition.notices, now=now, about={"own": words}, to=told)

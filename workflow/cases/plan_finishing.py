"""The end of an assessment: the final plan with its place, or the decision that there will be none.

SEND Regulations 2014, regs 10, 13(2) and 14; Children and Families Act 2014, ss.36(9), 37 and 38.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from law.explain import say_date
from models.authority import Authority
from models.cases import Case, Notice, Plan, Process
from models.database import OwnedSession
from models.people import Child, Setting
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import relation
from workflow.cases import (
    acts,
    consulting,
    notices,
    plan_comments,
    plan_courses,
    plan_letters,
    plan_serving,
    plans,
    reviews,
)
from workflow.cases.notices import Place
from workflow.cases.requests import appeal_dates
from workflow.clock import london_day
from workflow.coproduction import kinds, readers, reading, sending
from workflow.errors import AlreadyDone, Refused


@dataclass(frozen=True)
class Agreement:
    """That the family clearly agreed, in writing, to a final plan before its time to comment was over."""

    words: str
    on: date


@dataclass(frozen=True)
class Refusal:
    """The decision that there will be no plan. `reasons` go to the family word for word.

    `necessary` answers the legal test (s.37(1)); `considered` names the papers that were looked at: every one.
    """

    reasons: str
    instead: str
    necessary: bool | None
    considered: frozenset[uuid.UUID]


def hindrances(
    session: OwnedSession, process: Process, actor: Actor, *, agreement: Agreement | None, now: datetime
) -> list[str]:
    """What the law still wants before the plan can be final, in sentences; none when it can be."""
    draft = plans.newest(session, process, sent=True)
    if draft is None or not plan_courses.with_family(process):
        return ["The family has not been sent the draft, or the changes. Send them first."]
    found, changes = [], plan_courses.course_of(process).changes
    last = plan_serving.last_day(session, process, draft)
    if last and london_day(now) <= last and (agreement is None or changes):
        found.append(
            f"The family has until the end of {say_date(last)} to comment."
            + ("" if changes else " Before that, the plan can be final only with their clear agreement in writing.")
        )
    if plan_serving.meeting_owed(session, process):
        found.append("The family asked for a meeting that has not been held. Meet them first, and record it.")
    waiting = plan_comments.unanswered(session, process, actor, now)
    if waiting:
        found.append(f"Things the family said that have no answer yet: {waiting}. Answer each of them first.")
    return found


def issue(
    session: OwnedSession,
    process: Process,
    plan: Submission,
    actor: Actor,
    *,
    agreement: Agreement | None = None,
    seen: int,
    now: datetime,
) -> Plan:
    """Issue the final plan, new or amended: frozen with its place, in force from today, everybody told. With a new
    plan the next review is opened.

    The family is told, with how to appeal; the place named; and health. Raises `Refused` for whatever the law still
    wants, `AlreadyDone`.
    """
    locked = session.get_one(Submission, (session.authority_id, plan.id), with_for_update=True, populate_existing=True)
    if locked.state == "sent":
        raise AlreadyDone("This version has already been sent.")
    if agreement and (not agreement.words.strip() or agreement.on > london_day(now)):
        raise Refused("Write what the family agreed to, and the day they wrote it.", "agreed")
    for each in hindrances(session, process, actor, agreement=agreement, now=now):
        raise Refused(each)
    place = _place(session, locked, actor, now)
    on = london_day(now)
    acts.locked(session, process.id, seen)  # asked before the settings are told, which moves the process on
    consulting.tell_outcome(session, process, place.setting_id, now=now)
    _open_to_the_place(session, locked, place, on)
    sending.freeze(session, locked, actor, now=now)
    agreed: dict[str, Any] = {"agreed_early_on": agreement.on.isoformat()} if agreement else {}
    done = acts.perform(
        session,
        process.id,
        plan_courses.course_of(process).issue,
        actor,
        happened_on=on,
        now=now,
        facts=agreed,
        words={"why": agreement.words.strip()} if agreement else None,
        submission_id=locked.id,
    )
    made = _in_force(session, process, place, on)
    _tell(session, process, locked, made, done, place, actor, now)
    return made


def refuse(
    session: OwnedSession, process: Process, actor: Actor, refusal: Refusal, *, seen: int, now: datetime
) -> list[Notice]:
    """Decide that there will be no plan; the family, health and the setting are told. Reg 10.

    Raises `Refused` without reasons, without what happens instead, for a paper that was not looked at, or where the
    legal test was answered yes; `AlreadyDone`.
    """
    if not refusal.reasons.strip():
        raise Refused("Write the reasons, to the family. They go into the letter as you write them.", "reasons")
    if not refusal.instead.strip():
        raise Refused("Say what happens now instead, and who will do it.", "instead")
    if refusal.necessary is not False:
        raise Refused(
            "If it is necessary for provision to be made through a plan, there must be one (s.37(1)). "
            "Change the answer or the decision.",
            "necessary",
        )
    case = session.get_one(Case, (session.authority_id, process.case_id))
    sent = select(Submission.id).where(Submission.case_id == case.id, Submission.state == "sent")
    if set(session.scalars(sent)) - refusal.considered:
        raise Refused("Look at everything that was sent, and mark each paper, before you decide.", "considered")
    on = london_day(now)
    done = acts.perform(
        session,
        process.id,
        "decide_no_plan",
        actor,
        happened_on=on,
        now=now,
        seen=seen,
        facts={"necessary": False, "considered": sorted(str(each) for each in refusal.considered)},
        words={"reasons": refusal.reasons, "instead": refusal.instead},
    )
    session.execute(
        update(Submission)
        .where(
            Submission.case_id == case.id,
            Submission.form_id.in_(kinds.PLANS),
            Submission.facts["process"].astext == str(process.id),
            Submission.state == "draft",
        )
        .values(state="withdrawn")
    )
    about = {
        "own": {"reasons": f"{refusal.reasons.strip()}\n\n{refusal.instead.strip()}"},
        **appeal_dates(on),
    }
    family, others = done.transition.notices
    told = notices.issue(session, done.event, case, (family,), now=now, about=about)
    # Health and the setting are told the decision; the reasons are the family's.
    return told + notices.issue(session, done.event, case, (others,), now=now)


def _in_force(session: OwnedSession, process: Process, place: Place, on: date) -> Plan:
    """The plan as it is kept on the case. An amended plan keeps the day it was first made (reg 14); after a
    re-assessment the new one stands in place of the old (reg 27)."""
    anew = process.kind == "reassessment"
    changed = anew or plan_courses.course_of(process).changes
    made = reviews.plan_of(session, process.case_id) if changed else None
    if made is None:
        made = Plan(case_id=process.case_id, made_on=on)
        session.add(made)
    elif anew:
        made.made_on, made.last_review_on = on, None
    made.setting_id = place.setting_id
    session.flush()
    return made


def _place(session: OwnedSession, plan: Submission, actor: Actor, now: datetime) -> Place:
    """What Section I says. Raises `Refused` where it says nothing: a place and its type, or the type alone."""
    said = reading.read(session, plan, relation(session, actor, plan, now)).values if plan.facts.get("final") else {}
    if not str(said.get("pi_type") or "").strip():
        raise Refused("Write Section I first: the place and its type, or the type alone.")
    name = str(said.get("pi_name") or "").strip()
    setting_id = session.scalars(select(Setting.id).where(Setting.name == name)).one_or_none() if name else None
    return Place(name, setting_id)


def _open_to_the_place(session: OwnedSession, plan: Submission, place: Place, on: date) -> None:
    """The final plan is read where it names the place, too."""
    plan.setting_id = place.setting_id
    plan.facts = {**plan.facts, "made_on": on.isoformat()}
    readers.open_to_setting(session, plan)


def _tell(
    session: OwnedSession,
    process: Process,
    plan: Submission,
    made: Plan,
    done: acts.Done,
    place: Place,
    actor: Actor,
    now: datetime,
) -> None:
    case = session.get_one(Case, (session.authority_id, process.case_id))
    child = session.get_one(Child, (session.authority_id, case.child_id))
    said = reading.read(session, plan, relation(session, actor, plan, now)).values
    named = ", ".join(filter(None, (place.name, str(said.get("pi_type") or "").strip())))
    about = {
        "own": plan_letters.final(child.known_as or child.first, named),
        "plan_made": made.made_on,
        **appeal_dates(done.event.happened_on),
    }
    family, others = done.transition.notices
    notices.issue(session, done.event, case, (family,), now=now, about=about)
    authority = session.get_one(Authority, session.authority_id).name
    notices.issue(
        session,
        done.event,
        case,
        (others,),
        now=now,
        about={"own": plan_letters.final_for_others(authority), "plan_made": made.made_on},
        place=place,
    )

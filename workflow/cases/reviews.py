"""The year of a plan: the review that waits, the meeting, the report, the decision, and the next year."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from law import age, due, tables
from models.authority import Authority
from models.cases import Case, Plan, Process
from models.database import OwnedSession
from models.people import Child
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.cases import acts, meetings, notices
from workflow.cases.requests import appeal_dates
from workflow.clock import london_day
from workflow.coproduction import reading, sending
from workflow.coproduction.submissions import begin, bundle
from workflow.errors import NotFound, Refused

RECOMMENDED = {
    "keep": "Keep the plan as it is.",
    "change": "Change the plan.",
    "end": "End the plan.",
    "re-assess": "Re-assess.",
}


def open_review(
    session: OwnedSession,
    case: Case,
    actor: Actor,
    *,
    plan_made: date,
    last_review: date | None,
    now: datetime,
) -> Process:
    """Open the review of a plan: due 12 months from the plan, or from the last review (s.44(1))."""
    act = "begin_after_review" if last_review else "begin"
    key = "last_review_completed" if last_review else "plan_made"
    from_day = last_review or plan_made
    process, _ = acts.start(
        session,
        case,
        "review",
        act,
        actor,
        happened_on=min(from_day, london_day(now)),
        now=now,
        triggers={key: from_day},
    )
    return process


def waiting_review(session: OwnedSession, case_id: uuid.UUID) -> Process | None:
    """The review of a case that has not ended."""
    return session.scalars(
        select(Process).where(Process.case_id == case_id, Process.kind == "review", Process.ended_on.is_(None))
    ).first()


def begin_report(session: OwnedSession, process: Process, actor: Actor, *, now: datetime) -> Submission:
    """The annual review form of a review, made when the setting first opens it.

    From Year 9 on it is the one that looks ahead to adult life (SEND Regulations 2014, regs 20(6), 21(6)).
    """
    case = session.get_one(Case, (session.authority_id, process.case_id))
    plan = plan_of(session, case.id)
    if plan is None or plan.setting_id not in actor.settings:
        raise NotFound
    child = session.get_one(Child, (session.authority_id, case.child_id))
    older = age.in_year_9_or_later(child.born_on, london_day(now))
    return begin(
        session,
        actor,
        "ar-14-25" if older else "ar-0-13",
        create_token=uuid.uuid5(process.id, "report"),
        now=now,
        setting_id=plan.setting_id,
        case_id=case.id,
        child_id=case.child_id,
        facts={"process": str(process.id), "purpose": "review", "stage": "review"},
    )


def send_report(
    session: OwnedSession, submission: Submission, theirs: Relation, actor: Actor, *, now: datetime
) -> Process:
    """Send the report: the meeting was held on the day it names, and everyone invited gets the report.

    Sending twice is harmless. Raises `Refused` for what must be there.
    """
    locked = session.get_one(
        Submission, (session.authority_id, submission.id), with_for_update=True, populate_existing=True
    )
    process = session.get_one(Process, (session.authority_id, uuid.UUID(locked.facts["process"])))
    if locked.state == "sent":
        return process
    sending.require_sendable(session, locked, theirs, now)
    answers = reading.read(session, locked, theirs).values
    case = session.get_one(Case, (session.authority_id, process.case_id))
    meetings.hold(session, process, meetings.meeting_day(answers.get("rv_date"), "rv_date"), actor, now=now)
    for each in bundle(session, locked):
        if each.id == locked.id or each.state == "shared":
            sending.freeze(session, each, actor, now=now)
    done = acts.perform(
        session,
        process.id,
        "send_report",
        actor,
        happened_on=london_day(now),
        now=now,
        submission_id=locked.id,
    )
    recommended = RECOMMENDED.get(str(answers.get("rv_rec")), str(answers.get("rv_rec") or ""))
    about = {
        "own": {
            "recommended_amendments": f"The setting recommends: {recommended} The report says why.",
            "differences_of_view": "Where people did not agree, the report says so. You can add what you think.",
        }
    }
    notices.issue(session, done.event, case, done.transition.notices, now=now, about=about)
    return process


@dataclass(frozen=True)
class Outcome:
    """What the authority decided after a review, in words to the family: keep, change or end."""

    decision: str
    reasons: str
    notified_on: date | None = None
    own: Mapping[str, str] = field(default_factory=dict)


def decide(
    session: OwnedSession, process: Process, actor: Actor, outcome: Outcome, *, seen: int, now: datetime
) -> Process | None:
    """Record the outcome and send its letters. With it the next year's review begins, or the ending of the plan.

    A decision to change is told with the changes themselves (see `plan_changing`), and counts from then: until the
    family has them it can be changed. Returns the next review; None when the plan is to change or to end. Raises
    `Refused`, `AlreadyDone`.
    """
    if not outcome.reasons.strip():
        raise Refused("Write the reasons, to the family. They go into the letter as you write them.", "reasons")
    on = outcome.notified_on or london_day(now)
    case = session.get_one(Case, (session.authority_id, process.case_id))
    if outcome.decision not in ("keep", "change", "end"):
        raise Refused("Choose what was decided.", "decision")
    done = acts.perform(
        session,
        process.id,
        f"decide_{outcome.decision}",
        actor,
        happened_on=on,
        now=now,
        seen=seen,
        words={"reasons": outcome.reasons},
    )
    if done.transition.notices:
        about = _about(session, outcome, on)
        notices.issue(session, done.event, case, done.transition.notices, now=now, about=about)
    plan = plan_of(session, case.id)
    if plan is None or outcome.decision != "keep":
        return None
    plan.last_review_on = on
    session.flush()
    return session.get_one(Process, (session.authority_id, done.opened[0].event.process_id))


def plan_of(session: OwnedSession, case_id: uuid.UUID) -> Plan | None:
    """The plan in force on a case."""
    return session.scalars(
        select(Plan).where(Plan.case_id == case_id, Plan.ceased_on.is_(None)).order_by(Plan.made_on.desc())
    ).first()


def _about(session: OwnedSession, outcome: Outcome, on: date) -> dict[str, Any]:
    authority = session.get_one(Authority, session.authority_id).name
    said = {
        "keep": f"{authority} has decided to keep the plan as it is.",
        "end": f"{authority} has decided to end the plan.",
    }[outcome.decision]
    earliest = due.compute("cease.not_before", {"decision_sent": on}).due
    return {
        "own": {
            "decision": said,
            "reasons": outcome.reasons.strip(),
        },
        "earliest_end": earliest,
        **appeal_dates(on),
    }


def ended(process: Process) -> bool:
    """Whether a process is over."""
    return process.stage in tables.PROCESSES[process.kind].ends

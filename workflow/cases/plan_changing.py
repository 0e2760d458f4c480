"""Telling the family that a plan is to change, with the changes themselves: the plan, each change, the evidence.

SEND Regulations 2014, regs 20(10), 22(2) and 28. A letter that says only that there will be changes does not do
(R (L, M and P) v Devon CC [2022] EWHC 493 (Admin)).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from models.authority import Authority
from models.cases import Case, Event, Note, Notice, Plan, Process
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import relation
from workflow.cases import acts, notices, plan_courses, plan_letters, plan_serving, plans
from workflow.clock import london_day
from workflow.coproduction import reading
from workflow.errors import AlreadyDone, Refused
from workflow.queries import plan_changes, plan_document


@dataclass(frozen=True)
class Words:
    """What the notice says in the council's own words. `plan` and `proposed` are for a plan that was made outside
    this service, so that its changes cannot be worked out here."""

    evidence: str
    plan: str = ""
    proposed: str = ""


def propose(
    session: OwnedSession,
    process: Process,
    actor: Actor,
    words: Words,
    *,
    seen: int,
    now: datetime,
    reply_by: date | None = None,
) -> list[Notice]:
    """Send the family the plan, each change proposed and the evidence; the 15 days begin. After a review the decision
    is told with it, to the setting too, and the next year's review begins.

    Raises `Refused` for a version that changes nothing, or for what the law still wants; `AlreadyDone`.
    """
    case = session.get_one(Case, (session.authority_id, process.case_id))
    course = plan_courses.course_of(process)
    served_on, comment_by = plan_serving.time_to_comment(session, process, case, reply_by, now)
    version = plans.newest(session, process, sent=False)
    about: dict[str, Any] = {"own": _own(session, process, version, words, actor, now), "comment_by": comment_by}
    if version is not None:
        plan_serving.freeze(session, version, served_on, comment_by, actor, now)
    done = acts.perform(
        session,
        process.id,
        course.send,
        actor,
        happened_on=london_day(now),
        now=now,
        seen=seen,
        triggers={course.served_day: served_on},
        submission_id=version.id if version else None,
    )
    if process.kind == "review":
        _reviewed(session, case, london_day(now))
    return _tell(session, process, case, done, about, now)


def proposed(
    session: OwnedSession, process: Process, version: Submission, actor: Actor, now: datetime
) -> tuple[plan_changes.Changed, ...]:
    """What the version being written changes in the plan in force."""
    theirs = relation(session, actor, version, now)
    written = plan_document.document(session, actor, version, theirs, now)
    return plan_changes.against_the_plan_in_force(session, actor, written, now)


def outside(session: OwnedSession, process: Process) -> bool:
    """Whether the plan that is to change was made outside this service, so that its changes are written by hand."""
    return plans.in_force(session, process.case_id) is None


def _own(
    session: OwnedSession, process: Process, version: Submission | None, words: Words, actor: Actor, now: datetime
) -> dict[str, str]:
    """The plan, the changes and the evidence, as the letter says them."""
    by_hand = outside(session, process)
    if version is None:
        if not by_hand:
            raise AlreadyDone("Write the version with the changes first. It goes with the letter.")
        return {"plan": words.plan.strip(), "proposed_amendments": words.proposed.strip(), "evidence": words.evidence}
    if version.facts.get("final"):
        raise Refused("This version is being made final. Make it a draft again before you propose it.")
    found = proposed(session, process, version, actor, now)
    if not by_hand and all(each.letter == "K" for each in found):  # a longer list of papers changes nothing
        raise Refused("This version changes nothing in the plan yet. Write the changes in it first.")
    answers = reading.read(session, version, relation(session, actor, version, now)).values
    return {
        "plan": words.plan.strip() or plan_letters.CHANGED,
        "proposed_amendments": _joined(plan_changes.in_words(found), words.proposed),
        "evidence": _joined(words.evidence, plan_letters.papers(answers)),
    }


def _joined(*texts: str) -> str:
    return "\n\n".join(text.strip() for text in texts if text.strip())


def _reviewed(session: OwnedSession, case: Case, on: date) -> None:
    for plan in session.scalars(select(Plan).where(Plan.case_id == case.id, Plan.ceased_on.is_(None))):
        plan.last_review_on = on
    session.flush()


def _tell(
    session: OwnedSession, process: Process, case: Case, done: acts.Done, about: dict[str, Any], now: datetime
) -> list[Notice]:
    """The family has the reasons; the setting is told what was decided, and the reasons are the family's."""
    authority = session.get_one(Authority, session.authority_id).name
    decision = f"{authority} has decided to change the plan."
    why = session.scalars(
        select(Note)
        .join(Event, Event.id == Note.event_id)
        .where(Event.process_id == process.id, Event.act == "decide_change", Note.kind == "reasons")
        .order_by(Event.seq.desc())
        .limit(1)
    ).first()
    full = f"{decision} The changes we propose are below.\n\n{why.words if why else ''}".strip()
    family, *others = done.transition.notices
    to_family = {**about, "own": {**about["own"], "decision": full}}
    to_others = {"own": {"decision": decision}}
    told = notices.issue(session, done.event, case, (family,), now=now, about=to_family)
    return told + notices.issue(session, done.event, case, tuple(others), now=now, about=to_others)

"""The draft of a plan goes to the family, which has at least 15 days to say what it thinks and to ask for a meeting.

SEND Regulations 2014, reg 13(1); Children and Families Act 2014, s.38.
"""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from law import calendar, due
from law.explain import say_date
from models.access import Grant
from models.cases import Case, Deadline, Notice, Process
from models.database import OwnedSession
from models.people import Child
from models.submissions import Submission
from workflow.access import deciding
from workflow.access.actor import Actor
from workflow.access.relation import relation
from workflow.access.scope import FAMILY_ROLES, live_grants
from workflow.cases import acts, consulting, notices, plan_courses, plan_letters, plans
from workflow.clock import london_day
from workflow.coproduction import reading, sending
from workflow.errors import AlreadyDone, NotPermitted, Refused

HOWS = {"person": "in person", "online": "online", "phone": "by phone"}


def serve(
    session: OwnedSession,
    process: Process,
    plan: Submission,
    actor: Actor,
    *,
    seen: int,
    now: datetime,
    reply_by: date | None = None,
) -> list[Notice]:
    """Send the draft to the family: it is frozen, the 15 days begin, and each of the family has a letter.

    Where somebody of the family gets it by post, the days are counted from the day the post comes. `reply_by` gives
    them longer. Raises `Refused` for a draft that says nothing, or a shorter time than the law gives; `AlreadyDone`.
    """
    plan = _held(session, plan)
    if plan.facts.get("final"):
        raise Refused("This version is being made final. Make it a draft again before you send it as one.")
    case = session.get_one(Case, (session.authority_id, process.case_id))
    answers = reading.read(session, plan, relation(session, actor, plan, now)).values
    for group, name in (("nd[]", "needs"), ("ou[]", "outcomes"), ("pv[]", "provision")):
        if not answers.get(group):
            raise Refused(f"The draft has no {name} yet. Write them before it goes to the family.")
    served_on, comment_by = time_to_comment(session, process, case, reply_by, now)
    freeze(session, plan, served_on, comment_by, actor, now)
    done = acts.perform(
        session,
        process.id,
        "send_draft",
        actor,
        happened_on=london_day(now),
        now=now,
        seen=seen,
        triggers={"draft_served": served_on},
        submission_id=plan.id,
    )
    consulting.give_newer(session, process, plan)
    child = session.get_one(Child, (session.authority_id, case.child_id))
    about = {"own": plan_letters.draft(child.known_as or child.first, answers), "comment_by": comment_by}
    return notices.issue(session, done.event, case, done.transition.notices, now=now, about=about)


def time_to_comment(
    session: OwnedSession, process: Process, case: Case, reply_by: date | None, now: datetime
) -> tuple[date, date]:
    """(the day it reaches the family, the last day to comment): what the law gives, or longer where `reply_by` says so.

    Raises `Refused` for a shorter time.
    """
    course = plan_courses.course_of(process)
    served_on = comes_on(session, case, now)
    last = due.compute(course.comment, {course.served_day: served_on}).due
    if last is None:
        raise Refused("The last day to comment cannot be worked out: bank holidays are not known that far.")
    if reply_by and reply_by < last:
        raise Refused(
            f"The law gives the family until at least {say_date(last)}. Give them that, or longer.", "reply_by"
        )
    return served_on, max(last, reply_by or last)


def freeze(
    session: OwnedSession, plan: Submission, served_on: date, comment_by: date, actor: Actor, now: datetime
) -> None:
    """Lock a version as it goes to the family. Raises `AlreadyDone` where it went before."""
    plan = _held(session, plan)
    plan.facts = {**plan.facts, "served_on": served_on.isoformat(), "reply_by": comment_by.isoformat()}
    sending.freeze(session, plan, actor, now=now)


def comes_on(session: OwnedSession, case: Case, now: datetime) -> date:
    """The day a draft sent now reaches the last of the family: today by this service, later where one has the post."""
    today = london_day(now)
    by_post = any(reader.person_id is None for reader in notices.readers(session, case, "family", now))
    return calendar.workdays_after(today, notices.BY_POST) if by_post else today


def record_served(
    session: OwnedSession, process: Process, served_on: date, actor: Actor, *, seen: int, now: datetime
) -> None:
    """Put on record the day the draft really reached the family; the 15 days are counted from it.

    Raises `Refused` for a day before the draft was sent, `AlreadyDone`.
    """
    plan, course = plans.newest(session, process, sent=True), plan_courses.course_of(process)
    if plan is None or plan.sent_at is None:
        raise AlreadyDone("Nothing has been sent. Look at the case again.")
    if served_on < london_day(plan.sent_at):
        raise Refused("It cannot have come before the day it was sent.", "served_on")
    acts.perform(
        session,
        process.id,
        course.served,
        actor,
        happened_on=served_on,
        now=now,
        seen=seen,
        triggers={course.served_day: served_on},
        submission_id=plan.id,
    )


def last_day(session: OwnedSession, process: Process, plan: Submission) -> date | None:
    """The last day of the family's time to comment: what the law gives from the day it came, or what was promised."""
    by_law = session.scalars(
        select(Deadline.due_on).where(
            Deadline.process_id == process.id, Deadline.rule == plan_courses.course_of(process).comment
        )
    ).one_or_none()
    promised = plan.facts.get("reply_by")
    days = [day for day in (by_law, date.fromisoformat(promised) if promised else None) if day]
    return max(days, default=None)


def ask_for_meeting(
    session: OwnedSession, process: Process, actor: Actor, *, how: str, words: str = "", now: datetime
) -> None:
    """The family asks to meet the council about the draft. Asking again while one is owed changes nothing.

    Raises `Refused` for a way of meeting there is not, `AlreadyDone`, `NotPermitted`.
    """
    if how not in HOWS:
        raise Refused("Choose how you want to meet.", "how")
    if meeting_owed(session, process):
        return
    acts.perform(
        session,
        process.id,
        "ask_for_meeting",
        _as_family(session, process, actor, now),
        happened_on=london_day(now),
        now=now,
        facts={"how": how},
        words={"why": words.strip()} if words.strip() else None,
    )


def record_meeting(
    session: OwnedSession, process: Process, met_on: date, words: str, actor: Actor, *, seen: int, now: datetime
) -> None:
    """Put on record that the family was met about the draft, on what day, and what came of it."""
    if not words.strip():
        raise Refused("Write who was there and what came of it.", "words")
    if not meeting_owed(session, process):
        raise AlreadyDone("No meeting is waiting to be held.")
    acts.perform(
        session,
        process.id,
        "meet_family",
        actor,
        happened_on=met_on,
        now=now,
        seen=seen,
        words={"why": words.strip()},
    )


def meeting_owed(session: OwnedSession, process: Process) -> bool:
    """Whether the family asked for a meeting that has not been held."""
    if process.stage == "meeting_owed":
        return True
    waiting = select(Deadline.id).where(
        Deadline.process_id == process.id,
        Deadline.rule == "plan.meeting",
        Deadline.satisfied_on.is_(None),
        Deadline.voided_on.is_(None),
    )
    return session.scalars(waiting).first() is not None


def family_role(session: OwnedSession, case_id: uuid.UUID, actor: Actor, now: datetime) -> str:
    """What this person is in the family of a case, where it is theirs to act. Raises `NotPermitted` for anybody else:
    once the young person decides, the parent goes on reading and does not act (CFA 2014, s.83(2))."""
    grants = session.scalars(live_grants(actor.person, now).where(Grant.case_id == case_id))
    role = next((grant.role for grant in grants if grant.role in FAMILY_ROLES), None)
    if role is None:
        raise NotPermitted("Only the family does this.")
    if role not in deciding.roles_of(session, [case_id], now)[case_id]:
        raise NotPermitted("From now on this is decided by somebody else of the family. You can go on reading.")
    return role


def _as_family(session: OwnedSession, process: Process, actor: Actor, now: datetime) -> Actor:
    """The actor in the role that the state tables know."""
    if actor.kind != "family":
        return actor
    tables: Mapping[str, str] = {"parent": "parent", "rep": "parent", "yp": "young_person"}
    role = tables[family_role(session, process.case_id, actor, now)]
    return Actor(actor.kind, actor.person_id, actor.account_id, actor.roles | {role}, actor.settings)


def _held(session: OwnedSession, plan: Submission) -> Submission:
    locked = session.get_one(Submission, (session.authority_id, plan.id), with_for_update=True, populate_existing=True)
    if locked.state == "sent":
        raise AlreadyDone("This version has already been sent.")
    return locked

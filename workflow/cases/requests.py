"""Requests for an assessment: received, cared for in triage, decided."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from law import due
from models.access import Grant
from models.authority import Authority
from models.cases import Case, Process
from models.database import OwnedSession
from models.people import Child
from models.submissions import Submission
from workflow import outbox
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.cases import acts, notices, opening, starting
from workflow.clock import london_day
from workflow.coproduction import reading, sending
from workflow.coproduction.facts import birth_date
from workflow.coproduction.submissions import bundle
from workflow.errors import AlreadyDone, Refused
from workflow.queries.evidence import evidence


@dataclass(frozen=True)
class Received:
    """A request that was received: its case, the process whose clock runs, and the reference to quote."""

    case_id: uuid.UUID
    process_id: uuid.UUID
    reference: str


def send_request(
    session: OwnedSession, submission: Submission, theirs: Relation, actor: Actor, *, now: datetime
) -> Received:
    """Send a request. The clock starts on today's date in London; at once everyone is told.

    A second send (double click, two people) gives the same case. Raises `Refused` for what must be there.
    """
    locked = session.get_one(
        Submission, (session.authority_id, submission.id), with_for_update=True, populate_existing=True
    )
    if locked.state == "sent":
        return _received_already(session, locked)
    sending.require_sendable(session, locked, theirs, now)
    answers = reading.read(session, locked, theirs).values
    born_on = birth_date(session, locked, answers)
    if born_on is None:
        raise Refused("Enter the child's date of birth, with a day, a month and a year.", "ch_dob")
    today = london_day(now)
    child = opening.child_of(session, locked, answers, born_on)
    case = opening.open_case(session, child, today)
    _send_bundle(session, locked, case, child, actor, now)
    opening.remember(session, child, locked, answers, actor.person, theirs.role, said_on=today, now=now)
    _let_in(session, locked, case, theirs, actor, now)
    process = starting.start_assessment(
        session,
        case,
        _as(actor, theirs),
        received_on=today,
        now=now,
        facts={"submission": str(locked.id), "from_role": theirs.role},
    )
    return Received(case.id, process.id, locked.reference or "")


def ask_for_information(
    session: OwnedSession,
    process: Process,
    actor: Actor,
    asked: str,
    *,
    reply_by: date,
    now: datetime,
    lines: tuple[str, ...] = (),
) -> None:
    """Ask the setting for what is missing. The clock does not stop.

    `lines` are the ids of the readiness lines it is about. Raises `Refused` when nothing is asked, there is
    nobody to ask, or the day has gone.
    """
    if not asked.strip():
        raise Refused("Say what you are asking for.", "asked")
    if reply_by < london_day(now):
        raise Refused("Choose a day that is still to come.", "reply_by")
    case = session.get_one(Case, (session.authority_id, process.case_id))
    people = [reader for reader in notices.readers(session, case, "setting", now) if reader.person_id]
    if not people:
        raise Refused("Nobody at a setting has an account here. Ask by telephone or letter, and write a note.", "asked")
    done = acts.perform(
        session,
        process.id,
        "ask_for_information",
        actor,
        happened_on=london_day(now),
        now=now,
        facts={
            "reply_by": reply_by.isoformat(),
            "asked_of": [str(each.person_id) for each in people],
            "lines": list(lines),
        },
        words={"asked": asked},
    )
    for reader in people:
        outbox.add(
            session,
            dedupe_key=f"event:{done.event.id}:{reader.person_id}",
            template="information_asked",
            importance="statutory",
            now=now,
            person_id=reader.person_id,
            words={"kind": "More information is asked for"},
            link_to=f"case:{case.id}",
            case_id=case.id,
            about_on=reply_by,
        )


@dataclass(frozen=True)
class Decision:
    """A decision whether to assess. `reasons` go to the family word for word; `instead` says what happens now.

    `has_sen` and `may_need_plan` answer the two legal tests (s.36(8)). `considered` names the papers that were
    looked at: given, it must name every form and file that has come.
    """

    assess: bool
    reasons: str
    instead: str = ""
    notified_on: date | None = None
    has_sen: bool | None = None
    may_need_plan: bool | None = None
    considered: frozenset[uuid.UUID] | None = None


def decide(
    session: OwnedSession, process: Process, actor: Actor, decision: Decision, *, seen: int, now: datetime
) -> list[uuid.UUID]:
    """Record the decision and send its letters; without them nothing is decided. Returns the notices' ids.

    Raises `Refused` for a refusal without reasons or a letter that lacks what reg 5(3) and reg 32 ask for,
    `AlreadyDone` when somebody decided first.
    """
    notified_on = decision.notified_on or london_day(now)
    if not decision.reasons.strip():
        raise Refused("Write the reasons, to the family. They go into the letter as you write them.", "reasons")
    if not decision.assess and not decision.instead.strip():
        raise Refused("Say what happens now instead, and who will do it.", "instead")
    case = session.get_one(Case, (session.authority_id, process.case_id))
    _require_tests(session, case, process, decision)
    act = "agree_to_assess" if decision.assess else "refuse_to_assess"
    done = acts.perform(
        session,
        process.id,
        act,
        actor,
        happened_on=notified_on,
        now=now,
        seen=seen,
        facts={
            "has_sen": decision.has_sen,
            "may_need_plan": decision.may_need_plan,
            "considered": sorted(str(each) for each in decision.considered or ()),
        },
        words={"reasons": decision.reasons, "instead": decision.instead},
    )
    authority = session.get_one(Authority, session.authority_id)
    said = (
        f"{authority.name} will carry out an education, health and care needs assessment."
        if decision.assess
        else f"{authority.name} will not carry out an education, health and care needs assessment."
    )
    reasons = decision.reasons.strip() + (f"\n\n{decision.instead.strip()}" if decision.instead.strip() else "")
    about = {
        "own": {
            "decision": f"{said}\n\n{decision.reasons.strip()}" if decision.assess else said,
            "reasons": reasons,
        },
        **appeal_dates(notified_on),
    }
    family, others = done.transition.notices
    sent = notices.issue(session, done.event, case, (family,), now=now, about=about)
    # Health, social care and the setting are told the decision; the reasons are the family's.
    sent += notices.issue(session, done.event, case, (others,), now=now, about={**about, "own": {"decision": said}})
    return [notice.id for notice in sent]


def withdraw(session: OwnedSession, process: Process, actor: Actor, *, why: str, seen: int, now: datetime) -> None:
    """Record that whoever asked takes the request back; the family is told by letter, and every clock stops.

    Raises `Refused` without a word of how it was said, `AlreadyDone` when the request has moved on.
    """
    if not why.strip():
        raise Refused("Say who took the request back, and how they told you.", "why")
    case = session.get_one(Case, (session.authority_id, process.case_id))
    done = acts.perform(
        session,
        process.id,
        "withdraw",
        actor,
        happened_on=london_day(now),
        now=now,
        seen=seen,
        words={"why": why.strip()},
    )
    notices.issue(session, done.event, case, done.transition.notices, now=now)


def _require_tests(session: OwnedSession, case: Case, process: Process, decision: Decision) -> None:
    if not decision.assess and decision.has_sen and decision.may_need_plan:
        raise Refused(
            "You answered yes to both legal tests, so the law says there must be an assessment (s.36(8)). "
            "Change an answer or the decision.",
            "assess",
        )
    if decision.considered is None:
        return
    if {each.id for each in evidence(session, case, process)} - decision.considered:
        raise Refused("Look at everything that was sent, and mark each paper, before you decide.", "considered")


def appeal_dates(sent_on: date) -> dict[str, date | None]:
    """The last days to appeal and to ask for mediation, for a letter sent on a day."""
    trigger = {"decision_sent": sent_on}
    return {
        "appeal_by": due.compute("appeal.lodge", trigger).due,
        "mediation_by": due.compute("mediation.contact", trigger).due,
    }


def _send_bundle(
    session: OwnedSession, root: Submission, case: Case, child: Child, actor: Actor, now: datetime
) -> None:
    for each in bundle(session, root):
        each.case_id, each.child_id = case.id, child.id
        # Views go with the request only if their owners have shared them. Drafts stay private.
        if each.id == root.id or each.state == "shared":
            sending.freeze(session, each, actor, now=now)
    session.flush()


def _let_in(session: OwnedSession, root: Submission, case: Case, theirs: Relation, actor: Actor, now: datetime) -> None:
    opening.let_in(session, case, actor.person, theirs.role, actor, "sent the request", now)
    # Whoever was asked for some parts alone took part in the form, not in the case.
    whole = Grant.sections.is_(None) & Grant.until_at.is_(None) & ~Grant.until_sent
    contributors = session.scalars(select(Grant).where(Grant.submission_id == root.id, whole)).all()
    for grant in contributors:
        opening.let_in(session, case, grant.person_id, grant.role, actor, "took part in the request", now)
    session.flush()


def _received_already(session: OwnedSession, submission: Submission) -> Received:
    process = session.scalars(
        select(Process).where(Process.case_id == submission.case_id, Process.kind == "assessment")
    ).first()
    if submission.case_id is None or process is None:
        raise AlreadyDone("This form has already been sent.")
    return Received(submission.case_id, process.id, submission.reference or "")


def _as(actor: Actor, theirs: Relation) -> Actor:
    """The actor in the role the state table knows: a family account acts as parent."""
    roles = {"parent": "parent", "rep": "parent", "yp": "young_person"}
    return Actor(
        actor.kind,
        actor.person_id,
        actor.account_id,
        actor.roles | {roles.get(theirs.role, theirs.role)},
        actor.settings,
    )


REPLY_WITHIN = timedelta(days=10)

"""Two cases about the same child become one, by a person's choice, and can be parted again."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select

from models.access import Grant
from models.cases import Case, Event, Process
from models.database import OwnedSession
from models.people import Child
from models.submissions import Submission
from workflow import audit
from workflow.access.actor import Actor
from workflow.access.scope import cases_for
from workflow.audit import Subject
from workflow.cases import acts, finding, opening
from workflow.clock import london_day
from workflow.errors import Refused

BECAUSE = "asked about the same child"
UNDER_WAY = (
    "One of these has a plan, or an assessment has begun, so they cannot be joined. Keep them apart: whoever asked "
    "later must be answered too."
)


def suggestions(session: OwnedSession, case: Case, actor: Actor, now: datetime) -> list[tuple[Case, Child]]:
    """Other cases that may be about the same child, likeliest first, of those the actor may know of."""
    child = session.get_one(Child, (session.authority_id, case.child_id))
    alike = finding.likely_same(
        session, f"{child.first} {child.last} {child.known_as}", child.born_on, but_not=child.id
    )
    return [pair for pair in cases_of(session, alike, actor, now) if pair[0].id != case.id]


def cases_of(session: OwnedSession, alike: Sequence[Child], actor: Actor, now: datetime) -> list[tuple[Case, Child]]:
    """The cases of these children, in their order, without those joined to another or hidden from the actor."""
    children = {each.id: each for each in alike}
    cases = session.scalars(cases_for(actor, now).where(Case.child_id.in_(children), Case.joined_to_id.is_(None))).all()
    order = list(children)
    return sorted(((each, children[each.child_id]) for each in cases), key=lambda p: order.index(p[0].child_id))


def keep_apart(session: OwnedSession, case: Case, other: Case, actor: Actor, *, now: datetime) -> None:
    """Put on record that two cases were looked at and are about different children. They can still be joined."""
    audit.record(
        session,
        "keep_apart",
        actor,
        Subject(case_id=case.id),
        happened_on=london_day(now),
        now=now,
        facts={"other": str(other.id)},
    )


def kept_apart(session: OwnedSession, case: Case) -> set[uuid.UUID]:
    """The cases that somebody has said are about a different child."""
    here, there = Event.case_id == case.id, Event.facts["other"].astext == str(case.id)
    rows = session.execute(
        select(Event.case_id, Event.facts["other"].astext).where(Event.act == "keep_apart", or_(here, there))
    )
    return {uuid.UUID(str(each)) for pair in rows for each in pair} - {case.id}


def join(session: OwnedSession, case: Case, other: Case, actor: Actor, *, now: datetime) -> Case:
    """Join `other` to `case`. The clock runs from whichever request came first; nothing is thrown away.

    Only a request that still waits for its decision can be set aside, and only for another request whose clock
    runs. Returns the case that stays. Raises `Refused` otherwise, and for a case that is joined already.
    """
    first, second = sorted((case, other), key=lambda each: str(each.id))
    for each in (first, second):  # one order, so that two people joining the same pair do not wait for ever
        session.get_one(Case, (session.authority_id, each.id), with_for_update=True, populate_existing=True)
    if case.joined_to_id or other.joined_to_id or case.id == other.id:
        raise Refused("One of these is joined to another case already. Open it again and look.")
    # A case that is over gives way to one whose clock runs; of two clocks the earlier one runs on.
    keep, goes = sorted(
        (case, other),
        key=lambda each: (not _running(session, each), _received(session, each), each.opened_on, str(each.id)),
    )
    waiting = _running(session, goes)
    clocks = [process.kind for process in _running(session, keep)]
    if "assessment" not in clocks or any((each.kind, each.stage) != ("assessment", "requested") for each in waiting):
        raise Refused(UNDER_WAY)
    goes.joined_to_id = keep.id
    for submission in session.scalars(select(Submission).where(Submission.case_id == goes.id)):
        submission.case_id = keep.id
    for person_id, role in _readers(session, goes, now):
        opening.let_in(session, keep, person_id, role, actor, BECAUSE, now)
    ended = [_set_aside(session, process, actor, now) for process in waiting]
    audit.record(
        session,
        "join_cases",
        actor,
        Subject(case_id=keep.id),
        happened_on=london_day(now),
        now=now,
        facts={"joined": str(goes.id), "set_aside": [str(each) for each in ended]},
    )
    return keep


def part(session: OwnedSession, joined: Case, actor: Actor, *, now: datetime) -> None:
    """Undo a joining: the case stands alone again, with its own forms and its own clock."""
    keep_id = joined.joined_to_id
    if keep_id is None:
        raise Refused("This case is not joined to another.")
    joined.joined_to_id = None
    theirs = dict(_readers(session, joined, now))
    for grant in session.scalars(_live(keep_id, now).where(Grant.reason == BECAUSE)):
        if grant.person_id in theirs:
            grant.until_at = now
    event = session.scalars(
        select(Event)
        .where(Event.case_id == keep_id, Event.act == "join_cases", Event.facts["joined"].astext == str(joined.id))
        .order_by(Event.seq.desc())
    ).first()
    session.flush()
    for submission_id in _sent_with(session, joined):
        session.get_one(Submission, (session.authority_id, submission_id)).case_id = joined.id
    for process in session.scalars(select(Process).where(Process.case_id == joined.id, Process.stage == "joined")):
        acts.perform(session, process.id, "take_up_again", actor, happened_on=london_day(now), now=now)
    audit.record(
        session,
        "part_cases",
        actor,
        Subject(case_id=joined.id),
        happened_on=london_day(now),
        now=now,
        facts={"from": str(keep_id)},
        corrects_id=event.id if event else None,
    )


def _received(session: OwnedSession, case: Case) -> str:
    event = session.scalars(
        select(Event)
        .where(Event.case_id == case.id, Event.facts["triggers"].has_key("request_received"))
        .order_by(Event.seq.desc())
    ).first()
    return str(event.facts["triggers"]["request_received"]) if event else case.opened_on.isoformat()


def _running(session: OwnedSession, case: Case) -> list[Process]:
    running = select(Process).where(Process.case_id == case.id, Process.ended_on.is_(None), Process.stage != "joined")
    return list(session.scalars(running))


def _set_aside(session: OwnedSession, process: Process, actor: Actor, now: datetime) -> uuid.UUID:
    acts.perform(session, process.id, "set_aside", actor, happened_on=london_day(now), now=now)
    return process.id


def _readers(session: OwnedSession, case: Case, now: datetime) -> list[tuple[uuid.UUID, str]]:
    return [(grant.person_id, grant.role) for grant in session.scalars(_live(case.id, now))]


def _live(case_id: uuid.UUID, now: datetime) -> Select[Grant]:
    return select(Grant).where(Grant.case_id == case_id, or_(Grant.until_at.is_(None), Grant.until_at > now))


def _sent_with(session: OwnedSession, case: Case) -> list[uuid.UUID]:
    first = session.scalars(
        select(Event.facts["submission"].astext).where(Event.case_id == case.id, Event.act == "receive_request")
    ).all()
    roots = [uuid.UUID(each) for each in first if each]
    return list(session.scalars(select(Submission.id).where(Submission.id.in_(roots) | Submission.root_id.in_(roots))))

"""Handing over everything a caseworker has, in one act: none of it is left without somebody."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update

from models.access import Account, Grant
from models.cases import Case, Event
from models.database import OwnedSession
from models.outbox import Message
from models.submissions import Submission
from models.tasks import Task
from workflow import audit, outbox
from workflow.access.actor import Actor
from workflow.access.conflicts import kept_from
from workflow.access.office import oversees
from workflow.access.scope import FAMILY_ROLES, not_over
from workflow.allocation import giving, settings
from workflow.allocation.rules import Routed, route
from workflow.audit import Subject
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotFound, NotPermitted, Refused

ACT, BACK = "hand_over", "take_back_hand_over"
TOLD_AFTER = timedelta(hours=1)
"""Until then nothing has left the building, and the whole hand-over can be taken back."""
CHANGED = "Cases came or went since you opened the page. Look at the list again; what you chose is kept."

Given = Mapping[uuid.UUID, uuid.UUID]
"""Who takes each case: person by case."""


@dataclass(frozen=True)
class Suggestion:
    """Who might take a case, and by which rule; without a rule they have the fewest. None: nobody of those may."""

    person_id: uuid.UUID | None
    rule: str = ""


def caseload(session: OwnedSession, actor: Actor, caseworker_id: uuid.UUID) -> list[Case]:
    """Every case of theirs that this manager may know of, with something under way or not. One query."""
    return list(session.scalars(select(Case).where(*_of(caseworker_id), ~kept_from(actor.person, Case.id))))


def hidden(session: OwnedSession, actor: Actor, caseworker_id: uuid.UUID) -> int:
    """How many of their cases another manager must hand over, for this one's conflict of interest."""
    wanted = select(func.count(Case.id)).where(*_of(caseworker_id), kept_from(actor.person, Case.id))
    return session.scalars(wanted).one()


def suggest(
    session: OwnedSession, cases: Sequence[Case], takers: Collection[uuid.UUID], now: datetime
) -> dict[uuid.UUID, Suggestion]:
    """Who of the takers might have each case: as the rules say, otherwise whoever has the fewest, counting these.

    Nobody is suggested for a case they have a conflict of interest with. Seven queries, however many cases.
    """
    ids = [case.id for case in cases]
    known, apart = giving.abouts(session, ids, london_day(now)), giving.conflicts_of(session, ids)
    routing, loads = settings.standing(session).routing, Counter(giving.loads(session, takers))
    found = {}
    for case in cases:
        able = frozenset(takers) - apart.get(case.id, frozenset())
        said = route(routing, known[case.id], loads, at_work=able)
        found[case.id] = _suggestion(said, able, loads)
        if person_id := found[case.id].person_id:
            loads[person_id] += 1
    return found


def hand_over(session: OwnedSession, actor: Actor, caseworker_id: uuid.UUID, to: Given, *, now: datetime) -> None:
    """Give every case of a caseworker to somebody, with what waits for them; everybody is told once, in an hour.

    All of it or nothing. The same said again changes nothing. Raises `NotPermitted` but for managers, `AlreadyDone`
    when the caseload is another than that in `to`, `Refused` for somebody who may not have a case.
    """
    if not oversees(actor):
        raise NotPermitted("Only managers hand over another person's cases.")
    cases = _locked(session, set(to))
    theirs = {case.id for case in caseload(session, actor, caseworker_id)}
    if to and not theirs and all(case.caseworker_id == to[case.id] for case in cases):
        return
    if theirs != set(to) or not to:
        raise AlreadyDone(CHANGED)
    _require_able(session, caseworker_id, to, now)
    event = audit.record(
        session,
        ACT,
        actor,
        Subject(),
        happened_on=london_day(now),
        now=now,
        facts={"from": str(caseworker_id), "cases": {str(case): str(person) for case, person in to.items()}},
    )
    for case in cases:
        giving.put(session, case, to[case.id], actor, now=now, facts={"hand_over": str(event.id)})
        _move_tasks(session, case.id, caseworker_id, to[case.id])
    _tell(session, event, to, now)


def recent(session: OwnedSession, now: datetime) -> list[tuple[Event, bool]]:
    """The newest hand-overs, and whether each can be taken back still. Two queries."""
    wanted = select(Event).where(Event.case_id.is_(None), Event.act == ACT).order_by(Event.seq.desc()).limit(10)
    found = list(session.scalars(wanted))
    over = select(Event.corrects_id).where(Event.corrects_id.in_([each.id for each in found]), Event.act == BACK)
    back = set(session.scalars(over))
    return [(each, each.id not in back and now < each.recorded_at + TOLD_AFTER) for each in found]


def take_back(session: OwnedSession, actor: Actor, event_id: uuid.UUID, *, why: str, now: datetime) -> None:
    """Undo a hand-over of which nobody was told yet: every case is as before, and the record keeps both, with why.

    Raises `Refused` without a reason, `NotFound`, and `AlreadyDone` when it is too late or a case has moved on.
    """
    if not oversees(actor):
        raise NotPermitted("Only managers take back a hand-over.")
    if not why.strip():
        raise Refused("Write why. It stays in the record.", "why")
    event = session.get(Event, (session.authority_id, event_id))
    if event is None or event.act != ACT:
        raise NotFound
    given = {uuid.UUID(case): uuid.UUID(person) for case, person in event.facts["cases"].items()}
    cases = _locked(session, set(given))
    if (event, True) not in recent(session, now) or any(case.caseworker_id != given[case.id] for case in cases):
        raise AlreadyDone("People were told, or the cases went on to others. Hand them over again instead.")
    before = uuid.UUID(event.facts["from"])
    _require_able(session, None, dict.fromkeys(given, before), now)
    back = audit.record(
        session,
        BACK,
        actor,
        Subject(),
        happened_on=london_day(now),
        now=now,
        facts={"undoes": str(event.id)},
        words={"why": why.strip()},
        corrects_id=event.id,
    )
    for case in cases:
        giving.put(session, case, before, actor, now=now, facts={"hand_over": str(back.id)})
        _move_tasks(session, case.id, given[case.id], before)
    mail = Message.dedupe_key.startswith(_key(event), autoescape=True)
    session.execute(
        update(Message).where(mail, Message.state == "queued").values(state="cancelled", reason="it was taken back")
    )


def untold(session: OwnedSession, cases: Collection[uuid.UUID], now: datetime) -> set[uuid.UUID]:
    """The cases in whose family nobody has an account to be told here. One query."""
    return set(cases) - {case_id for _, case_id in _families(session, cases, now)}


def _of(caseworker_id: uuid.UUID) -> list[ColumnElement[bool]]:
    return [Case.caseworker_id == caseworker_id, Case.joined_to_id.is_(None)]


def _suggestion(said: Routed, able: Collection[uuid.UUID], loads: Mapping[uuid.UUID, int]) -> Suggestion:
    if said.person_id and said.rule:
        return Suggestion(said.person_id, said.rule.title)
    return Suggestion(min(able, key=lambda each: (loads.get(each, 0), str(each)), default=None))


def _locked(session: OwnedSession, cases: Collection[uuid.UUID]) -> list[Case]:
    wanted = select(Case).where(Case.id.in_(cases)).order_by(Case.id).with_for_update()
    return list(session.scalars(wanted.execution_options(populate_existing=True)))


def _require_able(session: OwnedSession, not_to: uuid.UUID | None, to: Given, now: datetime) -> None:
    here, apart = giving.at_work(session, london_day(now)), giving.conflicts_of(session, to)
    for case_id, person_id in to.items():
        if person_id not in here or person_id == not_to:
            raise Refused("Choose somebody else who works here.", f"to-{case_id}")
        if person_id in apart.get(case_id, frozenset()):
            raise Refused("They have a conflict of interest with this case. Choose somebody else.", f"to-{case_id}")


def _move_tasks(session: OwnedSession, case_id: uuid.UUID, before: uuid.UUID, after: uuid.UUID) -> None:
    forms = select(Submission.id).where(Submission.case_id == case_id)
    waits = (Task.person_id == before, Task.done_at.is_(None), Task.submission_id.in_(forms))
    session.execute(update(Task).where(*waits).values(person_id=after))


def _families(
    session: OwnedSession, cases: Collection[uuid.UUID], now: datetime
) -> Sequence[tuple[uuid.UUID, uuid.UUID]]:
    """Who of the families can sign in, with the case, each once."""
    rows = session.execute(
        select(Grant.person_id, Grant.case_id)
        .join(Account, Account.person_id == Grant.person_id)
        .where(Grant.case_id.in_(cases), Grant.role.in_(FAMILY_ROLES), not_over(now), Account.closed_at.is_(None))
        .distinct()
        .order_by(Grant.person_id, Grant.case_id)
    )
    return [(person_id, case_id) for person_id, case_id in rows if case_id]


def _tell(session: OwnedSession, event: Event, to: Given, now: datetime) -> None:
    told: dict[uuid.UUID, tuple[str, uuid.UUID | None]] = {
        person_id: ("cases_given", None) for person_id in to.values()
    }
    # Whoever has several cases here hears once, and sees on each who has it.
    told |= {person_id: ("new_caseworker", case_id) for person_id, case_id in _families(session, to, now)}
    for person_id, (template, case_id) in told.items():
        outbox.add(
            session,
            dedupe_key=f"{_key(event)}{person_id}",
            template=template,
            importance="reminder",
            now=now,
            person_id=person_id,
            words={},
            link_to=f"case:{case_id}" if case_id else "home:staff",
            case_id=case_id,
            not_before=now + TOLD_AFTER,
        )


def _key(event: Event) -> str:
    return f"hand-over:{event.id}:"

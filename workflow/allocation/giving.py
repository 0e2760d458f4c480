"""Giving a case to somebody: by hand, as suggested, or by rule as the request comes."""

import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from law import age
from models.access import Grant, Post
from models.cases import Case, Process
from models.database import OwnedSession
from models.office import Conflict
from models.people import Child, Contact, Fact, Setting
from workflow import audit
from workflow.access.actor import STAFF_ROLES, SYSTEM, Actor
from workflow.allocation import settings
from workflow.allocation.rules import About, Routed, Routing, route
from workflow.audit import Subject
from workflow.clock import london_day
from workflow.errors import Refused

POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*[0-9][A-Z]{2}\b")
FAMILY_ROLES = ("parent", "yp", "rep")
CARE = {"now": True, "no": False, "past": False}


def give(
    session: OwnedSession, case: Case, person_id: uuid.UUID, actor: Actor, *, now: datetime, by_rule: str = ""
) -> None:
    """Give a case to somebody who works here. Raises `Refused` for anybody else, and for a conflict of interest."""
    if person_id not in at_work(session, london_day(now)):
        raise Refused("Choose somebody who works here.", "caseworker")
    if person_id in kept_from(session, case.id):
        raise Refused("They have a conflict of interest with this case. Choose somebody else.", "caseworker")
    put(session, case, person_id, actor, now=now, facts={"rule": by_rule})


def put(
    session: OwnedSession, case: Case, person_id: uuid.UUID, actor: Actor, *, now: datetime, facts: Mapping[str, str]
) -> None:
    """Make somebody a case's caseworker, and put it on record with how it came to be. Whoever calls has looked that
    they work here and have no conflict of interest."""
    before, case.caseworker_id = case.caseworker_id, person_id
    audit.record(
        session,
        "allocate",
        actor,
        Subject(case_id=case.id),
        happened_on=london_day(now),
        now=now,
        facts={"caseworker": str(person_id), "was": str(before) if before else None, **facts},
    )


def on_receipt(session: OwnedSession, case: Case, *, now: datetime) -> Routed | None:
    """Give a new case out by rule, where the office does so; otherwise leave it for a person."""
    routing = settings.standing(session).routing
    if not routing.automatic or case.caseworker_id:
        return None
    found = suggest(session, case, routing, now)
    if found.person_id and found.rule:
        give(session, case, found.person_id, SYSTEM, now=now, by_rule=str(found.rule.id))
    return found


def suggest(session: OwnedSession, case: Case, routing: Routing, now: datetime) -> Routed:
    """Where the rules would send a case now. The number of queries does not grow with rules or people."""
    if not routing.rules:
        return Routed()
    return where(session, routing, about(session, case, london_day(now)), now, case_id=case.id)


def where(
    session: OwnedSession, routing: Routing, known: About, now: datetime, *, case_id: uuid.UUID | None = None
) -> Routed:
    """Where a request of which this is known would go."""
    people = {who.person_id for team in routing.teams for who in team.members}
    return route(
        routing,
        known,
        loads(session, people),
        at_work=at_work(session, london_day(now)),
        kept_from=kept_from(session, case_id) if case_id else frozenset(),
    )


def about(session: OwnedSession, case: Case, today: date) -> About:
    """What rules may ask of a case."""
    return abouts(session, [case.id], today)[case.id]


def abouts(session: OwnedSession, cases: Collection[uuid.UUID], today: date) -> dict[uuid.UUID, About]:
    """What rules may ask of each case: from the child's record, and where that says no address, the family's.

    Three queries, however many cases.
    """
    children = session.execute(
        select(Case.id, Child, Setting.kind)
        .join(Child, and_(Child.authority_id == Case.authority_id, Child.id == Case.child_id))
        .outerjoin(Setting, and_(Setting.authority_id == Child.authority_id, Setting.id == Child.setting_id))
        .where(Case.id.in_(cases))
    ).all()
    facts: dict[uuid.UUID, dict[str, Any]] = defaultdict(dict)
    for fact in session.scalars(
        select(Fact).where(
            Fact.child_id.in_([child.id for _, child, _ in children]),
            Fact.key.in_(("ch_address", "ch_care")),
            Fact.superseded_at.is_(None),
            ~Fact.proposed,
        )
    ):
        facts[fact.child_id][fact.key] = fact.value
    families = _family_districts(session, cases)
    return {
        case_id: About(
            age=age.age_on(child.born_on, today),
            kind=kind or "none",
            setting_id=child.setting_id,
            district=_district(facts[child.id].get("ch_address")) or families.get(case_id, ""),
            looked_after=CARE.get(str(facts[child.id].get("ch_care"))),
        )
        for case_id, child, kind in children
    }


def _district(address: object) -> str:
    return district_of(str(address.get("postcode", ""))) if isinstance(address, dict) else ""


def district_of(address: str) -> str:
    """The first half of the postcode in an address, or ""."""
    found = POSTCODE.findall(address.upper())
    return found[-1] if found else ""


def loads(session: OwnedSession, people: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many open cases each of these people has: with something under way, and not joined to another."""
    rows = session.execute(
        select(Case.caseworker_id, func.count(func.distinct(Case.id)))
        .join(Process, and_(Process.authority_id == Case.authority_id, Process.case_id == Case.id))
        .where(Case.caseworker_id.in_(list(people)), Case.joined_to_id.is_(None), Process.ended_on.is_(None))
        .group_by(Case.caseworker_id)
    )
    return {person_id: count for person_id, count in rows if person_id}


def at_work(session: OwnedSession, today: date) -> frozenset[uuid.UUID]:
    """Who works for the authority on a day."""
    return frozenset(
        session.scalars(
            select(Post.person_id).where(
                Post.role.in_(STAFF_ROLES), Post.from_on <= today, or_(Post.until_on.is_(None), Post.until_on >= today)
            )
        )
    )


def kept_from(session: OwnedSession, case_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Who has a conflict of interest with a case."""
    return conflicts_of(session, [case_id]).get(case_id, frozenset())


def conflicts_of(session: OwnedSession, cases: Collection[uuid.UUID]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Who has a conflict of interest with each of these cases. One query."""
    standing = select(Conflict.case_id, Conflict.person_id).where(
        Conflict.case_id.in_(cases), Conflict.ended_at.is_(None)
    )
    found: dict[uuid.UUID, frozenset[uuid.UUID]] = {}
    for case_id, person_id in session.execute(standing):
        found[case_id] = found.get(case_id, frozenset()) | {person_id}
    return found


def _family_districts(session: OwnedSession, cases: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    addresses = session.execute(
        select(Grant.case_id, Contact.value)
        .join(Contact, and_(Grant.authority_id == Contact.authority_id, Grant.person_id == Contact.person_id))
        .where(
            Grant.case_id.in_(cases),
            Grant.role.in_(FAMILY_ROLES),
            Contact.kind == "address",
            Contact.dead_at.is_(None),
        )
        .order_by(Contact.id)
    )
    found: dict[uuid.UUID, str] = {}
    for case_id, value in addresses:
        if case_id and case_id not in found and (district := district_of(value)):
            found[case_id] = district
    return found

"""Giving a case to somebody: by hand, as suggested, or by rule as the request comes."""

import re
import uuid
from collections.abc import Iterable
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


def give(
    session: OwnedSession, case: Case, person_id: uuid.UUID, actor: Actor, *, now: datetime, by_rule: str = ""
) -> None:
    """Give a case to somebody who works here. Raises `Refused` for anybody else, and for a conflict of interest."""
    if person_id not in at_work(session, london_day(now)):
        raise Refused("Choose somebody who works here.", "caseworker")
    if person_id in kept_from(session, case.id):
        raise Refused("They have a conflict of interest with this case. Choose somebody else.", "caseworker")
    before, case.caseworker_id = case.caseworker_id, person_id
    audit.record(
        session,
        "allocate",
        actor,
        Subject(case_id=case.id),
        happened_on=london_day(now),
        now=now,
        facts={"caseworker": str(person_id), "was": str(before) if before else None, "rule": by_rule},
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
    """What rules may ask of a case: from the child's record, and where that says no address, the family's."""
    child, kind = session.execute(
        select(Child, Setting.kind)
        .outerjoin(Setting, and_(Setting.authority_id == Child.authority_id, Setting.id == Child.setting_id))
        .where(Child.id == case.child_id)
    ).one()
    facts: dict[str, Any] = {}
    for fact in session.scalars(
        select(Fact).where(
            Fact.child_id == child.id,
            Fact.key.in_(("ch_address", "ch_care")),
            Fact.superseded_at.is_(None),
            ~Fact.proposed,
        )
    ):
        facts[fact.key] = fact.value
    address = facts.get("ch_address")
    district = district_of(str(address.get("postcode", ""))) if isinstance(address, dict) else ""
    care = {"now": True, "no": False, "past": False}.get(str(facts.get("ch_care")))
    return About(
        age=age.age_on(child.born_on, today),
        kind=kind or "none",
        setting_id=child.setting_id,
        district=district or _family_district(session, case),
        looked_after=care,
    )


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
    standing = select(Conflict.person_id).where(Conflict.case_id == case_id, Conflict.ended_at.is_(None))
    return frozenset(session.scalars(standing))


def _family_district(session: OwnedSession, case: Case) -> str:
    addresses = session.scalars(
        select(Contact.value)
        .join(Grant, and_(Grant.authority_id == Contact.authority_id, Grant.person_id == Contact.person_id))
        .where(
            Grant.case_id == case.id,
            Grant.role.in_(FAMILY_ROLES),
            Contact.kind == "address",
            Contact.dead_at.is_(None),
        )
        .order_by(Contact.id)
    )
    return next((found for each in addresses if (found := district_of(each))), "")

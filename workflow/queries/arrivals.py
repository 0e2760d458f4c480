"""A request that came on paper or was said: who may be meant by it, and what became of it."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from law.receipt import ROUTES
from models.access import Account, Grant
from models.cases import Case, Deadline, Event, Notice
from models.database import OwnedSession
from models.people import Child, Person, Setting
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.keyed import is_being_keyed
from workflow.cases import finding, joining
from workflow.cases.arrived import ASKERS
from workflow.queries.case_page import ROLES
from workflow.queries.case_search import stages

FAMILY_ROLES = ("parent", "yp", "rep")


@dataclass(frozen=True)
class Likely:
    """A child who may be the one: as little as tells them apart, how their case stands, and its family."""

    case: Case
    called: str
    born_on: date
    setting: str | None
    stage: str
    family: tuple[tuple[uuid.UUID, str, str], ...]


@dataclass(frozen=True)
class Came:
    """What is on record of how a request came. `keying`: the form that is being keyed in, if it is not locked yet."""

    route: str
    asker: str
    received_on: date
    recorded_at: datetime
    recorded_by: str
    keying: uuid.UUID | None


@dataclass(frozen=True)
class Receipt:
    """A request just put on record: its clock, its first notices, and the form to key in."""

    called: str
    submission: Submission
    came: Came
    decide_by: date | None
    told: list[tuple[Notice, bool]]


def likely(session: OwnedSession, actor: Actor, name: str, born_on: date, now: datetime) -> list[Likely]:
    """Children on record who may be this one, likeliest first. The number of queries does not grow with them."""
    children = finding.likely_same(session, name, born_on, but_not=None)
    pairs = joining.cases_of(session, children, actor, now)
    wanted = select(Setting.id, Setting.name).where(Setting.id.in_([child.setting_id for _, child in pairs]))
    settings = {setting_id: called for setting_id, called in session.execute(wanted)}
    stands = stages(session, [case.id for case, _ in pairs])
    families = _families(session, [case.id for case, _ in pairs], now)
    return [
        Likely(
            case,
            f"{child.known_as} {child.last}".strip(),
            child.born_on,
            settings.get(child.setting_id) if child.setting_id else None,
            stands.get(case.id, ""),
            tuple(families.get(case.id, ())),
        )
        for case, child in pairs
    ]


def came(session: OwnedSession, process_id: uuid.UUID) -> Came | None:
    """How the request of a process came, or None where it came through this service."""
    row = session.execute(
        select(Event, Person.name, Submission.id)
        .outerjoin(Person, Person.id == Event.actor_id)
        .outerjoin(
            Submission, (Submission.id == Event.facts["submission"].astext.cast(Submission.id.type)) & is_being_keyed()
        )
        .where(Event.process_id == process_id, Event.act == "receive_request")
    ).first()
    if row is None or row[0].facts.get("route") not in ROUTES:
        return None
    event, by, keying = row
    asker = ASKERS.get(event.facts.get("asker", ""))
    return Came(
        ROUTES[event.facts["route"]].title,
        asker.title if asker else "",
        event.happened_on,
        event.recorded_at,
        by or "This service",
        keying,
    )


def receipt(session: OwnedSession, case: Case, process_id: uuid.UUID, submission: Submission) -> Receipt | None:
    """The page after a request was put on record."""
    found = came(session, process_id)
    if found is None:
        return None
    child = session.get_one(Child, (session.authority_id, case.child_id))
    decide = session.scalars(
        select(Deadline.due_on).where(Deadline.process_id == process_id, Deadline.rule == "assess.decide")
    ).first()
    told = session.scalars(
        select(Notice)
        .join(Event, Event.id == Notice.event_id)
        .where(Event.process_id == process_id, Notice.kind.in_(("considering_family", "considering_others")))
        .order_by(Notice.audience, Notice.to_name)
    )
    signing_in = _with_accounts(session, case)
    return Receipt(
        f"{child.known_as} {child.last}".strip(),
        submission,
        found,
        decide,
        [(each, each.person_id in signing_in) for each in told],
    )


def _families(
    session: OwnedSession, case_ids: list[uuid.UUID], now: datetime
) -> dict[uuid.UUID, list[tuple[uuid.UUID, str, str]]]:
    rows = session.execute(
        select(Grant.case_id, Grant.person_id, Person.name, Grant.role)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.case_id.in_(case_ids),
            Grant.role.in_(FAMILY_ROLES),
            or_(Grant.until_at.is_(None), Grant.until_at > now),
        )
        .order_by(Person.name, Grant.person_id)
    )
    found: dict[uuid.UUID, list[tuple[uuid.UUID, str, str]]] = defaultdict(list)
    for case_id, person_id, name, role in rows:
        assert case_id
        found[case_id].append((person_id, name, ROLES.get(role, role)))
    return found


def _with_accounts(session: OwnedSession, case: Case) -> set[uuid.UUID | None]:
    rows = session.scalars(
        select(Account.person_id)
        .join(Notice, Notice.person_id == Account.person_id)
        .where(Notice.case_id == case.id, Account.closed_at.is_(None))
    )
    return set(rows)

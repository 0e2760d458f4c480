"""Whom a deadline's reminders go to. Read for many deadlines at once, at the moment they are needed."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select, union_all

from models.access import Grant, Post
from models.advice import AdviceRequest, Consultation
from models.cases import Case, Deadline, Plan
from models.database import OwnedSession
from models.office import Conflict
from models.people import Child
from workflow.access import deciding
from workflow.access.advising import ADVISING
from workflow.clock import london_day

People = frozenset[uuid.UUID]
NOBODY: People = frozenset()

OFFICE_ROLES = frozenset({"caseworker", "decider", "manager"})


@dataclass(frozen=True)
class Readers:
    """Who hears of the deadlines of some cases: `of(case_id, audience)`."""

    caseworker: dict[uuid.UUID, People] = field(default_factory=dict)
    setting: dict[uuid.UUID, People] = field(default_factory=dict)
    family: dict[uuid.UUID, People] = field(default_factory=dict)
    managers: People = NOBODY
    kept_from: dict[uuid.UUID, People] = field(default_factory=dict)
    adviser: dict[uuid.UUID, People] = field(default_factory=dict)  # by request for advice, or consultation

    def of(self, case_id: uuid.UUID, audience: str, subject_id: uuid.UUID | None = None) -> People:
        """The people of an audience (family, setting, adviser, caseworker, manager) for a case, or one row of it."""
        if audience == "manager":
            return self.managers - self.kept_from.get(case_id, NOBODY)
        if audience == "adviser":
            return self.adviser.get(subject_id, NOBODY) if subject_id else NOBODY
        found: dict[uuid.UUID, People] = getattr(self, audience)
        people = found.get(case_id, NOBODY)
        return people - self.kept_from.get(case_id, NOBODY) if audience == "caseworker" else people


def recipients(session: OwnedSession, deadline: Deadline, audience: str, now: datetime) -> People:
    """Who is reminded of a deadline at this moment.

    The case's own caseworker (every manager if there is none at work), managers, the setting's SENCOs,
    whoever was asked for advice or consulted, or, of those
    in the family with a live grant on the case, whoever decides.
    """
    return readers(session, [deadline.case_id], now).of(deadline.case_id, audience, deadline.subject_id)


def readers(session: OwnedSession, case_ids: Iterable[uuid.UUID], now: datetime) -> Readers:
    """The people of several cases, in a number of queries that does not grow with them."""
    wanted = list(set(case_ids))
    if not wanted:
        return Readers()
    cases = session.execute(
        select(Case.id, Case.caseworker_id, Child.setting_id)
        .join(Child, and_(Child.authority_id == Case.authority_id, Child.id == Case.child_id))
        .where(Case.id.in_(wanted))
    ).all()
    in_plan = select(Plan.case_id, Plan.setting_id).where(
        Plan.case_id.in_(wanted), Plan.ceased_on.is_(None), Plan.setting_id.is_not(None)
    )
    named = {case_id: setting_id for case_id, setting_id in session.execute(in_plan.order_by(Plan.made_on))}
    setting_of = {case.id: named.get(case.id) or case.setting_id for case in cases}
    posts = _posts(session, {c.caseworker_id for c in cases}, set(setting_of.values()), london_day(now))
    managers = frozenset(post.person_id for post in posts if post.role == "manager")
    at_work = {post.person_id for post in posts if post.role in OFFICE_ROLES}
    return Readers(
        caseworker={c.id: _at_desk(c.caseworker_id, at_work, managers) for c in cases},
        setting={case_id: _sencos(posts, setting_id) for case_id, setting_id in setting_of.items()},
        family=_family(session, wanted, now),
        managers=managers,
        kept_from=_kept_from(session, wanted),
        adviser=_advisers(session, wanted, now),
    )


def _kept_from(session: OwnedSession, case_ids: list[uuid.UUID]) -> dict[uuid.UUID, People]:
    """Who has a conflict of interest with a case is told nothing of it, as somebody who works here."""
    standing = select(Conflict.case_id, Conflict.person_id).where(
        Conflict.case_id.in_(case_ids), Conflict.ended_at.is_(None)
    )
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for case_id, person_id in session.execute(standing):
        found[case_id].add(person_id)
    return {case_id: frozenset(people) for case_id, people in found.items()}


def _posts(
    session: OwnedSession, people: set[uuid.UUID | None], settings: set[uuid.UUID | None], today: date
) -> Sequence[Post]:
    of_interest = or_(
        Post.role == "manager",
        and_(Post.role.in_(OFFICE_ROLES), Post.person_id.in_(people - {None})),
        and_(Post.role == "senco", Post.setting_id.in_(settings - {None})),
    )
    held = and_(Post.from_on <= today, or_(Post.until_on.is_(None), Post.until_on >= today))
    return session.scalars(select(Post).where(of_interest, held)).all()


def _advisers(session: OwnedSession, case_ids: list[uuid.UUID], now: datetime) -> dict[uuid.UUID, People]:
    """Whoever is asked for advice or consulted: those let in for it, and whoever works at the setting asked."""
    asked = select(AdviceRequest.id, AdviceRequest.setting_id).where(
        AdviceRequest.case_id.in_(case_ids), AdviceRequest.stage.in_(ADVISING)
    )
    consulted = select(Consultation.id, Consultation.setting_id).where(
        Consultation.case_id.in_(case_ids), Consultation.stage == "consulted"
    )
    rows: Sequence[Any] = session.execute(union_all(asked, consulted)).all()
    if not rows:
        return {}
    today = london_day(now)
    posts = select(Post.setting_id, Post.person_id).where(
        Post.setting_id.in_([row.setting_id for row in rows if row.setting_id]),
        Post.from_on <= today,
        or_(Post.until_on.is_(None), Post.until_on >= today),
    )
    live = and_(Grant.from_at <= now, or_(Grant.until_at.is_(None), Grant.until_at > now))
    let_in = select(Grant.advice_id, Grant.person_id).where(Grant.advice_id.in_([row.id for row in rows]), live)
    people: dict[uuid.UUID | None, set[uuid.UUID]] = defaultdict(set)
    for key, person_id in (*session.execute(posts), *session.execute(let_in)):
        people[key].add(person_id)
    none: set[uuid.UUID] = set()
    at = {row.id: people[row.setting_id] if row.setting_id else none for row in rows}
    return {row.id: frozenset(people[row.id] | at[row.id]) for row in rows}


def _at_desk(caseworker_id: uuid.UUID | None, at_work: set[uuid.UUID], managers: People) -> People:
    """The caseworker; the managers when there is none, or none who still works here."""
    own = frozenset({caseworker_id}) if caseworker_id else NOBODY
    return own if own & at_work else managers or own


def _sencos(posts: Iterable[Post], setting_id: uuid.UUID | None) -> People:
    if setting_id is None:
        return NOBODY
    return frozenset(p.person_id for p in posts if p.role == "senco" and p.setting_id == setting_id)


def _family(session: OwnedSession, case_ids: list[uuid.UUID], now: datetime) -> dict[uuid.UUID, People]:
    asked = deciding.roles_of(session, case_ids, now)
    live = select(Grant.case_id, Grant.person_id, Grant.role).where(
        Grant.case_id.in_(case_ids),
        Grant.role.in_(deciding.FAMILY),
        Grant.from_at <= now,
        or_(Grant.until_at.is_(None), Grant.until_at > now),
    )
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for case_id, person_id, role in session.execute(live):
        if case_id is not None and role in asked[case_id]:
            found[case_id].add(person_id)
    return {case_id: frozenset(people) for case_id, people in found.items()}

"""What the triage page of a request shows."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from law.explain import say_date
from law.rules import current
from models.access import Post
from models.cases import Case, Deadline, Process
from models.database import OwnedSession
from models.people import Child, Person, Setting
from workflow.access.actor import STAFF_ROLES, Actor
from workflow.allocation import giving, settings
from workflow.allocation.rules import Step
from workflow.cases import joining, readiness
from workflow.clock import london_day
from workflow.queries import arrivals, case_page, letters_became
from workflow.queries import readiness as readiness_of


@dataclass(frozen=True)
class Alike:
    """Another case that may be about the same child, and why one may think so."""

    case: Case
    called: str
    born_on: date
    opened_on: date
    setting: str | None
    apart: bool


@dataclass(frozen=True)
class Suggested:
    """Whom the rules would give a request to, by which rule, or why to nobody."""

    person_id: uuid.UUID | None
    name: str
    team: str
    rule: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Triage:
    """The whole page. `told` are the letters of the first duties; `consult` the duty to ask the family."""

    called: str
    born_on: date
    process: Process
    received_on: date | None
    decide: Deadline | None
    consult: Deadline | None
    lines: list[readiness.Line]
    told: list[letters_became.Letter]
    alike: list[Alike]
    staff: list[tuple[uuid.UUID, str]]
    can_ask: bool
    came: arrivals.Came | None
    suggested: Suggested | None


def triage(session: OwnedSession, case: Case, process: Process, actor: Actor, now: datetime) -> Triage:
    """Everything on the page, in a number of queries that does not grow."""
    today = london_day(now)
    child = session.get_one(Child, (session.authority_id, case.child_id))
    dates = {each.rule: each for each in session.scalars(select(Deadline).where(Deadline.process_id == process.id))}
    decide = dates.get("assess.decide")
    received = decide.trigger.get("request_received") if decide else None
    letters = case_page.letters(session, case.id)
    return Triage(
        called=f"{child.known_as} {child.last}".strip(),
        born_on=child.born_on,
        process=process,
        received_on=date.fromisoformat(received) if received else None,
        decide=decide,
        consult=dates.get("assess.consult"),
        lines=readiness_of.of_cases(session, [case.id], today).get(case.id, []),
        told=[each for each in letters if each.notice.kind in ("considering_family", "considering_others")],
        alike=_alike(session, case, actor, now),
        staff=staff(session, today),
        can_ask=_setting_has_people(session, child, today),
        came=arrivals.came(session, process.id),
        suggested=_suggested(session, case, process, now),
    )


def staff(session: OwnedSession, today: date) -> list[tuple[uuid.UUID, str]]:
    """Those who work for the authority today, by name."""
    rows = session.execute(
        select(Person.id, Person.name)
        .join(Post, Post.person_id == Person.id)
        .where(Post.role.in_(STAFF_ROLES), Post.from_on <= today, or_(Post.until_on.is_(None), Post.until_on >= today))
        .distinct()
        .order_by(Person.name)
    )
    return [(person_id, name) for person_id, name in rows]


def clocks(session: OwnedSession, process_id: uuid.UUID) -> list[str]:
    """The open dates of a process in words, as a page that has just changed them says them."""
    rows = session.scalars(
        select(Deadline)
        .where(
            Deadline.process_id == process_id,
            Deadline.satisfied_on.is_(None),
            Deadline.voided_on.is_(None),
            Deadline.due_on.is_not(None),
        )
        .order_by(Deadline.due_on)
    )
    return [f"{current(each.rule).title}: {say_date(each.due_on)}" for each in rows if each.due_on]


def _suggested(session: OwnedSession, case: Case, process: Process, now: datetime) -> Suggested | None:
    """What the rules say while nobody has the case; None without rules."""
    routing = settings.standing(session).routing
    if case.caseworker_id or process.stage != "requested" or not routing.rules:
        return None
    found = giving.suggest(session, case, routing, now)
    person = session.get(Person, (session.authority_id, found.person_id)) if found.person_id else None
    return Suggested(
        found.person_id,
        person.name if person else "",
        found.team.name if found.team else "",
        found.rule.title if found.rule else "",
        found.steps,
    )


def _alike(session: OwnedSession, case: Case, actor: Actor, now: datetime) -> list[Alike]:
    found = joining.suggestions(session, case, actor, now)
    apart = joining.kept_apart(session, case) if found else set()
    wanted = select(Setting.id, Setting.name).where(Setting.id.in_([child.setting_id for _, child in found]))
    names = {setting_id: name for setting_id, name in session.execute(wanted)}
    return [
        Alike(
            each,
            f"{child.known_as} {child.last}".strip(),
            child.born_on,
            each.opened_on,
            names.get(child.setting_id) if child.setting_id else None,
            each.id in apart,
        )
        for each, child in found
    ]


def _setting_has_people(session: OwnedSession, child: Child, today: date) -> bool:
    if child.setting_id is None:
        return False
    posts = select(Post.id).where(
        Post.setting_id == child.setting_id,
        Post.from_on <= today,
        or_(Post.until_on.is_(None), Post.until_on >= today),
    )
    return session.scalars(posts.limit(1)).first() is not None

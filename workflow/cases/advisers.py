"""Whom the law has the authority ask for advice on this child. SEND Regulations 2014, reg 6(1) and (2)."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from forms.paths import path
from law import age
from models.advice import AdviceRequest
from models.authority import Authority
from models.cases import Case
from models.database import OwnedSession
from models.people import Child, Setting
from models.submissions import Submission
from workflow.access.actor import SYSTEM
from workflow.access.relation import READ, Relation
from workflow.coproduction import reading
from workflow.coproduction.submissions import form_of

LIMBS = {
    "b": "Education",
    "c": "Health",
    "d": "Educational psychology",
    "e": "Social care",
    "f": "Somebody else the council thinks right",
    "g": "Preparing for adult life",
    "h": "Somebody the family asked for",
}
ALWAYS = ("b", "c", "d", "e")
FORMS = {"b": "advice-education", "c": "advice-health", "d": "advice-ep", "e": "advice-social"}
ROLES = {"b": "other", "c": "health", "d": "ep", "e": "social"}
# Where the authority's settings hold a body's name and address, by limb; what it is called where they hold none.
BODIES = {"b": "education", "c": "health", "d": "psychology", "e": "social_care", "g": "adulthood"}
CALLED = {
    "b": "Whoever is responsible for the child's education",
    "c": "Health services",
    "d": "Educational psychology service",
    "e": "Social care",
    "g": "An adviser on preparing for adult life",
}
ASKED = ("asked", "with_them", "late", "replied", "nil", "enough")
SENSES = frozenset({"hearing", "vision", "both"})


@dataclass(frozen=True)
class Adviser:
    """Somebody to ask: under which letter of reg 6(1), at a setting or by email, and what they are asked apart."""

    limb: str
    to_name: str
    setting_id: uuid.UUID | None = None
    email: str | None = None
    why: str = ""

    @property
    def form_id(self) -> str:
        """The form they answer on. Education advice from no setting is for whoever advises on education there."""
        if self.limb == "b" and self.setting_id is None:
            return "advice-other"
        return FORMS.get(self.limb, "advice-other")

    @property
    def role(self) -> str:
        """The role in which they advise."""
        return "head" if self.setting_id else ROLES.get(self.limb, "other")

    @property
    def bound(self) -> bool:
        """Whether reg 8(1) itself binds them to six weeks: bodies of s.31. Others are held to it by the Code, 9.52."""
        return self.limb == "c" and self.setting_id is None


@dataclass(frozen=True)
class Proposal:
    """One line of the list the law wants: whom, and why."""

    adviser: Adviser
    why: str


@dataclass(frozen=True)
class Wanted:
    """Everybody the law wants asked in this case; `specialist` where a qualified teacher must be consulted too."""

    proposals: tuple[Proposal, ...]
    specialist: bool


def wanted(session: OwnedSession, case: Case, today: date) -> Wanted:
    """The list for this case: by age and year group, the setting, the senses, and whom the family named."""
    child = session.get_one(Child, (session.authority_id, case.child_id))
    said = _said(session, case)
    found = [_education(session, child), *(_body(session, limb) for limb in ("c", "d", "e"))]
    if age.in_year_9_or_later(child.born_on, today):
        found.append(_body(session, "g"))
    named = [
        Proposal(each, "The family asked for them, and a reasonable request has to be met") for each in _named(said)
    ]
    return Wanted((*found, *named), any(SENSES & set(values.get("nd_hv") or ()) for _, values in said))


def limbs_owed(session: OwnedSession, case: Case, today: date) -> tuple[str, ...]:
    """The letters of reg 6(1) under which somebody must be asked, whatever the family asks for."""
    child = session.get_one(Child, (session.authority_id, case.child_id))
    return (*ALWAYS, "g") if age.in_year_9_or_later(child.born_on, today) else ALWAYS


def everybody_was_asked(session: OwnedSession, case: Case, requests: Iterable[AdviceRequest], today: date) -> bool:
    """Whether each of them was asked, or agreed that existing advice is enough, and no wish of the family waits."""
    rows = list(requests)
    asked = {row.limb for row in rows if row.stage in ASKED}
    return set(limbs_owed(session, case, today)) <= asked and all(row.stage != "wanted" for row in rows)


def _education(session: OwnedSession, child: Child) -> Proposal:
    if child.setting_id is None:
        found = _body(session, "b")
        return Proposal(found.adviser, "The child is at no school, nursery or college (reg 6(1)(b)(iii))")
    setting = session.get_one(Setting, (session.authority_id, child.setting_id))
    return Proposal(Adviser("b", setting.name, setting_id=setting.id), "The setting they go to")


def _body(session: OwnedSession, limb: str) -> Proposal:
    given = session.get_one(Authority, session.authority_id).settings.get("bodies", {}).get(BODIES[limb], {})
    why = "In or beyond year 9" if limb == "g" else "In every assessment"
    return Proposal(Adviser(limb, given.get("name") or CALLED[limb], email=given.get("email") or None), why)


def _said(session: OwnedSession, case: Case) -> list[tuple[Submission, Mapping[str, Any]]]:
    """What was sent on the case, as the authority may read it."""
    reader = Relation(SYSTEM.kind, frozenset({"authority"}), frozenset({READ}))
    sent = select(Submission).where(Submission.case_id == case.id, Submission.state == "sent")
    forms = list(session.scalars(sent.order_by(Submission.sent_at)))
    read = reading.read_all(session, [(each, reader) for each in forms])
    return [(each, read[each.id].values) for each in forms]


def _named(said: Iterable[tuple[Submission, Mapping[str, Any]]]) -> Iterable[Adviser]:
    """People the family would like asked: rows of people and services with a yes. Each once, by name."""
    found: dict[str, Adviser] = {}
    familys = (values for form, values in said if form_of(form).written_by == "family")
    for values in familys:
        for row in values.get("pf[]") or ():
            who = values.get(path("pf[].who", row))
            if values.get(path("pf[].ask", row)) == "yes" and isinstance(who, Mapping) and who.get("name"):
                called = ", ".join(str(who[part]) for part in ("name", "job", "organisation") if who.get(part))
                found.setdefault(str(who["name"]).casefold(), Adviser("h", called, email=who.get("email") or None))
    return found.values()

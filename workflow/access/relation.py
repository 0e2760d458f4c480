"""What an actor is to a submission: the readers they count among, and what they may do."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.access import Grant
from models.database import OwnedSession
from models.submissions import Filled, Submission
from workflow.access import office
from workflow.access.actor import SETTING_ROLES, STAFF_ROLES, Actor
from workflow.access.advising import familys_papers
from workflow.access.bearing import Given, Known, each_known, known
from workflow.access.keyed import being_keyed, may_key
from workflow.access.scope import FAMILY_ROLES, familys_own
from workflow.coproduction.kinds import ON_A_DRAFT, PLANS, RECORDS, TOGETHER

READ, WRITE, SEND, INVITE, HAND_OVER = "read", "write", "send", "invite", "hand_over"
HELPER = "helper"


@dataclass(frozen=True)
class Relation:
    """readers: the audience classes the actor belongs to here (`owner`, `family`, `setting`, `advisers`,
    `authority`, `caseworker`). rights: what they may do. sections: where they may write; None is everywhere. only:
    outside these sections they read nothing; None is no such bound. oversees: they read what is kept for the
    caseworker as a manager, which goes on record."""

    role: str
    readers: frozenset[str]
    rights: frozenset[str]
    sections: frozenset[str] | None = None
    only: frozenset[str] | None = None
    oversees: bool = False

    def may_write(self, section_id: str, writers: tuple[str, ...]) -> bool:
        """Whether they may write in a section that these roles write. An owner writes all of their own form."""
        if WRITE not in self.rights or (self.sections is not None and section_id not in self.sections):
            return False
        return "owner" in self.readers or self.role in writers


NOBODY = Relation("nobody", frozenset(), frozenset())


def relation(session: OwnedSession, actor: Actor, submission: Filled, now: datetime) -> Relation:
    """What the actor is to this submission now. `NOBODY` unless something grants it: deny by default."""
    if actor.person_id is None:
        return NOBODY
    found = known(session, actor, submission.id, now)
    return standing(actor, found) if found else NOBODY


def relations(
    session: OwnedSession, actor: Actor, submissions: Iterable[Submission], now: datetime
) -> dict[uuid.UUID, Relation]:
    """The same of several, by id, in one statement."""
    wanted = [each.id for each in submissions]
    found = each_known(session, actor, wanted, now)
    return {each: standing(actor, found[each]) if each in found else NOBODY for each in wanted}


def standing(actor: Actor, known: Known[Any]) -> Relation:
    """The same, from what is known: the one place where it is decided."""
    submission: Filled = known.submission
    if actor.person_id is None or submission.state == "withdrawn":
        return NOBODY
    if actor.roles & STAFF_ROLES:
        return NOBODY if known.kept_from else _of_staff(actor, known)
    if submission.form_id in RECORDS:
        return NOBODY
    if submission.form_id in PLANS:
        return _of_plan(actor, known)
    everything = frozenset({READ, WRITE, SEND, INVITE})
    if _owns(actor, known):
        role = actor.kind if actor.kind == "child" else str(submission.facts.get("role", "parent"))
        return Relation(role, frozenset({"owner", reader_of(role)}), everything)
    if submission.setting_id in actor.settings and actor.roles & SETTING_ROLES:
        return Relation(actor.role, frozenset({"setting"}), everything)
    grant = _nearest_grant(actor, known)
    if grant is not None:
        return by_grant(grant, known)
    found = _at_the_setting_of_the_root(actor, known)
    if found is NOBODY:
        found = _advising(actor, known)
    return _consulted(actor, known) if found is NOBODY else found


def _of_plan(actor: Actor, known: Known[Any]) -> Relation:
    """A plan that was sent is read by the family; a draft also where it went to consult, the final one where it names
    the place."""
    submission: Filled = known.submission
    if submission.state != "sent":
        return NOBODY
    if submission.setting_id in actor.settings and actor.roles & SETTING_ROLES:
        return Relation(actor.role, frozenset({"setting"}), frozenset({READ}))
    grant = _nearest_grant(actor, known)
    return by_grant(grant, known) if grant and grant.role in FAMILY_ROLES else _consulted(actor, known)


def _consulted(actor: Actor, known: Known[Any]) -> Relation:
    """Whoever works where a draft went reads it and the advice with it, for as long as they are asked. S.39(2)."""
    if not known.consulted or known.submission.state != "sent" or actor.kind != "professional":
        return NOBODY
    return Relation(actor.role, frozenset({"setting"}), frozenset({READ}))


def _owns(actor: Actor, known: Known[Any]) -> bool:
    """Whether a form is the actor's own. A professional's, while they are let in to the form it lies beside."""
    submission: Filled = known.submission
    if submission.owner_id != actor.person_id or actor.kind != "professional":
        return submission.owner_id == actor.person_id
    if submission.setting_id is not None:
        return False
    if submission.root_id is None:  # advice of their own, while they are the one who was asked for it
        return any(grant.advice_id is not None for grant in known.grants)
    let_in = any(grant.submission_id == submission.root_id and _usable(actor, grant) for grant in known.grants)
    return let_in or (known.root_setting in actor.settings and bool(actor.roles & SETTING_ROLES))


def by_grant(grant: Given | Grant, known: Known[Any]) -> Relation:
    """What a grant that reaches a form makes of whoever holds it."""
    rights = frozenset(grant.rights)
    if grant.submission_id != known.submission.id:
        rights = rights if known.submission.form_id in TOGETHER else frozenset({READ})
        return Relation(grant.role, frozenset({reader_of(grant.role)}), rights)
    sections = frozenset(grant.sections) if grant.sections is not None else None
    only = None if HAND_OVER in rights else sections
    if known.owner_signs_in:
        rights -= {HAND_OVER}  # whoever signs in for themselves is not written for on another's screen
    return Relation(grant.role, frozenset({reader_of(grant.role)}), rights, sections, only)


def _of_staff(actor: Actor, known: Known[Any]) -> Relation:
    """Staff read what was sent. What is kept for the caseworker, they read whose case it is, and their manager."""
    submission: Filled = known.submission
    if submission.case_id is None:
        return NOBODY
    oversees = office.oversees(actor) and not known.on_the_case
    readers = frozenset({"authority", office.CASEWORKER} if known.on_the_case or oversees else {"authority"})
    if submission.form_id in RECORDS:
        role = "decider" if "decider" in actor.roles else "caseworker"
        return Relation(role, readers, frozenset({READ, WRITE, SEND}), oversees=oversees)
    if being_keyed(submission):
        role = str(submission.facts["role"])
        rights = frozenset({READ, WRITE, SEND} if may_key(actor) else {READ})
        return Relation(role, readers | {"owner", reader_of(role)}, rights, oversees=oversees)
    if submission.form_id in PLANS and submission.state == "draft":
        role = "decider" if "decider" in actor.roles else "caseworker"
        return Relation(role, readers, frozenset({READ, WRITE}), oversees=oversees)
    if submission.state != "sent":
        return NOBODY
    return Relation("caseworker", readers, frozenset({READ}), oversees=oversees)


def _nearest_grant(actor: Actor, known: Known[Any]) -> Given | None:
    """Of the grants an actor may use here, the one on the form itself before any other."""
    here = [grant for grant in known.grants if _usable(actor, grant) and reaches(actor.kind, grant, known.submission)]
    return min(here, key=lambda grant: grant.submission_id != known.submission.id, default=None)


def _usable(actor: Actor, grant: Given) -> bool:
    """Grants given to a post at a setting end with the post."""
    return bool(actor.roles & SETTING_ROLES) or grant.role not in SETTING_ROLES


def reaches(kind: str, grant: Given | Grant, submission: Filled) -> bool:
    """Whether a grant opens a form: its own; its root's for a form written together, or once it is shared and
    the grant is for the whole root; its case's once it is sent. A family's own views open by their own alone."""
    if grant.submission_id == submission.id:
        return True
    if submission.form_id == ON_A_DRAFT or (kind == "family" and submission.form_id in familys_own()):
        return False
    if grant.submission_id is None:
        return submission.state == "sent"
    return submission.form_id in TOGETHER or (submission.state in ("shared", "sent") and grant.sections is None)


def _at_the_setting_of_the_root(actor: Actor, known: Known[Any]) -> Relation:
    opened = known.submission.state in ("shared", "sent")
    if not opened or known.root_setting not in actor.settings or not actor.roles & SETTING_ROLES:
        return NOBODY
    return Relation(actor.role, frozenset({"setting"}), frozenset({READ}))


def _advising(actor: Actor, known: Known[Any]) -> Relation:
    """Whoever was asked for advice reads what the family sent, for as long as they are asked. Reg 6(3)."""
    submission: Filled = known.submission
    sent_by_family = submission.state == "sent" and submission.form_id in familys_papers()
    if known.advises_as is None or not sent_by_family or actor.kind != "professional":
        return NOBODY
    return Relation(known.advises_as, frozenset({reader_of(known.advises_as)}), frozenset({READ}))


def reader_of(role: str) -> str:
    """The audience class that a role counts among."""
    if role in ("parent", "yp", "rep"):
        return "family"
    if role in SETTING_ROLES or role == "teacher":
        return "setting"
    return role if role in ("child", HELPER) else "advisers"

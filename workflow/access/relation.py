"""What an actor is to a submission: the readers they count among, and what they may do."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Row,
    String,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from models.access import Account, Grant
from models.advice import AdviceRequest, Consultation
from models.cases import Case
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access import office
from workflow.access.actor import SETTING_ROLES, STAFF_ROLES, Actor
from workflow.access.advising import advised_by, consulted_at, familys_papers
from workflow.access.conflicts import kept_from
from workflow.access.keyed import being_keyed, may_key
from workflow.access.scope import FAMILY_ROLES, familys_own, not_over
from workflow.clock import london_day
from workflow.coproduction.kinds import ADVICE, ON_A_DRAFT, PLANS, RECORDS, REPLY_TO, TOGETHER

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


@dataclass(frozen=True)
class Known:
    """A submission with what bears on an actor's standing there: their live grants, whose its root is, whether its
    owner signs in for themselves, whether its case is theirs or that of somebody they cover for, whether a conflict of
    interest keeps them from it, as what the actor was asked for advice on it, and whether it went to where they work
    when they were consulted."""

    submission: Submission
    grants: tuple[Grant, ...] = ()
    root_setting: uuid.UUID | None = None
    owner_signs_in: bool = False
    on_the_case: bool = False
    kept_from: bool = False
    advises_as: str | None = None
    consulted: bool = False


_Row = Row[Submission, Grant, uuid.UUID | None, bool, bool | None, bool, str | None, bool]
_root = aliased(Submission)
_now: BindParameter[datetime] = bindparam("now")
_asked_at = AdviceRequest.setting_id == any_(bindparam("settings", type_=ARRAY(Uuid)))
_BEARING = (
    select(
        Submission,
        Grant,
        _root.setting_id,
        exists().where(Account.person_id == Submission.owner_id, Account.closed_at.is_(None)),
        select(office.on_the_case()).where(Case.id == Submission.case_id).scalar_subquery(),
        kept_from(office.PERSON, Submission.case_id),
        select(AdviceRequest.role)
        .where(AdviceRequest.case_id == Submission.case_id, advised_by(bindparam("person"), _asked_at, _now))
        .order_by(AdviceRequest.setting_id.is_(None))
        .limit(1)
        .scalar_subquery(),
        exists().where(
            consulted_at(Consultation.setting_id == any_(bindparam("settings", type_=ARRAY(Uuid)))),
            or_(
                Consultation.plan_id == Submission.id,
                and_(Consultation.case_id == Submission.case_id, Submission.form_id.in_(ADVICE)),
            ),
        ),
    )
    .outerjoin(_root, _root.id == Submission.root_id)
    .outerjoin(
        Grant,
        and_(
            Grant.person_id == office.PERSON,
            Grant.from_at <= _now,
            not_over(_now),
            or_(
                Grant.submission_id == Submission.id,
                Grant.submission_id == Submission.root_id,
                Grant.case_id == Submission.case_id,
                cast(Grant.advice_id, String) == Submission.facts[REPLY_TO].astext,
            ),
        ),
    )
)
_KNOWN = _BEARING.where(Submission.id == bindparam("submission"))
_EACH_KNOWN = _BEARING.where(Submission.id == any_(bindparam("submissions", type_=ARRAY(Uuid))))
_KNOWN_AND_HELD = _KNOWN.with_for_update(key_share=True, of=Submission).execution_options(populate_existing=True)


def known(
    session: OwnedSession, actor: Actor, submission_id: uuid.UUID, now: datetime, *, held: bool = False
) -> Known | None:
    """A submission with what bears on the actor's standing there, in one statement; None when there is none.

    It says nothing yet about whether the actor may know of it: `standing` does. With `held` it is also taken
    for this transaction, as `submissions.hold` does.
    """
    asked = {"submission": submission_id, **_asking(actor, now)}
    rows = session.execute(_KNOWN_AND_HELD if held else _KNOWN, asked).all()
    return _gathered(rows) if rows else None


def _asking(actor: Actor, now: datetime) -> dict[str, object]:
    settings = list(actor.settings) if actor.roles & SETTING_ROLES else []
    return {"person": actor.person_id, "settings": settings, "now": now, "today": london_day(now)}


def _gathered(rows: Sequence[_Row]) -> Known:
    submission, _, root_setting, owner_signs_in, on_the_case, kept, advises_as, consulted = rows[0]
    grants = tuple(row[1] for row in rows if row[1])
    return Known(submission, grants, root_setting, owner_signs_in, bool(on_the_case), kept, advises_as, consulted)


def relation(session: OwnedSession, actor: Actor, submission: Submission, now: datetime) -> Relation:
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
    asked = {"submissions": wanted, **_asking(actor, now)}
    rows: dict[uuid.UUID, list[_Row]] = {}
    for row in session.execute(_EACH_KNOWN, asked) if wanted else ():
        rows.setdefault(row[0].id, []).append(row)
    return {each: standing(actor, _gathered(rows[each])) if each in rows else NOBODY for each in wanted}


def standing(actor: Actor, known: Known) -> Relation:
    """The same, from what is known: the one place where it is decided."""
    submission = known.submission
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


def _of_plan(actor: Actor, known: Known) -> Relation:
    """A plan that was sent is read by the family; a draft also where it went to consult, the final one where it names
    the place."""
    submission = known.submission
    if submission.state != "sent":
        return NOBODY
    if submission.setting_id in actor.settings and actor.roles & SETTING_ROLES:
        return Relation(actor.role, frozenset({"setting"}), frozenset({READ}))
    grant = _nearest_grant(actor, known)
    return by_grant(grant, known) if grant and grant.role in FAMILY_ROLES else _consulted(actor, known)


def _consulted(actor: Actor, known: Known) -> Relation:
    """Whoever works where a draft went reads it and the advice with it, for as long as they are asked. S.39(2)."""
    if not known.consulted or known.submission.state != "sent" or actor.kind != "professional":
        return NOBODY
    return Relation(actor.role, frozenset({"setting"}), frozenset({READ}))


def _owns(actor: Actor, known: Known) -> bool:
    """Whether a form is the actor's own. A professional's, while they are let in to the form it lies beside."""
    submission = known.submission
    if submission.owner_id != actor.person_id or actor.kind != "professional":
        return submission.owner_id == actor.person_id
    if submission.setting_id is not None:
        return False
    if submission.root_id is None:  # advice of their own, while they are the one who was asked for it
        return any(grant.advice_id is not None for grant in known.grants)
    let_in = any(grant.submission_id == submission.root_id and _usable(actor, grant) for grant in known.grants)
    return let_in or (known.root_setting in actor.settings and bool(actor.roles & SETTING_ROLES))


def by_grant(grant: Grant, known: Known) -> Relation:
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


def _of_staff(actor: Actor, known: Known) -> Relation:
    """Staff read what was sent. What is kept for the caseworker, they read whose case it is, and their manager."""
    submission = known.submission
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


def _nearest_grant(actor: Actor, known: Known) -> Grant | None:
    """Of the grants an actor may use here, the one on the form itself before any other."""
    here = [grant for grant in known.grants if _usable(actor, grant) and reaches(actor.kind, grant, known.submission)]
    return min(here, key=lambda grant: grant.submission_id != known.submission.id, default=None)


def _usable(actor: Actor, grant: Grant) -> bool:
    """Grants given to a post at a setting end with the post."""
    return bool(actor.roles & SETTING_ROLES) or grant.role not in SETTING_ROLES


def reaches(kind: str, grant: Grant, submission: Submission) -> bool:
    """Whether a grant opens a form: its own; its root's for a form written together, or once it is shared and
    the grant is for the whole root; its case's once it is sent. A family's own views open by their own alone."""
    if grant.submission_id == submission.id:
        return True
    if submission.form_id == ON_A_DRAFT or (kind == "family" and submission.form_id in familys_own()):
        return False
    if grant.submission_id is None:
        return submission.state == "sent"
    return submission.form_id in TOGETHER or (submission.state in ("shared", "sent") and grant.sections is None)


def _at_the_setting_of_the_root(actor: Actor, known: Known) -> Relation:
    opened = known.submission.state in ("shared", "sent")
    if not opened or known.root_setting not in actor.settings or not actor.roles & SETTING_ROLES:
        return NOBODY
    return Relation(actor.role, frozenset({"setting"}), frozenset({READ}))


def _advising(actor: Actor, known: Known) -> Relation:
    """Whoever was asked for advice reads what the family sent, for as long as they are asked. Reg 6(3)."""
    submission = known.submission
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

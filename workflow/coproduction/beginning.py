"""Forms that are begun beside another: each person's own views, and All About Me."""

import uuid
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from models.access import Account, Grant
from models.database import OwnedSession
from models.people import Child, Person
from models.submissions import Submission
from workflow.access.actor import SETTING_ROLES, Actor
from workflow.access.keyed import being_keyed
from workflow.access.relation import READ, WRITE, Relation
from workflow.coproduction import kinds
from workflow.coproduction.submissions import begin
from workflow.coproduction.voices import HELPER
from workflow.errors import NotPermitted

FAMILY = frozenset({"parent", "rep"})
ADVISERS = frozenset({"ep", "health", "dco", "social", "other"})
STAFF = SETTING_ROLES | {"teacher"}


class Beginning(NamedTuple):
    """A form that a person may begin beside another; `handed` to the child rather than filled in by them."""

    form_id: str
    handed: bool = False


def may_begin(root: Submission, theirs: Relation, age: int | None) -> list[Beginning]:
    """What this person may begin beside a form, the likeliest All About Me first."""
    closed = WRITE not in theirs.rights or root.form_id in kinds.RECORDS | kinds.PLANS or being_keyed(root)
    if root.root_id or root.follows_id or closed:
        return []
    if root.form_id in kinds.ASKED_FOR and theirs.role not in STAFF:
        return []
    found = [Beginning(form_id) for form_id in (_own_views(root.form_id, theirs.role),) if form_id]
    if theirs.only is not None or root.form_id in kinds.ASKED_FOR:
        return found  # whoever was asked for some parts does not begin for the child
    return found + _about_me(root.form_id, theirs.role, age)


def _own_views(root_form_id: str, role: str) -> str:
    if role in FAMILY and root_form_id != "ehcna-req-yp":
        return kinds.PARENTS_VIEWS
    if role in STAFF and root_form_id in kinds.OF_A_SETTING:
        return kinds.STAFF_VIEWS
    if role in ADVISERS and root_form_id in kinds.REPORTS:
        return kinds.ADVISERS_VIEWS
    return ""


def _about_me(root_form_id: str, role: str, age: int | None) -> list[Beginning]:
    if role in ADVISERS or role == "helper":
        return []
    # A young person who asks for themself holds the screen already: nobody hands it to them.
    handed = role != "yp"
    versions = [Beginning(form_id, handed) for form_id in kinds.CHILDS]
    every = versions if role == "yp" else [Beginning(kinds.EARLY), *versions]
    likely = kinds.about_me(age)
    return sorted(every, key=lambda each: each.form_id != likely)


def begin_own(
    session: OwnedSession, actor: Actor, theirs: Relation, root: Submission, form_id: str, *, now: datetime
) -> Submission:
    """This person's own form beside another. Each has one of their own; pressing twice opens the same.

    What a member of staff or an adviser writes stays theirs while they may take part. Raises `NotPermitted`
    for a form that is not theirs to begin here.
    """
    if Beginning(form_id) not in may_begin(root, theirs, None):
        raise NotPermitted("That form cannot be started here.")
    return begin_beside(session, actor, root, form_id, theirs.role, now=now)


def begin_beside(
    session: OwnedSession, actor: Actor, root: Submission, form_id: str, role: str, *, now: datetime
) -> Submission:
    """The form that somebody writes in a role beside another: one each, so beginning it twice opens the same."""
    return begin(
        session,
        actor,
        form_id,
        create_token=uuid.uuid5(root.id, f"{form_id}:{actor.person}"),
        now=now,
        root=root,
        case_id=root.case_id,
        child_id=root.child_id,
        facts={
            "role": role,
            "purpose": kinds.purpose_beside(root.form_id),
            "meeting_planned": root.form_id in kinds.REPORTS,
        },
    )


def begin_childs_own(
    session: OwnedSession,
    helper: Actor,
    root: Submission,
    form_id: str,
    *,
    called: str,
    role: str,
    now: datetime,
) -> Submission:
    """All About Me for the child of a form, owned by the child, opened in this helper's session.

    Each form has one: a second helper opens the same, whichever version they chose. The helper may hand the
    screen over; what the child writes there they read only if the child says so.
    """
    if form_id not in kinds.CHILDS:
        raise NotPermitted("That form cannot be started here.")
    found = childs_own(session, root)
    if found is not None and _signs_in(session, found.owner_id):
        raise NotPermitted("They write All About Me by themselves, on their own screen.")
    if found is None:
        owner_id = _child_on_record(session, root) or _new_person(session, called)
        found = begin(
            session,
            helper,
            form_id,
            create_token=uuid.uuid5(root.id, "childs-own"),
            now=now,
            root=root,
            owner_id=owner_id,
            case_id=root.case_id,
            child_id=root.child_id,
            facts={"role": "child", "meeting_planned": root.form_id in kinds.REPORTS},
        )
    helpers = _helped_by(session, found)
    if helper.person not in helpers:
        # The first helper says how they helped, in a part of their own. It is nobody else's to read or write.
        session.add(
            Grant(
                person_id=helper.person,
                role=role,
                submission_id=found.id,
                rights=[READ, "hand_over", *([] if helpers else [WRITE])],
                sections=[] if helpers else [HELPER],
                from_at=now,
                granted_by=helper.person,
                reason="helps the child with their own form",
            )
        )
    return found


def childs_own(session: OwnedSession, root: Submission) -> Submission | None:
    """The child's own form that lies beside a form, if it was begun."""
    return session.scalars(
        select(Submission)
        .where(Submission.root_id == root.id, Submission.form_id.in_(kinds.CHILDS))
        .order_by(Submission.created_at)
    ).first()


def _child_on_record(session: OwnedSession, root: Submission) -> uuid.UUID | None:
    child = session.get(Child, (session.authority_id, root.child_id)) if root.child_id else None
    return child.person_id if child else None


def _new_person(session: OwnedSession, called: str) -> uuid.UUID:
    child = Person(id=uuid.uuid4(), name=called)
    session.add(child)
    session.flush()
    return child.id


def _signs_in(session: OwnedSession, person_id: uuid.UUID) -> bool:
    found = select(Account.id).where(Account.person_id == person_id, Account.closed_at.is_(None))
    return session.scalars(found).first() is not None


def _helped_by(session: OwnedSession, own: Submission) -> set[uuid.UUID]:
    return set(session.scalars(select(Grant.person_id).where(Grant.submission_id == own.id, Grant.until_at.is_(None))))

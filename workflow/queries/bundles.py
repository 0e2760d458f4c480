"""Who takes part in a form, and the views that lie beside it. Their state only: never a word of a private draft."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from models.access import Grant, Invitation
from models.database import OwnedSession
from models.people import Person
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.access.scope import not_over, submissions_for
from workflow.coproduction import kinds
from workflow.coproduction.submissions import form_of

VOICES = {
    "child": "child",
    "parent": "parent",
    "rep": "parent",
    "yp": "child",
    "senco": "education",
    "head": "education",
    "teacher": "education",
}
INTERPRETER = "interpreter"
SETTING_VOICES = ("senco", "head", "teacher", "setting")
ROLES = {
    "parent": "A parent or carer",
    "rep": "Someone who decides for a young person",
    "yp": "The young person",
    "child": "The child",
    "senco": "The SENCO",
    "head": "The head teacher",
    "teacher": "A teacher",
    "setting": "Staff at the school",
    "ep": "An educational psychologist",
    "health": "Somebody from health",
    "social": "A social worker or early help worker",
    "other": "Another professional",
    "helper": "Somebody who helps",
}


@dataclass(frozen=True)
class Beside:
    """A form of the same bundle: what it is, how it stands, and whether this person may open it."""

    id: uuid.UUID
    form_id: str
    title: str
    state: str
    mine: bool
    open: bool
    root: bool


@dataclass(frozen=True)
class Contributor:
    """Somebody who takes part: by name where this reader may know it, else by role."""

    called: str
    waiting: bool = False


def beside(
    session: OwnedSession, actor: Actor, theirs: Relation, submission: Submission, now: datetime
) -> list[Beside]:
    """The other forms of the bundle, oldest first. Two queries.

    That a parent has begun something of their own is known to staff of the setting, and to no one else: to the
    other parent, to a helper and to whoever was asked for some parts, only what they may open exists.
    """
    root_id = submission.root_id or submission.id
    whole = or_(Submission.id == root_id, Submission.root_id == root_id)
    staff = bool(actor.settings) or actor.kind == "staff"

    def tells_all(each: Submission) -> bool:
        return staff or (each.form_id in kinds.CHILDS and theirs.only is None and root_id in known)

    known = set(session.scalars(submissions_for(actor, now).where(whole).with_only_columns(Submission.id)))
    others = select(Submission).where(whole, Submission.id != submission.id).order_by(Submission.created_at)
    return [
        Beside(
            each.id,
            each.form_id,
            form_of(each).title_for(family=actor.kind == "family"),
            each.state,
            each.owner_id == actor.person_id,
            each.id in known,
            each.id == root_id,
        )
        for each in session.scalars(others)
        if each.id in known or (each.id != root_id and each.state != "withdrawn" and tells_all(each))
    ]


def links(others: list[Beside]) -> dict[str, list[Beside]]:
    """The forms that each link question points at, by the question's id."""
    found: dict[str, list[Beside]] = {}
    for each in others:
        for question_id in kinds.LINKS.get(each.form_id, ()):
            found.setdefault(question_id, []).append(each)
    return found


def roles_of_authors(session: OwnedSession, submission: Submission) -> dict[uuid.UUID, str]:
    """The role in which each person takes part in a form: by their grant, else as its owner. A helper who
    interprets is an `interpreter`."""
    wanted = [submission.id, *([submission.root_id] if submission.root_id else [])]
    rows = session.execute(
        select(Grant.person_id, Grant.role, Grant.capacity)
        .where(Grant.submission_id.in_(wanted))
        .order_by(Grant.from_at)
    )
    grants = [(person_id, INTERPRETER if capacity == INTERPRETER else role) for person_id, role, capacity in rows]
    return {person_id: role for person_id, role in grants} | {submission.owner_id: owner_role(submission)}


def owner_role(submission: Submission) -> str:
    """The role of the owner of a form: what a setting writes is its staff's; a plan names a place and is not."""
    if submission.setting_id and submission.form_id not in kinds.PLANS:
        return "senco"
    return str(submission.facts.get("role", "parent"))


def author_words(
    author_id: uuid.UUID, name: str, actor: Actor, theirs: Relation, roles: Mapping[uuid.UUID, str]
) -> tuple[str, str]:
    """(whose words these are, the voice they are shown in) for a reader.

    To one parent the other is "another parent or carer": separated parents are not told of each other. Who a
    helper is, is known to whom they help, and to the authority.
    """
    role = roles.get(author_id, "setting")
    voice = VOICES.get(role, "education" if role == "setting" else "professional")
    if author_id == actor.person_id:
        return "You", voice
    if voice == "parent" and "family" in theirs.readers:
        return "Another parent or carer", voice
    if role in ("helper", INTERPRETER) and not {"owner", "authority"} & theirs.readers:
        return "Somebody who helps", voice
    return name, voice


def typist_words(
    typist_id: uuid.UUID, name: str, actor: Actor, theirs: Relation, roles: Mapping[uuid.UUID, str]
) -> str:
    """Who wrote somebody's words down for them, as a reader may know it. Staff of a setting are named to all."""
    if typist_id == actor.person_id:
        return "you"
    if {"owner", "authority"} & theirs.readers or roles.get(typist_id, "setting") in SETTING_VOICES:
        return name
    return "somebody who helps"


def contributors(
    session: OwnedSession, actor: Actor, theirs: Relation, submission: Submission, now: datetime
) -> list[Contributor]:
    """Who else takes part in a form, and who was invited and has not come yet."""
    if theirs.only is not None:
        return []  # whoever was asked for parts is told of nobody else
    grants = session.execute(
        select(Grant.person_id, Grant.role, Person.name)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.submission_id == submission.id, not_over(now))
        .order_by(Grant.from_at)
    )
    family = bool({"family", "owner"} & theirs.readers) and "setting" not in theirs.readers
    found = [
        Contributor(ROLES.get(role, "Somebody who helps") if family else f"{name}, {_role_after(role)}")
        for person_id, role, name in grants
        if person_id != actor.person_id
    ]
    if submission.setting_id and family:
        found.append(Contributor(ROLES["setting"]))
    invited = session.scalars(
        select(Invitation.role).where(
            Invitation.submission_id == submission.id, Invitation.accepted_at.is_(None), Invitation.expires_at > now
        )
    )
    return found + [Contributor(ROLES.get(role, "Somebody"), waiting=True) for role in invited if not family]


def _role_after(role: str) -> str:
    words = ROLES.get(role, "Somebody who helps")
    return words[:1].lower() + words[1:]

"""Who takes part in a form: whom somebody may ask, what each is let do, what they begin, and when it ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from law import age
from models.access import Grant, Invitation
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Submission
from workflow import audit
from workflow.access.actor import Actor
from workflow.access.relation import HAND_OVER, HELPER, INVITE, Relation
from workflow.access.scope import not_over, submissions_for
from workflow.clock import london_day
from workflow.coproduction import kinds
from workflow.coproduction.beginning import begin_beside
from workflow.coproduction.facts import birth_date
from workflow.coproduction.invitations import Offer
from workflow.coproduction.submissions import form_of
from workflow.errors import NotFound, Refused

FAMILY = ("parent", "rep", "yp", "child")
PROFESSIONALS = {
    "ep": "Educational psychologist",
    "health": "Health professional",
    "social": "Social worker or early help worker",
    "other": "Another professional",
}
CAPACITIES = {
    "relative": "Someone in my family",
    "friend": "A friend",
    "advocate": "An advocate or adviser",
    "interpreter": "An interpreter or signer",
}
STAFF_LET_IN = timedelta(days=180)
PROFESSIONALS_LET_IN = timedelta(weeks=6)
EVERY = "every"  # in the place of a part: all there are
SECONDARY = 7  # the year group from which a child with an address of their own may be asked


@dataclass(frozen=True)
class Asked:
    """What somebody chose for the person they ask: parts by id, whether they may write, until when, what they
    are (a professional's role, a helper's capacity). No day is until it is sent, or the longest there may be."""

    parts: tuple[str, ...] = ()
    writes: bool = True
    until_at: datetime | None = None
    being: str = ""


def askable(session: OwnedSession, actor: Actor, submission: Submission, theirs: Relation, now: datetime) -> list[str]:
    """Whom this person may ask to take part in this form."""
    if submission.state == "sent" or INVITE not in theirs.rights:
        return []
    if submission.setting_id and submission.root_id:
        return []  # to what lies beside a form, people come through the form itself
    if submission.form_id in kinds.ASKED_FOR:
        return ["teacher", "professional"] if submission.setting_id else []
    if submission.setting_id:
        return ["parent", "young", "teacher", "professional"]
    if theirs.role == "yp":
        return [HELPER, "parent"]
    if theirs.role not in ("parent", "rep"):
        return []
    return [HELPER, "parent", "young"] if _of_all(session, actor, submission, now) is not None else [HELPER]


def parts_for(submission: Submission, kind: str, theirs: Relation) -> list[tuple[str, str]]:
    """The parts of a form, (id, title), that may be opened to somebody of this kind."""
    if kind == "young" or (kind == "parent" and theirs.role != "yp"):
        return []
    sections = form_of(submission).sections
    return [(each.id, each.title) for each in sections if kind != "teacher" or "teacher" in each.writers]


def plan(
    session: OwnedSession,
    actor: Actor,
    submission: Submission,
    theirs: Relation,
    kind: str,
    asked: Asked,
    now: datetime,
) -> tuple[Submission, Offer]:
    """The form somebody is invited to, and what the invitation offers. Raises `NotFound` for a kind this person
    may not ask, `Refused` for what must be chosen first."""
    if kind not in askable(session, actor, submission, theirs, now):
        raise NotFound
    known = [part for part, _ in parts_for(submission, kind, theirs)]
    parts = tuple(part for part in known if part in asked.parts or EVERY in asked.parts)
    if kind == HELPER:
        return submission, _helper(asked, parts)
    if kind == "teacher":
        until = asked.until_at or now + STAFF_LET_IN
        return submission, Offer("teacher", sections=parts, until_at=min(until, now + STAFF_LET_IN))
    if kind == "professional":
        return submission, _professional(asked, parts, now)
    if kind == "parent" and theirs.role == "yp":
        return submission, Offer("parent", ("read",), parts, asked.until_at, lets_in=bool(parts))
    target = submission if submission.setting_id else _of_all(session, actor, submission, now)
    if target is None:
        raise NotFound
    role = "parent" if kind == "parent" else _young(session, target, now)
    # To a form that all write, a parent or young person is let in. Beside another's own words they write theirs.
    return target, Offer(role, lets_in=target.setting_id is not None and role != "child")


def own_form(session: OwnedSession, actor: Actor, invitation: Invitation, *, now: datetime) -> Submission:
    """Where somebody begins who has accepted: their own form beside the one they were asked to, or that one."""
    target = session.get_one(Submission, (session.authority_id, invitation.submission_id))
    form_id = _own(target, invitation.role)
    return begin_beside(session, actor, target, form_id, invitation.role, now=now) if form_id else target


def _own(target: Submission, role: str) -> str | None:
    """The form that is begun beside one by whoever accepts in a role; None where they go to that one itself."""
    if target.root_id is not None or role == HELPER:
        return None
    if role in ("yp", "child"):
        # A form of their own, even beside one that was begun on another's screen: whoever accepts an invitation
        # reads nothing that a child may have kept to themselves.
        return "aam-16plus" if role == "yp" else "aam-secondary"
    if role in ("parent", "teacher"):
        return kinds.PARENTS_VIEWS if role == "parent" else kinds.STAFF_VIEWS
    return kinds.ADVISERS_VIEWS if target.form_id in kinds.REPORTS else None


def may_stop(submission: Submission, theirs: Relation, role: str) -> bool:
    """Whether this person may end the part that somebody in `role` takes. One parent never ends the other's; a
    setting may, before its form is sent; then it is for the council."""
    if INVITE not in theirs.rights:
        return False
    if submission.setting_id:
        return role not in FAMILY or submission.state != "sent"
    return role == HELPER or (theirs.role == "yp" and role == "parent")


def stop(
    session: OwnedSession,
    actor: Actor,
    submission: Submission,
    theirs: Relation,
    grant: Grant,
    *,
    reason: str,
    now: datetime,
) -> None:
    """End somebody's part in a form at once. What they wrote stays, under their name.

    Raises `NotFound` for one that is not this person's to end, `Refused` where a reason is owed.
    """
    if grant.submission_id != submission.id or not may_stop(submission, theirs, grant.role):
        raise NotFound
    if submission.setting_id and grant.role in FAMILY and not reason.strip():
        raise Refused("Say why. It is kept, and the council can read it.", "reason")
    grant.until_at = now
    asked_by_them = select(Invitation).where(
        Invitation.submission_id == submission.id,
        Invitation.invited_by == grant.person_id,
        Invitation.accepted_at.is_(None),
        Invitation.expires_at > now,
    )
    for invitation in session.scalars(asked_by_them):
        invitation.expires_at = now
    audit.record(
        session,
        "stop_access",
        actor,
        audit.Subject(),
        happened_on=london_day(now),
        now=now,
        facts={"form": str(submission.id), "person": str(grant.person_id), "role": grant.role},
        words={"why": reason.strip()} if reason.strip() else None,
    )


def live_grants_on(session: OwnedSession, submission: Submission, now: datetime) -> list[Grant]:
    """The grants on a form that hold now, oldest first. Handing a screen over is not taking part."""
    grants = select(Grant).where(Grant.submission_id == submission.id, not_over(now)).order_by(Grant.from_at)
    return [grant for grant in session.scalars(grants) if HAND_OVER not in grant.rights]


def _of_all(session: OwnedSession, actor: Actor, submission: Submission, now: datetime) -> Submission | None:
    """The form that a parent may ask others of the family to: their own, or a setting's that they take part in."""
    if submission.root_id is None:
        return submission
    root = session.scalars(submissions_for(actor, now).where(Submission.id == submission.root_id)).one_or_none()
    return root if root is not None and root.setting_id is not None and root.state != "sent" else None


def _helper(asked: Asked, parts: tuple[str, ...]) -> Offer:
    if not parts:
        raise Refused("Choose the parts they may see.", "parts")
    if asked.being not in CAPACITIES:
        raise Refused("Choose who they are.", "being")
    rights = ("read", "write") if asked.writes else ("read",)
    return Offer(HELPER, rights, parts, asked.until_at, until_sent=True, capacity=asked.being)


def _professional(asked: Asked, parts: tuple[str, ...], now: datetime) -> Offer:
    if asked.being not in PROFESSIONALS:
        raise Refused("Choose what they do.", "being")
    if not parts:
        raise Refused("Choose the parts they may see.", "parts")
    until = min(asked.until_at or now + PROFESSIONALS_LET_IN, now + STAFF_LET_IN)
    return Offer(asked.being, ("read", "comment"), parts, until)


def _young(session: OwnedSession, target: Submission, now: datetime) -> str:
    """Whether who the form is about is a young person or a child, by their date of birth."""
    born, today = _born(session, target), london_day(now)
    if born is None:
        raise Refused("Fill in the date of birth on the form first. Then we know which form fits.", "email")
    if age.is_young_person(born, today):
        return "yp"
    if age.year_group_on(born, today) < SECONDARY:
        raise Refused("At this age, start All About Me yourself and hand over the screen.", "email")
    return "child"


def _born(session: OwnedSession, target: Submission) -> date | None:
    typed = session.scalars(
        select(Contribution.value)
        .join(Answer, Answer.id == Contribution.answer_id)
        .where(Answer.submission_id == target.id, Answer.path == "ch_dob", Contribution.state == "current")
    ).one_or_none()
    return birth_date(session, target, {"ch_dob": typed})

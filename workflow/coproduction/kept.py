"""What a setting keeps about a child, used with a form of its own: the plan's cycles and the map's costs, told once.

A plan or a map belongs to its setting and is sent nowhere. Staff say which one is about the child of a request; then
it is linked there, its cycles and advice are offered, and what they come to is known. Sending fixes that as it was.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from forms import cycles, money
from forms.context import Context
from forms.paths import path
from models.database import OwnedSession
from models.submissions import Answer, Contribution, Submission
from workflow.access.actor import SETTING_ROLES, Actor
from workflow.access.policy import find_submission
from workflow.access.relation import READ
from workflow.clock import london_day
from workflow.coproduction.kinds import KEPT, LINKS, PLAN, PROVISION_MAP, USES
from workflow.coproduction.submissions import hold
from workflow.errors import NotPermitted, Refused

Linked = Mapping[str, uuid.UUID]  # the kept form's id by what form it is


def linked_ids(submission: Submission) -> Linked:
    """The kept forms that are linked to a form."""
    return {form_id: uuid.UUID(kept_id) for form_id, kept_id in submission.facts.get("kept", {}).items()}


def link(session: OwnedSession, submission: Submission, kept_id: uuid.UUID, actor: Actor, *, now: datetime) -> None:
    """Use a form that the setting keeps with this one, in place of another of its kind. Twice is once.

    Raises `NotFound`, `NotPermitted` for who does not work at the setting, `Refused` once it is sent.
    """
    kept, _ = find_submission(session, actor, kept_id, READ, now)
    _require_staff(submission, actor)
    if kept.setting_id != submission.setting_id or kept.form_id not in USES.get(submission.form_id, ()):
        raise NotPermitted("That form cannot be used here.")
    _set(session, submission, {**submission.facts.get("kept", {}), kept.form_id: str(kept.id)})


def unlink(session: OwnedSession, submission: Submission, form_id: str, actor: Actor) -> None:
    """Use it no more: what was taken from it stays. Raises as `link` does."""
    _require_staff(submission, actor)
    _set(session, submission, {k: v for k, v in submission.facts.get("kept", {}).items() if k != form_id})


def may_link(submission: Submission, actor: Actor) -> bool:
    """Whether this person links kept forms here."""
    mine = submission.setting_id in actor.settings and bool(actor.roles & SETTING_ROLES)
    return mine and submission.form_id in USES and submission.state != "sent"


def facts(session: OwnedSession, submission: Submission, answers: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What the linked forms come to: complete cycles that this form does not tell itself, and pounds a year."""
    wanted = linked_ids(submission)
    if not wanted or submission.state == "sent":
        return {}  # of one that was sent, it stands among its own facts
    said = _said(session, submission, wanted)
    found: dict[str, Any] = {}
    if PLAN in said:
        _, plan = said[PLAN]
        left = {**plan, "cy[]": [row for row in plan.get("cy[]") or () if not _told_here(plan, row, answers)]}
        found["complete_cycles"] = cycles.complete_in_plan(left, london_day(now).isoformat())
    if PROVISION_MAP in said:
        kept, costs = said[PROVISION_MAP]
        total, _ = money.total(Context(costs, kept.facts))
        found |= {"provision_total": str(total)} if total is not None else {}
    return found


def fix(session: OwnedSession, submission: Submission, answers: Mapping[str, Any], now: datetime) -> None:
    """Keep with a form that is being sent what its linked forms came to: they change on, and it does not."""
    if told := facts(session, submission, answers, now):
        submission.facts = {**submission.facts, **told}


def link_questions(submission: Submission) -> tuple[str, ...]:
    """The link questions that the linked forms answer."""
    return tuple(each for form_id in linked_ids(submission) for each in LINKS.get(form_id, ()))


def _told_here(plan: Mapping[str, Any], row: str, answers: Mapping[str, Any]) -> bool:
    """Whether a cycle of the plan stands among the cycles of this form, by its two dates."""
    days = tuple(plan.get(path(f"cy[].{end}", row)) for end in ("from", "done_on"))
    here = answers.get("tr_cycle[]") or ()
    return any(days == tuple(answers.get(path(f"tr_cycle[].{end}", each)) for end in ("from", "to")) for each in here)


def _said(
    session: OwnedSession, submission: Submission, wanted: Linked
) -> dict[str, tuple[Submission, dict[str, Any]]]:
    """Each linked form that is still the setting's, with its cycles and costs. Two queries."""
    kept = session.scalars(
        select(Submission).where(
            Submission.id.in_(wanted.values()),
            Submission.setting_id == submission.setting_id,
            Submission.form_id.in_(KEPT),
            Submission.state != "withdrawn",
        )
    ).all()
    found: dict[uuid.UUID, tuple[Submission, dict[str, Any]]] = {each.id: (each, {}) for each in kept}
    rows = session.execute(
        select(Answer.submission_id, Answer.path, Contribution.value)
        .join(Contribution, Contribution.answer_id == Answer.id)
        .where(
            Answer.submission_id.in_(found),
            or_(Answer.path.startswith("cy["), Answer.path.startswith("pm_row[")),
            Contribution.state == "current",
        )
    )
    for kept_id, where, value in rows:
        found[kept_id][1][where] = value
    return {each.form_id: (each, said) for each, said in found.values()}


def _require_staff(submission: Submission, actor: Actor) -> None:
    if submission.state == "sent":
        raise Refused("This form has been sent, so nothing in it changes any more.")
    if not may_link(submission, actor):
        raise NotPermitted("Only people who work at the setting can do this.")


def _set(session: OwnedSession, submission: Submission, chosen: Mapping[str, str]) -> None:
    hold(session, submission)
    if submission.state == "sent":
        raise Refused("This form has been sent, so nothing in it changes any more.")
    submission.facts = {**submission.facts, "kept": dict(chosen)}
    session.flush()

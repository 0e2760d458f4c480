"""What a form's conditions may know beside its answers."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from forms import catalogue
from forms.values import usable
from law import age, due
from models.cases import Deadline
from models.database import OwnedSession
from models.people import Child, Contact, Setting
from models.submissions import Answer, Contribution, Submission
from workflow.clock import london_day
from workflow.coproduction import elsewhere, kept, kinds

MEETING_RULES = {"report_due": "review.report", "decision_due": "review.decide"}
YEARLY = ("review.first", "review.annual", "move.review")
# The limits that a decision of each kind on record (`ld_kind`) has to keep.
DECISION_RULES = {
    "assess": ("assess.decide",),
    "plan": ("plan.decide_not_to_issue", "plan.finalise"),
    "final": ("plan.finalise",),
    "review": ("review.decide",),
    "amend": ("review.amended_final",),
    "reassess": ("reassess.decide",),
}
# About a child who is on record already, who they are need not be said again.
ON_RECORD = ("ch_first", "ch_last", "ch_dob", "pr[].name")


def facts_of(
    session: OwnedSession, submission: Submission, answers: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Facts about the child, the setting and the bundle, for `forms.conditions`."""
    today = london_day(now)
    facts: dict[str, Any] = dict(submission.facts)
    facts["asked_on"] = (london_day(submission.sent_at) if submission.sent_at else today).isoformat()
    born = birth_date(session, submission, answers)
    if born:
        facts["age"] = age.age_on(born, today)
        facts["year"] = age.year_group_on(born, today)
        facts["person"] = "yp" if age.is_young_person(born, today) else "child"
        facts["school_age"] = 5 <= facts["age"] <= 16
    if submission.child_id:
        facts["known"] = ON_RECORD
    facts |= _dates(submission, answers)
    facts |= _owed(session, submission, answers, today)
    facts |= _on_a_draft(session, submission)
    facts["can_reply"] = _can_reply(session, submission)
    facts |= kept.facts(session, submission, answers, now) | elsewhere.facts(session, submission, answers)
    facts["sent"] = (*_sent_links(session, submission), *kept.link_questions(submission))
    return facts


def _dates(submission: Submission, answers: Mapping[str, Any]) -> dict[str, Any]:
    """How the form stands and since when, and what is due after the meeting it reports. ISO dates."""
    found: dict[str, Any] = {"state": submission.state}
    moments = {"sent_on": submission.sent_at, "shared_on": submission.shared_at}
    found |= {name: london_day(moment).isoformat() for name, moment in moments.items() if moment}
    held = answers.get("rv_date")
    if isinstance(held, str) and usable("date", held):
        last = {name: due.compute(rule, {"review_meeting": held}).due for name, rule in MEETING_RULES.items()}
        found |= {name: day.isoformat() for name, day in last.items() if day}
    return found


def _owed(session: OwnedSession, submission: Submission, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What the case owes by when, for the forms that say so: a decision on record, a meeting being planned."""
    if named := submission.facts.get(kinds.REPLY_TO) or submission.facts.get("consultation"):
        asked = select(Deadline.due_on).where(
            Deadline.subject_id == uuid.UUID(named),
            Deadline.case_id == submission.case_id,
            Deadline.due_on.is_not(None),
        )
        by = session.scalars(asked.order_by(Deadline.due_on)).first()
        return {"reply_due": by.isoformat()} if by else {}
    rules = DECISION_RULES.get(str(answers.get("ld_kind")), ())
    if submission.form_id == kinds.INVITATION:
        rules = YEARLY
    if not rules or submission.case_id is None:
        return {}
    last = session.scalars(
        select(Deadline.due_on)
        .where(
            Deadline.case_id == submission.case_id,
            Deadline.rule.in_(rules),
            Deadline.voided_on.is_(None),
            Deadline.due_on.is_not(None),
        )
        .order_by(Deadline.satisfied_on.is_not(None), Deadline.due_on)
    ).first()
    if last is None:
        return {}
    if submission.form_id == kinds.INVITATION:
        return {"review_due": last.isoformat()}
    decided = answers.get("ld_on")
    on = date.fromisoformat(decided) if isinstance(decided, str) and usable("date", decided) else today
    return {"due_on": last.isoformat(), "past_due": on > last}


def _on_a_draft(session: OwnedSession, submission: Submission) -> dict[str, Any]:
    """For what the family thinks of a draft plan: until when they may say it."""
    if submission.form_id != kinds.ON_A_DRAFT or "plan" not in submission.facts:
        return {}
    plan = session.get(Submission, (session.authority_id, uuid.UUID(submission.facts["plan"])))
    return {"reply_by": plan.facts["reply_by"]} if plan and plan.facts.get("reply_by") else {}


def birth_date(session: OwnedSession, submission: Submission, answers: Mapping[str, Any]) -> date | None:
    """The child's date of birth: from the record, else as typed on this form."""
    if submission.child_id:
        child = session.get(Child, (session.authority_id, submission.child_id))
        return child.born_on if child else None
    typed = answers.get("ch_dob") if submission.root_id is None else _on_root(session, submission.root_id)
    try:
        return date.fromisoformat(typed) if isinstance(typed, str) else None
    except ValueError:
        return None


def _on_root(session: OwnedSession, root_id: uuid.UUID) -> Any:
    return session.scalars(
        select(Contribution.value)
        .join(Answer, Answer.id == Contribution.answer_id)
        .where(Answer.submission_id == root_id, Answer.path == "ch_dob", Contribution.state == "current")
    ).one_or_none()


def _can_reply(session: OwnedSession, submission: Submission) -> bool:
    """Whether there is a way to write back to whoever this form is from."""
    return (
        session.scalars(
            select(Contact.id).where(Contact.person_id == submission.owner_id, Contact.dead_at.is_(None))
        ).first()
        is not None
    )


def setting_facts(setting: Setting | None) -> dict[str, Any]:
    """What is known of a setting when a form is begun there; the rates of the day are pinned with it, so that an
    old provision map does not change with the table."""
    if setting is None:
        return {"in_setting": False}
    return {"in_setting": True, "mainstream": True, **catalogue.usual_rates()}


def _sent_links(session: OwnedSession, submission: Submission) -> list[str]:
    forms = session.scalars(
        select(Submission.form_id).where(Submission.root_id == submission.id, Submission.state.in_(("shared", "sent")))
    )
    return [link for form_id in forms for link in kinds.LINKS.get(form_id, ())]

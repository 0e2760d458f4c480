"""Opening a case: the child, who may see it, and what is now known about them."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from forms.catalogue import get
from forms.definition import Question, question
from models.access import Grant
from models.cases import Case
from models.database import OwnedSession
from models.people import Child, Fact, Person, Setting
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.cases import finding
from workflow.coproduction import voices
from workflow.coproduction.beginning import childs_own

CORE_BLOCKS = ("ch_", "ac_")
CORE_FORM = "ehcna-req-setting"
SCHOOL_GRANT = timedelta(days=180)


def child_of(session: OwnedSession, submission: Submission, answers: Mapping[str, Any], born_on: date) -> Child:
    """The child a form is about, made from its answers. Whether they are known already is for a person to say."""
    first = str(answers.get("ch_first") or answers.get("ch_known") or "").strip()
    last = "" if answers.get("ch_onename") else str(answers.get("ch_last") or "").strip()
    known = str(answers.get("ch_known") or first).strip()
    person_id = _person_of(session, submission)
    if person_id is None:
        person_id = uuid.uuid4()
        session.add(Person(id=person_id, name=known))
        session.flush()
    child = Child(
        id=uuid.uuid4(),
        person_id=person_id,
        first=first,
        last=last,
        known_as=known,
        born_on=born_on,
        setting_id=submission.setting_id or _setting_named(session, answers.get("pq_setting")),
    )
    session.add(child)
    session.flush()
    finding.index(session, child)
    return child


def _person_of(session: OwnedSession, submission: Submission) -> uuid.UUID | None:
    """The child's own person: whoever wrote the child's form, or the young person who asks for themself.

    One who is a child on record already is not joined to it here: that is for a caseworker to say.
    """
    own = childs_own(session, submission)
    asks = submission.owner_id if submission.facts.get("role") == "yp" else None
    person_id = own.owner_id if own else asks
    if person_id and session.scalars(select(Child.id).where(Child.person_id == person_id)).first():
        return None
    return person_id


def open_case(session: OwnedSession, child: Child, opened_on: date) -> Case:
    """A new case for a child."""
    case = Case(id=uuid.uuid4(), child_id=child.id, opened_on=opened_on)
    session.add(case)
    session.flush()
    return case


def let_in(
    session: OwnedSession,
    case: Case,
    person_id: uuid.UUID,
    role: str,
    actor: Actor,
    reason: str,
    now: datetime,
) -> None:
    """Give a person reading of a case. Those who work at a setting lose it after half a year unless renewed."""
    already = session.scalars(
        select(Grant.id).where(
            Grant.case_id == case.id,
            Grant.person_id == person_id,
            or_(Grant.until_at.is_(None), Grant.until_at > now),
        )
    ).first()
    if already:
        return
    session.add(
        Grant(
            person_id=person_id,
            role=role,
            case_id=case.id,
            rights=["read"],
            from_at=now,
            until_at=now + SCHOOL_GRANT if role in ("senco", "head") else None,
            granted_by=actor.person_id or person_id,
            reason=reason,
        )
    )


def remember(
    session: OwnedSession,
    child: Child,
    submission: Submission,
    answers: Mapping[str, Any],
    said_by: uuid.UUID,
    said_as: str,
    *,
    said_on: date,
    now: datetime,
) -> None:
    """Put core-record answers of a sent form on the child's record, with who said it, when and where.

    One corrects one's own words; where somebody else said otherwise, the new words are a proposal.
    """
    standing = {
        fact.key: fact
        for fact in session.scalars(
            select(Fact).where(Fact.child_id == child.id, Fact.superseded_at.is_(None), ~Fact.proposed)
        )
    }
    for key, value in answers.items():
        if not key.startswith(CORE_BLOCKS) or "[" in key or (key in standing and standing[key].value == value):
            continue
        before = standing.get(key)
        if before and before.said_by == said_by:
            before.superseded_at = now
        session.add(
            Fact(
                child_id=child.id,
                key=key,
                value=value,
                said_by=said_by,
                said_as=said_as,
                said_on=said_on,
                submission_id=submission.id,
                proposed=before is not None and before.said_by != said_by,
                audience=voices.of_fact(_core_question(key), said_as),
            )
        )


def _core_question(key: str) -> Question | None:
    try:
        return question(get(CORE_FORM), key)
    except KeyError:
        return None


def _setting_named(session: OwnedSession, named: Any) -> uuid.UUID | None:
    if not isinstance(named, str) or not named.strip():
        return None
    return session.scalars(select(Setting.id).where(Setting.name == named.strip())).one_or_none()

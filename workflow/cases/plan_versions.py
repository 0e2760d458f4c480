"""The next version of a plan: what it begins with, and what is known of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.cases import Process
from models.database import OwnedSession
from models.plans import PlanSource
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import SEND, relation
from workflow.coproduction import more


def following(
    session: OwnedSession, process: Process, before: Submission, said: Submission, actor: Actor, now: datetime
) -> Submission:
    """The version that follows `before` and begins with what `said` says, its sources with it. Where the version before
    came to nothing, `said` is the plan in force."""
    theirs = relation(session, actor, before, now)
    theirs = replace(theirs, rights=theirs.rights | {SEND})
    plan = more.next_version(session, actor, theirs, before, now=now, words_of=said)
    plan.facts = facts_of(process, before)
    plan.setting_id = None
    for each in session.scalars(select(PlanSource).where(PlanSource.submission_id == said.id)):
        session.add(
            PlanSource(
                submission_id=plan.id,
                place=each.place,
                contribution_id=each.contribution_id,
                agreed=each.agreed,
                added_by=each.added_by,
                added_at=each.added_at,
            )
        )
    session.flush()
    return plan


def facts_of(process: Process, before: Submission) -> dict[str, Any]:
    """What is known of a version that follows another. `rows` is the process that the first version came from."""
    first = before.facts.get("rows") or before.facts["process"]
    rows = {"rows": first} if first != str(process.id) else {}
    return {"role": before.facts["role"], "process": str(process.id), **rows}

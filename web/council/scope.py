"""Fetching through the actor's scope, and putting the reading on record."""

import uuid
from typing import Any

from flask import request
from sqlalchemy import select

from models.cases import Case, Process
from web.application import current
from workflow.access import policy
from workflow.access.relation import NOBODY, READ, Relation
from workflow.access.scope import cases_for
from workflow.cases.plan_courses import COURSES
from workflow.errors import NotFound


def case_of(case_id: uuid.UUID, action: str = READ) -> Case:
    """A case. Raises `NotFound` or `NotPermitted`."""
    state = current()
    return policy.find_case(state.session, state.actor, case_id, action, state.now)


def process_of(process_id: uuid.UUID, *kinds: str) -> tuple[Process, Case]:
    """A process, of one of these kinds or any, and its case, through the cases the actor may know of. Or `NotFound`."""
    state = current()
    cases = cases_for(state.actor, state.now).subquery()
    wanted = select(Process).join(cases, cases.c.id == Process.case_id).where(Process.id == process_id)
    found = state.session.scalars(wanted.where(Process.kind.in_(kinds)) if kinds else wanted).one_or_none()
    if found is None:
        raise NotFound
    return found, state.session.get_one(Case, (state.session.authority_id, found.case_id))


def plan_process_of(process_id: uuid.UUID) -> tuple[Process, Case]:
    """A process in which a plan is written, new or changed, and its case. Raises `NotFound`."""
    return process_of(process_id, *COURSES)


def note_reading(
    what: str, case_id: uuid.UUID | None = None, submission_id: uuid.UUID | None = None, *, theirs: Relation = NOBODY
) -> None:
    """Put a reading on record."""
    state = current()
    policy.note_reading(
        state.session,
        state.actor,
        what,
        now=state.now,
        case_id=case_id,
        submission_id=submission_id,
        theirs=theirs,
    )


def page_number(name: str = "page") -> int:
    """The page asked for in the address: 1 unless it is a number."""
    return request.args.get(name, 1, type=int) or 1


def with_args(**changes: Any) -> dict[str, Any]:
    """The address's own filters with some changed; None takes one away."""
    together = {**request.args.to_dict(), **changes}
    return {name: value for name, value in together.items() if value is not None}

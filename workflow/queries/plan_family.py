"""A plan as one of the family reads it: the parts, what they said of each, the days left, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from forms.comments import row_of
from forms.plan import FAMILY_TITLES, LETTERS, PERSON_TITLES, TITLES
from models.cases import Process
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access import deciding
from workflow.access.actor import Actor
from workflow.access.relation import Relation, relation
from workflow.cases import plan_comments, plan_courses, plan_serving, plans
from workflow.cases.plan_comments import Answered
from workflow.clock import london_day
from workflow.coproduction import kinds, reading
from workflow.queries import plan_changes, plan_document
from workflow.queries.plan_changes import Changed
from workflow.queries.plan_document import Document, Statement


@dataclass(frozen=True)
class Thought:
    """What this person has written about one part so far."""

    ok: str
    change: str
    why: str


@dataclass(frozen=True)
class Reading:
    """A version of a plan before one reader. `open` tells that they can still say what they think of it."""

    document: Document
    process: Process
    newest: bool
    open: bool
    young_person: bool
    last_day: date | None
    days_left: int
    meeting_owed: bool
    response: Submission | None
    thoughts: Mapping[str, Thought]
    answered: tuple[Answered, ...]
    others_turn: bool
    changes: tuple[Changed, ...]

    @property
    def plan(self) -> Submission:
        """The version."""
        return self.document.plan

    @property
    def changing(self) -> bool:
        """Whether it changes a plan that there is."""
        return plan_courses.course_of(self.process).changes


def read(session: OwnedSession, actor: Actor, plan: Submission, theirs: Relation, now: datetime) -> Reading:
    """A version of a plan as this person reads it. The number of queries does not grow with what it says."""
    process = plans.process_of(session, plan)
    family = actor.kind == "family"
    titles = (PERSON_TITLES if theirs.role == "yp" else FAMILY_TITLES) if family else TITLES
    document = plan_document.document(session, actor, plan, theirs, now, titles)
    served = plans.newest(session, process, sent=True)
    newest = served is not None and served.id == plan.id
    decides = family and theirs.role in deciding.roles_of(session, [process.case_id], now)[process.case_id]
    can_say = decides and newest and plan_courses.with_family(process) and not document.final
    response = _response(session, plan, actor) if family else None
    last = plan_serving.last_day(session, process, plan) if newest else None
    return Reading(
        document=document,
        process=process,
        newest=newest,
        open=can_say,
        young_person=theirs.role == "yp",
        last_day=last,
        days_left=max(0, (last - london_day(now)).days + 1) if last else 0,
        meeting_owed=plan_serving.meeting_owed(session, process),
        response=response,
        thoughts=_thoughts(session, response, actor, now),
        answered=_told(session, process, plan, actor, now) if family else (),
        others_turn=family and not decides,
        changes=plan_changes.against_the_plan_in_force(session, actor, document, now, titles),
    )


def part(found: Reading, row: str) -> tuple[str, Statement | None] | None:
    """(place, statement) of a part by the row that a comment on it stands in; a whole section has no statement."""
    for section in found.document.sections:
        for each in section.statements:
            if row_of(each.place) == row:
                return each.place, each
    return next(((letter, None) for letter in LETTERS if row_of(letter) == row), None)


def _response(session: OwnedSession, plan: Submission, actor: Actor) -> Submission | None:
    """This person's reply that is not sent yet."""
    return session.scalars(
        select(Submission).where(
            Submission.case_id == plan.case_id,
            Submission.form_id == kinds.ON_A_DRAFT,
            Submission.owner_id == actor.person,
            Submission.facts["plan"].astext == str(plan.id),
            Submission.state == "draft",
        )
    ).first()


def _thoughts(session: OwnedSession, response: Submission | None, actor: Actor, now: datetime) -> dict[str, Thought]:
    if response is None:
        return {}
    values: Mapping[str, Any] = reading.read(session, response, relation(session, actor, response, now)).values
    return {
        row: Thought(*(str(values.get(f"dr_sec[{row}].{cell}") or "") for cell in ("ok", "change", "why")))
        for row in values.get("dr_sec[]") or ()
    }


def _told(
    session: OwnedSession, process: Process, plan: Submission, actor: Actor, now: datetime
) -> tuple[Answered, ...]:
    """What became of what they said: told with the version that follows, so that the two can be compared."""
    sent = plan.sent_at or now
    return tuple(
        each
        for each in plan_comments.of_mine(session, process, actor, now)
        if each.reply is not None and each.reply.said_at <= sent
    )

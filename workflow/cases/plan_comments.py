"""What the family says about a draft plan, each part of it answered before the plan is final. Reg 13(1)(a)(i)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import aliased

from forms import comments as said
from forms.comments import Comment
from forms.plan import LETTERS, statements
from models.cases import Process
from models.database import OwnedSession
from models.people import Person
from models.plans import PlanReply
from models.submissions import Submission
from workflow import audit
from workflow.access.actor import Actor
from workflow.access.relation import Relation, relation
from workflow.cases import plan_courses, plan_serving, plans
from workflow.clock import london_day
from workflow.coproduction import answers, kinds, reading, rows, sending
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.submissions import begin, form_of
from workflow.errors import AlreadyDone, NotFound, Refused

TAKEN = {"yes": "Taken", "partly": "Taken in part", "no": "Not taken"}


@dataclass(frozen=True)
class Answered:
    """A comment, whose it is and the council's answer to it, where there is one."""

    response: Submission
    by: str
    comment: Comment
    reply: PlanReply | None


def begin_response(session: OwnedSession, plan: Submission, actor: Actor, *, now: datetime) -> Submission:
    """This person's own reply to a draft that was sent: the one being written, or another. Each has their own.

    Raises `AlreadyDone` where the plan has been made final or a newer draft was sent, `NotPermitted`.
    """
    process = plans.process_of(session, plan)
    role = plan_serving.family_role(session, process.case_id, actor, now)
    newest = plans.newest(session, process, sent=True)
    if not plan_courses.with_family(process) or newest is None or newest.id != plan.id:
        raise AlreadyDone("This draft has been followed by another, or the plan is finished. Open the newest one.")
    mine = select(Submission).where(
        Submission.case_id == plan.case_id,
        Submission.form_id == kinds.ON_A_DRAFT,
        Submission.owner_id == actor.person,
        Submission.facts["plan"].astext == str(plan.id),
    )
    sent = session.scalars(select(func.count()).select_from(mine.where(Submission.state == "sent").subquery())).one()
    return begin(
        session,
        actor,
        kinds.ON_A_DRAFT,
        create_token=uuid.uuid5(plan.id, f"reply:{actor.person}:{sent}"),
        now=now,
        case_id=plan.case_id,
        child_id=plan.child_id,
        facts={"role": role, "plan": str(plan.id), "person": "yp" if role == "yp" else "child"},
    )


def comment(
    session: OwnedSession,
    plan: Submission,
    place: str,
    actor: Actor,
    *,
    ok: str,
    change: str = "",
    why: str = "",
    now: datetime,
) -> Submission:
    """Say what one thinks of one part of a draft, in place. Kept on one's own reply, which nobody reads until it is
    sent. Raises `Refused` for a part the plan has not, or a change without words.
    """
    if place not in places(session, plan).values():
        raise Refused("That part is not in the draft.")
    if ok not in ("agree", "change", "unsure", "skip"):
        raise Refused("Choose what you think.", "ok")
    if ok == "change" and not change.strip():
        raise Refused("Write what it should say.", "change")
    response = begin_response(session, plan, actor, now=now)
    form, theirs = form_of(response), relation(session, actor, response, now)
    writer = Writer(actor.person, actor.person)
    row = said.row_of(place)
    rows.add_row(session, response, form, theirs, writer, said.GROUP, now=now, row=row)
    cells: dict[str, Any] = {"ok": ok}
    if ok == "change":
        cells |= {"change": change, "why": why}
    there = reading.read(session, response, theirs).versions
    at = {f"dr_sec[{row}].{cell}": value for cell, value in cells.items()}
    changes = {each: Change(value, there.get(each, 0)) for each, value in at.items() if value or each in there}
    answers.save(session, response, form, theirs, writer, changes, save_id=uuid.uuid4(), now=now)
    session.flush()
    return response


def send_response(
    session: OwnedSession, response: Submission, theirs: Relation, actor: Actor, *, now: datetime
) -> None:
    """Send a reply to a draft. Whoever asks in it to meet the council has asked. Sending twice is harmless."""
    sent_before = response.state == "sent"
    sending.send_view(session, response, theirs, actor, now=now)
    if sent_before:
        return
    plan = session.get_one(Submission, (session.authority_id, uuid.UUID(response.facts["plan"])))
    process = plans.process_of(session, plan)
    how = reading.read(session, response, theirs).values.get("dr_meet")
    if how in plan_serving.HOWS and plan_courses.with_family(process):
        plan_serving.ask_for_meeting(session, process, actor, how=how, now=now)


def answer(
    session: OwnedSession,
    response: Submission,
    at: str,
    actor: Actor,
    *,
    taken: str,
    letter: str = "",
    words: str,
    now: datetime,
) -> PlanReply:
    """Answer one thing that the family said: taken and where it went, or not taken and why. It goes to them.

    Raises `Refused` for an answer without words, or taken without a section; `NotFound`, `AlreadyDone` once the plan
    is final.
    """
    if taken not in TAKEN:
        raise Refused("Choose whether it is taken.", "taken")
    if taken != "no" and letter not in LETTERS:
        raise Refused("Choose the section where it went.", "letter")
    if not words.strip():
        raise Refused("Write what you did with it." if taken != "no" else "Write why it is not taken.", "words")
    plan = session.get_one(Submission, (session.authority_id, uuid.UUID(response.facts["plan"])))
    process = plans.process_of(session, plan)
    if not plan_courses.with_family(process):
        raise AlreadyDone("The plan is finished. Look at the case again.")
    if at not in {each.path for each in _said(session, response, actor, places(session, plan), now)}:
        raise NotFound
    reply = session.scalars(
        select(PlanReply).where(PlanReply.submission_id == response.id, PlanReply.path == at)
    ).one_or_none() or PlanReply(submission_id=response.id, path=at)
    reply.taken, reply.letter, reply.words = taken, letter or None, words.strip()
    reply.said_by, reply.said_at = actor.person, now
    session.add(reply)
    audit.record(
        session,
        "answer_comment",
        actor,
        audit.Subject(process.case_id, submission_id=response.id),
        happened_on=london_day(now),
        now=now,
        facts={"about": at, "taken": taken},
    )
    return reply


def on_drafts(session: OwnedSession, process: Process, actor: Actor, now: datetime) -> list[Answered]:
    """Everything the family sent about the drafts of a plan, oldest first, with the council's answers."""
    sent = session.execute(
        select(Submission, Person.name)
        .join(Person, Person.id == Submission.owner_id)
        .where(*_about(process))
        .order_by(Submission.sent_at)
    ).all()
    return _answered(session, ((each, name) for each, name in sent), actor, now)


def of_mine(session: OwnedSession, process: Process, actor: Actor, now: datetime) -> list[Answered]:
    """What this person sent about the drafts, with what became of it."""
    sent = session.scalars(
        select(Submission).where(*_about(process), Submission.owner_id == actor.person).order_by(Submission.sent_at)
    )
    return _answered(session, ((each, "You") for each in sent), actor, now)


def unanswered(session: OwnedSession, process: Process, actor: Actor, now: datetime) -> int:
    """How many things that the family said wait for an answer."""
    return sum(each.reply is None for each in on_drafts(session, process, actor, now))


def places(session: OwnedSession, plan: Submission) -> dict[str, str]:
    """The places of a plan that can be commented on, by the row a comment on them stands in: sections, statements."""
    found = [*LETTERS, *(place for _, place in statements(reading.read(session, plan, STAFF).values))]
    return {said.row_of(place): place for place in found}


def _about(process: Process) -> tuple[ColumnElement[bool], ...]:
    """Replies to the versions of this process, and not to an earlier plan of the same case."""
    versions = aliased(Submission)
    of_it = select(cast(versions.id, String)).where(
        versions.case_id == process.case_id, versions.facts["process"].astext == str(process.id)
    )
    return (
        Submission.case_id == process.case_id,
        Submission.form_id == kinds.ON_A_DRAFT,
        Submission.state == "sent",
        Submission.facts["plan"].astext.in_(of_it),
    )


def _answered(
    session: OwnedSession, sent: Iterable[tuple[Submission, str]], actor: Actor, now: datetime
) -> list[Answered]:
    responses = list(sent)
    ids = [each.id for each, _ in responses]
    replies = {
        (each.submission_id, each.path): each
        for each in session.scalars(select(PlanReply).where(PlanReply.submission_id.in_(ids)))
    }
    plans_of = {uuid.UUID(each.facts["plan"]) for each, _ in responses}
    known = {each: places(session, session.get_one(Submission, (session.authority_id, each))) for each in plans_of}
    return [
        Answered(response, by, each, replies.get((response.id, each.path)))
        for response, by in responses
        for each in _said(session, response, actor, known[uuid.UUID(response.facts["plan"])], now)
    ]


def _said(
    session: OwnedSession, response: Submission, actor: Actor, known: dict[str, str], now: datetime
) -> tuple[Comment, ...]:
    values = reading.read(session, response, relation(session, actor, response, now)).values
    return said.comments(form_of(response), values, known)


STAFF = Relation("caseworker", frozenset({"authority"}), frozenset({"read"}))

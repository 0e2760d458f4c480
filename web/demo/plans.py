"""The demonstration's draft plan: made from what was contributed, served, and commented on."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from forms.paths import path
from law.calendar import months_from
from models.cases import Process
from models.database import OwnedSession
from models.submissions import Submission
from workflow.access.actor import Actor
from workflow.access.relation import relation
from workflow.cases import plan_comments, plan_serving, plans
from workflow.clock import london_day
from workflow.coproduction import answers, reading, rows, submissions
from workflow.coproduction.contributions import Change, Writer


def draft(
    session: OwnedSession, process: Process, caseworker: Actor, parent: Actor, called: str, now: datetime
) -> None:
    """A draft plan that the family has, with one thing the parent said about it."""
    begun = now - timedelta(days=10)
    plan = plans.start(session, process, caseworker, now=begun)
    for letter in ("A", "B"):
        plans.put_in_all(session, plan, letter, caseworker, now=begun)
    _help(session, plan, caseworker, called, begun)
    session.refresh(process)
    plan_serving.serve(session, process, plan, caseworker, seen=process.version, now=now)
    session.flush()
    need = _first(session, plan, caseworker, "nd[]", now)
    response = plan_comments.comment(
        session,
        plan,
        f"nd[{need}]",
        parent,
        ok="change",
        change="It happens at home too, not only in lessons.",
        now=now + timedelta(days=1),
    )
    sent = now + timedelta(days=2)
    _say(session, response, parent, {"dr_missing": "Help at lunch time.", "dr_meet": "phone"}, sent)
    _say(session, response, parent, {"de_name": "A parent", "de_role": "parent"}, sent)
    theirs = relation(session, parent, response, sent)
    plan_comments.send_response(session, response, theirs, parent, now=sent)


def _help(session: OwnedSession, plan: Submission, actor: Actor, called: str, now: datetime) -> None:
    """An outcome and the help that works towards it. One need is left without, to show what hangs loose."""
    hope = _first(session, plan, actor, "pa[]", now)
    need = _first(session, plan, actor, "nd[]", now)
    by = months_from(london_day(now), 12)
    outcome = _row(
        session,
        plan,
        actor,
        "ou[]",
        {
            "hope": hope,
            "by": by.isoformat(),
            "can": f"By next summer {called} will follow three-step instructions in class, four times out of five.",
            "why": f"So that {called} can join in with the others.",
            "know": "The teacher counts on two days each half-term.",
        },
        now,
    )
    help_: dict[str, Any] = {
        "need": need,
        "outcome": outcome,
        "section": "f",
        "what": "A language programme with picture cards, written by a speech and language therapist.",
        "who": "A teaching assistant trained by the therapist.",
        "times": "3",
        "per": "week",
        "mins": "20",
        "group": "one",
        "watch": "The SENCO, each half-term.",
    }
    _row(session, plan, actor, "pv[]", help_, now)
    vague = {"need": need, "outcome": outcome, "section": "f", "what": "Access to a quiet space as required."}
    _row(session, plan, actor, "pv[]", vague, now)
    _say(session, plan, actor, {"pj_say": "Nobody has asked for a personal budget."}, now)


def _row(
    session: OwnedSession, plan: Submission, actor: Actor, group: str, cells: dict[str, Any], now: datetime
) -> str:
    writer = Writer(actor.person, actor.person)
    theirs = relation(session, actor, plan, now)
    row = rows.add_row(session, plan, submissions.form_of(plan), theirs, writer, group, now=now)
    _say(session, plan, actor, {path(f"{group}.{cell}", row): value for cell, value in cells.items()}, now)
    return row


def _say(session: OwnedSession, form: Submission, actor: Actor, said: dict[str, Any], now: datetime) -> None:
    answers.save(
        session,
        form,
        submissions.form_of(form),
        relation(session, actor, form, now),
        Writer(actor.person, actor.person),
        {at: Change(value, 0) for at, value in said.items()},
        save_id=uuid.uuid4(),
        now=now,
    )
    session.flush()


def _first(session: OwnedSession, plan: Submission, actor: Actor, group: str, now: datetime) -> str:
    return str(reading.read(session, plan, relation(session, actor, plan, now)).values[group][0])

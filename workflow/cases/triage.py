"""What the authority does with a request before it decides: consult, correct the day, record an exception."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from law import due, exceptions, explain
from law.errors import BadException
from law.rules import current
from models.cases import Case, Deadline, Event, Process
from models.database import OwnedSession
from workflow import audit
from workflow.access.actor import Actor
from workflow.audit import Subject
from workflow.cases import acts, deadlines
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotFound, Refused

RECORD_EXCEPTION, END_EXCEPTION = "record_exception", "end_exception"


@dataclass(frozen=True)
class Judged:
    """What one recorded exception does to one time limit, in the law's words."""

    rule: str
    accepted: bool
    said: str


def write_note(session: OwnedSession, case: Case, text: str, actor: Actor, *, now: datetime) -> None:
    """Add words to a case's record. Raises `Refused` when there are none."""
    if not text.strip():
        raise Refused("Write the note.", "note")
    subject = Subject(case_id=case.id)
    audit.record(session, "note", actor, subject, happened_on=london_day(now), now=now, words={"note": text.strip()})


def consult_family(session: OwnedSession, process: Process, actor: Actor, *, on: date, how: str, now: datetime) -> None:
    """Put on record that the family was asked for its views (reg 3). Raises `Refused`, `AlreadyDone`."""
    words = {"how": how.strip()} if how.strip() else {}
    acts.perform(session, process.id, "consult_family", actor, happened_on=on, now=now, words=words)


def correct_received_date(
    session: OwnedSession, process: Process, actor: Actor, *, received_on: date, why: str, now: datetime
) -> None:
    """Set the day a request was received. Every clock is worked out again; the old day stays in the record.

    Raises `Refused` without a reason, for a day in the future, or for the day that stands already.
    """
    if not why.strip():
        raise Refused("Say why the date is changed. The reason stays in the record.", "why")
    if received_on > london_day(now):
        raise Refused("This date is in the future. Enter the day it reached the council.", "received_on")
    standing = received(session, process.id)
    if standing and standing.facts["triggers"]["request_received"] == received_on.isoformat():
        raise Refused("This is the date that stands already.", "received_on")
    acts.perform(
        session,
        process.id,
        "correct_received_date",
        actor,
        happened_on=london_day(now),
        now=now,
        triggers={"request_received": received_on},
        facts={"was": standing.facts["triggers"]["request_received"] if standing else None},
        words={"why": why.strip()},
        corrects_id=standing.id if standing else None,
    )


def record_exception(
    session: OwnedSession,
    process: Process,
    actor: Actor,
    *,
    exception: Mapping[str, Any],
    why: str,
    now: datetime,
    subject_id: uuid.UUID | None = None,
) -> list[Judged]:
    """Record an exception to a time limit. It lifts a limit and never moves a date (reg 5(4), 8(2), 10(4), 13(3)).

    exception: `type`, `impractical` and the dates its test needs. `subject_id` is the request for advice it is for,
    where it is for one alone. Raises `Refused`, in the law's words, when
    the law accepts it for none of the limits that run.
    """
    if not why.strip():
        raise Refused("Say what happened and why it made the time limit impractical.", "why")
    judged = judge(session, process, exception, subject_id)
    if not any(each.accepted for each in judged):
        refusals = dict.fromkeys(each.said for each in judged)
        raise Refused(" ".join(refusals) or "No time limit that has exceptions is running.", "type")
    acts.perform(
        session,
        process.id,
        RECORD_EXCEPTION,
        actor,
        happened_on=london_day(now),
        now=now,
        facts={"exception": dict(exception), **({"subject": str(subject_id)} if subject_id else {})},
        words={"why": why.strip()},
    )
    return judged


@dataclass(frozen=True)
class Recorded:
    """An exception on record: the act, its facts as they stand, the row it is for, and whether it goes on still."""

    event: Event
    exception: Mapping[str, Any]
    goes_on: bool


def recorded(session: OwnedSession, process: Process, today: date) -> list[Recorded]:
    """The exceptions on record for a process and its rows, in order, as they stand now. One query."""
    found: dict[str, tuple[Event, dict[str, Any], bool]] = {}
    for event in deadlines.standing_acts(session, process.id):
        if "exception" in event.facts:
            found[str(event.id)] = (event, event.facts["exception"], False)
        elif event.act == END_EXCEPTION:
            first, before, _ = found[event.facts["ends_exception"]]
            on = date.fromisoformat(event.facts["ended_on"])
            found[str(first.id)] = (first, exceptions.ended(before, on), True)
    return [Recorded(event, facts, not over and _goes_on(facts, today)) for event, facts, over in found.values()]


def end_exception(
    session: OwnedSession,
    process: Process,
    actor: Actor,
    *,
    event_id: uuid.UUID,
    ended_on: date,
    why: str,
    now: datetime,
) -> None:
    """Put on record that an exception is over (of a closure: the day of opening again). Every limit is judged anew.

    Raises `NotFound` for no such exception, `AlreadyDone` for one that is over, `Refused` without a reason or for a
    day that cannot be.
    """
    acts.locked(session, process.id, None)
    found = next((each for each in recorded(session, process, london_day(now)) if each.event.id == event_id), None)
    if found is None:
        raise NotFound
    if not found.goes_on:
        raise AlreadyDone("It is on record already that this is over.")
    if not why.strip():
        raise Refused("Write how you know that it is over.", "why")
    if ended_on > london_day(now):
        raise Refused("This date is in the future. Enter it when the day has come.", "ended_on")
    try:
        exceptions.ended(found.exception, ended_on)
    except BadException as error:
        raise Refused(str(error), "ended_on") from None
    about = {"subject": found.event.facts["subject"]} if "subject" in found.event.facts else {}
    acts.perform(
        session,
        process.id,
        END_EXCEPTION,
        actor,
        happened_on=london_day(now),
        now=now,
        facts={"ends_exception": str(event_id), "ended_on": ended_on.isoformat(), **about},
        words={"why": why.strip()},
        corrects_id=event_id,
    )


def _goes_on(facts: Mapping[str, Any], today: date) -> bool:
    """Whether an exception has an end that is not known, or has not come."""
    key = exceptions.last_day_key(facts["type"])
    return key is not None and (not facts.get(key) or date.fromisoformat(facts[key]) > today)


def limits(session: OwnedSession, process: Process) -> list[Deadline]:
    """The time limits of a process that run and have exceptions in law, earliest first."""
    running = deadlines.open_of(session, process.id)
    return [each for each in running if each.subject_id == process.id and current(each.rule).exceptions]


def judge(
    session: OwnedSession, process: Process, exception: Mapping[str, Any], subject_id: uuid.UUID | None = None
) -> list[Judged]:
    """What an exception would do to each limit that has exceptions and still runs, of a process or one row of it.

    One for the whole process reaches its rows' limits too, and is judged by the process's own.
    """
    found: list[Judged] = []
    mine = subject_id or process.id
    for deadline in (each for each in deadlines.open_of(session, process.id) if each.subject_id == mine):
        try:
            answer = due.compute(deadline.rule, deadline.trigger, [exception])
        except BadException as error:
            raise Refused(str(error), "type") from None
        if answer.due is not None and answer.rule.exceptions:
            finding = answer.exceptions_found[0]
            said = explain.explain(answer).exceptions[0]
            found.append(Judged(deadline.rule, finding.accepted, said))
    return found


def received(session: OwnedSession, process_id: uuid.UUID) -> Event | None:
    """The event that last fixed the day the request was received."""
    return session.scalars(
        select(Event)
        .where(Event.process_id == process_id, Event.facts["triggers"].has_key("request_received"))
        .order_by(Event.seq.desc())
    ).first()

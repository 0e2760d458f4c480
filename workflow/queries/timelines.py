"""Every date of a case with its reasons: the same for the family, the setting and the council."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from law import explain
from law.errors import BeyondKnownHolidays
from law.exceptions import last_day_key
from law.rules import current
from law.wording import PARTIES, Register
from models.cases import Case, Deadline
from models.database import OwnedSession
from workflow.access.actor import Actor
from workflow.access.scope import cases_for
from workflow.cases import deadlines, lateness

NOT_KNOWN_YET = "The bank holidays of that year are not known yet, so this date cannot be worked out."


@dataclass(frozen=True)
class Dated:
    """One date: what is due, how it stands (`open`, `met`, `void`), who owes it, and the whole account of it.

    `on` is the last day, or None where the law gives no number; `closed_on` the day it was met or voided; `ours`
    whether the authority must keep it, and `why_late` what it said to the family about not keeping it.
    """

    id: uuid.UUID
    rule: str
    what: str
    on: date | None
    act_by: date | None
    state: str
    closed_on: date | None
    owed_by: str
    owed_to: str
    explanation: str
    exceptions: tuple[str, ...]
    citation: str
    disapplied: bool
    bearing: str
    ours: bool
    why_late: str


def timeline(session: OwnedSession, case_id: uuid.UUID, register: Register) -> list[Dated]:
    """The dates of a case in order: those without a number first, then by day. Two queries.

    register: `family` for words a child of nine reads, else `professional`. Both say the same dates.
    """
    rows = session.scalars(
        select(Deadline)
        .where(Deadline.case_id == case_id)
        .order_by(func.coalesce(Deadline.due_on, date.min), Deadline.rule)
    )
    said = lateness.reasons(session, case_id)
    return [dated(row, register, said) for row in rows]


def late(dates: Sequence[Dated], today: date) -> list[Dated]:
    """Those of some dates that the authority should have kept by now, and has not."""
    return [each for each in dates if each.ours and each.state == "open" and each.on and each.on < today]


def may_follow(session: OwnedSession, actor: Actor, case_id: uuid.UUID | None, now: datetime) -> bool:
    """Whether this person may open a case's own page: to have sent a view about it is not enough."""
    return session.scalars(cases_for(actor, now).where(Case.id == case_id)).first() is not None


def dated(deadline: Deadline, register: Register, said: Mapping[lateness.Of, str] | None = None) -> Dated:
    """One deadline with its account. `said` is why what is late is late."""
    rule = current(deadline.rule)
    which = register == "family"
    try:
        account = deadlines.explained(deadline, register)
        days = (_lasted(each) for each in deadline.exceptions)
        told = _told(account)
        exceptions = tuple(f"{said} {when}".strip() for said, when in zip(account.exceptions, days, strict=True))
    except BeyondKnownHolidays:
        told, exceptions = NOT_KNOWN_YET, ()
    return Dated(
        id=deadline.id,
        rule=deadline.rule,
        what=rule.family if which else rule.title,
        on=deadline.due_on,
        act_by=deadline.act_by if deadline.act_by != deadline.due_on else None,
        state="met" if deadline.satisfied_on else "void" if deadline.voided_on else "open",
        closed_on=deadline.satisfied_on or deadline.voided_on,
        owed_by=_capital(PARTIES[rule.owed_by][which]),
        owed_to=_list([PARTIES[party][which] for party in rule.owed_to]),
        explanation=told,
        exceptions=exceptions,
        citation=rule.citation,
        disapplied=deadline.limit_disapplied,
        bearing=rule.bearing,
        ours=lateness.ours(deadline.rule),
        why_late=(said or {}).get((deadline.subject_id, deadline.rule), ""),
    )


def _lasted(exception: Mapping[str, Any]) -> str:
    """The days of an exception, and whether it is over: the same words for everybody."""
    key = last_day_key(exception["type"])
    first = exception.get("from") or exception.get("closed_from")
    last = exception.get(key) if key else None
    said = f"It began on {_day(first)}. " if first else ""
    if last:
        return f"{said}{'Open again on' if key == 'reopens_on' else 'The last day of it was'} {_day(last)}."
    return f"{said}It is not over." if key else said.strip()


def _day(iso: str) -> str:
    return explain.say_date(date.fromisoformat(iso))


def _told(account: explain.Account) -> str:
    parts = (account.happened, account.duty, account.counted, account.date, account.act_by, account.safer)
    return " ".join(part for part in parts if part)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _list(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))

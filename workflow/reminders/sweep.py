"""The sweep: finds the deadlines whose reminder day has come, plans each intent once, sets the next day."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import structlog
from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.access import Account
from models.cases import Deadline
from models.database import Database, OwnedSession
from models.operations import JobRun
from models.outbox import Message
from workflow.clock import london_day
from workflow.outbox import add, guard
from workflow.outbox.hints import OUTBOX, SWEEP, add_hint, due_authorities, take_hints
from workflow.outbox.leases import database_now
from workflow.outbox.people import CLOCK, VALVE
from workflow.reminders import valve
from workflow.reminders.plan import Intent, next_day, plan
from workflow.reminders.schedule import look_at
from workflow.reminders.wording import words_for

log = structlog.get_logger(__name__)

JOB = "reminders.sweep"
SLOT_MINUTES = 5
CASES_AT_ONCE = 100


def sweep(
    database: Database,
    *,
    now: datetime,
    dry: bool = False,
    slotted: bool = True,
    judge: Callable[[Session, datetime], guard.Clock] = guard.ask,
) -> dict[str, int]:
    """Plan the reminders that are due, in every authority that has any. Returns counts.

    One run in each five minutes does the work, however many schedulers ask (`slotted=False`: run anyway).
    `dry` counts what would be planned and changes nothing. Safe to run at once and to kill at any line.
    """
    with database.transaction(None) as session:
        verdict = judge(session, now)
        if verdict is guard.Clock.WRONG:
            log.error("reminders.clock_wrong")
            return {"clock_wrong": 1}
        if slotted and not dry and not take_slot(session, now):
            return {"already_run": 1}
    jumped = verdict is guard.Clock.JUMPED
    if jumped:
        log.error("reminders.clock_jumped")
    counts: Counter[str] = Counter()
    waiting = due_authorities(database, OUTBOX, now) if jumped else []
    for authority_id in dict.fromkeys([*due_authorities(database, SWEEP, now), *waiting]):
        counts += sweep_authority(database, authority_id, now, jumped=jumped, dry=dry)
    if not dry:
        with database.transaction(None) as session:
            guard.tick(session, now)
    return dict(counts)


def sweep_authority(
    database: Database, authority_id: uuid.UUID, now: datetime, *, jumped: bool = False, dry: bool = False
) -> Counter[str]:
    """Plan one authority's due reminders, some cases at a time, each batch in a transaction of its own."""
    with database.transaction(authority_id) as session:
        going = [i for i in plan(session, _due(session, now), now) if not i.skipped]
        held = _why_hold(session, len(going), now)
    if dry:
        return Counter(planned=len(going))
    if held:
        log.error("reminders.valve", authority_id=str(authority_id), mails=len(going))
    counts: Counter[str] = Counter()
    if jumped:
        with database.transaction(authority_id) as session:
            counts["held"] += hold_families(session)
    more = True
    while more:
        with database.transaction(authority_id) as session:
            done, more = sweep_some(session, now, held=held, jumped=jumped)
        counts += done
    return counts


def sweep_some(
    session: OwnedSession, now: datetime, *, held: str | None = None, jumped: bool = False
) -> tuple[Counter[str], bool]:
    """Plan the reminders of some due cases. Returns counts, and whether there may be more.

    The hints go in the same transaction, before looking: if it fails they are back, and what was added since
    has hints of its own. `held` keeps every message for a person; `jumped` keeps only families'.
    """
    take_hints(session, SWEEP, now)
    deadlines = _take(session, now)
    counts = write(session, plan(session, deadlines, now), now, held=held, jumped=jumped)
    today = london_day(now)
    for deadline in deadlines:
        deadline.remind_on = next_day(session, deadline, today)
    for day in {d.remind_on for d in deadlines if d.remind_on}:
        add_hint(session, SWEEP, look_at(day))
    session.flush()
    if session.scalars(select(Deadline.id).where(_is_due(now)).limit(1)).first():
        add_hint(session, SWEEP, now)  # more to take, or another holds them and may yet fail
    return counts, bool(deadlines)


def write(
    session: OwnedSession, intents: Iterable[Intent], now: datetime, *, held: str | None, jumped: bool
) -> Counter[str]:
    """Put intents into the outbox: to be sent, held for a person, or recorded as skipped."""
    counts: Counter[str] = Counter()
    for intent in intents:
        state, reason = _state(intent, held, jumped)
        planned = add(
            session,
            dedupe_key=intent.key,
            template=intent.stage.template,
            importance="reminder",
            now=now,
            person_id=intent.person_id,
            words=words_for(intent.rule, intent.stage.audience, intent.stage.offset, intent.others),
            link_to=f"deadline:{intent.deadline_id}",
            about_on=intent.due_on,
            case_id=intent.case_id,
            deadline_id=intent.deadline_id,
            not_before=intent.not_before,
            useful_until=intent.useful_until,
            state=state,
            reason=reason,
        )
        counts[state if planned else "planned_before"] += 1
    return counts


def hold_families(session: OwnedSession) -> int:
    """After a jump of the clock, what was already waiting for families waits for a person. Returns how many."""
    family = select(Account.person_id).where(Account.kind == "family", Account.closed_at.is_(None))
    held = session.execute(
        update(Message)
        .where(Message.state == "queued", Message.importance == "reminder", Message.person_id.in_(family))
        .values(state="held", reason=f"{CLOCK} by over a day")
        .returning(Message.id)
        .execution_options(synchronize_session=False)
    )
    return len(held.all())


def take_slot(session: Session, now: datetime, job: str = JOB, minutes: int = SLOT_MINUTES) -> bool:
    """Take a job's slot of time by unique insert. False when somebody has it."""
    begins = now.astimezone(UTC).replace(second=0, microsecond=0, minute=now.minute // minutes * minutes)
    row = insert(JobRun).values(job=job, slot=begins.isoformat(), started_at=database_now())
    taken = session.execute(row.on_conflict_do_nothing().returning(JobRun.slot)).one_or_none()
    return taken is not None


def _state(intent: Intent, held: str | None, jumped: bool) -> tuple[str, str | None]:
    if intent.skipped:
        return "cancelled", intent.skipped
    if held:
        return "held", held
    if jumped and intent.stage.audience == "family":
        return "held", f"{CLOCK} by over a day"
    return "queued", None


def _why_hold(session: OwnedSession, mails: int, now: datetime) -> str | None:
    return f"{VALVE} ({mails})" if valve.is_too_much(session, mails, now) else None


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(Deadline.satisfied_on.is_(None), Deadline.voided_on.is_(None), Deadline.remind_on <= london_day(now))


def _due(session: OwnedSession, now: datetime) -> Sequence[Deadline]:
    return session.scalars(select(Deadline).where(_is_due(now))).all()


def _take(session: OwnedSession, now: datetime) -> Sequence[Deadline]:
    """All due deadlines of some cases, locked; a case's dates are told together, so they are taken together."""
    cases = select(Deadline.case_id).where(_is_due(now)).distinct().limit(CASES_AT_ONCE)
    wanted = select(Deadline).where(_is_due(now), Deadline.case_id.in_(cases)).order_by(Deadline.id)
    return session.scalars(wanted.with_for_update(skip_locked=True)).all()

"""The reconciler: proves that every planned message is accounted for, and puts lost hints back."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog
from sqlalchemy import func, select

from models.cases import Deadline
from models.database import Database, OwnedSession
from models.operations import DueHint
from models.outbox import STATES, Message
from workflow.clock import london_day
from workflow.outbox import window
from workflow.outbox.claim import LEASED, look_again
from workflow.outbox.hints import OUTBOX, SWEEP, add_hint
from workflow.outbox.leases import STUCK, database_now

log = structlog.get_logger(__name__)

OLDEST_DUE_MINUTES = 15


@dataclass(frozen=True)
class Sums:
    """An authority's outbox at one moment.

    `planned` is every message there is, `by_state` where each is; `stuck` were taken longer than three leases
    ago; `oldest_due_minutes` is how long the oldest has been due in the hours it may go in; `late_deadlines`
    should have been swept on an earlier day; `lost_hints` names queues with work that nobody would look at.
    """

    planned: int
    by_state: dict[str, int]
    stuck: int
    oldest_due_minutes: int
    late_deadlines: int
    lost_hints: tuple[str, ...]

    @property
    def balanced(self) -> bool:
        """Whether everything planned is either settled, waiting for a person, or still to go in good time."""
        return (
            self.planned == sum(self.by_state.values())
            and not self.stuck
            and self.oldest_due_minutes < OLDEST_DUE_MINUTES
            and not self.late_deadlines
            and not self.lost_hints
        )


def prove(session: OwnedSession, now: datetime) -> Sums:
    """Count an authority's messages by state and find whatever stands still. Changes nothing."""
    planned = session.scalars(select(func.count()).select_from(Message)).one()
    found = session.execute(select(Message.state, func.count()).group_by(Message.state))
    counted = {state: count for state, count in found}
    return Sums(
        planned=planned,
        by_state={state: counted.get(state, 0) for state in STATES},
        stuck=_stuck(session),
        oldest_due_minutes=_oldest_due_minutes(session, now),
        late_deadlines=_late_deadlines(session, now),
        lost_hints=tuple(queue for queue in (OUTBOX, SWEEP) if _lost(session, queue, now)),
    )


def mend(session: OwnedSession, now: datetime) -> Sums:
    """Prove, and put back the hints that are missing. Returns what was found."""
    sums = prove(session, now)
    if OUTBOX in sums.lost_hints:
        look_again(session)
    if SWEEP in sums.lost_hints:
        add_hint(session, SWEEP, now)
    return sums


def reconcile(database: Database, now: datetime) -> list[uuid.UUID]:
    """Prove and mend every authority's outbox. Returns those that do not balance, each of them logged."""
    wrong = []
    for authority_id in database.authorities():
        with database.transaction(authority_id) as session:
            sums = mend(session, now)
        if not sums.balanced:
            log.error("outbox.unbalanced", authority_id=str(authority_id), **asdict(sums))
            wrong.append(authority_id)
    return wrong


def _stuck(session: OwnedSession) -> int:
    left = select(func.count()).select_from(Message).where(Message.state.in_(LEASED))
    return session.scalars(left.where(Message.leased_until < database_now() - STUCK)).one()


def _oldest_due_minutes(session: OwnedSession, now: datetime) -> int:
    oldest = select(func.min(Message.next_attempt_at)).where(Message.state == "queued", Message.next_attempt_at <= now)
    if not window.is_open(now):
        oldest = oldest.where(Message.importance != "reminder")
    found = session.scalars(oldest).one()
    return 0 if found is None else int((now - found).total_seconds() // 60)


def _late_deadlines(session: OwnedSession, now: datetime) -> int:
    return session.scalars(
        select(func.count())
        .select_from(Deadline)
        .where(Deadline.satisfied_on.is_(None), Deadline.voided_on.is_(None), Deadline.remind_on < london_day(now))
    ).one()


def _lost(session: OwnedSession, queue: str, now: datetime) -> bool:
    if queue == OUTBOX:
        work = select(Message.id).where(Message.state.in_(("queued", *LEASED)), Message.next_attempt_at <= now)
    else:
        work = select(Deadline.id).where(
            Deadline.satisfied_on.is_(None),
            Deadline.voided_on.is_(None),
            Deadline.remind_on <= london_day(now),
        )
    hint = select(DueHint.id).where(DueHint.authority_id == session.authority_id, DueHint.queue == queue)
    return bool(session.scalars(work.limit(1)).first() is not None and session.scalars(hint.limit(1)).first() is None)

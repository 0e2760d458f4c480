"""Sending: look where something is due, claim it, hand it over, write down what was said.

No transaction is open while the mail server is spoken to, and one connection carries many messages.
"""

import time
import traceback
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from models.database import Database
from workflow import clock as real_clock
from workflow.outbox import breaker, guard
from workflow.outbox.checks import CHECKS, Check
from workflow.outbox.claim import Claim, claim_due, claim_left
from workflow.outbox.hand_over import hand_over, put_back
from workflow.outbox.hints import OUTBOX, due_authorities
from workflow.outbox.post import LINE_BROKEN, TROUBLE, Answer, Envelope, Line, Mailer, Said, ServerAway
from workflow.outbox.settle import settle

log = structlog.get_logger(__name__)

BEGIN_WITHIN = 100.0
"""Seconds after which no further message is begun, so that the last one ends well before its lease."""


def never() -> bool:
    """Nobody asked us to stop."""
    return False


@dataclass
class Sender:
    """One batch at work. `stop` says when to begin no more; `counts` tells what became of the messages."""

    database: Database
    mailer: Mailer
    limit: int
    clock: Callable[[], datetime]
    checks: Sequence[Check]
    stop: Callable[[], bool]
    only: Sequence[str] = ()
    paused: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.monotonic)

    @property
    def over(self) -> bool:
        """Whether to begin no more."""
        return self.paused or self.stop() or time.monotonic() - self.began > BEGIN_WITHIN

    @property
    def remembers(self) -> bool:
        """Whether the carrier can be asked later what it has taken."""
        return self.mailer.memory is not None

    def visit(self, authority_id: uuid.UUID) -> None:
        """Send what one authority has due; then, one by one, what may have killed its sender."""
        with self.database.transaction(authority_id) as session:
            claims = claim_due(session, self.clock(), self.limit, self.only, remembers=self.remembers)
        self.carry(authority_id, claims)
        for _ in range(self.limit):
            if self.over:
                return
            with self.database.transaction(authority_id) as session:
                left = claim_left(session, self.only)
            if left is None:
                return
            self.carry(authority_id, [left])

    def carry(self, authority_id: uuid.UUID, claims: list[Claim]) -> None:
        """Send claimed messages, on a fresh connection after each trouble; let go of what is not begun."""
        waiting = list(claims)
        while waiting and not self.over:
            try:
                with self.mailer.open() as line:
                    self.along(authority_id, line, waiting)
            except ServerAway as away:
                self.record(authority_id, waiting.pop(0), away.answer)
        self.let_go(authority_id, waiting)

    def along(self, authority_id: uuid.UUID, line: Line, waiting: list[Claim]) -> None:
        """Send along one connection until it is done, troubled, or time is up."""
        while waiting and not self.over:
            claim = waiting.pop(0)
            answer = self.one(authority_id, line, claim)
            if answer is not None and answer.said in LINE_BROKEN:
                return

    def one(self, authority_id: uuid.UUID, line: Line, claim: Claim) -> Answer | None:
        """Send one message. What goes wrong with it stays with it; a database that is away ends the batch."""
        try:
            with self.database.transaction(authority_id) as session:
                envelope = hand_over(session, claim, self.clock(), self.checks, remembers=self.remembers)
            if envelope is None:
                self.counts["not_sent"] += 1
                return None
            answer = _send(line, envelope)
            self.record(authority_id, claim, answer)
            return answer
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # one bad message never stops the next; its lease brings it back
            log.error("outbox.message_failed", message_id=str(claim.id), error=_where(error))
            self.counts["failed"] += 1
            return None

    def record(self, authority_id: uuid.UUID, claim: Claim, answer: Answer) -> None:
        """Write an answer down: what became of the message, and what it says of the server."""
        with self.database.transaction(authority_id) as session:
            state = settle(session, claim, answer, self.clock())
            if answer.said in TROUBLE:
                breaker.trouble(session, stop=answer.said is Said.STOP)
                self.paused = not breaker.is_closed(session)
            elif answer.said is not Said.UNWRITABLE:
                breaker.well(session)
        self.counts[state or "too_late"] += 1
        if answer.said in TROUBLE:
            log.warning("outbox.mail_server", said=answer.said.value, words=answer.words[:200])
        if state in ("held", "parked", "bounced"):
            log.error("outbox.needs_a_person", message_id=str(claim.id), state=state, said=answer.said.value)

    def let_go(self, authority_id: uuid.UUID, claims: list[Claim]) -> None:
        """Undo the claims that nothing was done with."""
        if claims:
            with self.database.transaction(authority_id) as session:
                for claim in claims:
                    put_back(session, claim)
            self.counts["let_go"] += len(claims)


def send_batch(
    database: Database,
    mailer: Mailer,
    *,
    limit: int = 50,
    clock: Callable[[], datetime] = real_clock.now,
    checks: Sequence[Check] = CHECKS,
    stop: Callable[[], bool] = never,
    judge: Callable[[Session, datetime], guard.Clock] = guard.ask,
) -> dict[str, int]:
    """Send up to `limit` due messages of each authority that has any. Returns counts by what became of them.

    Safe to run any number of times at once and to kill at any line. `checks` are asked of each message at the
    moment of sending, `stop` between messages, and `judge` whether the clock can be right.
    """
    with database.transaction(None) as session:
        verdict = judge(session, clock())
        allowed = breaker.allowance(session, limit)
    if verdict is guard.Clock.WRONG:
        log.error("outbox.clock_wrong")
        return {"clock_wrong": 1}
    if not allowed:
        return {"paused": 1}
    only = ("code",) if verdict is guard.Clock.JUMPED else ()
    sender = Sender(database, mailer, allowed, clock, checks, stop, only)
    for authority_id in due_authorities(database, OUTBOX, clock()):
        if sender.over:
            break
        sender.visit(authority_id)
    if sender.counts:
        log.info("outbox.batch", **sender.counts)
    return dict(sender.counts)


def _send(line: Line, envelope: Envelope) -> Answer:
    try:
        return line.send(envelope)
    except Exception as error:  # a mailer's bug after the hand-over: we cannot know what was heard
        log.error("outbox.mailer_failed", message_id=str(envelope.id), error=_where(error))
        return Answer(Said.UNKNOWN, type(error).__name__)


def _where(error: Exception) -> str:
    """The kind of an error and its line. Its text may hold an address, which no log may."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}" if frames else type(error).__name__

"""From deadlines to intents: which stage, to whom, and which stages are passed over, and why."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from models.cases import Deadline
from models.database import OwnedSession
from workflow.clock import london_day
from workflow.outbox.window import day_bounds, opening
from workflow.reminders.people import Readers, readers
from workflow.reminders.policy import Stage, stages
from workflow.reminders.schedule import lines_of

FAMILY_LATE_USE = timedelta(days=28)


@dataclass(frozen=True)
class Intent:
    """One reminder meant for one person on one day. `skipped` says why it is only recorded, never sent;
    `others` counts the case's other dates that it stands for."""

    deadline_id: uuid.UUID
    case_id: uuid.UUID
    rule: str
    due_on: date
    stage: Stage
    person_id: uuid.UUID
    on: date
    skipped: str | None = None
    others: int = 0

    @property
    def key(self) -> str:
        """The same for the same intent, however often it is worked out."""
        return f"reminder:{self.rule}:{self.deadline_id}:{self.person_id}:{self.stage.name}:{self.due_on}"

    @property
    def not_before(self) -> datetime:
        """08:00 in London on its day."""
        return opening(self.on)

    @property
    def useful_until(self) -> datetime | None:
        """When it is no longer of use to its reader; the office is told however late it is."""
        if self.stage.audience in ("caseworker", "manager"):
            return None
        last = self.due_on if self.stage.offset <= 0 else self.due_on + FAMILY_LATE_USE
        return day_bounds(last)[1]


def plan(session: OwnedSession, deadlines: Sequence[Deadline], now: datetime) -> list[Intent]:
    """What is to be said today about open deadlines whose `remind_on` has come.

    Of the stages that came due since, each audience gets the newest; older ones, and those past their use, are
    recorded as skipped. Each person hears once about a case: of the most pressing date, which stands for the
    others.
    """
    people = readers(session, (d.case_id for d in deadlines), now)
    today = london_day(now)
    found = []
    for deadline in deadlines:
        if deadline.remind_on is not None:
            known = stages(deadline, lines_of(session, deadline.rule))
            found += intents_of(deadline, known, people, since=deadline.remind_on, today=today)
    return calm(found)


def next_day(session: OwnedSession, deadline: Deadline, today: date) -> date | None:
    """The day of the first stage after today, or None when none is left."""
    coming = (s.day for s in stages(deadline, lines_of(session, deadline.rule)) if s.day > today)
    return min(coming, default=None)


def calm(intents: Iterable[Intent]) -> list[Intent]:
    """At most one intent to a person about a case; the others say which one stands for them."""
    skipped: list[Intent] = []
    together: dict[tuple[uuid.UUID, uuid.UUID], list[Intent]] = defaultdict(list)
    for intent in _once(intents):
        if intent.skipped:
            skipped.append(intent)
        else:
            together[intent.person_id, intent.case_id].append(intent)
    going: list[Intent] = []
    for group in together.values():
        first, *rest = sorted(group, key=_pressing)
        going.append(replace(first, others=len({i.deadline_id for i in rest} - {first.deadline_id})))
        reason = f"skipped: told with {first.rule} {first.stage.name}"
        skipped.extend(replace(i, skipped=reason) for i in rest)
    return going + skipped


def intents_of(
    deadline: Deadline, known: Sequence[Stage], people: Readers, *, since: date, today: date
) -> list[Intent]:
    """The intents of one deadline from its stages between two days, both included."""
    if deadline.due_on is None:
        return []
    come = [s for s in known if since <= s.day <= today]
    newest = {stage.audience: stage for stage in come}  # in order of days: the last one stays
    found = []
    for stage in come:
        for person_id in sorted(people.of(deadline.case_id, stage.audience, deadline.subject_id)):
            intent = Intent(
                deadline_id=deadline.id,
                case_id=deadline.case_id,
                rule=deadline.rule,
                due_on=deadline.due_on,
                stage=stage,
                person_id=person_id,
                on=today,
            )
            found.append(replace(intent, skipped=_why_not(intent, newest[stage.audience], today)))
    return found


def _why_not(intent: Intent, newest: Stage, today: date) -> str | None:
    if newest != intent.stage:
        return f"skipped: {newest.name} takes its place"
    until = intent.useful_until
    return "skipped: past its use" if until is not None and day_bounds(today)[0] >= until else None


def _once(intents: Iterable[Intent]) -> list[Intent]:
    """Somebody who is a caseworker and a manager is one reader: what goes wins over what is skipped."""
    by_key: dict[str, Intent] = {}
    for intent in sorted(intents, key=lambda i: i.skipped is not None):
        by_key.setdefault(intent.key, intent)
    return list(by_key.values())


def _pressing(intent: Intent) -> tuple[bool, date, str]:
    """What is overdue comes first, then what is due soonest."""
    return (intent.stage.offset <= 0, intent.due_on, intent.key)

"""When a deadline next needs a reminder: a day in its row, and a hint that the authority has one due."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import structlog
from sqlalchemy import select

from models.authority import Authority
from models.cases import Deadline
from models.database import OwnedSession
from workflow.clock import LONDON
from workflow.outbox.hints import SWEEP, add_hint
from workflow.reminders.policy import BadPolicy, Lines, Stage, lines_for, stages

log = structlog.get_logger(__name__)

LOOK_FROM = time(6)  # London: after the hours that clock changes skip or repeat, before mail may go


def schedule(session: OwnedSession, deadline: Deadline, today: date) -> None:
    """Set the day of the deadline's next reminder, and hint at it. Call it whenever a deadline is made,
    recomputed, satisfied or voided, or its people change; repeating it is harmless.

    A stage that passed before today and after the service knew the date is looked at once more: planned
    already, nothing comes of it; new because the date moved, only the newest goes.
    """
    before, days = deadline.remind_on, stages(deadline, lines_of(session, deadline.rule))
    deadline.remind_on = _first(days, today)
    # A day to come that has not changed has its hint already: a projection is worked out with every act.
    if deadline.remind_on is not None and (deadline.remind_on <= today or deadline.remind_on != before):
        add_hint(session, SWEEP, look_at(deadline.remind_on))


def look_at(day: date) -> datetime:
    """The instant from which a day's reminders are worked out: 06:00 in London, as UTC."""
    return datetime.combine(day, LOOK_FROM, LONDON).astimezone(UTC)


def lines_of(session: OwnedSession, rule: str) -> Lines:
    """A rule's lines under the session's authority. Settings out of bounds never stop an act: ours are used."""
    try:
        return lines_for(rule, settings_of(session))
    except BadPolicy as error:
        log.error("reminders.bad_policy", rule=rule, error=str(error))
        return lines_for(rule, {})


def settings_of(session: OwnedSession) -> Mapping[str, Any]:
    """The authority's settings, read once in a transaction."""
    if "settings" not in session.info:
        session.info["settings"] = session.scalars(
            select(Authority.settings).where(Authority.id == session.authority_id)
        ).one()
    found: Mapping[str, Any] = session.info["settings"]
    return found


def _first(found: Iterable[Stage], today: date) -> date | None:
    newest_passed: dict[str, date] = {}
    coming: list[date] = []
    for stage in found:
        if stage.day < today:
            newest_passed[stage.audience] = stage.day
        else:
            coming.append(stage.day)
    return min([*newest_passed.values(), *coming], default=None)

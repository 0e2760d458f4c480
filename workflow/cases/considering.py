"""Marking evidence as considered, and a first draft of reasons from what it showed."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from law.explain import say_date
from models.cases import Case, Process
from models.database import OwnedSession
from models.decisions import Consideration
from workflow.access.actor import STAFF_ROLES, Actor
from workflow.clock import london_day
from workflow.errors import NotFound, NotPermitted, Refused
from workflow.queries.evidence import SIDES, WHOSE, Item, evidence

LONGEST = 5000


@dataclass(frozen=True)
class Marked:
    """What a page says of one piece: whether it was considered, what it showed, and the mark the page was made with."""

    considered: bool
    showed: str = ""
    seen: uuid.UUID | None = None


def mark(
    session: OwnedSession,
    case: Case,
    process: Process,
    actor: Actor,
    marks: Mapping[uuid.UUID, Marked],
    *,
    now: datetime,
) -> list[Item]:
    """Keep what a page says was considered; returns the evidence as it stands then.

    What the page left as it was is left, whoever has written since; what it changed stands, and what stood before
    is kept beside it. Raises `NotFound` for what is no evidence of this case, `Refused` for text too long.
    """
    if not actor.roles & STAFF_ROLES:
        raise NotPermitted("Only the council weighs evidence.")
    items = {each.id: each for each in evidence(session, case, process)}
    for item_id, said in marks.items():
        if item_id not in items:
            raise NotFound
        if len(said.showed) > LONGEST:
            raise Refused(f"Write at most {LONGEST:,} characters. Nothing has been cut.", f"showed-{item_id}")
        if not _touched(items[item_id], said):
            continue
        session.add(
            Consideration(
                process_id=process.id,
                kind=items[item_id].kind,
                item_id=item_id,
                showed=said.showed,
                stands=said.considered,
                marked_by=actor.person,
                marked_at=now,
            )
        )
    session.flush()
    return evidence(session, case, process)


def _touched(item: Item, said: Marked) -> bool:
    shown = next((each for each in (item.mark, *item.earlier) if each and each.id == said.seen), None)
    if shown is None:
        # The page knew of no mark: an empty box says nothing against what somebody has marked since.
        return said.considered and (item.mark is None or bool(said.showed))
    return not said.considered or said.showed != shown.showed


def draft(items: Iterable[Item], *, called: str, has_sen: bool | None, may_need_plan: bool | None) -> str:
    """Reasons to begin from: what was weighed and what it showed, then the two tests in law as they were answered.

    Names nobody who wrote: the same letter may go to people who are to know nothing of each other.
    """
    weighed = [each for each in items if each.mark]
    parts = ["We looked at everything that was sent to us."] if weighed else []
    for side in SIDES:
        lines = [
            f"“{each.title}”{_sent(each)}: {each.mark.showed.strip()}"
            for each in weighed
            if each.side == side and each.mark and each.mark.showed.strip()
        ]
        if lines:
            parts.append("\n".join([f"{WHOSE[side]}:", *lines]))
    parts += _tests(called or "the child", has_sen, may_need_plan)
    return "\n\n".join(parts)


def _sent(item: Item) -> str:
    return f", sent on {say_date(london_day(item.sent_at))}" if item.sent_at else ""


def _tests(called: str, has_sen: bool | None, may_need_plan: bool | None) -> list[str]:
    said = []
    if has_sen is not None:
        answer = "has, or may have, such needs" if has_sen else "does not have such needs"
        said.append(
            f"The first question in law is whether {called} has, or may have, special educational needs. "
            f"We think that {called} {answer}."
        )
    if may_need_plan is not None:
        answer = "it may be" if may_need_plan else "it is not"
        said.append(
            "The second question is whether it may be necessary for special educational provision to be made through "
            f"an education, health and care plan. We think that {answer} necessary."
        )
    return said

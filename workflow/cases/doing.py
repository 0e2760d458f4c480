"""Any act of any process, done whole: on record, its dates worked out, its letters written.

Acts with pages of their own (a decision, a report, a draft) have their own verbs; this one serves all the others, from
the state tables alone.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from law import notices as law_notices
from law import tables
from law.items import ITEMS, Item
from law.tables import Transition
from models.cases import Case, Deadline, Event, Plan, Process
from models.database import OwnedSession
from workflow.access.actor import Actor
from workflow.cases import acts, following, letters, notices
from workflow.cases.letter_words import DECISIONS
from workflow.errors import NotFound, Refused

# Acts that end or undo something the family counts on, or move a date: the record must say why.
REASONED = ("correct_", "close", "withdraw", "take_back", "set_", "cancel_", "stay_", "think_no_further", "send_on")
# One run at a time on a case: a second is the first, gone on with.
ONCE = frozenset({"assessment", "phase", "reassessment", "move_in", "move_out", "turn", "ceasing"})
# Days that a letter names though another process of the case keeps them: after a move, the review (reg 15(4)).
BESIDE = ("move.review",)
COMMENT = ("plan.draft_representations", "review.amend_representations")


@dataclass(frozen=True)
class Said:
    """What a person said about an act: the day, other dates by key, why, words for its letters by item, and choices.

    `begins` says how a process it opens is to begin, by kind, where the tables leave that open; `facts` are what the
    act asks that is no date.
    """

    on: date
    dates: Mapping[str, date] = field(default_factory=dict)
    why: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    begins: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    reply_by: date | None = None
    done_by: date | None = None


@dataclass(frozen=True)
class Needs:
    """What must be said for an act: dates by key, facts by key, words for letters, how other processes begin."""

    transition: Transition
    dates: tuple[str, ...]
    asks: tuple[str, ...]
    items: tuple[Item, ...]
    days: tuple[str, ...]
    choices: Mapping[str, tuple[Transition, ...]]
    why: bool


def needs(session: OwnedSession, process: Process, act: str, actor: Actor) -> Needs:
    """What a person must say to do this act now. Raises `NotFound` for an act that this stage or role has not."""
    if act not in acts.possible(process, actor):
        raise NotFound
    transition = tables.next_transition(process.kind, process.stage, act)
    items = [item for each in transition.notices for item in law_notices.notice(each).must_contain]
    written = [item for item in dict.fromkeys(items) if _by_a_person(item, transition.notices)]
    return Needs(
        transition=transition,
        dates=transition.records,
        asks=transition.asks,
        items=tuple(ITEMS[item] for item in written),
        days=tuple(each for each in ("reply_by", "done_by") if each in items),
        choices=_choices(session, process, transition, actor),
        why=act.startswith(REASONED) and not transition.notices,
    )


def do(
    session: OwnedSession, process: Process, act: str, actor: Actor, said: Said, *, seen: int, now: datetime
) -> acts.Done:
    """Do an act and send every letter it owes, and those of what it opens.

    Raises `Refused` for what is missing, `AlreadyDone` when the process has moved on, `NotPermitted`.
    """
    if needs(session, process, act, actor).why and not said.why.strip():
        raise Refused("Write why. It stays in the record.", "why")
    done = acts.perform(
        session,
        process.id,
        act,
        actor,
        happened_on=said.on,
        now=now,
        seen=seen,
        triggers={**said.dates, **said.facts},
        words=_notes(said),
        begins=said.begins,
    )
    _tell(session, done, said, now)
    return done


def begin(
    session: OwnedSession, case: Case, kind: str, act: str, actor: Actor, said: Said, *, token: uuid.UUID, now: datetime
) -> Process:
    """Begin a process on a case. The same `token` again gives the process it began. Raises as `do` does."""
    known = session.get(Process, (session.authority_id, token))
    if known is not None:
        return known
    if kind in ONCE and _runs(session, case, kind):
        raise Refused("This has begun already on this case. Go on with it there.", "happened_on")
    process, done = acts.start(
        session,
        case,
        kind,
        act,
        actor,
        happened_on=said.on,
        now=now,
        triggers=said.dates,
        words=_notes(said),
        begins=said.begins,
        process_id=token,
    )
    _tell(session, done, said, now)
    return process


def _runs(session: OwnedSession, case: Case, kind: str) -> bool:
    """Whether a process of a kind is open. The case is locked first, so that two who begin at once begin one."""
    session.get_one(Case, (session.authority_id, case.id), with_for_update=True)
    running = select(Process.id).where(Process.case_id == case.id, Process.kind == kind, Process.ended_on.is_(None))
    return session.scalars(running).first() is not None


def _tell(session: OwnedSession, done: acts.Done, said: Said, now: datetime) -> None:
    case = session.get_one(Case, (session.authority_id, done.event.case_id))
    notices.issue(
        session, done.event, case, done.transition.notices, now=now, about=_about(session, done.event, case, said)
    )
    for each in done.opened:
        _tell(session, each, said, now)


def _about(session: OwnedSession, event: Event, case: Case, said: Said) -> dict[str, Any]:
    running = select(Deadline.rule, Deadline.due_on).where(
        Deadline.case_id == case.id,
        or_(Deadline.process_id == event.process_id, Deadline.rule.in_(BESIDE)),
        Deadline.due_on.is_not(None),
        Deadline.satisfied_on.is_(None),
        Deadline.voided_on.is_(None),
    )
    dues: dict[str, date] = {rule: day for rule, day in session.execute(running) if day}
    plan = session.scalars(
        select(Plan.made_on).where(Plan.case_id == case.id, Plan.ceased_on.is_(None)).order_by(Plan.made_on.desc())
    ).first()
    return {
        "dues": dues,
        "dates": {key: date.fromisoformat(day) for key, day in event.facts["triggers"].items() if _is_day(day)},
        "decide_by": dues.get("assess.decide"),
        "appeal_by": dues.get("appeal.lodge"),
        "mediation_by": dues.get("mediation.contact"),
        "comment_by": next(filter(None, (dues.get(rule) for rule in COMMENT)), None),
        "earliest_end": dues.get("cease.not_before"),
        "reply_by": said.reply_by,
        "done_by": said.done_by,
        "plan_made": plan,
        "own": {item: words.strip() for item, words in said.words.items() if words.strip()},
    }


def _by_a_person(item: str, notice_ids: tuple[str, ...]) -> bool:
    if item == "decision":
        return any(each not in DECISIONS for each in notice_ids if "decision" in law_notices.notice(each).must_contain)
    return item not in letters.ITEMS


def _choices(
    session: OwnedSession, process: Process, transition: Transition, actor: Actor
) -> dict[str, tuple[Transition, ...]]:
    if transition.begins:
        return {}
    waiting = set(
        session.scalars(
            select(Process.kind).where(
                Process.case_id == process.case_id, Process.ended_on.is_(None), Process.id != process.id
            )
        )
    )
    found = {kind: following.first_acts(kind, actor) for kind in transition.opens if kind not in waiting}
    return {kind: lines for kind, lines in found.items() if lines}


def _notes(said: Said) -> dict[str, str]:
    written = {"why": said.why, **{item: said.words.get(item, "") for item in ("reasons",)}}
    return {kind: text.strip() for kind, text in written.items() if text.strip()}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

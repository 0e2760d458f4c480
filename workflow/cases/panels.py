"""Panels advise a named decider: called for a day, given requests to look at, and minuted one request at a time."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from models.access import Post
from models.cases import Process
from models.database import OwnedSession
from models.panels import Panel, PanelItem, PanelMember
from workflow import audit
from workflow.access.actor import Actor
from workflow.allocation.giving import at_work, kept_from
from workflow.audit import Subject
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotPermitted, Refused

ADVICE = {
    "assess": "To carry out an assessment",
    "not": "Not to carry out an assessment",
    "more": "No advice yet: more is needed first",
}
RUNS = frozenset({"caseworker", "manager"})
DECIDERS = ("decider", "manager")
CHANGED = "Somebody wrote this up since you opened the page. Look again."


def call(
    session: OwnedSession,
    actor: Actor,
    panel_id: uuid.UUID,
    *,
    held_on: date,
    decider_id: uuid.UUID,
    members: Collection[uuid.UUID],
    now: datetime,
) -> None:
    """Call a panel for a day, or change the day, the decider and who sits. Raises `Refused`, `NotPermitted`."""
    _require_runs(actor)
    today = london_day(now)
    here = at_work(session, today)
    if not set(members) <= here or not members:
        raise Refused("Choose who sits on the panel, among those who work here.", "members")
    decides = select(Post.person_id).where(Post.person_id == decider_id, Post.role.in_(DECIDERS))
    if decider_id not in here or session.scalars(decides).first() is None:
        raise Refused("Choose whom the panel advises: somebody who decides.", "decider")
    given = {"held_on": held_on, "decider_id": decider_id}
    session.execute(
        insert(Panel)
        .values(id=panel_id, made_by=actor.person, made_at=now, **given)
        .on_conflict_do_update(index_elements=["authority_id", "id"], set_=given)
    )
    session.execute(delete(PanelMember).where(PanelMember.panel_id == panel_id, PanelMember.person_id.not_in(members)))
    for person_id in members:
        session.execute(
            insert(PanelMember)
            .values(id=uuid.uuid4(), panel_id=panel_id, person_id=person_id)
            .on_conflict_do_nothing(index_elements=["authority_id", "panel_id", "person_id"])
        )
    session.flush()


def put_on(session: OwnedSession, panel: Panel, process: Process, actor: Actor, *, now: datetime) -> None:
    """Put a request on the agenda. Twice is once. Raises `Refused` for one that is decided already."""
    _require_runs(actor)
    if (process.kind, process.stage) != ("assessment", "requested"):
        raise Refused("Only a request that waits for its decision goes to a panel.", "process")
    session.execute(
        insert(PanelItem)
        .values(id=uuid.uuid4(), panel_id=panel.id, process_id=process.id, put_on_by=actor.person, put_on_at=now)
        .on_conflict_do_update(index_elements=["authority_id", "panel_id", "process_id"], set_={"taken_off_at": None})
    )
    session.flush()


def take_off(session: OwnedSession, item: PanelItem, actor: Actor, *, now: datetime) -> None:
    """Take a request off the agenda. Raises `Refused` once the panel has advised on it."""
    _require_runs(actor)
    if item.advice:
        raise Refused("The panel has advised on this, so it stays on the record.", "process")
    item.taken_off_at = item.taken_off_at or now


def advise(
    session: OwnedSession,
    panel: Panel,
    item: PanelItem,
    actor: Actor,
    *,
    advice: str,
    minutes: str,
    sat: Collection[uuid.UUID],
    seen: int,
    now: datetime,
) -> None:
    """Write up one request: what the panel advised, why, and who sat. It decides nothing.

    Written again, what stood before stays on the record of the case. Raises `Refused`, and `AlreadyDone` when
    somebody wrote it up since the page was opened.
    """
    if not (actor.roles & RUNS or actor.person in members_of(session, panel.id)):
        raise NotPermitted("Only those who run the panel or sit on it write it up.")
    if panel.held_on > london_day(now):
        raise Refused("The panel has not met yet.", "advice")
    if advice not in ADVICE:
        raise Refused("Choose what the panel advised.", "advice")
    if not minutes.strip():
        raise Refused("Write what was weighed and why the panel advised this.", "minutes")
    locked = session.get_one(PanelItem, (session.authority_id, item.id), with_for_update=True, populate_existing=True)
    if locked.version != seen:
        raise AlreadyDone(CHANGED)
    process = session.get_one(Process, (session.authority_id, item.process_id))
    barred = kept_from(session, process.case_id)
    if not sat or not set(sat) <= members_of(session, panel.id) - barred:
        raise Refused("Choose who sat for this one: members without a conflict of interest.", "sat")
    locked.advice, locked.minutes, locked.version = advice, minutes.strip(), seen + 1
    locked.sat, locked.recorded_by, locked.recorded_at = sorted(str(each) for each in sat), actor.person, now
    audit.record(
        session,
        "panel_advised",
        actor,
        Subject(case_id=process.case_id, process_id=process.id),
        happened_on=panel.held_on,
        now=now,
        facts={"panel": str(panel.id), "advice": advice, "sat": locked.sat, "decider": str(panel.decider_id)},
        words={"minutes": minutes.strip()},
    )


def members_of(session: OwnedSession, panel_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Who sits on a panel."""
    return frozenset(session.scalars(select(PanelMember.person_id).where(PanelMember.panel_id == panel_id)))


def _require_runs(actor: Actor) -> None:
    if not actor.roles & RUNS:
        raise NotPermitted("Your role does not do this.")

"""Existing advice is enough: three recorded agreements, and only then is none asked for. Reg 6(4)."""

import uuid
from datetime import datetime

from sqlalchemy import select

from models.advice import AdviceAgreement, AdviceRequest
from models.database import OwnedSession
from workflow.access.actor import SYSTEM, Actor
from workflow.cases import advice, row_acts
from workflow.clock import london_day
from workflow.errors import AlreadyDone, NotPermitted, Refused

SIDES = ("adviser", "authority", "family")


def propose(session: OwnedSession, request: AdviceRequest, actor: Actor, *, which: str, now: datetime) -> None:
    """Say which advice, of what date, is there already and may be enough. Nobody has agreed to it yet."""
    if not which.strip():
        raise Refused("Say which advice it is, by whom and of what date.", "which")
    day = london_day(now)
    row_acts.step(session, request, "propose_existing_advice", advice.as_adviser(actor), on=day, now=now)
    request.existing = which.strip()


def agree(
    session: OwnedSession, request: AdviceRequest, actor: Actor, *, side: str, how: str = "", now: datetime
) -> bool:
    """Record that one of the three agrees: by their own hand, or as they told the council, and how.

    With the third, existing advice is enough and none is asked for; True then. Agreeing twice is harmless.
    """
    own = own_side(actor)
    if side not in SIDES or (own != side and actor.kind != "staff"):
        raise NotPermitted("That agreement is not yours to give.")
    if own != side and not how.strip():
        raise Refused("Say who agreed, and how they told you.", "how")
    if request.stage != "agreeing":
        raise AlreadyDone("This was settled meanwhile. Look at it again.")
    standing = standing_agreements(session, request)
    if side in standing:
        return False
    day = london_day(now)
    row_acts.step(
        session,
        request,
        "agree_existing_advice",
        _as(session, actor, request, now),
        on=day,
        now=now,
        facts={"side": side},
    )
    session.add(
        AdviceAgreement(
            request_id=request.id,
            side=side,
            person_id=actor.person_id if own == side else None,
            how=how.strip() or "On their own page",
            agreed_on=day,
            recorded_by=actor.person,
        )
    )
    session.flush()
    if {*standing, side} != set(SIDES):
        return False
    row_acts.step(session, request, "settle_existing_advice", SYSTEM, on=day, now=now)
    advice.finish(session, request, now)
    return True


def take_back(session: OwnedSession, request: AdviceRequest, actor: Actor, *, side: str, now: datetime) -> None:
    """One of the three no longer agrees. Possible until the third has agreed. Raises `AlreadyDone` after it."""
    if own_side(actor) != side and actor.kind != "staff":
        raise NotPermitted("That agreement is not yours to take back.")
    given = standing_agreements(session, request).get(side)
    if given is None or request.stage != "agreeing":
        raise AlreadyDone("There is no agreement to take back any more.")
    day = london_day(now)
    row_acts.step(
        session,
        request,
        "take_back_agreement",
        _as(session, actor, request, now),
        on=day,
        now=now,
        facts={"side": side},
    )
    given.taken_back_on = day
    session.flush()


def standing_agreements(session: OwnedSession, request: AdviceRequest) -> dict[str, AdviceAgreement]:
    """The agreements that stand, by side."""
    return of_many(session, [request.id]).get(request.id, {})


def of_many(session: OwnedSession, ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, AdviceAgreement]]:
    """The same of several requests, in one query."""
    found: dict[uuid.UUID, dict[str, AdviceAgreement]] = {}
    standing = AdviceAgreement.request_id.in_(ids) & AdviceAgreement.taken_back_on.is_(None)
    for each in session.scalars(select(AdviceAgreement).where(standing)):
        found.setdefault(each.request_id, {})[each.side] = each
    return found


def own_side(actor: Actor) -> str:
    """Which of the three this actor is."""
    return {"family": "family", "staff": "authority"}.get(actor.kind, "adviser")


def _as(session: OwnedSession, actor: Actor, request: AdviceRequest, now: datetime) -> Actor:
    if actor.kind == "family":
        return advice.as_family(session, actor, request.case_id, now)
    return advice.as_adviser(actor)

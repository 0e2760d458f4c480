"""Requests for advice to test with."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import select

from models.advice import AdviceRequest
from models.cases import Case, Deadline, Process
from tests.workflow.cases.builders import World
from workflow.access.actor import Actor
from workflow.cases import advice, advice_replies
from workflow.cases.advisers import Adviser
from workflow.coproduction import invitations


def assessing(world: World, **more: Any) -> tuple[Case, Process]:
    case, process = world.request(**more)
    world.decide(process, assess=True)
    return case, process


def asked(world: World, process: Process, limb: str = "c", **more: Any) -> AdviceRequest:
    to = Adviser(limb, **{"to_name": "Hartwell NHS", **more})
    request = advice.begin(world.session, process, to, token=uuid.uuid4(), now=world.now)
    advice.ask(world.session, request, world.staff("caseworker"), now=world.now)
    return request


def reached(world: World, request: AdviceRequest, on: date | None = None) -> None:
    advice.record_receipt(world.session, request, world.staff("caseworker"), on=on or world.today, now=world.now)


def due(world: World, request: AdviceRequest) -> Deadline | None:
    return world.session.scalars(select(Deadline).where(Deadline.subject_id == request.id)).one_or_none()


def adviser(world: World, request: AdviceRequest) -> Actor:
    """Somebody who accepted an invitation to the request."""
    made = advice_replies.invite(world.session, request, world.staff("caseworker"), "clinic@nhs.invalid", now=world.now)
    found = invitations.find(world.session, made.id, "clinic@nhs.invalid", world.now)
    assert found is not None
    them = world.person("professional")
    assert invitations.accept(world.session, found, them.person, made.words, now=world.now)
    advice_replies.let_in(world.session, found, now=world.now)
    return them

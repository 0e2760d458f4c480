"""A same-day matter stands first on the caseworkers' list, with what was said left where it is."""

from datetime import timedelta
from typing import Any

import pytest

from tests.workflow.cases.builders import World
from tests.workflow.cases.conftest import session, world
from workflow.queries.queue import Filters, Waiting, queue

__all__ = ["session", "world"]


def first(world: World, *, staff: Any) -> Waiting:
    return queue(world.session, staff, Filters(whose="all"), world.now).triage[0]


@pytest.mark.parametrize(
    "by_school, said, today",
    [
        (False, {"pq_urgent": "He has nowhere to sleep tonight."}, True),
        (False, {"pq_urgent": " "}, False),
        (True, {"rq_urgent": ["custody"]}, True),
        (True, {"rq_urgent": ["none"]}, False),
    ],
)
def test_what_cannot_wait_is_marked_and_comes_before_older_requests(
    world: World, by_school: bool, said: dict[str, Any], today: bool
) -> None:
    world.request(last="Older", on=world.now - timedelta(days=5))
    asker = world.senco() if by_school else None
    case, _ = world.request(last="Newer", by=asker, more=said)
    top = first(world, staff=world.staff("caseworker"))
    assert top.urgent is today and (top.case_id == case.id) is today
    assert "sleep" not in repr(top), "what was said is for whoever may read it"

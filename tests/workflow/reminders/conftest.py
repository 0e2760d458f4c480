"""A sweep that believes the test's clock."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from models.database import Database
from tests.workflow.outbox.builders import NOON
from workflow import reminders

Sweep = Callable[..., dict[str, int]]


@pytest.fixture
def sweep(own_database: tuple[Database, uuid.UUID]) -> Sweep:
    """`sweep(now)`: one sweep, with the database's clock taken for right."""
    database, _ = own_database

    def run(now: datetime = NOON, **options: Any) -> dict[str, int]:
        return reminders.sweep(database, now=now, **{"server_now": lambda _: now, **options})

    return run

"""A sweep that believes the test's clock."""

import uuid
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from tests.workflow.outbox.builders import NOON
from tests.workflow.reminders.cases import Sweep
from workflow import reminders
from workflow.outbox import guard


@pytest.fixture
def sweep(own_database: tuple[Database, uuid.UUID]) -> Sweep:
    """`sweep(now)`: one sweep, with the database's clock taken for right."""
    database, _ = own_database

    def run(now: datetime = NOON, **options: Any) -> dict[str, int]:
        def judge(session: Session, _: datetime) -> guard.Clock:
            return guard.judge(session, now, now)

        return reminders.sweep(database, now=now, **{"judge": judge, **options})

    return run

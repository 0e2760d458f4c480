"""A database of the test's own, and a send that believes the test's clock."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from tests.workflow.outbox.builders import NOON, FakeMailer
from workflow import outbox
from workflow.outbox import guard

Send = Callable[..., dict[str, int]]


@pytest.fixture
def send(own_database: tuple[Database, uuid.UUID]) -> Send:
    """`send(mailer, now)`: one batch, with the database's clock taken for right."""
    database, _ = own_database

    def batch(mailer: FakeMailer, now: datetime = NOON, **options: Any) -> dict[str, int]:
        def judge(session: Session, _: datetime) -> guard.Clock:
            return guard.judge(session, now, now)

        return outbox.send_batch(database, mailer, clock=lambda: now, **{"judge": judge, **options})

    return batch

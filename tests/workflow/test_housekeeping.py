"""What has had its time goes, in batches; what has not stays."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models.access import LoginCode, RateCount, WebSession
from models.database import Database
from models.operations import Canary, DueHint, JobRun
from models.outbox import Message
from tests.workflow.outbox.builders import NOON, message
from workflow import housekeeping
from workflow.outbox import guard

Own = tuple[Database, uuid.UUID]
DAY = timedelta(days=1)


def count(own: Own, model: type) -> int:
    database, authority = own
    with database.transaction(authority) as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_job_runs_and_canaries_go_and_the_last_tick_stays(own_database: Own) -> None:
    database, _ = own_database
    with database.transaction(None) as session:
        guard.tick(session, NOON - 100 * DAY)
        for days in (41, 39):
            session.add(JobRun(job="reminders.sweep", slot=str(days), started_at=NOON - days * DAY))
        for hours in (25, 23):
            session.add(Canary(queue="work", made_at=NOON - timedelta(hours=hours)))
    assert housekeeping.prune(database, NOON) == {"job_run": 1, "canary": 1}
    with database.transaction(None) as session:
        assert guard.last_tick(session) == NOON - 100 * DAY


def test_of_stale_hints_one_stays_for_each_queue(own_database: Own) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        for queue in ("outbox", "sweep"):
            for days in (3, 2, 0):
                session.add(DueHint(authority_id=authority, queue=queue, due_at=NOON - days * DAY))
    housekeeping.prune(database, NOON)
    assert count(own_database, DueHint) == 4


def test_sessions_rates_and_codes_go_when_they_are_over(own_database: Own) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        for ends in (NOON - timedelta(seconds=1), NOON + timedelta(seconds=1)):
            session.add(
                WebSession(token_hash=str(ends), data={}, created_at=NOON - DAY, seen_at=NOON - DAY, ends_at=ends)
            )
            session.add(RateCount(key="x", window_at=ends - 2 * DAY, count=1))
            session.add(
                LoginCode(email="a@example.org", browser_hash="b", code_hash="c", purpose={}, expires_at=ends - DAY)
            )
    assert housekeeping.prune(database, NOON) == {"web_session": 1, "rate_count": 1, "login_code": 1}
    assert count(own_database, WebSession) == 1


def test_a_long_list_goes_in_batches(own_database: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "BATCH", 3)
    database, _ = own_database
    with database.transaction(None) as session:
        session.add_all(Canary(queue="work", made_at=NOON - 2 * DAY) for _ in range(7))
    assert housekeeping.prune(database, NOON) == {"canary": 7}


def test_p1_the_words_of_mail_go_after_ninety_days_and_the_record_stays(own_database: Own) -> None:
    database, authority = own_database
    with database.transaction(authority) as session:
        for days in (91, 89):
            message(session, now=NOON - days * DAY)
        waiting = message(session, now=NOON - 91 * DAY)
        session.execute(update(Message).where(Message.id != waiting).values(state="accepted"))
    assert housekeeping.prune(database, NOON)["message_words"] == 1
    assert "message_words" not in housekeeping.prune(database, NOON)
    with database.transaction(authority) as session:
        rows = session.scalars(select(Message).order_by(Message.created_at, Message.state)).all()
        assert [(bool(m.words), m.address is None) for m in rows] == [(False, True), (True, False), (True, False)]

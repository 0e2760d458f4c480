"""Planning a message: once, beside its cause, with a link that says nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from models.database import OwnedSession
from models.operations import DueHint
from models.outbox import Message
from tests.workflow.outbox.builders import NOON, message
from workflow import outbox


def test_r3_planning_the_same_intent_twice_adds_nothing(session: OwnedSession) -> None:
    first = message(session, dedupe_key="once")
    again = outbox.add(
        session,
        dedupe_key="once",
        template="reminder",
        importance="reminder",
        now=NOON,
        address="other@example.org",
        words={},
        link_to="case:x",
    )
    assert again is None
    assert session.get_one(Message, (session.authority_id, first)).address == "typed@example.org"


def test_r2_a_planned_message_leaves_a_hint_in_the_same_transaction(session: OwnedSession) -> None:
    message(session)
    hints = session.scalars(select(DueHint).where(DueHint.authority_id == session.authority_id)).all()
    assert [(h.queue, h.due_at) for h in hints] == [("outbox", NOON)]


def test_a_message_for_nobody_is_refused(session: OwnedSession) -> None:
    with pytest.raises(ValueError, match="person or an address"):
        message(session, person_id=None)


def test_r16_a_reminder_planned_in_the_evening_waits_for_the_morning_in_london(session: OwnedSession) -> None:
    evening = datetime(2026, 7, 1, 17, 30, tzinfo=UTC)  # 18:30 in London
    found = session.get_one(Message, (session.authority_id, message(session, now=evening)))
    assert found.next_attempt_at == datetime(2026, 7, 2, 7, 0, tzinfo=UTC)


def test_a_code_goes_at_any_hour(session: OwnedSession) -> None:
    night = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    found = session.get_one(Message, (session.authority_id, message(session, now=night, importance="code")))
    assert found.next_attempt_at == night


def test_m3_a_link_names_nothing_and_dies_after_ninety_days(session: OwnedSession) -> None:
    found = session.get_one(Message, (session.authority_id, message(session, link_to="case:abc")))
    assert len(found.link_code) == 22
    assert "abc" not in found.link_code
    assert outbox.link_target(session, found.link_code, NOON + timedelta(days=89)) == "case:abc"
    assert outbox.link_target(session, found.link_code, NOON + timedelta(days=91)) is None


def test_an_intent_that_is_only_recorded_leaves_no_hint(session: OwnedSession) -> None:
    message(session, state="cancelled", reason="skipped: past its use")
    mine = select(func.count()).select_from(DueHint).where(DueHint.authority_id == session.authority_id)
    assert session.scalars(mine).one() == 0

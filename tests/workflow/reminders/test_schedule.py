"""The day a deadline is next looked at, and the hint beside it."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from models.database import OwnedSession
from models.operations import DueHint
from tests.workflow.outbox.builders import TODAY, case, deadline
from workflow import reminders
from workflow.reminders.schedule import look_at


def hints(session: OwnedSession) -> list[datetime]:
    mine = select(DueHint.due_at).where(DueHint.authority_id == session.authority_id, DueHint.queue == "sweep")
    return list(session.scalars(mine))


def test_a_new_deadline_is_next_looked_at_on_its_first_stage(session: OwnedSession) -> None:
    found = deadline(session, case(session), due_on=TODAY + timedelta(days=40), known_since=TODAY)
    reminders.schedule(session, found, TODAY)
    assert found.remind_on == TODAY + timedelta(days=26)
    assert hints(session) == [look_at(TODAY + timedelta(days=26))]


def test_a_satisfied_deadline_is_looked_at_no_more(session: OwnedSession) -> None:
    found = deadline(session, case(session), due_on=TODAY + timedelta(days=40), remind_on=TODAY)
    found.satisfied_on = TODAY
    reminders.schedule(session, found, TODAY)
    assert (found.remind_on, hints(session)) == (None, [])


def test_a_date_that_moved_closer_is_looked_at_again_for_the_newest_stage_passed(session: OwnedSession) -> None:
    found = deadline(session, case(session), due_on=TODAY + timedelta(days=3))
    reminders.schedule(session, found, TODAY)
    assert found.remind_on == TODAY - timedelta(days=2)


def test_scheduling_again_adds_no_second_hint_for_a_day_to_come(session: OwnedSession) -> None:
    found = deadline(session, case(session), due_on=TODAY + timedelta(days=40), known_since=TODAY)
    for _ in range(3):
        reminders.schedule(session, found, TODAY)
    assert len(hints(session)) == 1


def test_r14_a_day_is_looked_at_from_six_in_london_in_summer_and_winter() -> None:
    assert look_at(date(2026, 7, 1)) == datetime(2026, 7, 1, 5, 0, tzinfo=UTC)
    assert look_at(date(2026, 12, 1)) == datetime(2026, 12, 1, 6, 0, tzinfo=UTC)


def test_settings_out_of_bounds_never_stop_an_act(own_database: object, fresh: tuple[str, str]) -> None:
    import psycopg

    database, authority = own_database  # type: ignore[misc]
    with psycopg.connect(fresh[0]) as owner:
        owner.execute("update authority set settings = %s", ('{"reminders": {"assess.decide": {"caseworker": 5}}}',))
    with database.transaction(authority) as session:
        found = deadline(session, case(session), due_on=TODAY + timedelta(days=40), known_since=TODAY)
        reminders.schedule(session, found, TODAY)
        assert found.remind_on == TODAY + timedelta(days=26)

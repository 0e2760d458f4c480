"""R3 as a property: however sweeps interleave, fail and repeat, each intent is planned once and none is lost."""

import uuid
from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from models.cases import Deadline
from models.database import Database
from models.operations import DueHint
from models.outbox import Message
from tests.workflow.outbox.builders import NOON, TODAY, case, deadline, officer
from workflow import reminders
from workflow.outbox.hints import due_authorities
from workflow.reminders.sweep import sweep_some

Own = tuple[Database, uuid.UUID]
DAY = timedelta(days=1)
STEPS = st.lists(st.sampled_from(["day", "a", "b", "a in b", "a fails", "a fails in b"]), max_size=25)


class Fails(Exception):
    """A sweeper is killed before its commit."""


def sweeps(own: Own, step: str, day: int) -> None:
    """One or two sweepers at work, the second inside the first's transaction, each perhaps killed."""
    database, authority = own
    now = NOON + day * DAY
    if not due_authorities(database, "sweep", now):
        return
    try:
        with database.transaction(authority) as one:
            sweep_some(one, now)
            if " in b" in step:
                with database.transaction(authority) as two:
                    sweep_some(two, now)
            if "fails" in step:
                raise Fails
    except Fails:
        pass


def test_r3_any_interleaving_of_sweeps_plans_each_intent_once(own_database: Own) -> None:
    database, authority = own_database

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS, st.lists(st.integers(-2, 20), min_size=1, max_size=4))
    def holds(steps: list[str], offsets: list[int]) -> None:
        with database.transaction(authority) as session:
            worker = officer(session)
            for offset in offsets:
                of = case(session, caseworker_id=worker)
                found = deadline(session, of, due_on=TODAY + offset * DAY, known_since=TODAY - 3 * DAY)
                reminders.schedule(session, found, TODAY - 3 * DAY)
        day = 0
        for step in [*steps, "a"]:
            if step == "day":
                day += 1
            else:
                sweeps(own_database, step, day)
        check(database, authority, worker, TODAY + day * DAY)
        with database.transaction(authority) as session:
            session.execute(delete(Message))
            session.execute(delete(Deadline))
            session.execute(delete(DueHint))

    holds()


def check(database: Database, authority: uuid.UUID, worker: uuid.UUID, today: date) -> None:
    """Every stage whose day has come is on record exactly once for its reader, sent or skipped."""
    with database.transaction(authority) as session:
        rows = session.scalars(select(Message).where(Message.person_id == worker)).all()
        planned = Counter((m.deadline_id, m.dedupe_key.split(":")[4]) for m in rows)
        due = {
            (d.id, stage.name)
            for d in session.scalars(select(Deadline))
            for stage in reminders.policy.stages(d, reminders.lines_for(d.rule, {}))
            if stage.audience == "caseworker" and stage.day <= today
        }
    assert set(planned) == due
    assert set(planned.values()) <= {1}

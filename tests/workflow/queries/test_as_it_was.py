"""A case on a day that is past: what was known then, to each party, whatever was corrected since."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from models.cases import Case, Deadline, Process
from models.database import Database, OwnedSession
from tests.conftest import NOW
from tests.workflow.cases.builders import World
from workflow.cases import doing
from workflow.cases.doing import Said
from workflow.queries import as_it_was
from workflow.queries.as_it_was import AsItWas

DAY = timedelta(days=1)


@pytest.fixture
def session(shared_database: Database, casework_authority: uuid.UUID) -> Iterator[OwnedSession]:
    """A transaction for the authority, rolled back at the end."""
    with pytest.raises(ZeroDivisionError), shared_database.transaction(casework_authority) as open_session:
        yield open_session
        raise ZeroDivisionError


@pytest.fixture
def world(session: OwnedSession) -> World:
    return World(session, NOW)


def request_with_later_acts(world: World) -> tuple[Case, Process, datetime]:
    """A request of twenty days ago; its date corrected ten days ago; decided today."""
    came = world.now - 20 * DAY
    case, process = world.request(on=came)
    later = world.now - 10 * DAY
    doing.do(
        world.session,
        process,
        "correct_received_date",
        world.staff("manager"),
        Said(on=later.date(), dates={"request_received": came.date() - 3 * DAY}, why="It lay in the post room."),
        seen=process.version,
        now=later,
    )
    world.decide(process, assess=False)
    return case, process, came


def on(world: World, case: Case, day: date, register: str = "professional") -> AsItWas:
    return as_it_was.as_it_was(world.session, case, day, register)  # type: ignore[arg-type]


def due(was: AsItWas, rule: str) -> date | None:
    return next(each.on for each in was.dates if each.rule == rule)


def test_a_date_is_the_one_that_was_known_then_and_not_what_it_was_corrected_to(world: World) -> None:
    case, _, came = request_with_later_acts(world)
    assert due(on(world, case, came.date()), "assess.decide") == came.date() + 42 * DAY
    assert due(on(world, case, world.today - 9 * DAY), "assess.decide") == came.date() + 39 * DAY


def test_the_stage_is_the_one_that_had_been_reached(world: World) -> None:
    case, _, came = request_with_later_acts(world)
    assert [each.stage for each in on(world, case, came.date()).stood] == ["Asked for"]
    assert [each.stage for each in on(world, case, world.today).stood] == ["No assessment"]


def test_before_anything_happened_there_is_nothing(world: World) -> None:
    case, _, came = request_with_later_acts(world)
    was = on(world, case, came.date() - DAY)
    assert (was.stood, was.dates, was.letters, was.papers, was.acts) == ([], [], [], [], [])


def test_today_it_is_what_the_case_page_shows(world: World) -> None:
    case, process, _ = request_with_later_acts(world)
    rows = world.session.scalars(select(Deadline).where(Deadline.process_id == process.id)).all()
    stored = {(row.rule, row.due_on, row.satisfied_on is not None, row.voided_on is not None) for row in rows}
    rebuilt = {
        (each.rule, each.on, each.state == "met", each.state == "void") for each in on(world, case, world.today).dates
    }
    assert {line[:2] for line in rebuilt} == {line[:2] for line in stored}
    assert {line[0] for line in rebuilt if not line[2] and not line[3]} == {
        line[0] for line in stored if not line[2] and not line[3]
    }


def test_the_family_sees_its_own_letters_and_dates_and_nobody_elses(world: World) -> None:
    case, _, _ = request_with_later_acts(world)
    was = on(world, case, world.today, "family")
    titles = {each.title for each in was.letters}
    assert titles == {"We are considering an assessment", "We will not assess"}
    assert was.papers == [] and was.acts == []
    assert "the council" in " ".join(each.explanation for each in was.dates).lower()


def test_what_was_taken_back_later_still_stood_then(world: World) -> None:
    from workflow.cases import triage, undoing

    case, process = world.request(on=world.now - 3 * DAY)
    earlier = world.now - 2 * DAY
    triage.consult_family(
        world.session, process, world.staff("caseworker"), on=earlier.date(), how="By phone.", now=earlier
    )
    newest = undoing.undoable(world.session, process, world.staff("caseworker"), world.now)
    assert newest
    undoing.undo(
        world.session,
        process,
        world.staff("caseworker"),
        event_id=newest.id,
        why="The wrong family.",
        seen=process.version,
        now=world.now,
    )

    def state(day: date) -> str:
        return next(each.state for each in on(world, case, day).dates if each.rule == "assess.consult")

    assert (state(earlier.date()), state(world.today)) == ("met", "open")

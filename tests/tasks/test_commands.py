"""The commands of mail and reminders, as an operator types them."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from models.database import Database
from models.outbox import Message
from tests.tasks.conftest import Relay
from tests.workflow.outbox.builders import case, deadline, message, officer
from web.cli import outbox as outbox_commands
from web.cli import poller as poller_commands
from web.cli import sweep as sweep_commands
from workflow import clock, reminders
from workflow.outbox import guard
from workflow.outbox.people import VALVE

Own = tuple[Database, uuid.UUID]
Run = Callable[..., Result]


@pytest.fixture
def app(own_database: Own, relay: Relay) -> Flask:
    relay.app.extensions["database"] = own_database[0]
    for module in (outbox_commands, sweep_commands, poller_commands):
        for command in module.commands:
            relay.app.cli.add_command(command)
    return relay.app


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


def held(own: Own, reason: str = "unknown: x") -> uuid.UUID:
    database, authority = own
    with database.transaction(authority) as session:
        return message(session, now=clock.now(), state="held", reason=reason)


def state(own: Own, message_id: uuid.UUID) -> str:
    database, authority = own
    with database.transaction(authority) as session:
        return session.scalars(select(Message.state).where(Message.id == message_id)).one()


def due_soon(own: Own) -> None:
    database, authority = own
    today = clock.london_day(clock.now())
    with database.transaction(authority) as session:
        of = case(session, caseworker_id=officer(session))
        found = deadline(session, of, due_on=today + timedelta(days=5), known_since=today, rule="review.decide")
        reminders.schedule(session, found, today)


@pytest.mark.parametrize(
    "words",
    [("outbox",), ("sweep",), ("poller",), *(("outbox", name) for name in outbox_commands.outbox_group.commands)],
)
def test_every_command_explains_itself(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4


def test_the_list_shows_what_waits_and_no_address(own_database: Own, run: Run) -> None:
    waiting = held(own_database)
    result = run("outbox", "list")
    assert str(waiting) in result.output
    assert "unknown: x" in result.output
    assert "typed@" not in result.output


def test_one_message_is_shown_without_its_words_or_its_link(own_database: Own, run: Run) -> None:
    result = run("outbox", "show", held(own_database))
    assert "dedupe_key" in result.output
    for hidden in ("typed@", "Something is due", "link_code"):
        assert hidden not in result.output


def test_a_waiting_message_is_released_by_its_id(own_database: Own, run: Run) -> None:
    waiting = held(own_database)
    assert run("outbox", "release", waiting).output == "1 released.\n"
    assert state(own_database, waiting) == "queued"


def test_r11_a_batch_is_released_by_one_yes(own_database: Own, run: Run) -> None:
    batch = [held(own_database, f"{VALVE} (600)") for _ in range(3)]
    other = held(own_database)
    assert run("outbox", "release", "--all-of", "valve").output == "3 released.\n"
    assert {state(own_database, each) for each in batch} == {"queued"}
    assert state(own_database, other) == "held"


def test_a_waiting_message_is_dropped_with_a_reason(own_database: Own, run: Run) -> None:
    waiting = held(own_database)
    assert run("outbox", "drop", waiting).exit_code == 2
    assert run("outbox", "drop", waiting, "--why", "it arrived").exit_code == 0
    assert state(own_database, waiting) == "cancelled"


def test_what_cannot_be_done_is_said_in_a_sentence(own_database: Own, run: Run) -> None:
    assert "We cannot find" in run("outbox", "release", uuid.uuid4()).output
    assert "Name the authority" in run("outbox", "list", "--authority", "nowhere").output


def test_r20_the_proof_ends_with_a_verdict(own_database: Own, run: Run) -> None:
    held(own_database)
    result = run("outbox", "prove")
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "All is accounted for.")
    database, authority = own_database
    with database.transaction(authority) as session:
        message(session, now=clock.now() - timedelta(hours=1), importance="statutory")
    assert run("outbox", "prove").exit_code == 1


def test_r15_a_person_says_that_the_clock_is_right(own_database: Own, run: Run) -> None:
    database, _ = own_database
    with database.transaction(None) as session:
        guard.tick(session, clock.now() + timedelta(days=400))
    assert run("outbox", "clock-is-right").exit_code == 0
    with database.transaction(None) as session:
        assert guard.ask(session, clock.now()) is guard.Clock.RIGHT


def test_a_sweep_plans_what_is_due(own_database: Own, run: Run) -> None:
    due_soon(own_database)
    assert run("sweep").output == "Nothing is due.\n"


def test_a_preview_prints_each_day_and_sends_nothing(own_database: Own, run: Run, relay: Relay) -> None:
    due_soon(own_database)
    today = clock.london_day(clock.now())
    lines = run("sweep", "--as-of", today + timedelta(days=6)).output.splitlines()
    assert [line.split()[0] for line in lines[:2]] == [str(today + timedelta(days=n)) for n in (5, 6)]
    assert lines[-1].startswith("2 reminders up to")
    assert relay.scripted.kept == []


def test_days_to_come_are_lived_through_in_demo_mode_only(
    own_database: Own, app: Flask, run: Run, relay: Relay
) -> None:
    due_soon(own_database)
    until = clock.london_day(clock.now()) + timedelta(days=6)
    refused = run("sweep", "--as-of", until, "--send")
    assert (refused.exit_code, relay.scripted.kept) == (2, [])
    app.config["DEMO"] = True
    assert run("sweep", "--as-of", until, "--send").exit_code == 0
    assert len(relay.scripted.kept) == 2


@pytest.mark.parametrize("words", [("--as-of", "2020-01-01"), ("--send",), ("--as-of", "soon")])
def test_a_preview_of_nonsense_is_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run("sweep", *words).exit_code == 2

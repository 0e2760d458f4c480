"""A process that dies in the middle of an act leaves all of it or none; of ten who decide at once, one does."""

import base64
import os
import signal
import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from models.cases import Case, Deadline, Event, Notice, Process
from models.database import Database
from models.outbox import Message
from tests.conftest import MASTER_KEY, NOW, found_authority
from tests.web.conftest import SETTINGS
from tests.workflow.cases.builders import INSTEAD, REASONS, World
from workflow import audit
from workflow.access.actor import Actor
from workflow.cases import requests
from workflow.cases.requests import Decision
from workflow.errors import AlreadyDone

Own = tuple[Database, uuid.UUID]


@pytest.fixture
def own_database(fresh: tuple[str, str]) -> Iterator[Own]:
    """A database of the test's own with an authority that can write letters."""
    authority_id = found_authority(fresh[0], "hartwell", "localhost", **SETTINGS)
    database = Database(fresh[1], base64.urlsafe_b64decode(MASTER_KEY))
    yield database, authority_id
    database.engine.dispose()


DECISION = Decision(assess=False, reasons=REASONS, instead=INSTEAD)


def asked(own: Own) -> tuple[uuid.UUID, list[Actor]]:
    """The process of a request that waits for its decision, and ten who may decide."""
    database, authority = own
    with database.transaction(authority) as session:
        world = World(session, NOW - timedelta(days=2))
        _, process = world.request()
        return process.id, [world.person("staff", "decider") for _ in range(10)]


def decide(database: Database, authority: uuid.UUID, process_id: uuid.UUID, actor: Actor, seen: int) -> None:
    with database.transaction(authority) as session:
        process = session.get_one(Process, (authority, process_id))
        requests.decide(session, process, actor, DECISION, seen=seen, now=NOW)


def state(own: Own) -> dict[str, object]:
    """Everything the act touches, counted."""
    database, authority = own
    with database.transaction(authority) as session:
        counted = {
            model.__tablename__: session.scalars(select(func.count()).select_from(model)).one()
            for model in (Event, Notice, Message)
        }
        stage, version = session.execute(select(Process.stage, Process.version)).one()
        met = session.scalars(select(func.count()).where(Deadline.satisfied_on.is_not(None))).one()
        audit.verify(session)
        return {**counted, "stage": stage, "version": version, "met": met}


@pytest.mark.full
def test_an_act_killed_at_any_statement_happened_whole_or_not_at_all(own_database: Own, fresh: tuple[str, str]) -> None:
    database, authority = own_database
    process_id, (decider, *_) = asked(own_database)
    before = state(own_database)
    seen = before["version"]
    assert isinstance(seen, int)
    database.engine.dispose()  # children must not share a connection
    killed = 0
    for at in range(1, 400):
        if _killed_at(fresh[1], authority, process_id, decider, seen, at):
            killed += 1
            assert state(own_database) == before, at
            database.engine.dispose()
            continue
        break
    after = state(own_database)
    assert killed > 30
    assert (after["stage"], after["version"]) == ("refused", seen + 1)
    assert int(str(after["event"])) == int(str(before["event"])) + 1


def _killed_at(url: str, authority: uuid.UUID, process_id: uuid.UUID, actor: Actor, seen: int, at: int) -> bool:
    """Decide in a process of its own that dies before its statement number `at`. Whether it died."""
    child = os.fork()
    if child == 0:
        _decide_and_die(url, authority, process_id, actor, seen, at)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def _decide_and_die(url: str, authority: uuid.UUID, process_id: uuid.UUID, actor: Actor, seen: int, at: int) -> None:
    database = Database(url, base64.urlsafe_b64decode(MASTER_KEY))
    sent = 0

    def count(*_: object) -> None:
        nonlocal sent
        sent += 1
        if sent == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "before_cursor_execute", count)
    event.listen(database.engine, "commit", count)
    try:
        decide(database, authority, process_id, actor, seen)
    except BaseException:
        os._exit(1)
    os._exit(0)


def test_of_ten_officers_who_decide_at_once_one_does_and_nine_are_told(own_database: Own) -> None:
    database, authority = own_database
    process_id, deciders = asked(own_database)
    before = state(own_database)
    seen = before["version"]
    assert isinstance(seen, int)
    ready, told, decided = threading.Barrier(10), [], []

    def run(actor: Actor) -> None:
        ready.wait()
        try:
            decide(database, authority, process_id, actor, seen)
            decided.append(actor)
        except AlreadyDone as answer:
            told.append(answer.sentence)

    threads = [threading.Thread(target=run, args=(actor,)) for actor in deciders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(decided), len(told)) == (1, 9)
    assert all("Look again" in sentence or "moved" in sentence for sentence in told)
    after = state(own_database)
    assert int(str(after["event"])) == int(str(before["event"])) + 1
    with database.transaction(authority) as session:
        case = session.scalars(select(Case)).one()
        letters = session.scalars(
            select(func.count()).where(Notice.case_id == case.id, Notice.kind == "refuse_to_assess_family")
        ).one()
    assert letters == 1

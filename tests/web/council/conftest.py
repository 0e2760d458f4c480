"""An office at work: people to be, cases made by the verbs, and pages to fetch."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

import pytest
from sqlalchemy import event, select

from models.cases import Process
from models.database import OwnedSession
from tests.web.conftest import PageClient, Somebody
from tests.workflow.cases.builders import World
from tests.workflow.cases.planning import planning
from web.application import Coproduce
from workflow import clock


@dataclass
class Office:
    """The application, and a World to make cases in: each `world()` commits when it ends."""

    app: Coproduce
    authority_id: uuid.UUID
    somebody: Callable[..., Somebody]
    client_for: Callable[..., PageClient]

    @contextmanager
    def world(self) -> Iterator[World]:
        """A transaction to make cases in."""
        with self.app.database.transaction(self.authority_id) as session:
            yield World(session, clock.now())

    @contextmanager
    def look(self) -> Iterator[OwnedSession]:
        """A transaction to look with."""
        with self.app.database.transaction(self.authority_id) as session:
            yield session

    def as_(self, role: str) -> PageClient:
        """A browser signed in as somebody in a staff role."""
        return self.client_for(self.somebody("staff", role))

    def requests(self, count: int = 1) -> list[tuple[uuid.UUID, uuid.UUID]]:
        """(case id, process id) of requests sent by parents, each about another child."""
        names = ("Alba", "Bryn", "Cleo", "Dara", "Esme", "Finn", "Gwen", "Hugo", "Iris", "Jude", "Kian", "Lola")
        with self.world() as world:
            made = [
                world.request(first=names[at], last=f"Example{at}x", born=f"20{8 + at % 9:02}-0{1 + at % 9}-11")
                for at in range(count)
            ]
            return [(case.id, process.id) for case, process in made]

    @contextmanager
    def count_queries(self) -> Iterator[list[str]]:
        """The statements of pages sent while the block runs. Whose a host name is, is asked anew every few seconds,
        in a transaction of its own: that says nothing of a page."""
        sent: list[str] = []

        def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
            if "authority_host" not in statement and "set_config" not in statement:
                sent.append(statement)

        event.listen(self.app.database.engine, "before_cursor_execute", note)
        try:
            # Whose host it is, is asked again every few seconds: however slow the machine, that is not counted.
            with mock.patch("models.database.HOSTS_KNOWN_FOR", 3600):
                yield sent
        finally:
            event.remove(self.app.database.engine, "before_cursor_execute", note)


@pytest.fixture
def office(
    app: Coproduce,
    authority_id: uuid.UUID,
    somebody: Callable[..., Somebody],
    client_for: Callable[..., PageClient],
) -> Office:
    return Office(app, authority_id, somebody, client_for)


@dataclass
class Made:
    """Ids of a case whose plan is being written."""

    office: Office
    case_id: uuid.UUID
    process_id: uuid.UUID
    plan_id: uuid.UUID

    @property
    def page(self) -> str:
        """The plan's page."""
        return f"/council/plan/{self.process_id}"

    def seen(self) -> str:
        """The process's version."""
        with self.office.look() as session:
            return str(session.scalars(select(Process.version).where(Process.id == self.process_id)).one())

    def stage(self) -> str:
        """Where the process stands."""
        with self.office.look() as session:
            return session.scalars(select(Process.stage).where(Process.id == self.process_id)).one()


@pytest.fixture
def made(office: Office) -> Made:
    with office.world() as world:
        found = planning(world)
        return Made(office, found.case.id, found.process.id, found.plan.id)


@pytest.fixture
def served(made: Made) -> Made:
    client, page = made.office.as_("caseworker"), f"{made.page}/serve"
    assert client.submit(page, {"seen": made.seen(), "step": "send"}).status_code == 302
    return made

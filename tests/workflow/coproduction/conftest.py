"""A form that two people write, straight over the database."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from forms.definition import Form
from models.access import Grant
from models.database import Database, OwnedSession
from models.people import Person, Setting
from models.submissions import Submission
from tests.conftest import NOW
from tests.workflow.coproduction.room import Room, furnish
from workflow.access.actor import Actor
from workflow.access.relation import Relation
from workflow.coproduction import answers, reading, submissions
from workflow.coproduction.answers import Saved
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.kinds import OF_A_SETTING

EVERYTHING = frozenset({"read", "write", "send", "invite"})
SCHOOL = Relation("senco", frozenset({"setting"}), EVERYTHING)
PARENT = Relation("parent", frozenset({"family"}), frozenset({"read", "write"}))
OWNER = Relation("parent", frozenset({"owner", "family"}), EVERYTHING)
CHILD = Relation("child", frozenset({"owner", "child"}), EVERYTHING)


@dataclass(repr=False)
class Table:
    """One form and the people at it."""

    session: OwnedSession
    submission: Submission
    form: Form
    anna: uuid.UUID
    ben: uuid.UUID

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("Table()")  # a whole form is too much to print with a failing example

    def save(
        self,
        who: uuid.UUID,
        path: str,
        value: Any,
        base: int,
        *,
        now: datetime = NOW,
        save: uuid.UUID | None = None,
        theirs: Relation = SCHOOL,
        **how: Any,
    ) -> Saved:
        return answers.save(
            self.session,
            self.submission,
            self.form,
            theirs,
            Writer(who, who, **how),
            {path: Change(value, base)},
            save_id=save or uuid.uuid4(),
            now=now,
        )

    def read(self, theirs: Relation = SCHOOL) -> reading.Read:
        return reading.read(self.session, self.submission, theirs)

    def texts(self, path: str, theirs: Relation = SCHOOL) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for text in self.read(theirs).texts.get(path, ()):
            found.setdefault(text.state, []).append(text.value)
        return found


def people(session: OwnedSession) -> tuple[uuid.UUID, uuid.UUID]:
    anna, ben = Person(id=uuid.uuid4(), name="Anna"), Person(id=uuid.uuid4(), name="Ben")
    session.add_all([anna, ben])
    session.flush()
    return anna.id, ben.id


def begin(session: OwnedSession, form_id: str, owner: uuid.UUID) -> Submission:
    setting = None
    if form_id in OF_A_SETTING:
        setting = Setting(id=uuid.uuid4(), name=f"School {uuid.uuid4().hex[:6]}", kind="school")
        session.add(setting)
        session.flush()
    actor = Actor(
        "professional", owner, roles=frozenset({"senco"}), settings=frozenset({setting.id} if setting else ())
    )
    return submissions.begin(
        session, actor, form_id, create_token=uuid.uuid4(), now=NOW, setting_id=setting.id if setting else None
    )


@pytest.fixture
def table(session: OwnedSession) -> Table:
    """A school's request."""
    anna, ben = people(session)
    made = begin(session, "ehcna-req-setting", anna)
    return Table(session, made, submissions.form_of(made), anna, ben)


@pytest.fixture
def room(session: OwnedSession) -> Room:
    """A school's request with everybody who may or may not take part in it."""
    return furnish(session)


@pytest.fixture
def childs(session: OwnedSession) -> Table:
    """A child's own form; Anna is the child."""
    anna, ben = people(session)
    made = begin(session, "aam-primary", anna)
    return Table(session, made, submissions.form_of(made), anna, ben)


@pytest.fixture
def committed(own_database: tuple[Database, uuid.UUID]) -> Iterator[Callable[[], Any]]:
    """For threads: opens the same form in a transaction of its own that is really committed."""
    database, authority_id = own_database
    with database.transaction(authority_id) as session:
        anna, ben = people(session)
        form_id = begin(session, "ehcna-req-setting", anna).id

    @contextmanager
    def open_table() -> Iterator[Table]:
        with database.transaction(authority_id) as session:
            found = session.get_one(Submission, (authority_id, form_id))
            yield Table(session, found, submissions.form_of(found), anna, ben)

    yield open_table


__all__ = ["CHILD", "OWNER", "PARENT", "SCHOOL", "Grant", "Table"]

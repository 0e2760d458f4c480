"""One of two people who save on one form at the same moments, in a process of their own."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.synchronize import Barrier
from typing import Protocol

from forms.definition import Form
from models.database import Database, OwnedSession
from models.submissions import Submission
from workflow import clock
from workflow.access.relation import INVITE, READ, SEND, WRITE, Relation
from workflow.coproduction.answers import Change, Saved, Writer
from workflow.coproduction.submissions import form_of

PARENT = Relation("parent", frozenset({"owner", "family"}), frozenset({READ, WRITE, SEND, INVITE}))
TOGETHER = 60  # seconds in which the other of a pair must come to the line


class Saving(Protocol):
    """What `answers.save` is: the verb that is raced."""

    def __call__(
        self,
        session: OwnedSession,
        submission: Submission,
        form: Form,
        relation: Relation,
        writer: Writer,
        changes: Mapping[str, Change],
        *,
        save_id: uuid.UUID,
        now: datetime,
    ) -> Saved: ...


@dataclass(frozen=True)
class Racer:
    """One writer of a form. `who`: 0 or 1; `pairs`: how often they save; `url` and `key`: the database."""

    url: str
    key: bytes
    authority_id: uuid.UUID
    submission_id: uuid.UUID
    person_id: uuid.UUID
    who: int
    pairs: int

    def run(self, saving: Saving, line: Barrier) -> None:
        """Save again and again, each time at the moment when the other is at the line too."""
        database = Database(self.url, self.key, pool_size=1)
        try:
            self._get_ready(database)
            for number in range(self.pairs):
                line.wait(TOGETHER)
                self._save(database, saving, number)
        except BaseException:
            line.abort()
            raise
        finally:
            database.engine.dispose()

    def _get_ready(self, database: Database) -> None:
        """Read what a process reads once, which is no part of a save: the first would be long in its transaction."""
        with database.transaction(self.authority_id) as session:
            draft = session.get_one(Submission, (self.authority_id, self.submission_id))
        form_of(draft)

    def _save(self, database: Database, saving: Saving, number: int) -> None:
        with database.transaction(self.authority_id) as session:
            form = session.get_one(Submission, (self.authority_id, self.submission_id))
            saving(
                session,
                form,
                form_of(form),
                PARENT,
                Writer(self.person_id, self.person_id),
                {place(number, self.who): Change(words(number, self.who), 0)},
                save_id=uuid.uuid4(),
                now=clock.now(),
            )


def place(number: int, who: int) -> str:
    """Where somebody writes: in even pairs both in one place, in odd pairs each in their own."""
    row = f"r{number}" if number % 2 == 0 else f"r{number}-{who}"
    return f"pr[{row}].name"


def words(number: int, who: int) -> str:
    """What somebody writes; no two texts on one form are the same."""
    return f"What {'the one' if who == 0 else 'the other'} wrote, {number}"

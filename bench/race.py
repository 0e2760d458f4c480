"""Two people saving at once, ten thousand times: how many of their words are lost."""

import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import select

from bench.stage import Stage, set_up
from models.people import Person
from models.submissions import Answer, Contribution, Submission
from workflow import clock
from workflow.access.relation import INVITE, READ, SEND, WRITE, Relation
from workflow.coproduction import answers
from workflow.coproduction.contributions import Change, Writer
from workflow.coproduction.submissions import form_of

PAIRS = 10_000
PARENT = Relation("parent", frozenset({"owner", "family"}), frozenset({READ, WRITE, SEND, INVITE}))
TOGETHER = 60  # seconds in which the other of a pair must come to the line


@dataclass(frozen=True)
class Raced:
    """What became of it. `lost`: texts that nobody finds again; `torn`: answers without exactly one current text."""

    pairs: int
    lost: int
    torn: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.pairs:,} pairs of saves at once, {self.seconds:.0f} s: {self.lost} lost answers, {self.torn} torn"
        )


def race(pairs: int = PAIRS) -> Raced:
    """Two people save on one form at the same moments: half of the pairs on two questions, half on the same.

    Each save is a transaction of its own on a real PostgreSQL, through the verb that pages use.
    """
    with set_up() as stage:
        writers = _two_people(stage)
        line = threading.Barrier(2)
        began = time.monotonic()
        with ThreadPoolExecutor(2) as pool:
            runs = [pool.submit(_run, stage, writers[each], each, pairs, line) for each in range(2)]
            for run in runs:
                run.result()
        seconds = time.monotonic() - began
        lost, torn = _count(stage, pairs)
    return Raced(pairs, lost, torn, seconds)


def _two_people(stage: Stage) -> list[Writer]:
    people = [Person(id=uuid.uuid4(), name=name) for name in ("One", "Other")]
    with stage.app.database.transaction(stage.authority_id) as session:
        session.add_all(people)
    return [Writer(person.id, person.id) for person in people]


def _run(stage: Stage, writer: Writer, who: int, pairs: int, line: threading.Barrier) -> None:
    try:
        for number in range(pairs):
            line.wait(TOGETHER)
            _save(stage, writer, _place(number, who), _words(number, who))
    except BaseException:
        line.abort()
        raise


def _save(stage: Stage, writer: Writer, path: str, words: str) -> None:
    with stage.app.database.transaction(stage.authority_id) as session:
        form = session.get_one(Submission, (stage.authority_id, stage.submission_id))
        answers.save(
            session,
            form,
            form_of(form),
            PARENT,
            writer,
            {path: Change(words, 0)},
            save_id=uuid.uuid4(),
            now=clock.now(),
        )


def _place(number: int, who: int) -> str:
    """Where somebody writes: in even pairs both in one place, in odd pairs each in their own."""
    row = f"r{number}" if number % 2 == 0 else f"r{number}-{who}"
    return f"pr[{row}].name"


def _words(number: int, who: int) -> str:
    return f"What {'the one' if who == 0 else 'the other'} wrote, {number}"


def _count(stage: Stage, pairs: int) -> tuple[int, int]:
    with stage.app.database.transaction(stage.authority_id) as session:
        rows = session.execute(
            select(Answer.path, Contribution.state, Contribution.value)
            .join(Contribution, Contribution.answer_id == Answer.id)
            .where(Answer.submission_id == stage.submission_id)
        ).all()
    kept = {(path, words) for path, _, words in rows}
    wrote = {(_place(number, who), _words(number, who)) for number in range(pairs) for who in range(2)}
    current = Counter(path for path, state, _ in rows if state == "current")
    return len(wrote - kept), sum(current[path] != 1 for path, _ in wrote)

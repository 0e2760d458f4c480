"""Two people saving at once, ten thousand times: how many of their words are lost."""

import multiprocessing
import time
import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from bench.racer import Racer, Saving, place, words
from bench.stage import Stage, set_up
from models.crypto import read_master_key
from models.people import Person
from models.submissions import Answer, Contribution
from web.config import Settings
from workflow.coproduction import answers

PAIRS, FORMS = 10_000, 4


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


class Fallen(RuntimeError):
    """A save of the race was refused or fell, so nothing can be said of it."""


def race(pairs: int = PAIRS) -> Raced:
    """Two people save on one form at the same moments: half of the pairs on two questions, half on the same.

    Each person is a process, each save a transaction of its own on a real PostgreSQL, through the verb that pages
    use. Several forms with two people each are raced on at once, so that no processor idles while one of a pair
    waits for the other; each form has its share of the pairs. Raises `Fallen` when a save was not made.
    """
    with set_up() as stage:
        return race_on(stage, pairs, answers.save, forms=FORMS)


def race_on(stage: Stage, pairs: int, saving: Saving, *, forms: int = 1) -> Raced:
    """The race by another verb than ours, on a database that is there. Raises `Fallen`."""
    racers = [each for form in range(forms) for each in _two_people(stage, len(range(form, pairs, forms)))]
    began = time.monotonic()
    _run(racers, saving)
    seconds = time.monotonic() - began
    lost, torn = (sum(each) for each in zip(*(_count(stage, one) for one in racers[::2]), strict=True))
    return Raced(pairs, lost, torn, seconds)


def _two_people(stage: Stage, pairs: int) -> tuple[Racer, Racer]:
    """Two people with a form that is theirs."""
    people = [Person(id=uuid.uuid4(), name=name) for name in ("One", "Other")]
    with stage.app.database.transaction(stage.authority_id) as session:
        session.add_all(people)
    settings: Settings = stage.app.extensions["settings"]
    key, form = read_master_key(settings.master_key.get_secret_value()), stage.begin_form()
    one, other = (
        Racer(settings.app_url, key, stage.authority_id, form, person.id, who, pairs)
        for who, person in enumerate(people)
    )
    return one, other


def _run(racers: list[Racer], saving: Saving) -> None:
    context = multiprocessing.get_context("spawn")
    lines = [context.Barrier(2) for _ in racers[::2]]
    started = [context.Process(target=each.run, args=(saving, lines[at // 2])) for at, each in enumerate(racers)]
    for process in started:
        process.start()
    for process in started:
        process.join()
    if any(process.exitcode for process in started):
        raise Fallen("a save was not made: what its process printed says why")


def _count(stage: Stage, racer: Racer) -> tuple[int, int]:
    """(texts lost, answers torn) on one form."""
    with stage.app.database.transaction(stage.authority_id) as session:
        rows = session.execute(
            select(Answer.path, Contribution.state, Contribution.value)
            .join(Contribution, Contribution.answer_id == Answer.id)
            .where(Answer.submission_id == racer.submission_id)
        ).all()
    kept = {(path, text) for path, _, text in rows}
    wrote = {(place(number, who), words(number, who)) for number in range(racer.pairs) for who in range(2)}
    current = Counter(path for path, state, _ in rows if state == "current")
    return len(wrote - kept), sum(current[path] != 1 for path in {path for path, _ in wrote})

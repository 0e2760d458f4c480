"""The shape of a process: stages, and the acts that move it from one to the next."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["caseworker", "decider", "manager", "senco", "head", "parent", "young_person", "adviser", "system"]

COUNCIL: tuple[Role, ...] = ("caseworker", "decider", "manager")
DECIDERS: tuple[Role, ...] = ("decider", "manager")
FAMILY: tuple[Role, ...] = ("parent", "young_person")
SCHOOL: tuple[Role, ...] = ("senco", "head")


@dataclass(frozen=True, slots=True)
class Transition:
    """One act at one stage.

    `records` are the trigger facts the act fixes: the value is the day it happened, unless the act is told
    another. `asks` are facts of other kinds that it must be told. `starts`, `meets` and `voids` are rules: a
    deadline begins, is satisfied, or no longer applies; `resumes` takes a voiding back, with the date as it was.
    `takes` are those of them that another process on the case began: they end there, and go on or are met here.
    `notices` are the letters owed, without which the act is not finished. `opens` are the processes it hands
    over to: gone on with where one is already open, or else begun with the act `begins` names; where it names
    none, a person chooses how. `recorded_words` is the line in the record, past tense.
    """

    from_: str
    act: str
    to: str
    roles: tuple[Role, ...]
    recorded_words: str
    records: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """One procedure. `stages` gives each stage its plain title, in the order they are usually reached."""

    name: str
    title: str
    stages: dict[str, str]
    start: str
    ends: tuple[str, ...]
    transitions: tuple[Transition, ...]

    def acts_at(self, stage: str) -> tuple[Transition, ...]:
        """Everything that may be done at a stage, in the order of the table."""
        return tuple(transition for transition in self.transitions if transition.from_ == stage)


def at(
    stages: tuple[str, ...],
    act: str,
    to: str | None,
    roles: tuple[Role, ...],
    words: str,
    begins: str = "",
    **more: tuple[str, ...],
) -> tuple[Transition, ...]:
    """The same act at several stages. Where `to` is None the stage stays as it is."""
    return tuple(Transition(stage, act, to or stage, roles, words, begins=begins, **more) for stage in stages)

"""The golden thread: every need leads to an outcome and to provision, and every outcome to a hope. Advice, no gate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.conditions import Answers
from forms.definition import Form
from forms.paths import path
from forms.values import has_something
from forms.wording import named

AREAS = ("ci", "cl", "semh", "sp", "hl", "sc")
OUTCOMES, PROVISION = "ou[]", "pv[]"
AIMS, SUPPORT = "cy[].out[]", "cy[].do[]"  # of one cycle in a plan
ENDS = frozenset({OUTCOMES, PROVISION, AIMS, SUPPORT})


@dataclass(frozen=True)
class Strand:
    """One need, by its area: the outcome rows that answer it, and the rows of help that meet it."""

    area: str
    label: str
    outcomes: tuple[str, ...]
    provision: tuple[str, ...]


@dataclass(frozen=True)
class Loose:
    """An end with nothing tied to it: the answer to look at, and a sentence."""

    path: str
    say: str


@dataclass(frozen=True)
class Outcome:
    """One outcome in its own words: the hope it leads to, the needs it answers by their names, and the rows of help."""

    row: str
    path: str
    number: int
    words: str
    hope: str
    needs: tuple[str, ...]
    provision: tuple[str, ...]


@dataclass(frozen=True)
class Thread:
    """How the needs, outcomes and provision of a form hang together. `help`: each row of provision in its own words.

    `title` names the cycle of a plan that it is about. `asks`: which of "need" and "provision" the form asks for.
    """

    strands: tuple[Strand, ...]
    loose: tuple[Loose, ...]
    outcomes: tuple[Outcome, ...] = ()
    help: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    asks: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing is written of it yet."""
        return not (self.strands or self.outcomes or self.help)


def has_thread(form: Form) -> bool:
    """Whether a form asks for outcomes, so that there is a thread to show."""
    return bool({OUTCOMES, AIMS} & set(form.question_ids()))


def threads(form: Form, answers: Answers, *, child_name: str = "") -> tuple[Thread, ...]:
    """The threads through a form: one, or one for each cycle of a plan, the newest first."""
    if AIMS not in form.question_ids():
        return (thread(form, answers, child_name=child_name),)
    cycles = list(enumerate(answers.get("cy[]") or (), 1))
    return tuple(_cycle(answers, row, number, child_name) for number, row in reversed(cycles))


def thread(form: Form, answers: Answers, *, child_name: str = "") -> Thread:
    """The thread through a form, as far as the form asks for its parts. Nothing written has no loose ends.

    Needs are the areas of need with something hard in them (`na_<area>_hard`), outcomes the rows of `ou[]`,
    provision those of `pv[]`.
    """
    ids = set(form.question_ids())
    labels = {asked.id: asked.caption or asked.text for asked in form.questions()}
    seen = _Seen(answers, {OUTCOMES, PROVISION} & ids, child_name)
    strands = tuple(
        Strand(area, labels.get(f"na_{area}_hard", ""), seen.outcomes_for(area), seen.provision_for(area))
        for area in AREAS
        if f"na_{area}_hard" in ids and has_something(answers.get(f"na_{area}_hard"))
    )
    return Thread(
        strands,
        (*seen.needs(strands), *seen.outcomes(strands), *seen.provision()),
        seen.in_words(strands),
        seen.help_in_words(),
        asks=frozenset(name for name, of in (("need", "na_ci_hard"), ("provision", PROVISION)) if of in ids),
    )


def _cycle(answers: Answers, row: str, number: int, child_name: str) -> Thread:
    """The thread through one cycle of support: its aims, and the support for each. A plan ties neither to a need."""
    seen = _Seen(answers, {AIMS, SUPPORT}, child_name, AIMS, SUPPORT, (row,), "Aim")
    ends = [each for each in (*seen.outcomes(()), *seen.provision()) if not each.path.endswith((".hope", ".need"))]
    return Thread((), tuple(ends), seen.in_words(()), seen.help_in_words(), f"Cycle {number}", frozenset({"provision"}))


@dataclass(frozen=True)
class _Seen:
    answers: Answers
    asked: set[str]
    child_name: str
    ou: str = OUTCOMES
    pv: str = PROVISION
    outer: tuple[str, ...] = ()
    called: str = "Outcome"

    def outcomes_for(self, area: str) -> tuple[str, ...]:
        return tuple(row for row in self._rows(self.ou) if area in (self._cell(f"{self.ou}.area", row) or ()))

    def provision_for(self, area: str) -> tuple[str, ...]:
        return tuple(row for row in self._rows(self.pv) if self._cell(f"{self.pv}.need", row) == area)

    def helping(self, outcome: str) -> tuple[str, ...]:
        return tuple(row for row in self._rows(self.pv) if self._cell(f"{self.pv}.outcome", row) == outcome)

    def in_words(self, strands: tuple[Strand, ...]) -> tuple[Outcome, ...]:
        return tuple(
            Outcome(
                row,
                path(f"{self.ou}.can", *self.outer, row),
                number,
                self._words(f"{self.ou}.can", row),
                self._words(f"{self.ou}.hope", row),
                tuple(each.label for each in strands if row in each.outcomes),
                self.helping(row),
            )
            for number, row in enumerate(self._rows(self.ou), 1)
        )

    def help_in_words(self) -> dict[str, str]:
        return {row: self._words(f"{self.pv}.what", row) for row in self._rows(self.pv)}

    def needs(self, strands: tuple[Strand, ...]) -> Iterator[Loose]:
        for each in strands:
            here = f"na_{each.area}_hard"
            if self.ou in self.asked and not each.outcomes:
                yield Loose(here, f"{each.label}: no outcome answers this need.")
            if self.pv in self.asked and not each.provision:
                yield Loose(here, f"{each.label}: no help meets this need.")

    def outcomes(self, strands: tuple[Strand, ...]) -> Iterator[Loose]:
        tied = {row for each in strands for row in each.outcomes}
        for number, row in enumerate(self._rows(self.ou), 1):
            if not has_something(self._cell(f"{self.ou}.hope", row)):
                say = named(f"{self.called} {number} leads to no hope of {{name}}'s.", self.child_name)
                yield Loose(self._at("hope", row), say)
            if strands and row not in tied:
                yield Loose(self._at("area", row), f"{self.called} {number} answers no need that is written here.")
            if self.pv in self.asked and not self.helping(row):
                yield Loose(self._at("can", row), f"{self.called} {number} has no help that works towards it.")

    def provision(self) -> Iterator[Loose]:
        for number, row in enumerate(self._rows(self.pv), 1):
            if not has_something(self._cell(f"{self.pv}.need", row)):
                here = path(f"{self.pv}.need", *self.outer, row)
                yield Loose(here, f"Kind of help {number} meets no need.")
            if self._cell(f"{self.pv}.outcome", row) not in self._rows(self.ou):
                here = path(f"{self.pv}.outcome", *self.outer, row)
                yield Loose(here, f"Kind of help {number} works towards no {self.called.lower()}.")

    def _at(self, cell: str, row: str) -> str:
        return path(f"{self.ou}.{cell}", *self.outer, row)

    def _rows(self, group: str) -> tuple[str, ...]:
        return tuple(self.answers.get(path(group, *self.outer)) or ())

    def _cell(self, question_id: str, row: str) -> Any:
        return self.answers.get(path(question_id, *self.outer, row))

    def _words(self, question_id: str, row: str) -> str:
        said = self._cell(question_id, row)
        return said.strip() if isinstance(said, str) else ""

"""The golden thread: every need leads to an outcome and to provision, and every outcome to a hope. Advice, no gate."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms.conditions import Answers
from forms.definition import Form
from forms.paths import path
from forms.values import has_something
from forms.wording import named

AREAS = ("ci", "cl", "semh", "sp", "hl", "sc")


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
class Thread:
    """How the needs, outcomes and provision of a form hang together."""

    strands: tuple[Strand, ...]
    loose: tuple[Loose, ...]


def thread(form: Form, answers: Answers, *, child_name: str = "") -> Thread:
    """The thread through a form, as far as the form asks for its parts. Nothing written has no loose ends.

    Needs are the areas of need with something hard in them (`na_<area>_hard`), outcomes the rows of `ou[]`,
    provision those of `pv[]`.
    """
    ids = set(form.question_ids())
    labels = {asked.id: asked.caption or asked.text for asked in form.questions()}
    seen = _Seen(answers, {"ou[]", "pv[]"} & ids, child_name)
    needs = [area for area in AREAS if has_something(answers.get(f"na_{area}_hard"))]
    strands = tuple(
        Strand(area, labels.get(f"na_{area}_hard", ""), seen.outcomes_for(area), seen.provision_for(area))
        for area in needs
        if f"na_{area}_hard" in ids
    )
    return Thread(strands, (*seen.needs(strands), *seen.outcomes(strands), *seen.provision()))


@dataclass(frozen=True)
class _Seen:
    answers: Answers
    asked: set[str]
    child_name: str

    def outcomes_for(self, area: str) -> tuple[str, ...]:
        return tuple(row for row in self._rows("ou[]") if area in (self._cell("ou[].area", row) or ()))

    def provision_for(self, area: str) -> tuple[str, ...]:
        return tuple(row for row in self._rows("pv[]") if self._cell("pv[].need", row) == area)

    def needs(self, strands: tuple[Strand, ...]) -> Iterator[Loose]:
        for each in strands:
            here = f"na_{each.area}_hard"
            if "ou[]" in self.asked and not each.outcomes:
                yield Loose(here, f"{each.label}: no outcome answers this need.")
            if "pv[]" in self.asked and not each.provision:
                yield Loose(here, f"{each.label}: no help meets this need.")

    def outcomes(self, strands: tuple[Strand, ...]) -> Iterator[Loose]:
        helped = {self._cell("pv[].outcome", row) for row in self._rows("pv[]")}
        tied = {row for each in strands for row in each.outcomes}
        for number, row in enumerate(self._rows("ou[]"), 1):
            if not has_something(self._cell("ou[].hope", row)):
                yield Loose(path("ou[].hope", row), self._say(f"Outcome {number} leads to no hope of {{name}}'s."))
            if strands and row not in tied:
                yield Loose(path("ou[].area", row), f"Outcome {number} answers no need that is written here.")
            if "pv[]" in self.asked and row not in helped:
                yield Loose(path("ou[].can", row), f"Outcome {number} has no help that works towards it.")

    def provision(self) -> Iterator[Loose]:
        for number, row in enumerate(self._rows("pv[]"), 1):
            if not has_something(self._cell("pv[].need", row)):
                yield Loose(path("pv[].need", row), f"Kind of help {number} meets no need.")
            if self._cell("pv[].outcome", row) not in self._rows("ou[]"):
                yield Loose(path("pv[].outcome", row), f"Kind of help {number} works towards no outcome.")

    def _say(self, text: str) -> str:
        return named(text, self.child_name)

    def _rows(self, group: str) -> tuple[str, ...]:
        return tuple(self.answers.get(group) or ())

    def _cell(self, question_id: str, row: str) -> Any:
        return self.answers.get(path(question_id, row))

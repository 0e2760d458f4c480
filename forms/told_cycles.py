"""Cycles of an SEN support plan as a request tells them: each in the words of the plan, nothing added."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.definition import Form, question
from forms.paths import path
from forms.reading import lines
from forms.values import has_something

PLAN, CYCLES, TOLD = "sen-support-plan", "cy[]", "tr_cycle[]"


def rows(plan: Form, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What each cycle would say in a row of `tr_cycle[]`, by the ids of its cells; cycles that say nothing left out.

    `answers` are those of the plan that may be told. Whether parents took part is told where the plan says so.
    """
    found = (_Cycle(plan, answers, row).told() for row in answers.get(CYCLES) or ())
    return [row for row in found if row]


class _Cycle:
    def __init__(self, plan: Form, answers: Mapping[str, Any], row: str) -> None:
        self.plan, self.answers, self.row = plan, answers, row

    def told(self) -> dict[str, Any]:
        each = {
            "from": self._said("from"),
            "to": self._said("done_on"),
            "aim": "\n".join(self._aims("can")),
            "did": "\n".join(self._support()),
            "result": "\n".join(self._results()),
            "parent": "yes" if "parent" in (self._said("who") or ()) or self._said("parent_end") else None,
        }
        return {f"{TOLD}.{name}": value for name, value in each.items() if has_something(value)}

    def _results(self) -> Iterator[str]:
        for aim in self._inner("out"):
            words = [line for name in ("can", "result", "end") for line in self._words("out", aim, name)]
            if len(words) > 1:
                yield ": ".join(words)
        if said := self._said("impact"):
            yield str(said)

    def _support(self) -> Iterator[str]:
        for each in self._inner("do"):
            words = [*self._words("do", each, "what"), *self._words("do", each, "who")]
            times = [*self._words("do", each, "times"), *self._words("do", each, "per")]
            if len(times) == 2:
                words.append(f"{times[0]} times" if times[1] == "once" else f"{times[0]} times each {times[1]}")
            for name in ("mins", "group"):
                words += self._words("do", each, name)
            if weeks := self._words("do", each, "weeks"):
                words.append(f"{weeks[0]} weeks a year")
            if words:
                yield ", ".join(words)

    def _aims(self, name: str) -> Iterator[str]:
        for aim in self._inner("out"):
            yield from self._words("out", aim, name)

    def _said(self, name: str) -> Any:
        return self.answers.get(path(f"cy[].{name}", self.row))

    def _inner(self, group: str) -> list[str]:
        return list(self.answers.get(path(f"cy[].{group}[]", self.row)) or ())

    def _words(self, group: str, inner: str, name: str) -> tuple[str, ...]:
        asked = question(self.plan, f"cy[].{group}[].{name}")
        return lines(asked, self.answers.get(path(asked.id, self.row, inner)))

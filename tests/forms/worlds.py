"""Answers and facts that make a condition hold, or fail: found by walking its tree."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from forms.conditions import Context, Operator
from forms.paths import path

Patch = dict[str, Any]  # answers by path, and facts by "fact:" and their name
ROW = ("r1", "r1", "r1")
MOST = 2000


def answers_of(patch: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a patch."""
    return {key: value for key, value in patch.items() if not key.startswith("fact:")}


def facts_of(patch: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a patch."""
    return {key[5:]: value for key, value in patch.items() if key.startswith("fact:")}


def world(wanted: list[tuple[Operator, bool]], base: Patch | None = None, fixed: Patch | None = None) -> Patch | None:
    """A patch in which every condition is as wanted, or None when there is none to be found.

    `base` is where it starts from; `fixed` holds whatever is tried.
    """
    for tried in islice(_together(wanted, base or {}), MOST):
        patch = {**tried, **(fixed or {})}
        at = Context(answers_of(patch), facts_of(patch), ROW)
        if all(condition.holds(at) is want for condition, want in wanted):
            return patch
    return None


def _together(wanted: list[tuple[Operator, bool]], patch: Patch) -> Iterator[Patch]:
    if not wanted:
        yield patch
        return
    (condition, want), *rest = wanted
    for each in _patches(condition, want):
        yield from _together(rest, {**patch, **each})


def _patches(node: Operator, want: bool) -> Iterator[Patch]:
    given = node.model_dump(by_alias=True)
    name, value = next(iter(given.items()))
    if name in ("all", "any"):
        if want is (name == "all"):
            yield from _together([(part, want) for part in node.parts()], {})
        else:
            for part in node.parts():
                yield from _patches(part, want)
        return
    if name == "not":
        yield from _patches(node.parts()[0], not want)
        return
    yield from LEAVES[name](value, want)


def _here(question_id: str) -> str:
    return path(question_id, *ROW)


def _answered(value: str, want: bool) -> Iterator[Patch]:
    group = value.endswith("[]")
    yield {_here(value): (["r1"] if group else "x") if want else ""}


def _equals(value: Any, want: bool) -> Iterator[Patch]:
    asked, *options = value
    yield from ({_here(asked): option} for option in (options if want else ["", "something-else"]))


def _includes(value: Any, want: bool) -> Iterator[Patch]:
    asked, *options = value
    yield from ({_here(asked): [option]} for option in (options if want else []))
    if not want:
        yield {_here(asked): []}


def _under(value: Any, want: bool) -> Iterator[Patch]:
    yield {_here(value[0]): str(value[1] - 1 if want else value[1])}


def _notice_under(value: Any, want: bool) -> Iterator[Patch]:
    yield {_here(value[0]): "2026-11-05" if want else "2026-12-24", "fact:asked_on": "2026-11-01"}


def _rows_over(value: Any, want: bool) -> Iterator[Patch]:
    yield {_here(value[0]): [f"r{number}" for number in range(1, value[1] + (2 if want else 1))]}


def _some_row(value: Any, want: bool) -> Iterator[Patch]:
    group, *cells = value
    yield from ({_here(group): ["r1"], path(cell, "r1"): "x" if want else ""} for cell in cells)
    if not want:
        yield {_here(group): []}


def _row_is(value: Any, want: bool) -> Iterator[Patch]:
    cell, *options = value
    group = cell.rpartition(".")[0]
    yield from ({_here(group): ["r1"], path(cell, "r1"): option} for option in (options if want else [""]))


def _each_row(value: Any, want: bool) -> Iterator[Patch]:
    group, *cells = value
    yield {_here(group): ["r1"], **{path(cell, "r1"): "x" if want else "" for cell in cells}}


def _cycles(value: Any, want: bool) -> Iterator[Patch]:
    yield {"fact:complete_cycles": 0 if want else value[1]}


def _sent(value: str, want: bool) -> Iterator[Patch]:
    yield {"fact:sent": (value,) if want else ()}


def _anything(value: bool, want: bool) -> Iterator[Patch]:
    yield {"whatever": "x"} if want is value else {}


def _fact(value: Any, want: bool) -> Iterator[Patch]:
    name, *values = value
    yield from ({f"fact:{name}": each} for each in (values if want else ["something-else", not values[0]]))


def _fact_at_least(value: Any, want: bool) -> Iterator[Patch]:
    yield {f"fact:{value[0]}": value[1] if want else value[1] - 1}


def _fact_under(value: Any, want: bool) -> Iterator[Patch]:
    yield {f"fact:{value[0]}": value[1] - 1 if want else value[1]}


LEAVES = {
    "answered": _answered, "equals": _equals, "includes": _includes, "under": _under, "notice_under": _notice_under,
    "rows_over": _rows_over, "some_row": _some_row, "each_row": _each_row, "row_is": _row_is,
    "fewer_complete_cycles": _cycles, "sent": _sent, "anything": _anything,
    "fact": _fact, "fact_at_least": _fact_at_least, "fact_under": _fact_under,
}  # fmt: skip

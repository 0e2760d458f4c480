"""What helps to decide whether to assess, and whether it is here yet. Advice to a reader: never a gate, no score."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from forms import cycles
from forms.paths import path
from forms.values import has_something

HAVE, ASKED, NOT_ASKED, DOES_NOT_APPLY = "have", "asked", "not_asked", "does_not_apply"
CYCLES = "tr_cycle[]"
AREAS = ("cl", "ci", "semh", "sp", "hl", "sc")
REPORTS = frozenset({"professional-report", "medical-letter"})


@dataclass(frozen=True)
class Evidence:
    """What is known of a request: answers of every form sent with it, and facts of the case.

    `told` says whether everyone the law names was told; `family` whether the family asked or can be written to.
    """

    answers: Mapping[str, Any]
    forms: frozenset[str]
    told: bool
    received_on: date
    age: int
    year: int
    in_setting: bool
    asked: frozenset[str] = frozenset()

    def has(self, *paths: str) -> bool:
        """Whether any of these has been answered, or its section by somebody's own paper."""
        return any(has_something(self.answers.get(each)) for each in paths)

    def rows(self, group: str, *cells: str) -> bool:
        """Whether any row of a group has something in each of these cells."""
        return any(
            all(has_something(self.answers.get(path(f"{group}.{cell}", row))) for cell in cells)
            for row in self.answers.get(group) or ()
        )

    def chosen(self, group: str, cell: str, options: frozenset[str]) -> bool:
        """Whether any row of a group has one of these options chosen."""
        return any(self.answers.get(path(f"{group}.{cell}", row)) in options for row in self.answers.get(group) or ())


@dataclass(frozen=True)
class Line:
    """One thing that helps to decide: how it stands, whom to ask first, and by when as a working guide."""

    id: str
    title: str
    state: str
    ask_first: str
    by: date
    said: str = ""


@dataclass(frozen=True)
class _Kind:
    id: str
    title: str
    ask_first: str
    day: int
    have: Callable[[Evidence], bool]
    applies: Callable[[Evidence], bool] = lambda e: True
    said: Callable[[Evidence], str] = lambda e: ""


def lines(evidence: Evidence) -> list[Line]:
    """Every line, in order, with its state. A line that is here is `have` even when it was asked for too."""
    return [
        Line(
            kind.id,
            kind.title,
            _state(kind, evidence),
            kind.ask_first,
            evidence.received_on + timedelta(days=kind.day),
            kind.said(evidence),
        )
        for kind in KINDS
    ]


def _state(kind: _Kind, evidence: Evidence) -> str:
    if not kind.applies(evidence):
        return DOES_NOT_APPLY
    if kind.have(evidence):
        return HAVE
    return ASKED if kind.id in evidence.asked else NOT_ASKED


def _attainment(e: Evidence) -> bool:
    two_dates = e.rows("at_row[]", "d1", "d2") or e.rows("at_row[]", "d1", "d3") or e.rows("at_row[]", "d2", "d3")
    return two_dates or e.rows("at_eyfs[]", "then", "now") or e.has("progress__paper")


def _needs(e: Evidence) -> bool:
    hard = e.has("pq_hard", "needs__paper", *(f"na_{area}_hard" for area in AREAS))
    return hard and (e.has("st_att_pct", "attendance__paper", "setting__paper") or not e.in_setting)


def _cycles(e: Evidence) -> int:
    return cycles.complete(e.answers, CYCLES, e.received_on.isoformat())


def _action(e: Evidence) -> bool:
    return _cycles(e) >= 2 or (e.has("tr_fewer") and e.has("tr_fewer_say")) or e.has("tried__paper")


def _neutral(e: Evidence) -> str:
    if _cycles(e) < 2 and e.has("tr_fewer"):
        return "Usually there are two cycles of support. The setting says why there are not."
    return ""


KINDS = (
    _Kind("who", "Who and where", "Whoever asked", 1, lambda e: e.has("ch_first", "ch_known") or bool(e.forms)),
    _Kind("told", "Right people told", "Caseworker", 5, lambda e: e.told),
    _Kind(
        "child_views",
        "The child's or young person's views",
        "Setting or helper",
        20,
        lambda e: any(form.startswith("aam-") for form in e.forms) or e.has("vw_child_q"),
    ),
    _Kind(
        "parent_views",
        "The parents' views",
        "Parent",
        20,
        lambda e: bool({"views-parent", "ehcna-req-parent"} & e.forms) or e.has("vw_parent_q"),
    ),
    _Kind("attainment", "Attainment or development, and rate of progress", "Setting", 15, _attainment),
    _Kind("needs", "Nature, extent and context of need", "Setting", 15, _needs),
    _Kind("action", "Action already taken", "Setting", 15, _action, said=_neutral),
    _Kind(
        "extra_help",
        "Progress only with much extra help",
        "Setting",
        15,
        lambda e: e.has("at_say", "tr_map", "tr_map_total", "tried__paper") or e.rows(CYCLES, "result", "did"),
    ),
    _Kind(
        "health",
        "Physical, emotional, social and health evidence",
        "Health, social care",
        20,
        lambda e: e.chosen("fi[]", "kind", REPORTS) or e.chosen("pf[]", "report", frozenset({"added"})),
    ),
    _Kind(
        "advice",
        "Advice acted on",
        "Setting",
        15,
        lambda e: e.rows("tr_adv[]", "said", "did") or e.has("tr_adjust", "tried__paper"),
    ),
    _Kind(
        "adult_life",
        "Preparing for adult life",
        "Setting",
        20,
        lambda e: e.has(*(f"{p}_pfa_{x}" for p in ("la", "vp") for x in ("work", "home", "people", "health"))),
        applies=lambda e: e.year >= 9,
    ),
    _Kind(
        "over_18",
        "Over 18: additional time needed",
        "Whoever asked",
        20,
        lambda e: e.has("la_19", "yq_more_time"),
        applies=lambda e: e.age >= 18,
    ),
    _Kind(
        "no_setting",
        "Not in a setting: who teaches, and where the records are",
        "Parent, previous setting",
        10,
        lambda e: e.has("pq_outschool", "vp_home_learn", "st_prev[]"),
        applies=lambda e: not e.in_setting,
    ),
)
LINES = {kind.id: kind.title for kind in KINDS}

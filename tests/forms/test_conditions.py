"""Every condition both ways."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from forms.conditions import Condition, Context

READ: TypeAdapter[Any] = TypeAdapter(Condition)
ROWS = {"pr[]": ["r1", "r2"], "pr[r1].phone": "01632 960001", "pr[r1].limits": "yes", "pr[r2].limits": "no"}
YES = {"equals": ["a", "yes"]}
NO = {"equals": ["a", "no"]}


def holds(condition: dict[str, Any], answers: dict[str, Any], rows: tuple[str, ...] = (), **facts: Any) -> bool:
    return bool(READ.validate_python(condition).holds(Context(answers, facts, rows)))


@pytest.mark.parametrize(
    ("condition", "met", "unmet"),
    [
        ({"answered": "a"}, {"a": "x"}, {"a": " "}),
        ({"equals": ["a", "yes", "maybe"]}, {"a": "maybe"}, {"a": "no"}),
        ({"equals": ["a", "yes"]}, {"a": "yes"}, {}),
        ({"includes": ["a", "x", "y"]}, {"a": ["y", "z"]}, {"a": ["z"]}),
        ({"includes": ["a", "x"]}, {"a": ["x"]}, {"a": "x"}),
        ({"under": ["a", 95]}, {"a": "94.9"}, {"a": "95"}),
        ({"under": ["a", 95]}, {"a": "0"}, {"a": "rarely in"}),
        ({"under": ["a", 95]}, {"a": "12"}, {}),
        ({"rows_over": ["pr[]", 1]}, ROWS, {"pr[]": ["r1"]}),
        ({"notice_under": ["a", 14]}, {"a": "2026-12-05"}, {"a": "2026-12-06"}),
        ({"notice_under": ["a", 14]}, {"a": "2026-11-01"}, {"a": {"day": "31", "month": "2", "year": "2026"}}),
        ({"rows_over": ["pr[]", 1]}, ROWS, {}),
        ({"some_row": ["pr[]", "pr[].phone", "pr[].email"]}, ROWS, {"pr[]": ["r2"]}),
        ({"each_row": ["pr[]", "pr[].limits"]}, ROWS, {**ROWS, "pr[r2].limits": ""}),
        ({"each_row": ["pr[]", "pr[].limits"]}, {"pr[]": []}, {}),
        ({"anything": True}, {"a": "x"}, {"a": "", "b": []}),
        ({"not": YES}, {"a": "no"}, {"a": "yes"}),
        ({"all": [YES, {"answered": "b"}]}, {"a": "yes", "b": "x"}, {"a": "yes"}),
        ({"any": [YES, NO]}, {"a": "no"}, {"a": "not-sure"}),
    ],
)
def test_a_condition_holds_and_does_not(condition: dict[str, Any], met: Any, unmet: Any) -> None:
    assert holds(condition, met, asked_on="2026-11-22")
    assert not holds(condition, unmet, asked_on="2026-11-22")


@pytest.mark.parametrize(
    ("condition", "met", "unmet"),
    [
        ({"fact": ["person", "yp"]}, {"person": "yp"}, {"person": "child"}),
        ({"fact": ["person", "child"]}, {}, {"person": "yp"}),
        ({"fact": ["in_setting", False]}, {"in_setting": False}, {}),
        ({"fact_at_least": ["age", 10]}, {"age": 10}, {"age": 9}),
        ({"fact_at_least": ["year", 9]}, {"year": 9}, {}),
        ({"fact_under": ["age", 8]}, {"age": 7}, {"age": 8}),
        ({"fact_under": ["age", 8]}, {"age": 0}, {}),
        ({"sent": "vw_aam"}, {"sent": ["vw_aam"]}, {"sent": ["vw_opp"]}),
        ({"sent": "vw_aam"}, {"sent": ["vw_aam"]}, {}),
    ],
)
def test_a_fact_decides_and_what_is_not_known_counts_as_usual(condition: dict[str, Any], met: Any, unmet: Any) -> None:
    assert holds(condition, {}, **met)
    assert not holds(condition, {}, **unmet)


def test_a_condition_in_a_row_reads_its_own_row() -> None:
    limits = {"equals": ["pr[].limits", "yes"]}
    assert holds(limits, ROWS, rows=("r1",))
    assert not holds(limits, ROWS, rows=("r2",))


@pytest.mark.parametrize(
    "given", [{}, {"equals": ["a", "b"], "answered": "a"}, {"eval": "1"}, {"equals": ["a"]}, "a is yes"]
)
def test_what_is_no_condition_is_refused(given: Any) -> None:
    with pytest.raises(ValidationError):
        READ.validate_python(given)

"""Addresses of answers can be built and taken apart, and nothing else is one."""

import pytest

from forms.paths import anchor, parse_path, path


@pytest.mark.parametrize(
    ("question", "rows", "address"),
    [
        ("ch_dob", (), "ch_dob"),
        ("tr_cycle[]", (), "tr_cycle[]"),
        ("tr_cycle[].aim", ("r1",), "tr_cycle[r1].aim"),
        ("ou[].steps[]", ("r1",), "ou[r1].steps[]"),
        ("ou[].steps[].by", ("r1", "s2"), "ou[r1].steps[s2].by"),
        ("request__paper", (), "request__paper"),
    ],
)
def test_an_address_comes_apart_as_it_was_put_together(question: str, rows: tuple[str, ...], address: str) -> None:
    assert path(question, *rows) == address
    assert parse_path(address) == (question, rows)


def test_a_question_outside_a_row_ignores_the_row() -> None:
    assert path("rq_setting_kind", "r1") == "rq_setting_kind"


@pytest.mark.parametrize("rows", [(), ("",), ("a b",), ("x" * 37,), ("a].b[c",)])
def test_a_row_that_is_no_row_id_is_refused(rows: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="needs a row id"):
        path("tr_cycle[].aim", *rows)


@pytest.mark.parametrize(
    "address", ["", "[]", "A", "a[r1]", "a[].b", "a[r1].b.", "a b", "a[r 1].b", "../etc", "a[r1]b"]
)
def test_what_is_not_an_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not the address"):
        parse_path(address)


def test_addresses_make_html_ids() -> None:
    assert anchor("ou[r1].steps[s2].by") == "ou-r1-steps-s2-by"
    assert anchor("pr[]") == "pr"

"""Costs in exact decimals: each row half up to a penny, then added."""

from decimal import Decimal
from typing import Any

import pytest

from forms import calcs, catalogue
from forms.money import yearly

MAP = catalogue.get("provision-map")
CHECK = {"cat": "a", "staff": "assistant", "mins": "30", "times": "5", "group": "3", "weeks": "38"}
FACTS = {"rates": {"assistant": "15.00"}, "school_pays": "6000"}


def worked(*rows: dict[str, Any], **facts: Any) -> dict[str, str]:
    ids = [f"r{number}" for number in range(len(rows))]
    cells = {
        f"pm_row[{row}].{name}": value for row, cells in zip(ids, rows, strict=True) for name, value in cells.items()
    }
    return calcs.worked_out(MAP, {"pm_row[]": ids, **cells}, {**FACTS, **facts})


def test_half_an_hour_five_times_a_week_in_a_group_of_three_is_475_pounds_a_year() -> None:
    found = worked(CHECK)
    assert found["pm_row[r0].cost"] == "£475.00"
    assert found["pm_total"] == "£475.00"


@pytest.mark.parametrize(
    ("given", "pence"),
    [
        (("10", "1", "3", "1", "15.00"), "0.83"),
        (("1", "1", "1", "1", "0.30"), "0.01"),
        (("1", "1", "1", "1", "0.29"), "0.00"),
        (("20", "1", "3", "38", "15.00"), "63.33"),
        (("12.5", "2", "1", "39", "17.35"), "281.94"),
    ],
)
def test_a_row_is_rounded_half_up_to_a_penny_and_only_at_the_end(given: tuple[str, ...], pence: str) -> None:
    assert yearly(*(Decimal(each) for each in given)) == Decimal(pence)


def test_rows_are_rounded_before_they_are_added() -> None:
    third = {**CHECK, "mins": "10", "times": "1", "weeks": "1"}
    assert worked(third, third, third)["pm_total"] == "£2.49"


@pytest.mark.parametrize("group", ["0", "0.0", "", "three"])
def test_a_group_of_nobody_is_wrong_in_its_own_row_only(group: str) -> None:
    found = worked(CHECK, {**CHECK, "group": group}, {"cat": "d", "price": "1,000.505"})
    assert found["pm_row[r1].cost"] == "Say how many pupils share the adult: 1 if one to one."
    assert found["pm_row[r0].cost"] == "£475.00"
    assert found["pm_row[r2].cost"] == "£1,000.51"
    assert found["pm_total"] == "£1,475.51, with 1 row not counted"


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ("staff", "Choose a staff type"),
        ("mins", "Say how many minutes."),
        ("times", "Say how many times a week."),
        ("weeks", "Say how many weeks a year."),
    ],
)
def test_what_is_missing_in_a_row_is_said_there(gone: str, says: str) -> None:
    assert worked({**CHECK, gone: ""})["pm_row[r0].cost"].startswith(says)


def test_a_price_is_asked_for_what_is_bought() -> None:
    assert worked({"cat": "e", "price": ""})["pm_row[r0].cost"] == "Say the yearly price for this pupil."


def test_what_is_above_the_schools_part_is_never_less_than_nothing() -> None:
    assert worked(CHECK)["pm_gap"] == "£0.00"
    assert worked({"cat": "d", "price": "7250.10"})["pm_gap"] == "£1,250.10"
    assert worked(CHECK)["pm_e2"] == "£6,000.00"


def test_the_authoritys_own_rates_count_and_the_usual_ones_stand_in() -> None:
    assert worked(CHECK, rates={"assistant": "18.00"})["pm_total"] == "£570.00"
    assert worked(CHECK, rates=None)["pm_total"] == "£475.00"
    staff = {option.id for asked in MAP.questions() if asked.id == "pm_row[].staff" for option in asked.options}
    assert staff == catalogue.usual_rates()["rates"].keys()


def test_a_map_without_rows_has_no_total() -> None:
    assert "pm_total" not in calcs.worked_out(MAP, {}, FACTS)

"""A parent's whole request without JavaScript: rows, an error and its correction, earlier words taken, sent."""

import pytest

from tests.journeys.asking import name_child
from tests.journeys.conftest import DESK, PHONE, Seat, Seats

pytestmark = pytest.mark.full


def names(pat: Seat) -> list[str]:
    """The names in the rows, from the top."""
    return [box.input_value() for box in pat.page.locator('input[name^="pr["][name$="].name"]').all()]


def type_name(pat: Seat, name: str) -> None:
    """A name for the last row."""
    pat.page.locator('input[name^="pr["][name$="].name"]').last.fill(name)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["375", "1280"])
def test_everything_a_parent_needs_works_without_script(seat: Seats, size: dict[str, int]) -> None:
    pat = seat("pat6", size, scripted=False)
    pat.go("/").follow("Ask for an assessment", first=True).press("Start now")
    form = pat.page.url.split("/page/")[0]
    rows_go_where_they_are_put(pat, form)
    an_error_says_what_to_do(pat, form)
    earlier_words_are_taken_once(pat, form)
    pat.go(f"{form}/page/pq_ask").page.locator('[name="pq_ask"]').check()
    pat.press("Save and continue").go(f"{form}/page/pq_who").page.locator('[name="pq_who"]').fill("Mum")
    pat.press("Save and continue").go(f"{form}/page/ch_first")
    name_child(pat, "Rowan", "Pretend-Plain", "3", "5", "2018")
    pat.press("Save and continue").go(f"{form}/page/pq_hard").page.locator('[name="pq_hard"]').fill("Mornings.")
    pat.press("Save and continue")
    pat.go(f"{form}/page/de_name").page.locator('[name="de_name"]').fill("Alex Pretend")
    pat.page.locator('[name="de_role"]').select_option("parent")
    pat.press("Save and continue").go(form).press("Go to send").press("Send now").sees("Your reference is")
    pat.go(f"{form}/print").sees("Alex Pretend").sees("Dune Pretend").does_not_see("Blake Pretend")


def rows_go_where_they_are_put(pat: Seat, form: str) -> None:
    """Three people, the last moved up, the one that was second removed; the order and every word stay."""
    pat.go(f"{form}/page/pr")
    type_name(pat, "Alex Pretend")
    pat.page.locator('input[name^="pr["][name$=".phone"]').first.fill("01632 960 998")
    for name in ("Blake Pretend", "Dune Pretend"):
        pat.press("Add another parent or carer")
        type_name(pat, name)
    move_up(pat)
    assert names(pat) == ["Alex Pretend", "Dune Pretend", "Blake Pretend"]
    with pat.page.expect_navigation():
        pat.page.get_by_role("button", name="Remove").last.click()
    assert names(pat) == ["Alex Pretend", "Dune Pretend"]
    pat.press("Save and continue").go(f"{form}/page/pr")
    assert names(pat) == ["Alex Pretend", "Dune Pretend"]


def move_up(pat: Seat) -> None:
    """The last row goes up by one."""
    with pat.page.expect_navigation():
        pat.page.get_by_role("button", name="Move up").last.click()
    pat.look()


def an_error_says_what_to_do(pat: Seat, form: str) -> None:
    """A date that is none: the page says so, keeps what was typed and, put right, goes on."""
    pat.go(f"{form}/page/ch_dob")
    name_child(pat, "", "", "31", "31", "2018")
    pat.press("Save and continue").sees("There is a problem")
    assert pat.page.title().startswith("Error:")
    summary = pat.page.locator(".govuk-error-summary a").first
    assert summary.get_attribute("href") == "#ch_dob-month"
    assert pat.page.locator("#ch_dob-month").input_value() == "31"
    name_child(pat, "", "", "3", "5", "2018")
    pat.press("Save and continue").does_not_see("There is a problem")


def earlier_words_are_taken_once(pat: Seat, form: str) -> None:
    """What the request says is offered in the parent's own views, with who said it, and taken by a button."""
    pat.go(form).press("Start your own views")
    views = pat.page.url
    pat.go(f"{views}/page/pr").sees("You told us this").sees("Alex Pretend")
    pat.press("Use this", first=True)
    assert names(pat) == ["Alex Pretend", "Dune Pretend"]
    pat.does_not_see("Use this")

"""The three pages that are compared ask the same and show the same answers."""

from html.parser import HTMLParser

import pytest
from flask import render_template

from bench import formpage


class Asked(HTMLParser):
    """Names and values of a page's inputs, a box's or button's only when it is ticked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.choosing = self.writing = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.choosing = given["name"]
        elif tag == "option" and "selected" in given:
            self.found.append((self.choosing, given["value"]))
        elif tag == "textarea":
            self.writing = given["name"]
        elif tag == "input" and given.get("type") in ("radio", "checkbox"):
            self.found += [(given["name"], given["value"])] if "checked" in given else []
        elif tag == "input" and given.get("type") != "hidden":
            self.found.append((given["name"], given["value"]))

    def handle_data(self, data: str) -> None:
        if self.writing:
            self.found.append((self.writing, data))
            self.writing = ""


@pytest.mark.parametrize("template", ["stock.html", "plain.html"])
def test_a_page_made_from_a_definition_asks_what_the_page_written_by_hand_asks(template: str) -> None:
    with formpage.drawing_app().test_request_context():
        generated = Asked(formpage.generated(formpage.ten_questions()))
        by_hand = Asked(render_template(template, said=formpage.by_hand()))
    names = {name.rpartition("-")[0] or name for name, _ in generated.found}
    assert names == {question["id"] for question in formpage.TEN}
    assert generated.found == by_hand.found


def test_a_page_made_from_a_definition_costs_at_most_half_of_one_with_the_stock_macros() -> None:
    against_stock, _ = formpage.measure(rounds=3, times=4)
    assert against_stock.ratio < 0.5, str(against_stock)

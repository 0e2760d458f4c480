"""With the keyboard alone: every kind of answer given, an error found and put right, sent; focus always visible."""

import pytest

from tests.journeys.conftest import DESK, Seat, Seats

pytestmark = pytest.mark.full
MOST_TABS = 90
FOCUS_SHOWS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return true;
    const shows = (style) => style.boxShadow !== "none" ||
        (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5);
    const label = at.labels && at.labels[0];
    const box = at.getBoundingClientRect();
    const inView = box.bottom > 0 && box.top < window.innerHeight;
    const styles = [getComputedStyle(at)];
    if (label) styles.push(getComputedStyle(label), getComputedStyle(label, "::before"));
    return inView && styles.some(shows);
}"""


class Keys:
    """Somebody who has no mouse: everything is reached by Tab and done by keys."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.page = seat, seat.page

    def to(self, selector: str) -> "Keys":
        """Tab to an element; at every stop on the way it can be seen where the focus is."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("(s) => document.activeElement?.matches(s)", selector):
                return self
            self.page.keyboard.press("Tab")
            where = self.page.evaluate("() => document.activeElement?.outerHTML.slice(0, 200)")
            assert self.page.evaluate(FOCUS_SHOWS), f"the focus cannot be seen: {where}"
        raise AssertionError(f"{selector} cannot be reached by Tab at {self.page.url}")

    def type(self, selector: str, words: str) -> "Keys":
        """Type into a box."""
        self.to(selector).page.keyboard.type(words)
        return self

    def tick(self, selector: str) -> "Keys":
        """Choose with Space."""
        self.to(selector).page.keyboard.press("Space")
        assert self.page.evaluate("() => document.activeElement.checked"), selector
        return self

    def go_on(self, selector: str = 'main form button.govuk-button:not([name])[type="submit"]') -> "Keys":
        """Press a button or follow a link with Enter."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.seat.look()
        return self

    def at(self, address: str) -> "Keys":
        """Open a page."""
        self.seat.go(address)
        return self


def test_a_request_is_filled_in_corrected_and_sent_without_a_mouse(seat: Seats) -> None:
    pat = seat("pat7", DESK)
    keys = Keys(pat).at("/ask").go_on("button.govuk-button--start")
    form = pat.page.url.split("/page/")[0]
    every_kind_of_answer(keys, form)
    an_error_is_found_and_put_right(keys, form)
    keys.at(f"{form}/page/de_name").type('[name="de_name"]', "Alex Pretend").to('[name="de_role"]')
    pat.page.keyboard.type("Parent")
    keys.go_on()
    keys.at(form).go_on('a[href$="/send"]').go_on()
    pat.sees("Your reference is")
    printed = pat.go(f"{form}/print").page.locator("main").inner_text()
    for words in ("Mum", "Mornings", "1 Invented Street", "Alex Pretend", "Rowan", "3 May 2018", "Bus to school"):
        assert words in printed, words


def every_kind_of_answer(keys: Keys, form: str) -> None:
    """A box to tick, a line, choices, a big box, a list to choose from, an address, rows."""
    keys.at(f"{form}/page/pq_ask").tick('[name="pq_ask"]').go_on()
    keys.at(f"{form}/page/pq_who").type('[name="pq_who"]', "Mum")
    with keys.page.expect_navigation():  # Enter in a line sends the page
        keys.page.keyboard.press("Enter")
    keys.at(f"{form}/page/pq_who").tick('[name="pq_care"]').go_on()
    keys.at(f"{form}/page/pq_hard").type('[name="pq_hard"]', "Mornings").go_on()
    keys.at(f"{form}/page/pq_where").tick('[name="pq_where"]')
    keys.page.keyboard.press("ArrowDown")
    keys.go_on()
    keys.at(f"{form}/page/ch_first").type('[name="ch_first"]', "Rowan").type('[name="ch_last"]', "Pretend").go_on()
    keys.at(f"{form}/page/ch_ethnicity").to('main select, main [role="combobox"]')
    keys.page.keyboard.press("ArrowDown")
    keys.go_on()
    keys.at(f"{form}/page/ch_address").type('[name^="ch_address"]:not([type="hidden"])', "1 Invented Street").go_on()
    keys.at(f"{form}/page/pr").type('[name^="pr["][name$=".name"]', "Alex Pretend").type(
        '[name^="pr["][name$=".phone"]', "01632 960 997"
    )
    for name in ("Blake Pretend", "Dune Pretend"):
        keys.go_on('button[name="add"]').type('fieldset.answer-row:last-of-type [name^="pr["][name$=".name"]', name)
    keys.go_on('fieldset.answer-row:last-of-type button[name="move"]').go_on()
    keys.at(f"{form}/page/pq_outschool").tick('[name="pq_outschool"]').go_on()
    keys.at(f"{form}/page/pq_now").type('[name="pq_now"]', "Bus to school").go_on()


def an_error_is_found_and_put_right(keys: Keys, form: str) -> None:
    """The summary has the focus, its link leads to the box that is wrong, and what was typed is still there."""
    keys.at(f"{form}/page/ch_dob").type("#ch_dob-day", "31").type("#ch_dob-month", "31").type("#ch_dob-year", "2018")
    keys.go_on()
    assert keys.page.evaluate("() => document.activeElement.matches('.govuk-error-summary')")
    keys.to(".govuk-error-summary a").page.keyboard.press("Enter")
    assert keys.page.evaluate("() => document.activeElement.id") == "ch_dob-month"
    keys.page.keyboard.press("ControlOrMeta+a")
    keys.page.keyboard.type("5")
    keys.to("#ch_dob-year").page.keyboard.press("Shift+Tab")
    keys.page.keyboard.press("Shift+Tab")
    keys.page.keyboard.press("ControlOrMeta+a")
    keys.page.keyboard.type("3")
    keys.go_on()
    keys.seat.does_not_see("There is a problem")

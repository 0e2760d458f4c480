"""Every page of every form, at 375 px, as whoever fills it in gets it: no axe violation, no sideways scroll."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms import catalogue
from forms.definition import Page
from tests.journeys.asking import hand_over, name_child, start_request
from tests.journeys.conftest import AXE, PHONE, Seat, Seats, Stack
from tests.journeys.reviewing import bring_in_plan, open_part, open_review
from tests.journeys.steps import ask_to_take_part, follow_invitation
from workflow.clock import now
from workflow.coproduction.kinds import SHOWS_HAPPINESS

pytestmark = pytest.mark.full

NOBODY_BEGINS: frozenset[str] = frozenset()
"""Forms of the catalogue that nobody can begin by the service's own pages yet."""


IN_MAIN = """async () => (await axe.run("main", {resultTypes: ["violations"]})).violations.map(
    (v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')
)"""  # what stands around it is the same on every page, and every journey looks at that


def test_every_page_of_every_form_can_be_read_by_everybody(seat: Seats, stack: Stack, tmp_path: Path) -> None:
    problems: list[str] = []
    shown: dict[str, set[str]] = {}
    for form_id, who, address in every_form(seat, stack, tmp_path):
        for page in catalogue.get(form_id).pages():
            who.page.goto(address.format(page=page.id), wait_until="domcontentloaded")
            if f"/{page.id}" in who.page.url:
                shown.setdefault(form_id, set()).add(page.id)
                problems += [f"{form_id} {page.id}: {each}" for each in wrong_with(who)]
    assert not problems, "\n".join(problems)
    assert shown.keys() | NOBODY_BEGINS == {form.id for form in catalogue.all_forms()}
    for form_id, pages_shown in shown.items():
        for page in catalogue.get(form_id).pages():
            assert page.id in pages_shown or asked_only_sometimes(page), f"{form_id} {page.id} was never shown"


def wrong_with(who: Seat) -> Iterator[str]:
    """What is wrong with the page that is open."""
    if "We cannot show" in who.page.title() or not who.page.locator("main form").count():
        yield "does not open"
    who.page.evaluate(AXE)
    yield from who.page.evaluate(IN_MAIN)
    if who.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        yield "scrolls sideways"


def asked_only_sometimes(page: Page) -> bool:
    """Whether a page hangs on something, or is asked in words of its own where the child finishes."""
    asked = [each for each in page.questions if each.type != "calc" and each.id not in SHOWS_HAPPINESS.values()]
    return page.section.when is not None or all(each.when is not None for each in asked)


def every_form(seat: Seats, stack: Stack, folder: Path) -> Iterator[tuple[str, Seat, str]]:
    """Every form begun as people begin it: its id, who writes it, and the address of its pages."""
    yield from of_a_request(seat("sam-e", PHONE))
    yield from of_a_family(seat("pat-e", PHONE))
    yield from of_a_young_person(seat("young-e", PHONE))
    yield from handed_over(seat)
    yield from of_reviews(seat, stack, folder)
    yield from of_the_council(seat("casey-e", PHONE))


def pages(form: str) -> str:
    """The address of a form's pages, every question asked for."""
    return f"{form.split('/page/')[0].split('?')[0]}/page/{{page}}?all=1"


def of_a_request(sam: Seat) -> Iterator[tuple[str, Seat, str]]:
    """What a school fills in: its request, its own views beside it, and the forms that it keeps."""
    form = start_request(sam)
    yield "ehcna-req-setting", sam, pages(form)
    yield "views-education", sam, pages(sam.go(form).press("Start your own views").page.url)
    for form_id, words in (
        ("sen-support-plan", "Start a SEN support plan"),
        ("provision-map", "Start a costed provision map"),
    ):
        yield form_id, sam, pages(sam.go("/school/").press(words).page.url)


def of_a_family(pat: Seat) -> Iterator[tuple[str, Seat, str]]:
    """What a parent fills in: their request, their views, and what they know of a very young child."""
    form = pat.go("/ask").press("Start now").page.url.split("/page/")[0]
    yield "ehcna-req-parent", pat, pages(form)
    pat.go(f"{form}/page/ch_dob")
    name_child(pat, "", "", "3", "5", str(now().year - 3))
    pat.press("Save and continue")
    yield "views-parent", pat, pages(pat.go(form).press("Start your own views").page.url)
    pat.go(form).page.get_by_role("button", name=re.compile("^Start “")).first.click()
    yield "aam-early", pat, pages(pat.page.url)


def of_a_young_person(young: Seat) -> Iterator[tuple[str, Seat, str]]:
    """What a young person fills in for themself."""
    form = young.go("/ask").press("Ask for myself").page.url.split("/page/")[0]
    yield "ehcna-req-yp", young, pages(form)
    young.go(f"{form}/page/ch_dob")
    name_child(young, "", "", "3", "5", str(now().year - 18))
    young.press("Save and continue").go(form)
    young.page.get_by_role("button", name=re.compile("^Start “")).first.click()
    yield "aam-16plus", young, pages(young.page.url)


def handed_over(seat: Seats) -> Iterator[tuple[str, Seat, str]]:
    """What a child fills in on a screen that was handed over, each version of it."""
    for form_id, another in (("aam-primary", ""), ("aam-secondary", catalogue.get("aam-secondary").title)):
        tablet = seat(f"tablet-{form_id}", PHONE)
        form = start_request(tablet)
        childs = hand_over(tablet, form, another)
        yield form_id, tablet, f"{childs}/about/{{page}}"
        tablet.go(f"{childs}/stop").fill("Your number", "4821").press("Take the screen back")
        yield form_id, tablet, pages(tablet.page.url)  # how they helped, by whoever handed it over


def of_reviews(seat: Seats, stack: Stack, folder: Path) -> Iterator[tuple[str, Seat, str]]:
    """What is filled in at a review: planned, noted and reported, and the adviser's part."""
    for form_id, years in (("ar-0-13", 8), ("ar-14-25", 15)):
        sam = seat(f"sam-{form_id}", PHONE)
        last = bring_in_plan(seat(f"casey-{form_id}", PHONE), f"{now().year - years}-05-03", folder)
        review = open_review(sam, last)
        report = open_part(sam, review, "Start the report")
        yield form_id, sam, pages(report)
        if form_id == "ar-0-13":
            yield "ar-invite", sam, pages(open_part(sam, review, "Plan the meeting and invite everyone"))
            yield "ar-meeting", sam, pages(open_part(sam, review, "Notes of the meeting"))
            yield "ar-contribution", *adviser(seat("adviser-e", PHONE), stack, sam, report)


def adviser(guest: Seat, stack: Stack, sam: Seat, report: str) -> tuple[Seat, str]:
    """An adviser who is asked for advice and comes."""
    address = f"adviser-{uuid.uuid4().hex[:8]}@guest.example"
    sam.go(f"{report}/invite/professional").page.get_by_label("Educational psychologist").check()
    sam.page.get_by_label("Every part").check()
    words = ask_to_take_part(sam, address)
    follow_invitation(guest, stack, address, "Ed Adviser", words, ("Ivy",))
    return guest, pages(guest.page.url)


def of_the_council(casey: Seat) -> Iterator[tuple[str, Seat, str]]:
    """The council's own records of a case."""
    casey.be("Casey Worker").go("/council/cases").page.locator('[name="name"]').fill("Ivy Storybook")
    case = casey.press("Search").follow("Ivy Storybook", first=True).page.url
    for form_id, words in (("la-triage", "Triage record"), ("la-decision", "Decision record")):
        yield form_id, casey, pages(casey.go(case).press(words).page.url)

"""Every page of every form, as whoever fills it in gets it: no axe violation, no sideways scroll, on a phone and, where
a wide screen lays out pieces that were not seen yet, on that."""

import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from forms import catalogue
from forms.definition import Page
from tests.journeys.asking import ask_on_a_phone, hand_over, name_child, start_request
from tests.journeys.assessing import (
    agree_to_assess,
    begin_plan,
    come_to_advise,
    consult,
    invite_adviser,
    new_child,
    open_case,
    serve_plan,
    write_plan,
)
from tests.journeys.conftest import AXE, DESK, PHONE, Seat, Seats, Stack
from tests.journeys.reviewing import SCHOOL, bring_in_plan, open_part, open_review
from tests.journeys.steps import ask_to_take_part, follow_invitation
from workflow.clock import now
from workflow.coproduction.kinds import SHOWS_HAPPINESS

Begun = Iterator[tuple[str, Seat, str]]
"""Forms begun as people begin them: the id of each, who writes it, and the address of its pages."""

NOBODY_BEGINS: frozenset[str] = frozenset()
"""Forms of the catalogue that nobody can begin by the service's own pages yet."""

IN_MAIN = """async () => (await axe.run("main", {resultTypes: ["violations"]})).violations.map(
    (v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')
)"""  # what stands around it is the same on every page, and every journey looks at that


PIECES = """() => [...new Set([...document.querySelectorAll("main *")].flatMap((each) => [...each.classList]))]"""
SCROLLS = "document.documentElement.scrollWidth > window.innerWidth"


def wrong_with(who: Seat, wide: set[str]) -> Iterator[str]:
    """What is wrong with the page that is open. `wide`: the pieces of pages that were looked at on a wide screen."""
    if "We cannot show" in who.page.title() or not who.page.locator("main form").count():
        yield "does not open"
    who.page.evaluate(AXE)
    for size in (PHONE, DESK):
        who.page.set_viewport_size(size)  # type: ignore[arg-type]
        if size == PHONE or not wide.issuperset(pieces := who.page.evaluate(PIECES)):
            yield from (f"{each} at {size['width']}" for each in who.page.evaluate(IN_MAIN))
            wide.update(pieces if size == DESK else ())
        if who.page.evaluate(SCROLLS):
            yield f"scrolls sideways at {size['width']}"
    who.page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def asked_only_sometimes(page: Page) -> bool:
    """Whether a page hangs on something, or is asked in words of its own where the child finishes."""
    asked = [each for each in page.questions if each.type != "calc" and each.id not in SHOWS_HAPPINESS.values()]
    return page.section.when is not None or all(each.when is not None for each in asked)


def pages(form: str) -> str:
    """The address of a form's pages, every question asked for."""
    return f"{form.split('/page/')[0].split('?')[0]}/page/{{page}}?all=1"


def of_a_request(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """What a school fills in: its request, its own views beside it, and the forms that it keeps."""
    sam = seat("sam-e", PHONE)
    form = start_request(sam)
    yield "ehcna-req-setting", sam, pages(form)
    yield "views-education", sam, pages(sam.go(form).press("Start your own views").page.url)
    for form_id, words in (
        ("sen-support-plan", "Start a SEN support plan"),
        ("provision-map", "Start a costed provision map"),
    ):
        yield form_id, sam, pages(sam.go("/school/").press(words).page.url)


def of_a_family(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """What a parent fills in: their request, their views, and what they know of a very young child."""
    pat = seat("pat-e", PHONE)
    form = pat.go("/ask").press("Start now").page.url.split("/page/")[0]
    yield "ehcna-req-parent", pat, pages(form)
    pat.go(f"{form}/page/ch_dob")
    name_child(pat, "", "", "3", "5", str(now().year - 3))
    pat.press("Save and continue")
    yield "views-parent", pat, pages(pat.go(form).press("Start your own views").page.url)
    pat.go(form).page.get_by_role("button", name=re.compile("^Start “")).first.click()
    yield "aam-early", pat, pages(pat.page.url)


def of_a_young_person(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """What a young person fills in for themself."""
    young = seat("young-e", PHONE)
    form = young.go("/ask").press("Ask for myself").page.url.split("/page/")[0]
    yield "ehcna-req-yp", young, pages(form)
    young.go(f"{form}/page/ch_dob")
    name_child(young, "", "", "3", "5", str(now().year - 18))
    young.press("Save and continue").go(form)
    young.page.get_by_role("button", name=re.compile("^Start “")).first.click()
    yield "aam-16plus", young, pages(young.page.url)


def of_a_child(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """What a child fills in on a screen that was handed over."""
    yield from handed_over(seat("tablet-primary", PHONE), "aam-primary")


def of_an_older_child(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """The same for one at a secondary school."""
    yield from handed_over(seat("tablet-secondary", PHONE), "aam-secondary", catalogue.get("aam-secondary").title)


def handed_over(tablet: Seat, form_id: str, another: str = "") -> Begun:
    """The child's own pages, and how they helped by whoever handed the screen over."""
    childs = hand_over(tablet, start_request(tablet), another)
    yield form_id, tablet, f"{childs}/about/{{page}}"
    tablet.go(f"{childs}/stop").fill("Your number", "4821").press("Take the screen back")
    yield form_id, tablet, pages(tablet.page.url)


def of_a_review(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """What is filled in at a review: planned, noted and reported, and the adviser's part."""
    sam = seat("sam-review", PHONE)
    review = review_of(seat, sam, 8, folder)
    report = open_part(sam, review, "Start the report")
    yield "ar-0-13", sam, pages(report)
    yield "ar-invite", sam, pages(open_part(sam, review, "Plan the meeting and invite everyone"))
    yield "ar-meeting", sam, pages(open_part(sam, review, "Notes of the meeting"))
    yield "ar-contribution", *adviser(seat("adviser-e", PHONE), stack, sam, report)


def of_a_later_review(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """The report on somebody who is nearly grown up."""
    sam = seat("sam-later", PHONE)
    yield "ar-14-25", sam, pages(open_part(sam, review_of(seat, sam, 15, folder), "Start the report"))


def review_of(seat: Seats, sam: Seat, years: int, folder: Path) -> str:
    """The address of the review of a child so many years old, whose plan the council has brought in."""
    casey = seat(f"casey-{years}", PHONE)
    return open_review(sam, bring_in_plan(casey, f"{now().year - years}-05-03", folder))


def adviser(guest: Seat, stack: Stack, sam: Seat, report: str) -> tuple[Seat, str]:
    """An adviser who is asked for advice and comes."""
    address = f"adviser-{uuid.uuid4().hex[:8]}@guest.example"
    sam.go(f"{report}/invite/professional").page.get_by_label("Educational psychologist").check()
    sam.page.get_by_label("Every part").check()
    words = ask_to_take_part(sam, address)
    follow_invitation(guest, stack, address, "Ed Adviser", words, ("Ivy",))
    return guest, pages(guest.page.url)


def of_advisers(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """What everybody writes who is asked for advice: the school, and four who come by email. The plan that the council
    begins meanwhile is of somebody nearly grown up."""
    casey, ada, tag = passing(seat, "casey-kit"), passing(seat, "ada-e"), uuid.uuid4().hex[:8]
    case = open_case(casey, "Casey Worker", "Notreal", "Kit")
    invited = {
        form_id: (f"{form_id}-{tag}@guest.example", invite_adviser(casey, case, to, f"{form_id}-{tag}@guest.example"))
        for form_id, to in ADVISERS.items()
    }
    ada.be("Ada Access").go("/school/").page.get_by_role("link", name=re.compile("Education advice")).last.click()
    yield "advice-education", ada, pages(ada.press("Write your advice").page.url)
    for form_id, (address, words) in invited.items():
        guest = passing(seat, form_id)
        come_to_advise(guest, stack, address, words, "Notreal")
        yield form_id, guest, pages(guest.press("Write your advice").page.url)
    yield "ehcp-14-25", casey, pages(written(casey, begin_plan(casey, case)))


ADVISERS = {
    "advice-ep": "Educational psychology service",
    "advice-health": "Hartwell Integrated Care Board",
    "advice-social": "Hartwell social care",
    "advice-other": "An adviser on preparing for adult life",
}


def of_a_draft(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """A plan for a younger child, what the family thinks of its draft, and the reply of a setting asked about it."""
    child = new_child()
    pat, casey, sam = (passing(seat, name) for name in ("pat-draft", "casey-draft", "sam-draft"))
    ask_on_a_phone(pat, child)
    agree_to_assess(passing(seat, "dara-draft"), child[1])
    plan = begin_plan(casey, open_case(casey, "Casey Worker", child[1]))
    write_plan(casey, plan, "B")
    yield "ehcp-0-13", casey, pages(written(casey, plan))
    serve_plan(casey, plan)
    consult(casey, plan, SCHOOL)
    pat.go("/home").follow("Draft plan", first=True).press("Open the plan that goes with this letter")
    yield "draft-response", pat, pages(pat.press("Tell us what you think").page.url)
    sam.be("Sam Senco").go("/school/").page.get_by_role(
        "link", name=f"{child[0]}: could you meet this plan?"
    ).last.click()
    yield "consult-response", sam, pages(sam.press("Write your reply").page.url)


def passing(seat: Seats, name: str) -> Seat:
    """Somebody on their way to a form, by pages at which the story of a plan looks."""
    made = seat(name, PHONE)
    made.looks = False
    return made


def written(casey: Seat, plan: str) -> str:
    """The address where a plan is written."""
    return casey.go(plan).follow("Write Section A").page.url


def of_the_council(seat: Seats, stack: Stack, folder: Path) -> Begun:
    """The council's own records of a case."""
    casey = seat("casey-e", PHONE)
    casey.be("Casey Worker").go("/council/cases").page.locator('[name="name"]').fill("Ivy Storybook")
    case = casey.press("Search").follow("Ivy Storybook", first=True).page.url
    for form_id, words in (("la-triage", "Triage record"), ("la-decision", "Decision record")):
        yield form_id, casey, pages(casey.go(case).press(words).page.url)


WAYS: dict[Callable[[Seats, Stack, Path], Begun], set[str]] = {
    of_a_request: {"ehcna-req-setting", "views-education", "sen-support-plan", "provision-map"},
    of_a_family: {"ehcna-req-parent", "views-parent", "aam-early"},
    of_a_young_person: {"ehcna-req-yp", "aam-16plus"},
    of_a_child: {"aam-primary"},
    of_an_older_child: {"aam-secondary"},
    of_a_review: {"ar-0-13", "ar-invite", "ar-meeting", "ar-contribution"},
    of_a_later_review: {"ar-14-25"},
    of_advisers: {"advice-education", *ADVISERS, "ehcp-14-25"},
    of_a_draft: {"ehcp-0-13", "draft-response", "consult-response"},
    of_the_council: {"la-triage", "la-decision"},
}
"""The forms that are begun in each way."""


@pytest.fixture(scope="module")
def wide() -> set[str]:
    """The pieces of pages that were looked at on a wide screen already."""
    return set()


@pytest.mark.full
@pytest.mark.parametrize("begun", WAYS, ids=lambda begun: begun.__name__)
def test_every_page_of_every_form_can_be_read_by_everybody(
    seat: Seats, stack: Stack, tmp_path: Path, wide: set[str], begun: Callable[[Seats, Stack, Path], Begun]
) -> None:
    problems: list[str] = []
    shown: dict[str, set[str]] = {}
    for form_id, who, address in begun(seat, stack, tmp_path):
        for page in catalogue.get(form_id).pages():
            who.page.goto(address.format(page=page.id), wait_until="domcontentloaded")
            if f"/{page.id}" in who.page.url:
                shown.setdefault(form_id, set()).add(page.id)
                problems += [f"{form_id} {page.id}: {each}" for each in wrong_with(who, wide)]
    assert not problems, "\n".join(problems)
    assert shown.keys() == WAYS[begun]
    for form_id, pages_shown in shown.items():
        for page in catalogue.get(form_id).pages():
            assert page.id in pages_shown or asked_only_sometimes(page), f"{form_id} {page.id} was never shown"


def test_every_form_of_the_catalogue_is_begun_in_some_way() -> None:
    begun = set().union(*WAYS.values())
    assert begun | NOBODY_BEGINS == {form.id for form in catalogue.all_forms()}

"""The main job, end to end: a school's request becomes a case with a legal clock; parent and child add their
voice; a parent asks without an account; a caseworker joins the two and decides; the notices go out."""

import uuid
from datetime import timedelta

import pytest

from tests.journeys.asking import CHILD, accept_invitation, ask_on_a_phone, invite, start_request
from tests.journeys.conftest import DESK, PHONE, Seat, Seats, Stack
from tests.journeys.steps import follow_link
from workflow.clock import now

pytestmark = pytest.mark.full


def write_views(pat: Seat, views: str) -> None:
    """Say one thing in one's own views."""
    pat.go(f"{views}/page/vp_great")
    pat.page.locator('[name="vp_great"]').fill(TREASURE)
    pat.press("Save and continue")


def child_writes(pat: Seat, form: str) -> None:
    """The parent hands the phone over; the child says who may see it and two things, and gives it back."""
    pat.go(form).press("Start All About Me with the child")
    pat.go("/home").follow("All About Me", first=True)
    if pat.page.get_by_label("Choose a number").count():
        pat.fill("Choose a number", "4821").fill("The same number again", "4821").press("Hand over now")
    pat.press("Start")
    for box in ("My family", "My teacher", "The council people who help"):
        pat.page.get_by_label(box).check()
    pat.press("Next")
    pat.go("/home")  # whatever is typed, only the child's own pages answer
    assert "/child/" in pat.page.url
    own = pat.page.url.rstrip("/")
    pat.go(f"{own}/about/ap_good").page.locator('[name="ap_good"]').fill("trains 🚂")
    pat.press("Next")
    pat.go(f"{own}/finish").press("I am happy with this").press("Give it back")
    pat.fill("Your number", "1111").press("Take the screen back").sees("That is not the number")
    pat.fill("Your number", "4821").press("Take the screen back")


TREASURE = "Loves trains and kindness"


@pytest.mark.parametrize(
    ("size", "scripted"), [(PHONE, True), (DESK, True), (PHONE, False)], ids=["375", "1280", "no-script"]
)
def test_a_request_becomes_a_case_and_everyone_sees_the_same_clock(
    seat: Seats, stack: Stack, size: dict[str, int], scripted: bool
) -> None:
    address = f"parent-{uuid.uuid4().hex[:8]}@family.example"
    sam, pat = seat("sam", size, scripted=scripted), seat("pat", size, scripted=scripted)
    form = start_request(sam)
    views = accept_invitation(pat, stack, address, invite(sam, form, address))
    write_views(pat, views)
    sam.go(form).does_not_see(TREASURE)  # private until shared
    pat.go(views).press("Share")
    child_writes(pat, form)
    sam.go(form).press("Go to send").press("Send now").sees("Your reference is")
    shown = sam.page.locator("main time").all_inner_texts()
    assert len(shown) >= 3
    pat.go("/home").follow(CHILD[0], first=True).sees("What happens, and by when")
    for day in shown:
        assert day in pat.page.content()
    stack.mail(address, "assessment")
    sam.go("/school/").follow(f"{CHILD[0]} {CHILD[1]}", first=True)
    ask_school(seat("casey", size, scripted=scripted), sam, stack)
    decide(seat("dara", size, scripted=scripted))


def ask_school(casey: Seat, sam: Seat, stack: Stack) -> None:
    """The caseworker asks for what is missing: the date to decide by stands, and the SENCO reads what is asked."""
    casey.be("Casey Worker").go("/council/?whose=all").follow(f"{CHILD[0]} {CHILD[1]}", first=True)
    casey.press("Triage", first=True)
    decide_by = casey.page.locator("main p.govuk-body-l").first.inner_text()
    asked, day = f"Please send the reading scores of this term, {uuid.uuid4().hex[:6]}.", now().date() + timedelta(7)
    casey.page.get_by_text("Ask the setting for what is missing").click()
    casey.page.locator('[name="a-asked"]').fill(asked)
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        casey.page.locator(f'[name="a-reply_by-{part}"]').fill(str(number))
    before = len(stack.mails("sam@bramblehill"))
    casey.press("Ask the setting").sees("The clock did not stop.")
    assert casey.page.locator("main p.govuk-body-l").first.inner_text() == decide_by
    follow_link(sam, stack, stack.mail("sam@bramblehill", "asked for by", after=before))
    sam.sees(asked)


def decide(dara: Seat) -> None:
    """The decider refuses: without reasons nothing is decided; the letter carries every right and date."""
    dara.be("Dara Decider").go("/council/?whose=all").follow(f"{CHILD[0]} {CHILD[1]}", first=True)
    dara.press("Decide whether to assess", first=True)
    for name, value in (("has_sen", "yes"), ("may_need_plan", "no"), ("assess", "no")):
        dara.page.locator(f'[name="{name}"][value="{value}"]').check()
    dara.press("See the letters before they go").sees("There is a problem")
    for box in dara.page.locator('[name="considered"]').all():
        box.check()
    dara.page.locator('[name="reasons"]').fill("School’s two cycles show good progress, as you told us too.")
    dara.page.locator('[name="instead"]').fill("The school keeps the daily reading.")
    dara.press("See the letters before they go").sees("First-tier Tribunal").sees("The last day to appeal is")
    dara.press("Decide, and send the letters")


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_a_parent_asks_without_an_account_and_a_person_joins_it_to_the_schools(
    seat: Seats, stack: Stack, scripted: bool
) -> None:
    sam, casey = seat("sam2", DESK, scripted=scripted), seat("casey", DESK, scripted=scripted)
    pat = seat("pat2", PHONE, scripted=scripted)
    form = start_request(sam)
    sam.go(form).press("Go to send").press("Send now").sees("Your reference is")
    ask_on_a_phone(pat)
    casey.be("Casey Worker").go("/council/?whose=all#triage")
    links = casey.page.get_by_role("link", name=f"{CHILD[0]} {CHILD[1]}")
    with casey.page.expect_navigation():
        links.last.click()
    casey.look()
    if "/requests/" not in casey.page.url:
        casey.press("Triage", first=True)
    casey.sees("This may be about the same child").press("Same child: join them", first=True)

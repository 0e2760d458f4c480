"""The board of moves: everybody who moves in a year, asked together, corrected by hand."""

import re
import uuid

from law.moves import MOVES, births, year_to_plan
from tests.web.council.conftest import Office
from workflow import clock

YEAR = year_to_plan(clock.london_day(clock.now()))
BORN = births(MOVES["secondary"], YEAR)[1].isoformat()
PAGE = f"/council/moving?move=secondary&year={YEAR}"
TOGETHER = f"/council/moving/together?move=secondary&year={YEAR}"


def children(office: Office, *names: str) -> list[uuid.UUID]:
    with office.world() as world:
        made = world.today.replace(year=world.today.year - 1)
        return [world.plan(first=name, made_on=made, born=BORN)[0].id for name in names]


def test_the_board_shows_all_with_the_last_day_that_keeps_to_the_law(office: Office) -> None:
    children(office, "Ash", "Birch")
    html = office.as_("caseworker").get(PAGE).text
    assert "2 children" in html and "Ash Planned" in html and f"14 February {YEAR}" in html
    assert "Nobody is on this board" in office.as_("caseworker").get(PAGE.replace("secondary", "post16")).text


def test_families_are_asked_together_after_a_preview_that_sends_nothing(office: Office) -> None:
    ash, birch = children(office, "Ash", "Birch")
    client = office.as_("caseworker")
    chosen = {"act": "ask", "chosen": [str(ash), str(birch), str(uuid.uuid4())]}
    written = client.submit(TOGETHER, chosen, page=PAGE)
    assert "For 2 children" in written.text and "From primary to secondary school, in September" in written.text
    asked = {**chosen, "which_move": "To secondary school.", "step": "preview"}
    lacking = client.submit(TOGETHER, asked, page=PAGE)
    assert lacking.status_code == 422 and "Enter the day to reply by." in lacking.text
    asked |= {"reply_by-day": "1", "reply_by-month": "12", "reply_by-year": str(YEAR)}
    preview = client.submit(TOGETHER, asked, page=PAGE)
    assert "Nothing is done yet" in preview.text and "To secondary school." in preview.text
    assert "Not asked yet" in client.get(PAGE).text
    done = client.submit(TOGETHER, {**asked, "step": "send"}, page=PAGE, follow_redirects=True)
    assert "Done for 2 of 2." in done.text and "Asked, no answer yet" in done.text
    again = client.submit(TOGETHER, {**asked, "step": "send"}, page=PAGE, follow_redirects=True)
    assert "Done for 0 of 2." in again.text


def test_nobody_chosen_is_said_and_nothing_is_done(office: Office) -> None:
    children(office, "Ash")
    client = office.as_("caseworker")
    answer = client.submit(TOGETHER, {"act": "ask"}, page=PAGE, follow_redirects=True)
    assert "Choose the children first." in answer.text


def test_a_correction_by_hand_stands_on_the_board_with_its_reason(office: Office) -> None:
    (ash,) = children(office, "Ash")
    client, page = office.as_("caseworker"), f"/council/cases/{ash}/moving?move=secondary&year={YEAR}"
    said = {"move": "secondary", "year": str(YEAR), "moves": "no"}
    assert client.submit(page, said).status_code == 422
    made = client.submit(page, {**said, "why": "Taught a year below."}, follow_redirects=True)
    assert "Left out by hand" in made.text and "Taught a year below." in made.text
    assert "Who moves to the next phase this year was corrected by hand" in client.get(f"/council/cases/{ash}").text


def test_the_board_asks_no_more_of_the_database_for_more_children(office: Office) -> None:
    children(office, "Ash")
    client = office.as_("caseworker")
    client.get(PAGE)
    with office.count_queries() as few:
        client.get(PAGE)
    children(office, "Birch", "Cedar", "Elm")
    with office.count_queries() as many:
        html = client.get(PAGE).text
    assert len(re.findall(r"Planned</bdi></a>", html)) == 4 and len(many) <= len(few)

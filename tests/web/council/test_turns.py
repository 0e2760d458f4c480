"""The queue of hand-overs and the page on which one is settled."""

import uuid
from datetime import date

from sqlalchemy import select

from law import age
from models.cases import Process
from tests.web.council.conftest import Office
from workflow import clock
from workflow.cases import coming


def born_on() -> str:
    """Somebody whose school age ended last summer."""
    return date(age.school_year_of(clock.london_day(clock.now())) - 16, 5, 3).isoformat()


def begun(office: Office) -> tuple[uuid.UUID, uuid.UUID]:
    with office.world() as world:
        case, _ = world.plan(made_on=world.today.replace(year=world.today.year - 1), born=born_on())
        world.parent_of(case)
        coming.begin_turn(world.session, case.id, now=world.now)
        turn = select(Process.id).where(Process.kind == "turn", Process.case_id == case.id)
        return case.id, world.session.scalars(turn).one()


def test_the_queue_leads_to_what_is_to_settle_and_the_to_do_list_counts_it(office: Office) -> None:
    begun(office)
    client = office.as_("caseworker")
    assert "young person who takes over, to settle" in client.get("/council/").text
    page = client.get("/council/turns").text
    assert "Ash Planned" in page and "Settle it" in page and "Overdue" in page
    assert "Nobody takes over within a year." in client.get("/council/turns?which=coming").text


def test_who_goes_on_reading_is_settled_with_the_young_persons_words(office: Office) -> None:
    _, process_id = begun(office)
    client, page = office.as_("caseworker"), f"/council/turns/{process_id}"
    html = client.get(page).text
    assert "Invite the young person" in html and "Take over" in html
    name = html.split('name="reads_')[1].split('"')[0]
    lacking = client.submit(page, {"why": "Yes please."})
    assert lacking.status_code == 422 and "Say of each person whether they go on reading." in lacking.text
    done = client.submit(page, {f"reads_{name}": "yes", "why": "I want Mum to see it."}, follow_redirects=True)
    assert "Settled" in done.text


def test_the_young_person_is_invited_to_their_own_case(office: Office) -> None:
    case_id, _ = begun(office)
    client, page = office.as_("caseworker"), f"/council/cases/{case_id}/invite/young-person"
    assert "The young person’s own email address" in client.get(page).text
    address = {"email": "ash@family.example", "again": "ash@family.example", "token": str(uuid.uuid4())}
    told = client.submit(page, address, follow_redirects=True)
    assert "The three words to tell them" in told.text

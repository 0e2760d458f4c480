"""The to-do page: what is due first, whose, how far ahead, at the same cost however much there is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.cases import Case
from tests.web.council.conftest import Office
from workflow.cases import plans_import


def test_an_empty_office_says_so(office: Office) -> None:
    page = office.as_("manager").get("/council/").text
    assert "Nothing is due in this time" in page
    assert "No request waits" in page


def test_what_is_due_first_stands_first_and_each_process_once(office: Office) -> None:
    with office.world() as world:
        world.request(first="Later", on=world.ago(3))
        world.request(first="Sooner", on=world.ago(30))
    page = office.as_("manager").get("/council/?within=year").text
    due = page.split("Requests in triage")[0]
    assert due.index("Sooner Example") < due.index("Later Example")
    assert due.count("Sooner Example") == 1


def test_mine_nobodys_and_all_are_kept_in_the_address(office: Office) -> None:
    worker = office.somebody("staff", "caseworker")
    (mine, _), (_, _) = office.requests(2)
    with office.look() as session:
        session.scalars(select(Case).where(Case.id == mine)).one().caseworker_id = worker.person_id
    client = office.client_for(worker)
    assert "Alba" in client.get("/council/").text and "Bryn" not in client.get("/council/").text
    assert "Bryn" in client.get("/council/?whose=nobody").text
    everybody = client.get("/council/?whose=all&within=year").text
    assert "Alba" in everybody and "Bryn" in everybody
    assert "whose=all&amp;within=week" in everybody or "within=week&amp;whose=all" in everybody


def test_how_a_date_stands_is_said_in_words(office: Office) -> None:
    with office.world() as world:
        world.request(on=world.ago(60))
    assert "Overdue by 18 days" in office.as_("manager").get("/council/").text


def test_triage_says_what_is_not_here_and_gives_no_score(office: Office) -> None:
    office.requests()
    page = office.as_("manager").get("/council/").text
    assert "Advice acted on" in page
    assert "%" not in page.split("Requests in triage")[-1].split("Reviews to decide")[0]


def test_what_a_request_says_is_urgent_marks_it_for_today_and_its_words_stay_inside(office: Office) -> None:
    with office.world() as world:
        world.request(first="Pressing", more={"pq_urgent": "NOPLACE since Monday."})
        world.request(first="Calm", more={"rq_urgent": ["none"]}, by=world.senco())
    page = office.as_("manager").get("/council/?whose=all").text.split("Requests in triage")[-1]
    row = {name: page.split(f"{name} Example")[1].split("</th>")[0] for name in ("Pressing", "Calm")}
    assert "Urgent: look today" in row["Pressing"] and "Urgent" not in row["Calm"]
    assert "NOPLACE" not in page


def test_dates_that_had_passed_when_brought_in_are_a_worklist_apart(office: Office) -> None:
    with office.world() as world:
        line = "Past,Planned,2012-01-01,,2022-01-01,2023-01-01,"
        content = ",".join(plans_import.COLUMNS) + "\n" + line
        plans_import.apply(world.session, content, world.staff("manager"), now=world.now)
    client = office.as_("manager")
    assert "Past Planned" not in client.get("/council/?within=year").text
    assert "Past Planned" in client.get("/council/past-dates").text


def test_a_joined_case_is_not_counted_twice(office: Office) -> None:
    from workflow.cases import joining

    with office.world() as world:
        first, _ = world.request(on=world.ago(2))
        second, _ = world.request()
        joining.join(world.session, first, second, world.staff("manager"), now=world.now)
    page = office.as_("manager").get("/council/?within=year").text
    assert page.count("Robin Example</bdi>") == 2  # once due, once in triage


@pytest.mark.parametrize("address", ["/council/?whose=all&within=year", "/council/reviews", "/council/letters"])
def test_the_number_of_queries_does_not_grow_with_the_cases(office: Office, address: str) -> None:
    client = office.as_("manager")
    office.requests(2)
    with office.world() as world:
        world.plan(first="One", made_on=world.today - timedelta(days=100))
    client.get(address)
    with office.count_queries() as few:
        client.get(address)
    with office.world() as world:
        for at, name in enumerate(("Two", "Three", "Four", "Five")):
            world.plan(first=name, made_on=world.today - timedelta(days=90 + at))
            world.request(first=name, last="Grown", by=world.senco())
    with office.count_queries() as many:
        client.get(address)
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)))

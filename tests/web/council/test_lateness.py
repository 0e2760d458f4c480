"""Lateness is said plainly: how long, why, and what the family can do."""

import uuid

import pytest
from sqlalchemy import select

from models.cases import Deadline
from tests.web.conftest import Somebody
from tests.web.council.conftest import Office
from workflow.access.actor import actor_for

WHY = "We lost the papers <i>twice</i>."


@pytest.fixture
def parent(office: Office) -> Somebody:
    return office.somebody("family", name="Pat Example")


def late_request(office: Office, parent: Somebody, days: int = 45) -> tuple[uuid.UUID, uuid.UUID]:
    """(case, date of the decision) of a request that many days ago."""
    with office.world() as world:
        actor = actor_for(world.session, parent.account_id, world.today)
        case, process = world.request(on=world.ago(days), by=actor)
        wanted = select(Deadline.id).where(Deadline.process_id == process.id, Deadline.rule == "assess.decide")
        return case.id, world.session.scalars(wanted).one()


def test_the_family_sees_how_late_that_no_reason_is_given_and_what_it_can_do(office: Office, parent: Somebody) -> None:
    case_id, _ = late_request(office, parent)
    page = office.client_for(parent).get(f"/cases/{case_id}").text
    assert "We are 3 days late." in page and "We have not said why yet." in page
    assert "Ombudsman" in page and "Being late is not a no." in page


def test_nothing_is_said_of_lateness_where_nothing_is_late(office: Office, parent: Somebody) -> None:
    case_id, _ = late_request(office, parent, days=10)
    page = office.client_for(parent).get(f"/cases/{case_id}").text
    assert "What happens, and by when" in page and "We are late" not in page


def test_a_caseworker_says_why_in_one_step_and_the_family_reads_it(office: Office, parent: Somebody) -> None:
    case_id, date_id = late_request(office, parent)
    client, page = office.as_("caseworker"), f"/council/dates/{date_id}/late"
    assert page in client.get(f"/council/cases/{case_id}").text
    assert "Overdue by 3 days" in client.get(page).text
    done = client.submit(page, {"why": WHY}, page=page, follow_redirects=True)
    assert "The family can read why it is late." in done.text and "Change what the family reads" in done.text
    told = office.client_for(parent).get(f"/cases/{case_id}").text
    assert "We lost the papers &lt;i&gt;twice&lt;/i&gt;." in told and "We have not said why yet." not in told
    assert "lost the papers" in client.get(page).text, "what was said before stands in the box"


def test_no_words_come_back_and_what_is_not_late_has_no_box(office: Office, parent: Somebody) -> None:
    _, date_id = late_request(office, parent)
    client, page = office.as_("caseworker"), f"/council/dates/{date_id}/late"
    refused = client.submit(page, {"why": " "}, page=page)
    assert refused.status_code == 422 and 'href="#why"' in refused.text
    _, early = late_request(office, office.somebody("family"), days=3)
    assert "There is nothing to say here." in client.get(f"/council/dates/{early}/late").text
    assert client.get(f"/council/dates/{uuid.uuid4()}/late").status_code == 404


def test_the_familys_home_says_which_date_is_next_and_what_is_late(office: Office, parent: Somebody) -> None:
    with office.world() as world:
        actor = actor_for(world.session, parent.account_id, world.today)
        assert actor
        world.request(first="Early", last="One", on=world.ago(5), by=actor)
        world.request(first="Late", last="Two", born="2016-02-01", on=world.ago(45), by=actor)
    page = " ".join(office.client_for(parent).get("/home").text.split())
    assert page.count("<strong>We are late.</strong>") == 1
    assert "The council must tell you" in page.split("<strong>We are late.</strong>")[1].split("</p>")[0]
    assert page.count("The next date is") == 2
    assert "</a>, about <bdi>Early</bdi>," in page and "</a>, about <bdi>Late</bdi>," in page

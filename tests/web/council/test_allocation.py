"""Giving out work: teams and rules as managers set them, tried before they are used, and who changed what."""

import re

from sqlalchemy import select

from models.cases import Case
from models.office import Conflict, OfficeSetting
from tests.web.conftest import PageClient
from tests.web.council.conftest import Office

PAGE = "/council/giving-out"


def seen(client: PageClient) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(PAGE).text)
    assert found
    return found[1]


def set_up(office: Office) -> tuple[PageClient, str]:
    """A manager, and the id of a caseworker in the one team that takes everything."""
    client, worker = office.as_("manager"), office.somebody("staff", "caseworker", name="Ada Worker")
    person = str(worker.person_id)
    data = {"seen": seen(client), "name": "North", "members": person, f"most-{person}": "1"}
    assert client.submit(f"{PAGE}/team", data).status_code == 302
    team = re.search(rf"{PAGE}/team/([\w-]+)\"", client.get(PAGE).text)
    assert team
    rule = {"seen": seen(client), "title": "Everything", "team": team[1], "care": "", "districts": "hx, hd1"}
    assert client.submit(f"{PAGE}/rule", rule).status_code == 302
    return client, person


def test_the_tester_says_where_a_request_would_go_and_why(office: Office) -> None:
    client, _ = set_up(office)
    there = client.get(f"{PAGE}/try?age=7&kind=school&setting=&postcode=HX1+2AB&care=").text
    assert "Ada Worker" in there and "decides" in there and "has the least: 0 open cases" in there
    nowhere = client.get(f"{PAGE}/try?age=7&kind=school&setting=&postcode=LS1&care=").text
    assert "To nobody" in nowhere and "It is for HX or HD1." in nowhere


def test_every_change_is_listed_with_who_and_from_what_to_what(office: Office) -> None:
    client, _ = set_up(office)
    page = client.get(f"{PAGE}/changes").text
    assert "Team North: added (Ada Worker (at most 1))" in page
    assert "Rule “Everything”: added (postcode HX or HD1, to North)" in page
    assert "Test manager" in page


def test_a_change_from_an_old_page_changes_nothing_and_says_so(office: Office) -> None:
    client, _ = set_up(office)
    told = client.submit(f"{PAGE}/by-itself", {"seen": "1", "automatic": "yes"}, page=PAGE, follow_redirects=True)
    assert "Somebody changed this since you opened the page" in told.text
    with office.look() as session:
        assert max(session.scalars(select(OfficeSetting.version))) == 2


def test_the_triage_page_suggests_and_one_click_gives_it_out(office: Office) -> None:
    client, person = set_up(office)
    client.submit(f"{PAGE}/rule", {"seen": seen(client), "title": "Rest", "team": _team(client), "care": ""})
    ((case_id, process_id),) = office.requests()
    page = client.get(f"/council/requests/{process_id}").text
    assert "By the rules this goes to North:" in page and "Ada Worker" in page
    client.submit(
        f"/council/requests/{process_id}/caseworker", {"w-caseworker": person}, page=f"/council/requests/{process_id}"
    )
    with office.look() as session:
        assert str(session.scalars(select(Case.caseworker_id).where(Case.id == case_id)).one()) == person


def _team(client: PageClient) -> str:
    found = re.search(rf"{PAGE}/team/([\w-]+)\"", client.get(PAGE).text)
    assert found
    return found[1]


def test_wrong_numbers_and_postcodes_come_back_with_what_to_do(office: Office) -> None:
    client, person = set_up(office)
    team = {"seen": seen(client), "name": "South", "members": person, f"most-{person}": "many"}
    assert f'href="#most-{person}"' in client.submit(f"{PAGE}/team", team).text
    rule = {"seen": seen(client), "title": "R", "team": _team(client), "care": "", "districts": "Halifax town"}
    assert 'href="#districts"' in client.submit(f"{PAGE}/rule", rule).text
    ages = {"seen": seen(client), "title": "R", "team": _team(client), "care": "", "age_from": "12", "age_to": "4"}
    assert 'href="#age_to"' in client.submit(f"{PAGE}/rule", ages).text


def test_the_page_costs_the_same_however_many_teams_and_rules(office: Office) -> None:
    client, person = set_up(office)
    with office.count_queries() as few:
        client.get(PAGE)
    for n in range(4):
        client.submit(f"{PAGE}/team", {"seen": seen(client), "name": f"T{n}", "members": person})
        client.submit(f"{PAGE}/rule", {"seen": seen(client), "title": f"R{n}", "team": _team(client), "care": ""})
    with office.count_queries() as many:
        client.get(PAGE)
    assert len(few) == len(many)


def test_a_conflict_declared_on_a_case_hides_it_and_a_manager_ends_it(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    worker = office.somebody("staff", "caseworker")
    client, page = office.client_for(worker), f"/council/cases/{case_id}"
    done = client.submit(f"{page}/conflict", {"person": str(worker.person_id), "why": "My neighbour."})
    assert done.status_code == 302
    for address in (page, f"/council/requests/{process_id}", f"{page}/papers"):
        assert client.get(address).status_code == 404
    manager = office.as_("manager")
    assert "My neighbour." in manager.get("/council/conflicts").text
    assert "My neighbour." not in manager.get(page).text
    with office.look() as session:
        conflict_id = session.scalars(select(Conflict.id)).one()
    manager.submit(f"/council/conflicts/{conflict_id}/end", {}, page="/council/conflicts")
    assert client.get(page).status_code == 200


def test_the_list_of_conflicts_costs_the_same_however_long(office: Office) -> None:
    manager = office.as_("manager")
    made = office.requests(5)
    counts = []
    for case_id, _ in made:
        worker = office.somebody("staff", "caseworker")
        manager.submit(f"/council/cases/{case_id}/conflict", {"person": str(worker.person_id), "why": "A friend."})
        with office.count_queries() as sent:
            manager.get("/council/conflicts")
        counts.append(len(sent))
    assert len(set(counts)) == 1

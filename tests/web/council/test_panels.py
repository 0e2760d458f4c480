"""Panels: called for a day, an agenda to print, advice on record. They decide nothing."""

import re
import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models.cases import Event
from models.panels import PanelItem
from tests.web.conftest import PageClient, Somebody
from tests.web.council.conftest import Office
from tests.web.council.test_decision import stage
from workflow import clock
from workflow.clock import london_day


def called(office: Office, *, days: int = 0, sits: tuple[Somebody, ...] = ()) -> tuple[PageClient, str, Somebody]:
    """A manager who called a panel so many days from now, its address, and the decider it advises."""
    manager, decider = office.somebody("staff", "manager"), office.somebody("staff", "decider", name="Dee Decider")
    client, on = office.client_for(manager), london_day(clock.now()) + timedelta(days=days)
    members = [str(each.person_id) for each in (manager, *sits)]
    day = {f"held_on-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}
    data: dict[str, Any] = {"id": str(uuid.uuid4()), "decider": str(decider.person_id), "members": members, **day}
    made = client.submit("/council/panels/new", data)
    assert made.status_code == 302, made.text
    assert client.submit("/council/panels/new", data).location == made.location  # a double click
    return client, made.location, decider


def put_on(client: PageClient, page: str, process_id: uuid.UUID) -> None:
    client.submit(f"{page}/agenda", {"process": str(process_id)}, page=page)


def written_up(office: Office, client: PageClient, page: str, **changed: Any) -> Any:
    with office.look() as session:
        item = session.scalars(select(PanelItem)).one()
        sits = re.findall(r'name="sat" value="([\w-]+)"', client.get(page).text)
        data = {"seen": str(item.version), "advice": "not", "minutes": "We read it all.", "sat": sits[:1], **changed}
        return client.submit(f"{page}/advice/{item.id}", data, page=page)


def test_an_agenda_shows_the_papers_and_the_last_day_of_each_request(office: Office) -> None:
    ((_, process_id),) = office.requests()
    client, page, _ = called(office)
    put_on(client, page, process_id)
    shown = client.get(page).text
    assert "Alba Example0x" in shown and "The family must have the answer by" in shown
    assert "Dee Decider" in shown and "Print the agenda" in shown


def test_advice_is_on_record_and_decides_nothing(office: Office) -> None:
    ((_, process_id),) = office.requests()
    client, page, decider = called(office)
    put_on(client, page, process_id)
    assert written_up(office, client, page).status_code == 302
    assert stage(office, process_id) == "requested"
    with office.look() as session:
        event = session.scalars(select(Event).where(Event.act == "panel_advised")).one()
        assert (event.facts["advice"], event.facts["decider"]) == ("not", str(decider.person_id))
    shown = office.client_for(decider).get(f"/council/requests/{process_id}/decision").text
    assert "What the panel advised" in shown and "We read it all." in shown


def test_what_lacks_is_said_and_the_minutes_stay(office: Office) -> None:
    ((_, process_id),) = office.requests()
    client, page, _ = called(office)
    put_on(client, page, process_id)
    back = written_up(office, client, page, advice="", minutes="Long and careful minutes.")
    assert back.status_code == 422
    assert "Choose what the panel advised." in back.text and "Long and careful minutes." in back.text
    assert written_up(office, client, page, sat=[]).status_code == 422


def test_two_who_write_up_at_once_do_not_write_over_each_other(office: Office) -> None:
    ((_, process_id),) = office.requests()
    client, page, _ = called(office)
    put_on(client, page, process_id)
    written_up(office, client, page)
    late = written_up(office, client, page, seen="0", minutes="Written from an old page.")
    assert late.status_code == 422 and "Somebody wrote this up" in late.text
    assert "Written from an old page." in late.text


def test_a_panel_that_has_not_met_advises_nothing(office: Office) -> None:
    ((_, process_id),) = office.requests()
    client, page, _ = called(office, days=3)
    put_on(client, page, process_id)
    assert "Write it up" not in client.get(page).text
    with office.look() as session:
        item_id = session.scalars(select(PanelItem.id)).one()
    early = {"seen": "0", "advice": "not", "minutes": "x", "sat": []}
    assert client.submit(f"{page}/advice/{item_id}", early, page=page).status_code == 422


def test_only_those_of_the_panel_see_it(office: Office) -> None:
    ((_, process_id),) = office.requests()
    member = office.somebody("staff", "decider")
    client, page, decider = called(office, sits=(member,))
    put_on(client, page, process_id)
    for who in (member, decider):
        assert office.client_for(who).get(page).status_code == 200
    assert office.as_("decider").get(page).status_code == 404
    assert "on no panel" in office.as_("decider").get("/council/panels").text


def test_a_member_with_a_conflict_sees_nothing_of_that_request_and_cannot_have_sat(office: Office) -> None:
    ((case_id, process_id), (_, other_id)) = office.requests(2)
    member = office.somebody("staff", "decider", name="Connie Flict")
    client, page, _ = called(office, sits=(member,))
    put_on(client, page, process_id)
    put_on(client, page, other_id)
    client.submit(f"/council/cases/{case_id}/conflict", {"person": str(member.person_id), "why": "My cousin."})
    shown = office.client_for(member).get(page).text
    assert "Alba" not in shown and "Bryn" in shown
    with office.look() as session:
        item_id = session.scalars(select(PanelItem.id).where(PanelItem.process_id == process_id)).one()
    data = {"seen": "0", "advice": "not", "minutes": "x", "sat": [str(member.person_id)]}
    refused = client.submit(f"{page}/advice/{item_id}", data, page=page)
    assert refused.status_code == 422 and "without a conflict" in refused.text


def test_a_request_comes_off_the_agenda_until_it_was_advised_on(office: Office) -> None:
    ((_, process_id),) = office.requests()
    client, page, _ = called(office)
    put_on(client, page, process_id)
    off = {"process": str(process_id), "way": "off"}
    client.submit(f"{page}/agenda", off, page=page)
    assert "Nothing is on the agenda yet" in client.get(page).text
    put_on(client, page, process_id)
    written_up(office, client, page)
    client.submit(f"{page}/agenda", off, page=page)
    assert "We read it all." in client.get(page).text


def test_who_sits_can_be_changed_until_the_panel_meets(office: Office) -> None:
    client, page, _ = called(office, days=3)
    stand_in = office.somebody("staff", "caseworker", name="Sam Standin")
    shown = client.get(f"{page}/change").text
    kept = re.findall(r'name="members" type="checkbox" value="([\w-]+)" checked', shown)
    day = dict(re.findall(r'name="(held_on-\w+)"[^>]*value="(\d+)"', shown))
    decider = re.search(r'<option value="([\w-]+)" selected', shown)
    assert decider and len(kept) == 1
    changed = {"members": [*kept, str(stand_in.person_id)], "decider": decider[1], **day}
    assert client.submit(f"{page}/change", changed).status_code == 302
    assert office.client_for(stand_in).get(page).status_code == 200


def test_an_agenda_costs_the_same_however_long(office: Office) -> None:
    made = office.requests(5)
    client, page, _ = called(office)
    put_on(client, page, made[0][1])
    client.get(page)
    with office.count_queries() as few:
        client.get(page)
    for _, process_id in made[1:4]:
        put_on(client, page, process_id)
    with office.count_queries() as many:
        client.get(page)
    reads = [[each for each in sent if not each.startswith("INSERT INTO read_log")] for sent in (few, many)]
    assert len(reads[0]) == len(reads[1])

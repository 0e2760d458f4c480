"""The office's queues: worked out from stages and dates, with the reason and the law, at one cost."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from law.rules import RULE_IDS
from law.tables import PROCESSES
from models.cases import Case, Deadline, Process
from tests.web.council.conftest import Office
from workflow.cases import covering
from workflow.queries import paging
from workflow.queries.work_queues import BY_ID, QUEUES


def names(page: str) -> list[str]:
    return [first for first in ("Alba", "Bryn", "Cleo", "Sooner", "Later") if f"<bdi>{first} " in page]


def test_every_queue_speaks_of_rules_and_stages_that_exist() -> None:
    stages = {stage for table in PROCESSES.values() for stage in table.stages}
    for queue in QUEUES:
        assert queue.rules and set(queue.rules) <= RULE_IDS, queue.id
        assert set(queue.stages) <= stages, queue.id
        assert {rule for rule, _ in queue.pages} <= set(queue.rules), queue.id


def test_every_page_of_a_queue_is_there(office: Office) -> None:
    endpoints = {endpoint for queue in QUEUES for _, endpoint in queue.pages}
    assert endpoints <= office.app.view_functions.keys()


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.id)
def test_a_date_comes_into_its_queue_in_its_time_and_leaves_when_it_is_met(office: Office, queue: object) -> None:
    assert isinstance(queue, type(QUEUES[0]))
    ((case_id, process_id),) = office.requests()
    client = office.as_("manager")
    address = f"/council/work/{queue.id}"
    with office.world() as world:
        today = world.today
        own = select(Deadline).where(Deadline.process_id == process_id)
        deadline = world.session.scalars(own.order_by(Deadline.rule != queue.rules[0])).first()
        assert deadline
        world.session.execute(update(Deadline).values(satisfied_on=today))
        deadline.rule, deadline.satisfied_on, deadline.due_on = queue.rules[0], None, today
        if queue.stages:
            world.session.execute(update(Process).values(stage=queue.stages[0]))
    page = client.get(address).text
    assert names(page) == ["Alba"] and f"/council/cases/{case_id}" in page
    assert ">1<" in client.get("/council/work").text.split(f"/council/work/{queue.id}")[1].split("</tr>")[0]
    if queue.within is not None:
        with office.look() as session:
            session.execute(update(Deadline).values(due_on=today + queue.within + timedelta(days=1)))
        assert names(client.get(address).text) == []
    with office.look() as session:
        session.execute(update(Deadline).values(due_on=today, satisfied_on=today))
    assert names(client.get(address).text) == []


def test_what_is_late_longest_stands_first_with_its_reason_and_its_law(office: Office) -> None:
    with office.world() as world:
        world.request(first="Later", on=world.ago(3))
        world.request(first="Sooner", on=world.ago(60))
    page = office.as_("manager").get("/council/work/triage").text
    assert page.index("Sooner Example") < page.index("Later Example")
    assert "Overdue by 18 days" in page and "Decision whether to assess" in page and "reg" in page


def test_mine_my_teams_nobodys_and_all(office: Office) -> None:
    mine, mate, away = (office.somebody("staff", "caseworker") for _ in range(3))
    (first, _), (second, _), (third, _) = office.requests(3)
    client, manager = office.client_for(mine), office.as_("manager")
    with office.look() as session:
        for case_id, who in ((first, mine), (second, mate)):
            session.scalars(select(Case).where(Case.id == case_id)).one().caseworker_id = who.person_id
    address = "/council/work/triage"
    assert names(client.get(address).text) == ["Alba"]
    assert names(client.get(f"{address}?whose=team").text) == ["Alba"]
    manager.submit("/council/giving-out/team", {"name": "North", "members": [str(mine.person_id), str(mate.person_id)]})
    assert names(client.get(f"{address}?whose=team").text) == ["Alba", "Bryn"]
    assert names(client.get(f"{address}?whose=nobody").text) == ["Cleo"]
    assert names(client.get(f"{address}?whose=all").text) == ["Alba", "Bryn", "Cleo"]
    with office.world() as world:
        session = world.session
        session.scalars(select(Case).where(Case.id == third)).one().caseworker_id = away.person_id
        days = {"from_on": world.today, "until_on": world.today}
        covering.arrange(session, world.staff("manager"), away.person_id, mine.person_id, **days, now=world.now)
    assert names(client.get(address).text) == ["Alba", "Cleo"]


def test_more_than_can_be_looked_through_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST", 2)
    office.requests(3)
    client = office.as_("manager")
    assert "The first 2 are here." in client.get("/council/work/triage").text
    assert "2+" in client.get("/council/work").text


def test_an_empty_queue_says_what_to_do(office: Office) -> None:
    assert "Nothing waits here." in office.as_("manager").get("/council/work/advice").text


def test_there_is_no_queue_of_another_name(office: Office) -> None:
    assert office.as_("manager").get("/council/work/elsewhere").status_code == 404


@pytest.mark.parametrize("address", ["/council/work?whose=mine", "/council/work?whose=all", "/council/work/triage"])
def test_the_number_of_queries_does_not_grow_with_the_cases(office: Office, address: str) -> None:
    client = office.as_("manager")
    client.get(address)
    office.requests(2)
    with office.count_queries() as few:
        client.get(address)
    office.requests(8)
    with office.count_queries() as many:
        client.get(address)
    assert len(many) == len(few)


def test_every_kind_of_work_that_was_asked_for_has_a_queue() -> None:
    assert {"triage", "decisions", "advice", "drafts", "comments", "reviews"} <= BY_ID.keys()

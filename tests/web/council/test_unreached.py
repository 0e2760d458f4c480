"""Notices that reached nobody: listed with why, reached otherwise by an act on record, and gone from the queue."""

import uuid

import pytest
from sqlalchemy import select, update

from models.cases import Event, Notice
from models.office import Conflict
from models.outbox import Message
from tests.web.conftest import PageClient
from tests.web.council.conftest import Office
from workflow import clock

PAGE = "/council/work/unreached"


def bounced(office: Office) -> tuple[PageClient, uuid.UUID, uuid.UUID]:
    """A caseworker's browser, a case, and the message about it that came back."""
    ((case_id, _),) = office.requests()
    with office.look() as session:
        wanted = select(Message).where(Message.case_id == case_id, Message.notice_id.is_not(None))
        message = session.scalars(wanted.order_by(Message.id)).first()
        assert message
        message.state, message.reason = "bounced", "bounced: 550 no such user"
        return office.as_("caseworker"), case_id, message.id


def message_of(office: Office, message_id: uuid.UUID) -> Message:
    with office.look() as session:
        found = session.scalars(select(Message).where(Message.id == message_id)).one()
        session.expunge(found)
        return found


def say(client: PageClient, message_id: uuid.UUID, **said: str) -> int:
    return int(client.submit(f"{PAGE}/{message_id}", said).status_code)


def test_what_came_back_is_in_the_queue_with_whom_and_why(office: Office) -> None:
    client, case_id, message_id = bounced(office)
    page = client.get(f"{PAGE}?whose=all").text
    assert f"/council/cases/{case_id}" in page and "The address does not work" in page
    with office.look() as session:
        message = session.get_one(Message, (session.authority_id, message_id))
        reader = session.get_one(Notice, (session.authority_id, message.notice_id)).to_name
    assert f"<bdi>{reader}</bdi>" in page
    assert ">1<" in client.get("/council/work?whose=all").text.split(f"{PAGE}?")[1].split("</tr>")[0]
    assert f"{PAGE}/{message_id}" in client.get("/council/messages").text
    assert f"{PAGE}/{message_id}" not in office.as_("decider").get(f"{PAGE}?whose=all").text


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"way": "post"}, "cancelled"),
        ({"way": "phone", "said": "Told Ms Example today."}, "cancelled"),
        ({"way": "address", "address": "new@example.invalid", "said": "She told us by phone."}, "queued"),
        ({"way": "again"}, "queued"),
    ],
)
def test_each_way_out_of_the_queue_is_an_act_on_record(office: Office, said: dict[str, str], state: str) -> None:
    client, case_id, message_id = bounced(office)
    before = message_of(office, message_id).address
    assert say(client, message_id, **said) == 302
    found = message_of(office, message_id)
    assert (found.state, found.address) == (state, said.get("address", before))
    with office.look() as session:
        event = session.scalars(select(Event).where(Event.act == "reach_otherwise")).one()
        assert (event.case_id, event.facts) == (case_id, {"message": str(message_id), "way": said["way"]})
        notice = session.scalars(select(Notice).where(Notice.id == found.notice_id)).one()
        assert (notice.posted_on is not None) == (said["way"] == "post")
    assert "Every notice reached its reader" in client.get(f"{PAGE}?whose=all").text
    assert "reached another way" in client.get(f"/council/cases/{case_id}").text
    assert say(client, message_id, **said) == 422


def test_a_letter_that_was_posted_from_the_list_of_letters_leaves_the_queue_too(office: Office) -> None:
    client, _, message_id = bounced(office)
    notice = str(message_of(office, message_id).notice_id)
    client.submit("/council/letters/posted", {"notice": notice}, page="/council/cases")
    assert "Every notice reached its reader" in client.get(f"{PAGE}?whose=all").text


@pytest.mark.parametrize(
    ("said", "anchor"),
    [
        ({}, "way-0"),
        ({"way": "address", "address": "nothing", "said": "x"}, "address"),
        ({"way": "phone"}, "said"),
    ],
)
def test_what_is_missing_is_said_beside_it(office: Office, said: dict[str, str], anchor: str) -> None:
    client, _, message_id = bounced(office)
    response = client.submit(f"{PAGE}/{message_id}", said)
    assert response.status_code == 422 and f'href="#{anchor}"' in response.text and f'id="{anchor}"' in response.text
    assert message_of(office, message_id).state == "bounced"


def test_it_is_hidden_from_whoever_has_a_conflict_of_interest(office: Office) -> None:
    _, case_id, message_id = bounced(office)
    own = office.somebody("staff", "caseworker")
    with office.look() as session:
        session.add(
            Conflict(
                person_id=own.person_id,
                case_id=case_id,
                why="A cousin.",
                declared_by=own.person_id,
                declared_at=clock.now(),
            )
        )
    client = office.client_for(own)
    assert "Every notice reached its reader" in client.get(f"{PAGE}?whose=all").text
    assert client.get(f"{PAGE}/{message_id}").status_code == 404


def test_the_queue_costs_the_same_however_much_waits(office: Office) -> None:
    client, _, _ = bounced(office)
    costs = []
    for _ in range(2):
        client.get(f"{PAGE}?whose=all")
        with office.count_queries() as sent:
            client.get(f"{PAGE}?whose=all")
        costs.append(len(sent))
        office.requests(3)
        with office.look() as session:
            session.execute(update(Message).values(state="bounced", reason="bounced: 550"))
    assert costs[0] == costs[1]

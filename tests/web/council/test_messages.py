"""Messages that wait for a person: the reason in words, release, drop."""

import uuid

from sqlalchemy import select

from models.outbox import Message
from tests.web.council.conftest import Office
from workflow import clock, outbox


def held(office: Office, reason: str = "post: no verified email address that works") -> uuid.UUID:
    with office.world() as world:
        made = outbox.add(
            world.session,
            dedupe_key=uuid.uuid4().hex,
            template="decision",
            importance="statutory",
            now=clock.now(),
            words={},
            link_to="home",
            person_id=world.person("family").person,
            state="held",
            reason=reason,
        )
        assert made
        return made


def state(office: Office, message_id: uuid.UUID) -> tuple[str, str | None]:
    with office.look() as session:
        return tuple(session.execute(select(Message.state, Message.reason).where(Message.id == message_id)).one())


def test_the_reason_is_said_in_words_and_counted_on_the_to_do_page(office: Office) -> None:
    held(office)
    client = office.as_("caseworker")
    assert "There is no email address that works" in client.get("/council/messages").text
    assert "<strong>1</strong> <a" in client.get("/council/").text.replace("\n", "")


def test_letting_one_go_puts_it_back_in_line_and_twice_says_so(office: Office) -> None:
    message_id, client = held(office), office.as_("caseworker")
    address = f"/council/messages/{message_id}/release"
    client.submit(address, page="/council/messages")
    assert state(office, message_id)[0] == "queued"
    again = client.submit(address, page="/council/cases", follow_redirects=True)
    assert "does not wait for anybody" in again.text


def test_dropping_needs_a_reason(office: Office) -> None:
    message_id, client = held(office), office.as_("manager")
    address = f"/council/messages/{message_id}/drop"
    empty = client.submit(address, {"why": " "}, page="/council/messages")
    assert empty.status_code == 422 and f'href="#why-{message_id}"' in empty.text
    client.submit(address, {"why": "Sent by post."}, page="/council/messages")
    assert state(office, message_id)[0] == "cancelled"


def test_a_manager_lets_a_whole_batch_go_with_one_yes(office: Office) -> None:
    both = [held(office, "valve: more mail than usual") for _ in range(2)]
    other = held(office)
    assert "Let all of these go" not in office.as_("caseworker").get("/council/messages").text
    client = office.as_("manager")
    assert "far more mail than usual" in client.get("/council/messages").text
    client.submit("/council/messages/release-all", {"batch": "valve"}, page="/council/messages")
    assert [state(office, each)[0] for each in both] == ["queued", "queued"]
    assert state(office, other)[0] == "held"


def test_no_message_page_says_what_is_in_a_message(office: Office) -> None:
    held(office)
    page = office.as_("caseworker").get("/council/messages").text
    assert "@" not in page.split("<main")[1]

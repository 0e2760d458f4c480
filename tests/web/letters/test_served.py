"""Decided, posted, opened and served are kept apart, and the record says which way counted."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from law import service
from models.cases import Event, Notice
from models.outbox import Message
from models.people import OnlineService
from tests.web.conftest import PageClient, Somebody
from tests.web.council.conftest import Office, office  # noqa: F401  (a fixture)
from workflow import web_sessions
from workflow.cases import serving
from workflow.clock import london_day
from workflow.clock import now as instant
from workflow.outbox import settle

TODAY = london_day(instant())


@dataclass
class Told:
    """A letter, the case it is on, and its reader's browser."""

    notice_id: uuid.UUID
    case_id: uuid.UUID
    reader: PageClient
    office: Office

    def found(self) -> Notice:
        """The letter as it stands."""
        with self.office.look() as session:
            return session.scalars(select(Notice).where(Notice.id == self.notice_id)).one()

    def listed(self) -> bool:
        """Whether it is among the letters to post."""
        return str(self.notice_id) in self.office.as_("caseworker").get("/council/letters").text

    def choose(self, how: str) -> None:
        """Say how letters are wanted, on the page that asks."""
        self.reader.submit("/letters/how", {"how": how}, page="/letters/how")


@pytest.fixture
def told(office: Office) -> Told:  # noqa: F811
    with office.world() as world:
        parent = world.person("family", name="Pat Told")
        case, _ = world.request(by=parent)
        token = web_sessions.new_token()
        web_sessions.save(world.session, token, {"kind": "family"}, parent.account_id, instant())
        wanted = select(Notice.id).where(Notice.person_id == parent.person, Notice.case_id == case.id)
        assert parent.account_id
        reader = office.client_for(Somebody(parent.person, parent.account_id, "", token))
        return Told(world.session.scalars(wanted).one(), case.id, reader, office)


def test_who_never_agreed_is_posted_every_letter_though_they_read_it_here(told: Told) -> None:
    assert told.listed()
    page = told.reader.get(f"/letters/{told.notice_id}").text
    assert "Choose how you want your letters" in page
    assert told.listed() and told.found().opened_at and serving.served(told.found()) is None


def test_who_agreed_and_opened_it_is_served_on_that_day_and_nothing_is_posted(told: Told) -> None:
    told.choose("here")
    assert not told.listed()  # there are two working days to open it
    told.reader.get(f"/letters/{told.notice_id}")
    assert serving.served(told.found()) == serving.Served("online", TODAY) and not told.listed()
    assert "By law it reached you here" in told.reader.get(f"/cases/{told.case_id}").text
    assert "Counts as served here" in told.office.as_("caseworker").get(f"/council/cases/{told.case_id}").text


def test_reading_before_agreeing_does_not_count_and_reading_again_does(told: Told) -> None:
    told.reader.get(f"/letters/{told.notice_id}")
    told.choose("here")
    assert told.found().opened_at and told.found().served_online_at is None
    told.reader.get(f"/letters/{told.notice_id}")
    assert told.found().served_online_at is not None


def test_taking_the_agreement_back_posts_what_was_not_opened_and_undoes_nothing(told: Told) -> None:
    told.choose("here")
    told.choose("post")
    assert told.listed()
    told.choose("here")
    told.reader.get(f"/letters/{told.notice_id}")
    told.choose("post")
    assert not told.listed() and told.found().served_online_at is not None
    with told.office.look() as session:
        assert len(session.scalars(select(OnlineService)).all()) == 4
        acts = session.scalars(
            select(Event.act).where(Event.act.in_(("agree_to_letters_here", "want_letters_by_post")))
        )
        assert len(list(acts)) == 4


def test_not_opened_in_two_working_days_it_is_posted_and_the_post_counts(told: Told) -> None:
    told.choose("here")
    with told.office.look() as session:
        session.execute(update(Notice).values(notified_on=TODAY - timedelta(days=10)))
    assert told.listed()
    client = told.office.as_("caseworker")
    client.submit("/council/letters/posted", {"notice": str(told.notice_id)}, page="/council/cases")
    assert not told.listed()
    assert serving.served(told.found()) == serving.Served("post", service.by_post(TODAY))
    assert "Will count as served by post" in client.get(f"/council/cases/{told.case_id}").text
    told.reader.get(f"/letters/{told.notice_id}")  # opened before the post comes: the earlier counts
    assert serving.served(told.found()) == serving.Served("online", TODAY)


def test_the_same_answer_twice_is_one_answer(told: Told) -> None:
    told.choose("here")
    told.choose("here")
    with told.office.look() as session:
        assert len(session.scalars(select(OnlineService)).all()) == 1


def test_no_answer_is_no_agreement_and_is_asked_for_again(told: Told) -> None:
    answer = told.reader.submit("/letters/how", {}, page="/letters/how")
    assert answer.status_code == 422 and "Choose how you want your letters." in answer.text


def test_handed_to_the_mail_service_and_delivered_are_two_steps(told: Told) -> None:
    with told.office.look() as session:
        message_id = session.scalars(select(Message.id).where(Message.notice_id == told.notice_id)).one()
        session.execute(update(Message).where(Message.id == message_id).values(state="accepted", accepted_at=instant()))
    page = told.reader.get(f"/cases/{told.case_id}").text
    assert "We sent you an email about it" in page and "It arrived on" not in page
    with told.office.look() as session:
        settle.delivered(session, message_id, instant())
    assert "It arrived on" in told.reader.get(f"/cases/{told.case_id}").text
    assert "Delivered on" in told.office.as_("caseworker").get(f"/council/cases/{told.case_id}").text

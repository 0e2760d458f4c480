"""Letters to print: those nobody can read here, or did not open in two working days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from models.cases import Event, Notice
from models.outbox import Message
from models.people import Contact
from tests.web.conftest import Somebody
from tests.web.council.conftest import Office
from workflow import web_sessions
from workflow.cases import serving
from workflow.clock import now as instant
from workflow.outbox.rights import NOT_THEIRS
from workflow.queries import letters_to_print


@pytest.mark.parametrize(
    ("today", "opened_by"),
    [
        (date(2026, 11, 25), date(2026, 11, 22)),  # Wednesday: a letter of Sunday had Monday and Tuesday
        (date(2026, 11, 23), date(2026, 11, 18)),  # Monday: of Wednesday; Thursday and Friday were its days
        (date(2026, 12, 30), date(2026, 12, 23)),  # Christmas Day and the bank holiday of 28 December do not count
    ],
)
def test_two_working_days_leave_out_weekends_and_bank_holidays(today: date, opened_by: date) -> None:
    assert letters_to_print.last_day_to_have_opened(today) == opened_by


def old_letters(office: Office, days: int = 10) -> None:
    with office.look() as session:
        session.execute(update(Notice).values(notified_on=instant().date() - timedelta(days=days)))


def test_a_family_without_an_account_is_written_to_by_post(office: Office) -> None:
    with office.world() as world:
        world.request(by=world.senco())
    page = office.as_("caseworker").get("/council/letters").text
    assert "Parent or carer" in page and "Nobody to read it here" in page


def test_a_body_has_no_page_here_so_its_letter_is_posted_and_its_mail_says_so(office: Office) -> None:
    office.requests()
    assert "Hartwell NHS" in office.as_("caseworker").get("/council/letters").text
    with office.look() as session:
        bodies = select(Message.template).join(Notice, Notice.id == Message.notice_id)
        assert set(session.scalars(bodies.where(Notice.person_id.is_(None)))) == {"by_post"}
        assert "by_post" not in session.scalars(bodies.where(Notice.person_id.is_not(None))).all()


def test_a_letter_that_is_no_longer_theirs_shows_no_address_to_post_it_to(office: Office) -> None:
    with office.world() as world:
        parent = world.person("family", name="Pat Former")
        world.request(by=parent)
        world.session.add(Contact(person_id=parent.person, kind="address", value="1 Invented Row"))
        world.session.execute(update(Message).where(Message.person_id == parent.person).values(reason="bounced: no"))
        world.session.execute(update(Message).where(Message.person_id == parent.person).values(state="cancelled"))
    client = office.as_("caseworker")
    assert "1 Invented Row" in client.get("/council/letters").text
    with office.look() as session:
        session.execute(update(Message).where(Message.person_id == parent.person).values(reason=NOT_THEIRS))
    page = client.get("/council/letters").text
    assert "No longer theirs to be told" in page and "1 Invented Row" not in page


def test_a_letter_not_opened_in_two_working_days_is_posted_and_one_opened_is_not(office: Office) -> None:
    with office.world() as world:
        parent = world.person("family", name="Pat Reader")
        serving.answer(world.session, parent, agreed=True, now=world.now)
        case, _ = world.request(by=parent)
        token = web_sessions.new_token()
        web_sessions.save(world.session, token, {"kind": "family"}, parent.account_id, instant())
        assert parent.account_id
        reader = Somebody(parent.person, parent.account_id, "", token)
        case_id = case.id
    client = office.as_("caseworker")
    assert "Pat Reader" not in client.get("/council/letters").text
    old_letters(office)
    assert "Not opened after two working days" in client.get("/council/letters").text
    with office.look() as session:
        wanted = select(Notice.id).where(Notice.person_id == reader.person_id, Notice.case_id == case_id)
        (notice_id,) = session.scalars(wanted)
    office.client_for(reader).get(f"/letters/{notice_id}")
    assert "Pat Reader" not in client.get("/council/letters").text


def test_posting_is_on_record_once(office: Office) -> None:
    with office.world() as world:
        world.request(by=world.senco())
    client = office.as_("caseworker")
    with office.look() as session:
        (notice_id,) = session.scalars(select(Notice.id).where(Notice.to_name == "Parent or carer"))
    for _ in range(2):
        client.submit("/council/letters/posted", {"notice": str(notice_id)}, page="/council/cases")
    with office.look() as session:
        assert session.scalars(select(Notice.posted_on).where(Notice.id == notice_id)).one() is not None
        assert len(session.scalars(select(Event).where(Event.act == "post_letter")).all()) == 1
    assert "Parent or carer" not in client.get("/council/letters").text


def test_the_print_view_holds_each_letter_whole(office: Office) -> None:
    with office.world() as world:
        _, process = world.request(by=world.senco())
        world.decide(process, assess=False)
    page = office.as_("caseworker").get("/council/letters/print").text
    assert (
        page.count('class="app-sheet"') == 8
    )  # two letters each to the family, the SENCO (nobody agreed to letters here), health and social care
    assert "The mediation adviser is Meadow Mediation" in page

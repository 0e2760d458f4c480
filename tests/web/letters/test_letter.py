"""A letter: for the person it is to and for staff; opening it is evidence; reading changes nothing else."""

import uuid

import pytest
from sqlalchemy import func, select

from models.cases import Event, Notice
from models.operations import ReadLog
from tests.web.conftest import Somebody
from tests.web.council.conftest import Office, office  # noqa: F401  (a fixture)
from tests.workflow.cases.builders import REASONS
from workflow import web_sessions
from workflow.clock import now as instant


@pytest.fixture
def refusal(office: Office) -> tuple[uuid.UUID, Somebody]:  # noqa: F811
    """A letter of refusal, and the parent it is to."""
    with office.world() as world:
        parent = world.person("family")
        case, process = world.request(by=parent)
        world.decide(process, assess=False)
        token = web_sessions.new_token()
        web_sessions.save(world.session, token, {"kind": "family"}, parent.account_id, instant())
        wanted = select(Notice.id).where(Notice.kind == "refuse_to_assess_family", Notice.case_id == case.id)
        assert parent.account_id
        return world.session.scalars(wanted).one(), Somebody(parent.person, parent.account_id, "", token)


def test_the_person_it_is_to_reads_the_whole_letter(office: Office, refusal: tuple[uuid.UUID, Somebody]) -> None:  # noqa: F811
    notice_id, parent = refusal
    page = office.client_for(parent).get(f"/letters/{notice_id}")
    assert page.status_code == 200 and REASONS.split(".")[0] in page.text
    assert "First-tier Tribunal" in page.text and "govuk-exit-this-page" in page.text


def test_nobody_else_s_letter_is_shown_and_none_exists_to_them(
    office: Office,  # noqa: F811
    refusal: tuple[uuid.UUID, Somebody],
    school: uuid.UUID,
) -> None:
    notice_id, _ = refusal
    for who in (office.somebody("family"), office.somebody("professional", "senco", school)):
        assert office.client_for(who).get(f"/letters/{notice_id}").status_code == 404
    assert office.client_for(None).get(f"/letters/{notice_id}").status_code == 302
    assert office.client_for(office.somebody("family")).get(f"/letters/{uuid.uuid4()}").status_code == 404


def test_opening_counts_only_when_its_own_reader_opens_it(
    office: Office,  # noqa: F811
    refusal: tuple[uuid.UUID, Somebody],
) -> None:
    notice_id, parent = refusal
    office.as_("manager").get(f"/letters/{notice_id}")
    with office.look() as session:
        assert session.scalars(select(Notice).where(Notice.id == notice_id)).one().opened_at is None
    office.client_for(parent).get(f"/letters/{notice_id}")
    office.client_for(parent).get(f"/letters/{notice_id}")
    with office.look() as session:
        opened = session.scalars(select(Notice).where(Notice.id == notice_id)).one().opened_at
        first = select(func.min(ReadLog.read_at)).where(ReadLog.person_id == parent.person_id)
        assert opened == session.scalars(first).one()


def test_reading_adds_to_the_log_of_reads_and_to_nothing_else(
    office: Office,  # noqa: F811
    refusal: tuple[uuid.UUID, Somebody],
) -> None:
    notice_id, parent = refusal
    with office.look() as session:
        before = session.scalars(select(func.count()).select_from(Event)).one()
    with office.count_queries() as sent:
        office.client_for(parent).get(f"/letters/{notice_id}")
    written = {each.split()[2] for each in sent if each.startswith("INSERT")}
    assert written == {"read_log"}
    with office.look() as session:
        assert session.scalars(select(func.count()).select_from(Event)).one() == before

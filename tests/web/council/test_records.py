"""The council's own records: written like any form, kept on the case, and known to nobody else."""

import uuid

import pytest
from sqlalchemy import select

from models.cases import Case, Event
from models.submissions import Submission
from tests.web.conftest import PageClient
from tests.web.council.conftest import Office
from tests.web.writing.conftest import Desk
from workflow.access.relation import relation
from workflow.access.scope import submissions_for
from workflow.cases import records
from workflow.clock import now


@pytest.fixture
def case_id(office: Office) -> uuid.UUID:
    ((found, _),) = office.requests()
    return found


def begin(client: PageClient, case_id: uuid.UUID, form_id: str) -> Desk:
    case = f"/council/cases/{case_id}"
    begun = client.submit(f"{case}/records/{form_id}", page=case)
    assert begun.status_code == 302, begun.text
    return Desk(client, None, uuid.UUID(str(begun.location).rsplit("/", 1)[-1]))  # type: ignore[arg-type]


def test_a_caseworker_writes_a_record_and_another_goes_on_with_it(office: Office, case_id: uuid.UUID) -> None:
    first = begin(office.as_("caseworker"), case_id, "la-decision")
    first.write("which", ld_kind="assess")
    second = begin(office.as_("decider"), case_id, "la-decision")
    assert second.form_id == first.form_id
    assert second.write("decision", ld_why="Robin finds reading hard.").status_code == 302
    html = second.client.get(f"/forms/{second.form_id}/check").text
    assert "Robin finds reading hard." in html and "Assess or not" in html


def test_a_record_is_kept_only_with_what_it_must_say(office: Office, case_id: uuid.UUID) -> None:
    triage = begin(office.as_("caseworker"), case_id, "la-triage")
    refused = triage.client.submit(f"/forms/{triage.form_id}/send")
    assert refused.status_code == 422 and "Answer:" in refused.text, "what a record must say, it must say"


def test_a_kept_record_is_locked_and_on_the_chain(office: Office) -> None:
    ((case_id, _),) = office.requests()
    with office.world() as world:
        actor = world.staff("caseworker")
        case = world.session.get_one(Case, (world.session.authority_id, case_id))
        record = records.begin_record(world.session, case, "la-decision", actor, now=world.now)
        world.say(
            record,
            actor,
            {
                "ld_kind": "budget",
                "ld_seen[]": ["r1"],
                "ld_seen[r1].item": "The request",
                "ld_out": "part",
                "ld_why": "Some of it.",
                "ld_by": {"name": "Dee Decider"},
                "ld_on": world.today.isoformat(),
                "ld_sent": "By post, to both parents.",
                "ld_check": ["decision"],
            },
            world.now,
        )
        theirs = relation(world.session, actor, record, world.now)
        for _ in range(2):
            records.keep(world.session, record, theirs, actor, now=world.now)
        assert record.state == "sent"
        event = world.session.scalars(select(Event).where(Event.act == "keep_record")).one()
        assert event.case_id == case_id


def test_what_the_decision_record_says_is_not_written_twice(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    record = begin(office.as_("caseworker"), case_id, "la-decision")
    record.write("which", ld_kind="assess")
    record.write("decision", ld_out="no", ld_why="The help in school is enough.", ld_help="The school goes on.")
    html = office.as_("decider").get(f"/council/requests/{process_id}/decision").text
    assert "The help in school is enough." in html and "The school goes on." in html


def test_families_and_schools_know_nothing_of_a_record(office: Office, case_id: uuid.UUID, school: uuid.UUID) -> None:
    record = begin(office.as_("caseworker"), case_id, "la-decision")
    for who in (office.somebody("family"), office.somebody("professional", "senco", school)):
        assert office.client_for(who).get(f"/forms/{record.form_id}").status_code == 404
    with office.world() as world:
        for person in (world.person("family"), world.senco()):
            forms = world.session.scalars(submissions_for(person, now()).with_only_columns(Submission.id)).all()
            assert record.form_id not in forms


def test_beginning_a_record_leaves_no_event_of_its_own(office: Office, case_id: uuid.UUID) -> None:
    begin(office.as_("caseworker"), case_id, "la-triage")
    with office.world() as world:
        assert world.session.scalars(select(Event).where(Event.act == "keep_record")).all() == []


def test_no_other_form_is_begun_so(office: Office, case_id: uuid.UUID) -> None:
    client = office.as_("manager")
    case = f"/council/cases/{case_id}"
    assert client.submit(f"{case}/records/ehcna-req-parent", page=case).status_code == 404

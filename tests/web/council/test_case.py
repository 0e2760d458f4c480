"""The page of one case, and finding cases."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.operations import ReadLog
from models.outbox import Message
from models.submissions import Submission
from tests.web.council.conftest import Office
from workflow.queries import timelines


def search(office: Office, name: str, born: tuple[str, str, str] = ("", "", "")) -> str:
    client = office.as_("caseworker")
    day, month, year = born
    sent = {"name": name, "born-day": day, "born-month": month, "born-year": year}
    return client.submit("/council/cases", sent).text


def test_every_date_says_why_and_under_which_law(office: Office) -> None:
    ((case_id, _),) = office.requests()
    page = office.as_("caseworker").get(f"/council/cases/{case_id}").text
    assert "The authority received the request for an assessment on" in page
    assert "SEND Regulations 2014, reg 5(1)" in page


def test_the_record_is_in_words_and_notes_are_added_to_it(office: Office) -> None:
    ((case_id, _),) = office.requests()
    client, page = office.as_("caseworker"), f"/council/cases/{case_id}"
    assert "A request for an assessment was received" in client.get(page).text
    after = client.submit(f"{page}/notes", {"note": "Called <b>home</b>."}, page=page, follow_redirects=True).text
    assert "Called &lt;b&gt;home&lt;/b&gt;." in after
    assert client.submit(f"{page}/notes", {"note": " "}, page=page).status_code == 422


@pytest.mark.parametrize(("role", "decides"), [("caseworker", False), ("decider", True), ("manager", True)])
def test_only_buttons_for_what_this_person_may_do_are_shown(office: Office, role: str, decides: bool) -> None:
    ((case_id, _),) = office.requests()
    page = office.as_(role).get(f"/council/cases/{case_id}").text
    assert ("Decide whether to assess" in page) is decides


def test_no_title_or_address_holds_the_childs_name(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client = office.as_("manager")
    for address in (f"cases/{case_id}", f"requests/{process_id}", f"requests/{process_id}/decision", ""):
        page = client.get(f"/council/{address}").text
        assert "Alba" not in page.split("<title>")[1].split("</title>")[0]


def test_two_papers_are_read_side_by_side(office: Office) -> None:
    with office.world() as world:
        case, _ = world.request(more={"pq_hard": "She loses her words by noon."})
        case_id = case.id
    with office.look() as session:
        (form,) = session.scalars(select(Submission.id).where(Submission.case_id == case_id))
    page = office.as_("caseworker").get(f"/council/cases/{case_id}/papers?left={form}&right={form}").text
    assert "She loses her words by noon." in page
    assert (
        office.as_("caseworker").get(f"/council/cases/{case_id}/papers?left=x&right={uuid.uuid4()}").status_code == 200
    )


def test_a_paper_of_another_case_is_not_shown_here(office: Office) -> None:
    (one, _), (other, _) = office.requests(2)
    with office.look() as session:
        (form,) = session.scalars(select(Submission.id).where(Submission.case_id == other))
    page = office.as_("caseworker").get(f"/council/cases/{one}/papers?left={form}").text
    assert "Reading." not in page


def test_family_and_office_see_the_same_dates(office: Office) -> None:
    ((case_id, _),) = office.requests()
    with office.look() as session:
        ours = timelines.timeline(session, case_id, "professional")
        theirs = timelines.timeline(session, case_id, "family")
    assert [(each.rule, each.on, each.state) for each in ours] == [(each.rule, each.on, each.state) for each in theirs]
    assert all(each.explanation and each.citation for each in (*ours, *theirs))


def test_the_number_of_queries_does_not_grow_with_the_case(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client = office.as_("manager")
    client.get(f"/council/cases/{case_id}")
    with office.count_queries() as few:
        client.get(f"/council/cases/{case_id}")
    with office.world() as world:
        from models.cases import Case, Process
        from workflow.cases import triage

        case = world.session.get_one(Case, (world.session.authority_id, case_id))
        for at in range(6):
            triage.write_note(world.session, case, f"Note {at}", world.staff("caseworker"), now=world.now)
            world.parent_of(case)
        world.decide(world.session.get_one(Process, (world.session.authority_id, process_id)), assess=False)
    with office.count_queries() as many:
        client.get(f"/council/cases/{case_id}")
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)))


@pytest.mark.parametrize(
    ("name", "born"),
    [
        ("Alba Example0x", ("", "", "")),
        ("EXAMPLE0X alba", ("", "", "")),
        ("Álba", ("11", "1", "2008")),
        ("Alba Example0x", ("1", "11", "2008")),
    ],
)
def test_a_case_is_found_by_two_parts_however_spelled(office: Office, name: str, born: tuple[str, str, str]) -> None:
    office.requests()
    assert "1 case found" in search(office, name, born)


@pytest.mark.parametrize("name", ["Alba", " ", "A"])
def test_one_part_alone_finds_nobody(office: Office, name: str) -> None:
    office.requests()
    assert "Example0x" not in search(office, name)


def test_at_most_twenty_are_shown_and_the_search_is_on_record(office: Office) -> None:
    from models.cases import Case
    from models.people import Child, Person
    from workflow.cases import finding

    with office.world() as world:
        for at in range(25):
            person = Person(id=uuid.uuid4(), name="Sam")
            world.session.add(person)
            world.session.flush()
            child = Child(
                id=uuid.uuid4(),
                person_id=person.id,
                first="Sam",
                last="Crowd",
                known_as="Sam",
                born_on=world.today - timedelta(days=3000 + at),
            )
            world.session.add(child)
            world.session.flush()
            finding.index(world.session, child)
            world.session.add(Case(child_id=child.id, opened_on=world.today))
    page = search(office, "Sam Crowd")
    assert "20 cases found" in page
    with office.look() as session:
        assert session.scalars(select(ReadLog).where(ReadLog.what == "search")).all()


def test_searching_is_limited_in_number(office: Office) -> None:
    from web.council import cases

    client = office.as_("caseworker")
    token = client.token("/council/cases")
    sent = {"csrf_token": token, "name": "No Body"}
    answers = [client.post("/council/cases", data=sent).status_code for _ in range(cases.SEARCHES + 1)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_a_family_is_invited_to_a_case_once_however_often_the_button_is_pressed(office: Office) -> None:
    with office.world() as world:
        case_id = world.plan(made_on=world.today)[0].id
    client, page = office.as_("caseworker"), f"/council/cases/{case_id}/invite"
    typed = {"email": "mum@family.example", "again": "mum@family.example", "token": "one"}
    assert "are not the same" in client.submit(page, {**typed, "again": "dad@family.example"}, page=page).text
    first = client.submit(page, typed, page=page)
    again = client.submit(page, typed, page=page)
    assert first.location == again.location
    words = re.search(r'panel__title">([^<]+)', client.get(first.location).text)
    assert words and len(words[1].split()) == 3
    assert words[1] not in client.get(first.location).text  # shown once
    case = client.get(f"/council/cases/{case_id}").text
    assert case.count("mum@family.example") == 1 and "A parent or carer was invited to take part" in case
    with office.look() as session:
        assert session.scalars(select(Message.template).where(Message.case_id == case_id)).all() == ["invitation"]

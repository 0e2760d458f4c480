"""Advice on the council's pages, the adviser's and the family's: one list, the same dates."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.access import Account, Grant
from models.advice import AdviceRequest
from models.cases import Case, Deadline, Event, Process
from tests.web.conftest import PageClient, Somebody
from tests.web.council.conftest import Office
from tests.web.council.test_triage import day
from tests.workflow.cases.builders import World
from workflow import clock
from workflow.cases import advice, advice_replies
from workflow.cases.advisers import Adviser
from workflow.clock import london_day
from workflow.coproduction import invitations


def assessing(office: Office, world: World) -> tuple[Case, Process]:
    case, process = world.request()
    world.decide(process, assess=True)
    return case, process


def asked(world: World, process: Process, limb: str = "c", name: str = "Hartwell NHS") -> AdviceRequest:
    request = advice.begin(world.session, process, Adviser(limb, name), token=uuid.uuid4(), now=world.now)
    advice.ask(world.session, request, world.staff("caseworker"), now=world.now)
    return request


def invited(office: Office, request_id: uuid.UUID) -> tuple[Somebody, PageClient]:
    """An adviser who has accepted."""
    them = office.somebody("professional")
    with office.world() as world:
        request = world.session.get_one(AdviceRequest, (world.session.authority_id, request_id))
        made = advice_replies.invite(world.session, request, world.staff("caseworker"), them.email, now=world.now)
        found = invitations.find(world.session, made.id, them.email, world.now)
        assert found and invitations.accept(world.session, found, them.person_id, made.words, now=world.now)
        advice_replies.let_in(world.session, found, now=world.now)
    return them, office.client_for(them)


def test_the_list_the_law_wants_is_asked_one_by_one_and_each_once(office: Office) -> None:
    with office.world() as world:
        _, process = assessing(office, world)
        process_id = process.id
    client, page = office.as_("caseworker"), f"/council/advice/{process_id}"
    text = client.get(page).text
    assert "Hartwell social care" in text and "Educational psychology service" in text
    token = re.search(r'name="proposal" value="c:Hartwell NHS"><input type="hidden" name="token" value="([^"]+)"', text)
    assert token
    sent = {"proposal": "c:Hartwell NHS", "token": token[1]}
    for _ in range(2):
        done = client.submit(f"{page}/ask", sent, page=page, follow_redirects=True)
        assert done.status_code == 200
    with office.look() as session:
        assert session.scalars(select(AdviceRequest.stage)).all() == ["asked"]


def test_the_day_it_reached_them_is_put_on_record_and_explained(office: Office) -> None:
    with office.world() as world:
        _, process = assessing(office, world)
        request_id = asked(world, process).id
    client, page = office.as_("caseworker"), f"/council/advice/requests/{request_id}"
    assert "their six weeks have not begun" in client.get(page).text
    today = london_day(clock.now())
    done = client.submit(f"{page}/receipt", day(today, "receipt-received_on"), page=page, follow_redirects=True)
    assert "Their six weeks run from that day" in done.text and "reg 8(1)" in done.text
    tomorrow = day(today + timedelta(days=1), "receipt-received_on")
    refused = client.submit(f"{page}/receipt", tomorrow, page=page)
    assert refused.status_code == 422 and 'href="#receipt-received_on-day"' in refused.text
    with office.look() as session:
        owed = session.scalars(select(Deadline).where(Deadline.subject_id == request_id)).one()
        assert owed.due_on == today + timedelta(weeks=6)


def test_a_reply_on_paper_is_keyed_in_and_the_family_can_read_it(office: Office) -> None:
    with office.world() as world:
        case, process = assessing(office, world)
        request_id, case_id = asked(world, process).id, case.id
        family = family_of(office, world, case)
    client, page = office.as_("caseworker"), f"/council/advice/requests/{request_id}"
    came = day(london_day(clock.now()), "reply-received_on")
    blank = client.submit(f"{page}/reply", came, page=page)
    assert blank.status_code == 422 and 'id="reply" open' in blank.text
    said = {**came, "reply-by": "Dr A, paediatrician", "reply-words": "Hearing is normal.", "reply-known": "seen-12"}
    assert "under its writer" in client.submit(f"{page}/reply", said, page=page, follow_redirects=True).text
    listed = office.client_for(family).get(f"/cases/{case_id}/advice").text
    found = re.search(r'href="(/forms/[^"]+)">Read what they say', listed)
    assert found and "Hearing is normal." in office.client_for(family).get(found[1], follow_redirects=True).text


def test_the_family_names_somebody_and_agrees_only_for_itself(office: Office) -> None:
    with office.world() as world:
        case, process = assessing(office, world)
        request_id, case_id = asked(world, process, "d", "The psychologist").id, case.id
        family = family_of(office, world, case)
    client, page = office.client_for(family), f"/cases/{case_id}/advice"
    blank = client.submit(page, {"token": str(uuid.uuid4())})
    assert blank.status_code == 422 and "Tell us who to ask." in blank.text
    named = {"token": str(uuid.uuid4()), "to_name": "Ms Own, music teacher"}
    assert "We have your wish" in client.submit(page, named, follow_redirects=True).text
    council, one = office.as_("caseworker"), f"/council/advice/requests/{request_id}"
    council.submit(f"{one}/existing", {"existing-which": "Report of March"}, page=one)
    shown = client.get(page).text
    assert "Report of March" in shown and "Ms Own, music teacher" in shown
    done = client.submit(f"{page}/{request_id}/agree", {}, page=page, follow_redirects=True)
    assert "I no longer agree" in done.text
    assert "agreed on" in council.get(one).text


def test_a_helper_of_the_family_neither_names_nor_agrees(office: Office) -> None:
    with office.world() as world:
        case, _ = assessing(office, world)
        case_id = case.id
        helper = family_of(office, world, case, role="helper")
    client, page = office.client_for(helper), f"/cases/{case_id}/advice"
    named = {"token": str(uuid.uuid4()), "to_name": "Somebody"}
    assert "Only the parent or the young person" in client.submit(page, named).text


def test_an_adviser_sees_what_is_asked_and_what_the_family_sent_and_answers_in_their_own_form(office: Office) -> None:
    with office.world() as world:
        _, process = assessing(office, world)
        request_id = asked(world, process).id
    _, client = invited(office, request_id)
    page = client.get(f"/advice/{request_id}").text
    assert "what help should be given" in page and "reg 8(1)" in page and "Robin Example" in page
    paper = re.search(r'href="(/forms/[^"]+)">Request for', page) or re.search(r'href="(/forms/[^"]+)">', page)
    assert paper and client.get(paper[1], follow_redirects=True).status_code == 200
    begun = client.submit(f"/advice/{request_id}/write", {}, page=f"/advice/{request_id}")
    form = begun.location
    overview = client.get(form)
    assert overview.status_code == 200 and "Health advice" in overview.text
    assert office.as_("caseworker").get(form).status_code == 404
    assert "Health advice for an assessment" in client.get("/school/").text


def test_an_adviser_says_not_known_late_or_asks_for_more(office: Office) -> None:
    with office.world() as world:
        _, process = assessing(office, world)
        request_id = asked(world, process).id
    _, client = invited(office, request_id)
    page = f"/advice/{request_id}"
    assert client.submit(f"{page}/unknown", {}, page=page).status_code == 422
    more = client.submit(f"{page}/more", {"more-words": "The clinic letter."}, page=page, follow_redirects=True)
    assert "six weeks have not stopped" in more.text
    late = client.submit(f"{page}/late", {"late-why": "Seen next week."}, page=page, follow_redirects=True)
    assert "The date has not moved" in late.text
    known = client.submit(f"{page}/unknown", {"unknown-checked": "Records."}, page=page, follow_redirects=True)
    assert "You said that you do not know this child" in known.text
    with office.look() as session:
        acts = set(session.scalars(select(Event.act).where(Event.actor_role == "professional")))
        assert {"adviser_asked", "say_advice_is_late", "receive_nil_reply"} <= acts


@pytest.mark.parametrize("who", ["another adviser", "a school", "a family", "nobody"])
def test_nobody_else_finds_an_advisers_page(office: Office, school: uuid.UUID, who: str) -> None:
    with office.world() as world:
        _, process = assessing(office, world)
        request_id, other_id = asked(world, process).id, asked(world, process, "e", "Care").id
    somebody = {
        "another adviser": lambda: invited(office, other_id)[0],
        "a school": lambda: office.somebody("professional", "senco", school),
        "a family": lambda: office.somebody("family"),
        "nobody": lambda: None,
    }[who]()
    answer = office.client_for(somebody).get(f"/advice/{request_id}")
    assert answer.status_code == (302 if who == "nobody" else 404)


def test_another_family_finds_no_list_and_cannot_agree(office: Office) -> None:
    with office.world() as world:
        case, process = assessing(office, world)
        case_id, request_id = case.id, asked(world, process).id
    client = office.client_for(office.somebody("family"))
    office.app.config["WTF_CSRF_ENABLED"] = False
    assert client.get(f"/cases/{case_id}/advice").status_code == 404
    assert client.post(f"/cases/{case_id}/advice/{request_id}/agree").status_code == 404


def test_the_list_costs_no_more_queries_with_more_requests(office: Office) -> None:
    with office.world() as world:
        _, process = assessing(office, world)
        process_id = process.id
        asked(world, process)
    client, page = office.as_("caseworker"), f"/council/advice/{process_id}"
    client.get(page)
    with office.count_queries() as few:
        client.get(page)
    with office.world() as world:
        process = world.session.get_one(Process, (world.session.authority_id, process_id))
        for limb in "defh":
            asked(world, process, limb, f"Adviser {limb}")
    client.get(page)
    with office.count_queries() as many:
        client.get(page)
    assert len(many) <= len(few)


def family_of(office: Office, world: World, case: Case, role: str = "parent") -> Somebody:
    """A family account that may read the case."""
    them = office.somebody("family")
    person = world.session.scalars(select(Account.person_id).where(Account.id == them.account_id)).one()
    world.session.add(
        Grant(
            person_id=person,
            role=role,
            case_id=case.id,
            rights=["read"],
            from_at=world.now - timedelta(days=1),
            granted_by=person,
            reason="test",
        )
    )
    world.session.flush()
    return them

"""The triage page: what is here, what may be done, and that no clock stops."""

from datetime import timedelta

from sqlalchemy import select

from models.cases import Deadline, Event
from tests.web.council.conftest import Office
from workflow import clock
from workflow.clock import london_day


def day(on: object, prefix: str) -> dict[str, str]:
    return {f"{prefix}-day": str(on.day), f"{prefix}-month": str(on.month), f"{prefix}-year": str(on.year)}  # type: ignore[attr-defined]


def test_readiness_is_said_in_words_and_gates_nothing(office: Office) -> None:
    with office.world() as world:
        process_id = world.request()[1].id
    page = office.as_("decider").get(f"/council/requests/{process_id}").text
    assert "Not asked" in page and "Does not apply" in page and "Have" in page
    assert "Decide whether to assess" in page


def test_what_was_asked_for_is_shown_as_asked(office: Office) -> None:
    with office.world() as world:
        _, process = world.request(by=world.senco())
        process_id = process.id
    client, page = office.as_("caseworker"), f"/council/requests/{process_id}"
    by = london_day(clock.now()) + timedelta(days=10)
    asked = {"a-lines": ["attainment"], "a-asked": "The reading ages since June.", **day(by, "a-reply_by")}
    done = client.submit(f"{page}/ask", asked, page=page, follow_redirects=True)
    assert "The clock did not stop" in done.text
    assert "Asked for" in done.text


def test_asking_for_nothing_opens_the_box_again_with_the_error(office: Office) -> None:
    with office.world() as world:
        process_id = world.request(by=world.senco())[1].id
    client, page = office.as_("caseworker"), f"/council/requests/{process_id}"
    back = client.submit(f"{page}/ask", {"a-asked": " "}, page=page)
    assert back.status_code == 422
    assert 'href="#a-asked"' in back.text
    assert 'id="ask" open' in back.text


def test_a_corrected_date_moves_every_clock_and_says_the_new_ones(office: Office) -> None:
    ((_, process_id),) = office.requests()
    client, page = office.as_("caseworker"), f"/council/requests/{process_id}"
    earlier = london_day(clock.now()) - timedelta(days=7)
    sent = {**day(earlier, "r-received_on"), "r-why": "It came by post to the school."}
    done = client.submit(f"{page}/received", sent, page=page, follow_redirects=True)
    assert "The date is corrected. Decision whether to assess:" in done.text
    with office.look() as session:
        due = session.scalars(select(Deadline.due_on).where(Deadline.rule == "assess.decide")).one()
        assert due == earlier + timedelta(weeks=6)


def test_a_date_that_is_none_comes_back_as_typed(office: Office) -> None:
    ((_, process_id),) = office.requests()
    client, page = office.as_("caseworker"), f"/council/requests/{process_id}"
    wrong = {"r-received_on-day": "31", "r-received_on-month": "2", "r-received_on-year": "2026", "r-why": "Post."}
    back = client.submit(f"{page}/received", wrong, page=page)
    assert back.status_code == 422 and 'href="#r-received_on-day"' in back.text
    assert 'value="31"' in back.text


def test_allocating_and_consulting_are_on_record(office: Office) -> None:
    worker = office.somebody("staff", "caseworker", name="Wanda Worker")
    ((_, process_id),) = office.requests()
    client, page = office.client_for(worker), f"/council/requests/{process_id}"
    client.submit(f"{page}/caseworker", {"w-caseworker": str(worker.person_id)}, page=page)
    client.submit(f"{page}/consulted", {**day(london_day(clock.now()), "c-consulted_on")}, page=page)
    with office.look() as session:
        acts = set(session.scalars(select(Event.act).where(Event.actor_id == worker.person_id)))
        assert acts == {"allocate", "consult_family"}


def test_a_likely_twin_is_offered_joined_and_parted_from_the_page(office: Office) -> None:
    with office.world() as world:
        first, _ = world.request(on=world.now - timedelta(days=3))
        second, process = world.request()
        first_id, second_id, process_id = first.id, second.id, process.id
    client, page = office.as_("caseworker"), f"/council/requests/{process_id}"
    assert "This may be about the same child" in client.get(page).text
    joined = client.submit(
        f"/council/cases/{second_id}/join", {"other": str(first_id)}, page=page, follow_redirects=True
    )
    assert "The earlier clock runs on" in joined.text and "Cases joined to this one" in joined.text
    parted = client.submit(
        f"/council/cases/{second_id}/part", page=f"/council/cases/{second_id}", follow_redirects=True
    )
    assert "stands alone again" in parted.text
    with office.look() as session:
        open_ones = select(Deadline.due_on).where(Deadline.rule == "assess.decide", Deadline.voided_on.is_(None))
        assert len(session.scalars(open_ones).all()) == 2


def test_cases_kept_apart_are_offered_no_more_until_somebody_looks(office: Office) -> None:
    with office.world() as world:
        first, _ = world.request(on=world.now - timedelta(days=3))
        second, process = world.request()
        first_id, second_id, process_id = first.id, second.id, process.id
    client, page = office.as_("manager"), f"/council/requests/{process_id}"
    client.submit(f"/council/cases/{second_id}/keep-apart", {"other": str(first_id)}, page=page)
    after = client.get(page).text
    assert "This may be about the same child" not in after
    assert "Join them after all" in after


def test_a_withdrawal_stops_every_clock_and_sends_the_letter(office: Office) -> None:
    ((_, process_id),) = office.requests()
    client, page = office.as_("caseworker"), f"/council/requests/{process_id}/withdrawal"
    assert client.submit(page, {"seen": "1", "why": " "}).status_code == 422
    seen = client.get(page).text.split('name="seen" value="')[1].split('"')[0]
    done = client.submit(page, {"seen": seen, "why": "Mum rang today."}, follow_redirects=True)
    assert "Your request has been withdrawn" in done.text
    with office.look() as session:
        running = select(Deadline).where(Deadline.voided_on.is_(None), Deadline.satisfied_on.is_(None))
        assert session.scalars(running).all() == []
    assert client.submit(page, {"seen": seen, "why": "Again."}, page="/council/cases").status_code == 422

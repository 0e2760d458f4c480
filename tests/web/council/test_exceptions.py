"""An exception is recorded from the case, for whatever runs there, as the law lists it."""

import re
import uuid
from datetime import timedelta

from models.cases import Process
from tests.web.council.conftest import Office
from workflow.cases import doing
from workflow.cases.doing import Said

PERSONAL = {"type": "exceptional_personal_circumstances", "why": "A bereavement in the family."}


def test_an_exception_outside_the_law_is_refused_and_one_inside_it_is_explained(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client, page = office.as_("manager"), f"/council/processes/{process_id}/exception"
    assert page in client.get(f"/council/cases/{case_id}").text
    assert page in client.get(f"/council/requests/{process_id}").text
    refused = client.submit(page, PERSONAL, page=page)
    assert refused.status_code == 422 and "so the limit stands" in refused.text
    made = client.submit(page, {**PERSONAL, "impractical": "yes"}, page=page, follow_redirects=True)
    assert "the date has not moved" in made.text and "An exception lifts this limit." in made.text
    forged = client.submit(page, {"type": "staff_shortage", "why": "X", "impractical": "yes"}, page=page)
    assert forged.status_code == 422 and 'href="#type-0"' in forged.text
    assert "lifts this limit already" in client.get(page).text


def test_a_limit_past_triage_has_its_exceptions_on_the_same_page(office: Office) -> None:
    with office.world() as world:
        _, process = world.request(on=world.now - timedelta(weeks=5))
        world.decide(process, assess=True)
        process_id = process.id
    page = office.as_("decider").get(f"/council/processes/{process_id}/exception").text
    assert "reg 13(2)" in page and "reg 5(1)" not in page, "the limits that run, and not the one that is met"


def test_each_process_offers_what_the_law_lists_for_its_own_limits(office: Office) -> None:
    with office.world() as world:
        case, _ = world.plan(made_on=world.today - timedelta(days=200))
        said = Said(on=world.today, dates={"order_made": world.today})
        decider, token = world.staff("decider"), uuid.uuid4()
        ordered = doing.begin(
            world.session, case, "order", "order_on_content", decider, said, token=token, now=world.now
        ).id
    page = office.as_("decider").get(f"/council/processes/{ordered}/exception").text
    assert "reg 13(3)" in page and "closed for four weeks" not in page


def test_a_caseworker_and_a_process_that_has_ended_have_no_such_page(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    page = f"/council/processes/{process_id}/exception"
    assert office.as_("caseworker").get(page).status_code == 404
    assert page not in office.as_("caseworker").get(f"/council/cases/{case_id}").text
    with office.world() as world:
        world.decide(world.session.get_one(Process, (world.session.authority_id, process_id)), assess=False)
    assert office.as_("manager").get(page).status_code == 404


def test_the_end_of_an_exception_is_looked_at_and_recorded_and_everybody_reads_its_days(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client, page = office.as_("manager"), f"/council/processes/{process_id}/exception"
    with office.world() as world:
        today = world.today
    first = {f"first-{part}": str(getattr(today, part)) for part in ("day", "month", "year")}
    client.submit(page, {**PERSONAL, **first, "impractical": "yes"}, page=page)
    listed = client.get(page).text
    end = re.search(rf"{page}/[\w-]+/end", listed)
    assert end and "It is not over." in listed
    assert "It is not over." in client.get(f"/council/cases/{case_id}").text
    day = {f"ended_on-{part}": str(getattr(today, part)) for part in ("day", "month", "year")}
    lacking = client.submit(end[0], {"step": "preview"})
    assert lacking.status_code == 422 and 'href="#ended_on-day"' in lacking.text
    given = {**day, "why": "The parent rang."}
    assert "Nothing is done yet" in client.submit(end[0], {**given, "step": "preview"}).text
    assert "It is not over." in client.get(page).text
    assert client.submit(end[0], {**given, "step": "send"}).status_code == 302
    assert "It is over." in client.get(page).text and "/end" not in client.get(page).text
    shown = client.get(f"/council/cases/{case_id}").text
    assert "The last day of it was" in shown and "The end of an exception to a time limit was recorded" in shown
    again = client.submit(end[0], {**given, "step": "send"}, page=page)
    assert again.status_code == 422 and "on record already that this is over" in again.text

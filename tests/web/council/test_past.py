"""The page of a case as it was on a day."""

from datetime import timedelta

from tests.web.council.conftest import Office
from workflow import clock
from workflow.clock import london_day

TODAY = london_day(clock.now())


def address(case_id: object, on: object, seen_by: str = "professional") -> str:
    day = TODAY if on == "today" else TODAY - timedelta(days=1)
    return (
        f"/council/cases/{case_id}/as-it-was?on-day={day.day}&on-month={day.month}&on-year={day.year}&seen_by={seen_by}"
    )


def test_it_asks_which_day_and_then_shows_what_was_on_record(office: Office) -> None:
    ((case_id, _),) = office.requests()
    client = office.as_("caseworker")
    assert "Which day?" in client.get(f"/council/cases/{case_id}/as-it-was").text
    shown = client.get(address(case_id, "today")).text
    assert "Asked for" in shown and "Record of acts by then" in shown
    assert "Nothing had begun." in client.get(address(case_id, "yesterday")).text


def test_as_the_family_saw_it_there_are_no_acts_and_no_papers_of_the_council(office: Office) -> None:
    ((case_id, _),) = office.requests()
    shown = office.as_("caseworker").get(address(case_id, "today", "family")).text
    assert "We are considering an assessment" in shown and "Record of acts by then" not in shown


def test_a_day_that_is_none_is_said_so(office: Office) -> None:
    ((case_id, _),) = office.requests()
    page = f"/council/cases/{case_id}/as-it-was?on-day=31&on-month=2&on-year=2026"
    answer = office.as_("caseworker").get(page)
    assert answer.status_code == 422 and 'href="#on-day"' in answer.text

"""The date checker in pages: no sign-in, nothing stored, no script needed, and kind to slips of the finger."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event as happening

from tests.web.conftest import PageClient, Somebody
from tests.web.dates.test_ics import unfold
from web.application import Coproduce
from web.dates.events import EVENTS, GROUPS
from workflow import clock

LATE = "/dates/answer?event=request&request_received=2025-03-03"


@pytest.fixture
def client(client_for: Callable[[Somebody | None], PageClient]) -> PageClient:
    return client_for(None)


@contextmanager
def statements(app: Coproduce) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    happening.listen(app.database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        happening.remove(app.database.engine, "before_cursor_execute", note)


def sent(event_id: str, **boxes: str) -> str:
    """An address as the form of an event sends it: `on="7 10 2026"`."""
    parts = [f"event={event_id}"]
    for name, text in boxes.items():
        day, month, year = [*text.split(), "", "", ""][:3]
        parts += [f"{name}-day={day}", f"{name}-month={month}", f"{name}-year={year}"]
    return "/dates?" + "&".join(parts)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_first_page_offers_every_event(client: PageClient) -> None:
    page = client.get("/dates").text
    for group in GROUPS:
        for event in group.events:
            assert f'href="/dates?event={event.id}"' in page, event.id
    assert "We keep nothing you type here." in page


def test_every_event_has_a_page_that_asks_for_its_days(client: PageClient) -> None:
    for event in EVENTS.values():
        page = client.get(f"/dates?event={event.id}")
        assert page.status_code == 200 and 'method="get"' in page.text
        for question in event.questions:
            assert f'name="{question.name}-day"' in page.text, event.id


def test_the_days_lead_to_an_address_of_plain_days(client: PageClient) -> None:
    answer = client.get(sent("request", request_received="7 October 2026"))
    assert answer.status_code == 302
    assert answer.location == "/dates/answer?event=request&request_received=2026-10-07"


def test_the_answer_shows_every_day_who_owes_it_and_why(client: PageClient) -> None:
    page = client.get("/dates/answer?event=request&request_received=2026-10-07").text
    told = text_of(page)
    for day in ("18 November 2026", "27 January 2027", "24 February 2027"):
        assert day in told
    assert "On 7 October 2026 the council got the request for an assessment." in told
    assert "From the council, to you." in told
    assert "As soon as possible" in told and "The law gives no number of days." in told
    assert told.index("18 November 2026") < told.index("24 February 2027")
    assert f"Worked out on {clock.london_day(clock.now()).day} " in told


def test_professional_words_show_the_citation_outside_any_fold(client: PageClient) -> None:
    page = client.get("/dates/answer?event=request&request_received=2026-10-07&words=professional").text
    assert "<details" not in page.split("app-timeline")[1].split("</ol>")[0]
    assert "SEND Regulations 2014, reg 13(2)" in page and "As soon as practicable" in page
    assert "Show plain words" in page


def test_a_day_that_has_passed_says_so_and_offers_a_letter(client: PageClient) -> None:
    page = client.get(LATE).text
    assert page.count("This date has passed") == 3
    assert "/dates/letter?rule=plan.finalise&amp;event=request&amp;request_received=2025-03-03" in page


def test_a_day_to_come_has_not_passed(client: PageClient) -> None:
    today = clock.london_day(clock.now())
    page = client.get(f"/dates/answer?event=request&request_received={today}").text
    assert "This date has passed" not in page and "/dates/letter" not in page and "In 42 days" in page


@pytest.mark.parametrize(
    ("event_id", "boxes", "sentence"),
    [
        ("request", {"request_received": "31 2 2026"}, "This is not a real date. Check the day and the month."),
        ("request", {"request_received": "7 10"}, "The date needs a year."),
        ("request", {"request_received": ""}, "Enter the date."),
        ("request", {"request_received": "7 10 1999"}, "The law that gives these dates began on 1 September 2014."),
        ("request", {"request_received": "7 10 2190"}, "That is a long time from now. Check the year."),
        ("longest", {"date_of_birth": "7 10 2150"}, "The date of birth cannot be in the future."),
        ("longest", {"date_of_birth": "7 10 1950"}, "That is more than 26 years ago"),
        ("longest", {"date_of_birth": "7 10 2010"}, "Choose the one that fits."),
    ],
)
def test_a_bad_day_is_explained_beside_its_field_and_kept(
    client: PageClient, event_id: str, boxes: dict[str, str], sentence: str
) -> None:
    answer = client.get(sent(event_id, **boxes))
    assert answer.status_code == 422
    name, typed = next(iter(boxes.items()))
    anchor = "what-0" if sentence == "Choose the one that fits." else f"{name}-day"
    assert answer.text.count(sentence) == 2 and f'<a href="#{anchor}">' in answer.text
    assert "<title>Error:" in answer.text.replace("\n", "")
    for part, text in zip(("day", "month", "year"), typed.split(), strict=False):
        assert re.search(rf'name="{name}-{part}"[^>]*value="{text}"', answer.text), part


@pytest.mark.parametrize("page", ["answer", "calendar.ics", "letter"])
@pytest.mark.parametrize("query", ["", "event=nothing", "event=request&request_received=2026-02-31", "event=request"])
def test_an_address_that_cannot_be_read_leads_back_to_the_form(client: PageClient, page: str, query: str) -> None:
    answer = client.get(f"/dates/{page}?{query}")
    assert answer.status_code == 302 and answer.location.startswith("/dates")
    shown = client.get(answer.location)
    assert shown.status_code == (422 if "event=request" in query else 200)
    assert "2026-02-31" not in query or "2026-02-31" in shown.text


def test_what_was_typed_can_be_changed(client: PageClient) -> None:
    page = client.get("/dates?event=longest&what=other&date_of_birth=2010-10-07").text
    for part, text in (("day", "7"), ("month", "10"), ("year", "2010")):
        assert re.search(rf'name="date_of_birth-{part}"[^>]*value="{text}"', page)
    assert re.search(r'value="other" checked', page)


def test_typed_markup_is_shown_as_text(client: PageClient) -> None:
    page = client.get("/dates?event=request&request_received-day=%22%3E%3Cscript%3E&request_received-month=1").text
    assert "<script>" not in page.split("<body")[1].split("<main")[1].split("</main>")[0]


def test_the_calendar_holds_every_day_and_no_name(client: PageClient) -> None:
    answer = client.get("/dates/calendar.ics?event=request&request_received=2026-10-07")
    assert answer.mimetype == "text/calendar" and "dates.ics" in answer.headers["Content-Disposition"]
    lines = unfold(answer.data)
    starts = sorted(line for line in lines if line.startswith("DTSTART"))
    assert starts == [
        f"DTSTART;VALUE=DATE:{day}" for day in ("20261118", "20261118", "20270127", "20270127", "20270224")
    ]
    assert "SUMMARY:Council: final plan due" in lines
    assert len({line for line in lines if line.startswith("UID:")}) == 5


def test_an_entry_stays_the_same_when_more_is_known(client: PageClient) -> None:
    known = "/dates/calendar.ics?event=draft&draft_served=2027-01-27"
    less, more = (unfold(client.get(known + added).data) for added in ("", "&request_received=2026-10-07"))
    uids = [{line for line in lines if line.startswith("UID:")} for lines in (less, more)]
    assert len(uids[0]) == 1 and len(uids[1]) == 2 and uids[0] < uids[1]


def test_no_calendar_is_offered_where_there_is_no_day(client: PageClient) -> None:
    assert "calendar.ics" not in client.get("/dates/answer?event=may-end&ceasing_considered=2026-10-07").text


def test_the_letter_names_the_day_the_law_and_free_help_and_leaves_names_blank(client: PageClient) -> None:
    told = text_of(client.get("/dates/letter?event=request&request_received=2025-03-03&rule=plan.finalise").text)
    for words in (
        "To: Hartwell Council",
        "Final plan: the last day was 21 July 2025",
        "The authority received the request for an assessment on 3 March 2025.",
        "The authority must send the finalised plan.",
        "The time limit is set by law: SEND Regulations 2014, reg 13(2).",
        "If you rely on one of them",
        "Name of the child or young person: ____",
        "Hartwell SENDIASS",
        "01632 960 004",
    ):
        assert words in told, words


def test_a_letter_says_what_is_guidance_and_claims_no_exceptions_where_none_exist(client: PageClient) -> None:
    told = text_of(client.get("/dates/letter?event=request&request_received=2025-03-03&rule=plan.issue_draft").text)
    assert "This is the usual timetable" in told and "set by law" not in told and "rely on one of them" not in told


@pytest.mark.parametrize("rule", ["", "plan.secure", "nothing", "assess.consult"])
def test_there_is_no_letter_about_what_is_not_late(client: PageClient, rule: str) -> None:
    answer = client.get(f"/dates/letter?event=request&request_received=2025-03-03&rule={rule}")
    assert answer.status_code == 302 and answer.location.startswith("/dates/answer?")


def test_every_letter_that_is_offered_can_be_read(client: PageClient) -> None:
    old = date(2025, 3, 3)
    for event in EVENTS.values():
        days = "&".join(f"{question.name}={old + timedelta(days=1)}" for question in event.questions)
        for choice in event.choices or (None,):
            what = f"&what={choice.value}" if choice else ""
            page = client.get(f"/dates/answer?event={event.id}{what}&{days}")
            assert page.status_code == 200, event.id
            for address in re.findall(r'href="(/dates/letter[^"]+)"', page.text):
                letter = client.get(address.replace("&amp;", "&"))
                assert letter.status_code == 200 and "None" not in text_of(letter.text), address


def test_nothing_is_stored_no_cookie_is_set_and_one_question_is_asked_of_the_database(
    app: Coproduce, client: PageClient
) -> None:
    for address in (
        "/dates",
        "/dates?event=request",
        sent("request", request_received="7 10 2026"),
        sent("request", request_received="31 2 2026"),
        LATE,
        "/dates/calendar.ics?event=request&request_received=2026-10-07",
        "/dates/letter?event=request&request_received=2025-03-03&rule=plan.finalise",
    ):
        with statements(app) as asked:
            answer = client.get(address)
        assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "no-store", address
        assert len(asked) <= 3 and not [each for each in asked if re.match(r"\s*(insert|update|delete)", each, re.I)]


def test_the_pages_need_no_script(client: PageClient) -> None:
    for address in ("/dates", "/dates?event=order", LATE):
        main = client.get(address).text.split("<main")[1].split("</main>")[0]
        assert "onclick" not in main and "javascript:" not in main and "<script" not in main

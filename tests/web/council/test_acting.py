"""Any act from its page: what it takes, what it would do, its letters, doing it, being second, taking it back."""

import html
import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from law import tables
from models.cases import Event, Note, Notice, Process
from tests.web.council.conftest import Office
from workflow import clock
from workflow.clock import london_day
from workflow.queries import acts_now

TODAY = london_day(clock.now())


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def typed(**more: Any) -> dict[str, Any]:
    return {**day("on", TODAY), "why": "", "step": "send", **more}


def a_plan(office: Office) -> tuple[uuid.UUID, uuid.UUID]:
    """(case id, id of its waiting review)."""
    with office.world() as world:
        case, process = world.plan(made_on=TODAY - timedelta(days=200), first=f"Wren{uuid.uuid4().hex[:6]}")
        return case.id, process.id


def begin(office: Office, case_id: uuid.UUID, kind: str, act: str, **more: Any) -> uuid.UUID:
    token = uuid.uuid4()
    answer = office.as_("manager").submit(
        f"/council/cases/{case_id}/begin/{kind}/{act}", typed(seen="0", token=str(token), **more)
    )
    assert answer.status_code == 302, re.findall("error-message.*", answer.text)
    return token


def process(office: Office, process_id: uuid.UUID) -> Process:
    with office.look() as session:
        return session.scalars(select(Process).where(Process.id == process_id)).one()


def seen(office: Office, process_id: uuid.UUID) -> str:
    return str(process(office, process_id).version)


def test_what_can_be_done_is_listed_with_letters_and_dates(office: Office) -> None:
    case_id, _ = a_plan(office)
    ceasing = begin(office, case_id, "ceasing", "consider_ending")
    page = office.as_("manager").get(f"/council/processes/{ceasing}/acts").text
    assert "Consult on ending" in page and "We are thinking about ending the plan" in page
    assert "What can be done now" in office.as_("manager").get(f"/council/cases/{case_id}").text


def test_before_an_act_is_done_its_page_shows_what_it_would_do(office: Office) -> None:
    case_id, _ = a_plan(office)
    ceasing = begin(office, case_id, "ceasing", "consider_ending")
    page = f"/council/processes/{ceasing}/acts/consult_on_ending"
    words = typed(
        seen=seen(office, ceasing),
        item_ending_considered="Every outcome has been reached.",
        step="preview",
        **day("reply_by", TODAY + timedelta(days=15)),
    )
    preview = office.as_("manager").submit(page, words).text
    assert "What this does" in preview and "Told by letter" in preview and "Every outcome has been reached." in preview
    assert process(office, ceasing).stage == "considering"


def test_the_preview_carries_everything_that_was_typed_to_the_doing_of_it(office: Office) -> None:
    case_id, _ = a_plan(office)
    client, token = office.as_("manager"), str(uuid.uuid4())
    page = f"/council/cases/{case_id}/begin/ceasing/take_over_from_review"
    earlier = TODAY - timedelta(days=4)
    preview = client.submit(
        page, {**typed(seen="0", token=token, why="Ó'Brien <b>said</b>."), **day("on", earlier), "step": "preview"}
    )
    held = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', preview.text))
    assert {name: held[name] for name in day("on", earlier)} == day("on", earlier)
    sent = client.submit(page, {name: html.unescape(text) for name, text in held.items()} | {"step": "send"})
    assert sent.status_code == 302
    with office.look() as session:
        event = session.scalars(select(Event).where(Event.process_id == uuid.UUID(token))).one()
        words = session.scalars(select(Note.words).where(Note.event_id == event.id)).one()
    assert (event.happened_on, words) == (earlier, "Ó'Brien <b>said</b>.")


def test_doing_it_sends_the_letters_and_says_so(office: Office) -> None:
    case_id, _ = a_plan(office)
    ceasing = begin(office, case_id, "ceasing", "consider_ending")
    page = f"/council/processes/{ceasing}/acts/consult_on_ending"
    words = typed(
        seen=seen(office, ceasing),
        item_ending_considered="Every outcome has been reached.",
        **day("reply_by", TODAY + timedelta(days=15)),
    )
    done = office.as_("manager").submit(page, words, follow_redirects=True)
    assert done.status_code == 200 and process(office, ceasing).stage == "consulted"
    with office.look() as session:
        kinds = set(session.scalars(select(Notice.kind).where(Notice.case_id == case_id)))
    assert {"considering_ending_family", "considering_ending_setting"} <= kinds


def test_what_a_letter_lacks_is_said_beside_its_box_and_the_words_stay(office: Office) -> None:
    case_id, _ = a_plan(office)
    ceasing = begin(office, case_id, "ceasing", "consider_ending")
    page = f"/council/processes/{ceasing}/acts/consult_on_ending"
    answer = office.as_("manager").submit(page, typed(seen=seen(office, ceasing), why="My own note.", step="preview"))
    assert answer.status_code == 422
    assert 'href="#item_ending_considered"' in answer.text and "My own note." in answer.text
    words = typed(seen=seen(office, ceasing), item_ending_considered="Reached.", step="send")
    answer = office.as_("manager").submit(page, words)
    assert answer.status_code == 422 and 'href="#reply_by-day"' in answer.text


def test_an_end_before_the_law_allows_it_is_refused_beside_the_day(office: Office) -> None:
    case_id, _ = a_plan(office)
    ceasing = begin(office, case_id, "ceasing", "take_over_from_review")
    words = typed(seen=seen(office, ceasing), item_help_without_plan="The school's own help.")
    answer = office.as_("manager").submit(f"/council/processes/{ceasing}/acts/end_plan", words)
    assert answer.status_code == 422 and "until then the family can appeal" in answer.text
    assert 'href="#on-day"' in answer.text


def test_beginning_twice_from_one_page_begins_once(office: Office) -> None:
    case_id, _ = a_plan(office)
    page, token = f"/council/cases/{case_id}/begin/ceasing/consider_ending", str(uuid.uuid4())
    client = office.as_("manager")
    for _ in range(2):
        assert client.submit(page, typed(seen="0", token=token)).status_code == 302
    with office.look() as session:
        found = session.scalars(select(Process.id).where(Process.case_id == case_id, Process.kind == "ceasing")).all()
    assert [str(each) for each in found] == [token]


def test_whoever_is_second_is_told_and_keeps_their_words(office: Office) -> None:
    case_id, _ = a_plan(office)
    ceasing = begin(office, case_id, "ceasing", "consider_ending")
    old = seen(office, ceasing)
    page = f"/council/processes/{ceasing}/acts/think_no_further"
    assert office.as_("manager").submit(page, typed(seen=old, why="Needed.")).status_code == 302
    second = office.as_("decider").submit(page, typed(seen=old, why="I thought so <b>too</b>."))
    assert second.status_code == 409
    assert "Somebody was first" in second.text and "I thought so &lt;b&gt;too&lt;/b&gt;." in second.text


def test_an_act_is_taken_back_with_a_reason(office: Office) -> None:
    case_id, _ = a_plan(office)
    ceasing = begin(office, case_id, "ceasing", "consider_ending")
    client = office.as_("manager")
    page = f"/council/processes/{ceasing}/acts/think_no_further"
    client.submit(page, typed(seen=seen(office, ceasing), why="Needed."))
    with office.look() as session:
        event = session.scalars(select(Event).where(Event.process_id == ceasing, Event.act == "think_no_further")).one()
    undo = f"/council/processes/{ceasing}/undo/{event.id}"
    assert "Take it back" in client.get(undo).text
    assert client.submit(undo, {"seen": seen(office, ceasing), "why": ""}).status_code == 422
    assert client.submit(undo, {"seen": seen(office, ceasing), "why": "Wrong child."}).status_code == 302
    assert process(office, ceasing).stage == "considering"
    assert "The act before this was taken back" in client.get(f"/council/cases/{case_id}").text
    assert "can no longer be taken back" in client.get(undo).text


@pytest.mark.parametrize("act", ["agree_to_assess", "record_exception", "no_such_act"])
def test_an_act_with_a_page_of_its_own_has_none_here(office: Office, act: str) -> None:
    ((_, process_id),) = office.requests()
    assert office.as_("manager").get(f"/council/processes/{process_id}/acts/{act}").status_code == 404


def test_a_role_that_does_not_do_an_act_does_not_find_it(office: Office) -> None:
    case_id, _ = a_plan(office)
    ceasing = begin(office, case_id, "ceasing", "consider_ending")
    page = f"/council/processes/{ceasing}/acts/think_no_further"
    assert office.as_("caseworker").get(page).status_code == 404
    assert office.as_("decider").get(page).status_code == 200


def test_every_way_to_begin_anything_has_a_page_that_opens(office: Office) -> None:
    case_id, _ = a_plan(office)
    client = office.as_("manager")
    page = client.get(f"/council/cases/{case_id}/begin").text
    links = re.findall(rf'href="(/council/cases/{case_id}/begin/[^"]+)"', page)
    assert len(links) > 20
    for link in links:
        assert client.get(link).status_code == 200, link


def test_every_act_of_every_table_is_done_on_a_page_or_by_the_service(office: Office) -> None:
    for kind, table in tables.PROCESSES.items():
        for line in table.transitions:
            assert acts_now.here(kind, line.act) or line.act in acts_now.ELSEWHERE[kind]


OWN = [(kind, act) for kind, pages in acts_now.OWN_PAGES.items() for act in pages]


def at_a_stage_of(office: Office, kind: str, act: str) -> Process:
    """A process that stands where the act is possible."""
    case_id, _ = a_plan(office)
    stage = next(line.from_ for line in tables.PROCESSES[kind].transitions if line.act == act)
    with office.look() as session:
        made = Process(id=uuid.uuid4(), case_id=case_id, kind=kind, stage=stage, started_on=TODAY)
        session.add(made)
    return made


@pytest.mark.parametrize(("kind", "act"), OWN)
def test_an_act_with_a_page_of_its_own_is_done_there_alone_and_is_linked_to(
    office: Office, kind: str, act: str
) -> None:
    assert act in {line.act for line in tables.PROCESSES[kind].transitions}
    found = at_a_stage_of(office, kind, act)
    client, page = office.as_("manager"), f"/council/processes/{found.id}/acts"
    own = office.app.url_map.bind("").build(acts_now.OWN_PAGES[kind][act], {"process_id": found.id})
    assert f'href="{own}"' in client.get(page).text
    assert client.get(f"{page}/{act}").status_code == 404
    sent = client.submit(f"{page}/{act}", typed(seen="0"), page=page)
    assert sent.status_code == 404
    assert process(office, found.id).stage == found.stage
    for kind, names in acts_now.ELSEWHERE.items():
        assert names <= {line.act for line in tables.PROCESSES[kind].transitions}, kind

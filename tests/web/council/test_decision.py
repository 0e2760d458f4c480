"""The decision page: evidence, tests, reasons, the letters before they go, and who was first."""

import threading
import uuid
from typing import Any

import pytest
from sqlalchemy import func, select

from models.cases import Event, Notice, Process
from models.submissions import Submission
from tests.web.council.conftest import Office
from tests.workflow.cases.builders import INSTEAD, REASONS
from workflow import clock
from workflow.cases import requests
from workflow.errors import AlreadyDone


def answers(office: Office, case_id: uuid.UUID, **changed: Any) -> dict[str, Any]:
    """The whole form, filled in to refuse; `changed` replaces some of it."""
    with office.look() as session:
        papers = [str(each) for each in session.scalars(select(Submission.id).where(Submission.case_id == case_id))]
        version = session.scalars(select(Process.version).where(Process.case_id == case_id)).one()
    filled = {
        "seen": str(version),
        "considered": papers,
        "has_sen": "yes",
        "may_need_plan": "no",
        "assess": "no",
        "reasons": REASONS,
        "instead": INSTEAD,
    }
    return {**filled, "step": "preview", **changed}


def stage(office: Office, process_id: uuid.UUID) -> str:
    with office.look() as session:
        return session.scalars(select(Process.stage).where(Process.id == process_id)).one()


def test_the_letters_are_seen_before_they_go_and_nothing_is_decided_yet(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client, page = office.as_("decider"), f"/council/requests/{process_id}/decision"
    preview = client.submit(page, answers(office, case_id))
    assert preview.status_code == 200
    assert REASONS.split(".")[0] in preview.text and "The last day to appeal is" in preview.text
    assert stage(office, process_id) == "requested"


def test_sending_decides_and_shows_the_letters(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client, page = office.as_("decider"), f"/council/requests/{process_id}/decision"
    sent = client.submit(page, answers(office, case_id, step="send"), follow_redirects=True)
    assert "The decision is made" in sent.text and "We will not assess" in sent.text
    assert stage(office, process_id) == "refused"


def test_change_something_gives_everything_back_that_was_typed(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client, page = office.as_("decider"), f"/council/requests/{process_id}/decision"
    typed = "Ó'Brien said <b>so</b>.\nTwice."
    back = client.submit(page, answers(office, case_id, step="change", reasons=typed))
    assert "Ó&#39;Brien said &lt;b&gt;so&lt;/b&gt;.\nTwice." in back.text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("changed", "anchor", "says"),
    [
        ({"reasons": "  "}, "reasons", "Write the reasons"),
        ({"instead": ""}, "instead", "Say what happens now instead"),
        ({"considered": []}, "considered-0", "mark each paper"),
        ({"has_sen": ""}, "has_sen-0", "first legal test"),
        ({"may_need_plan": "yes"}, "assess-0", "both legal tests"),
        ({"assess": ""}, "assess-0", "Choose what was decided"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "send"])
def test_a_decision_without_what_it_needs_is_not_made_and_the_words_stay(
    office: Office, changed: dict[str, Any], anchor: str, says: str, step: str
) -> None:
    ((case_id, process_id),) = office.requests()
    client, page = office.as_("decider"), f"/council/requests/{process_id}/decision"
    answer = client.submit(page, answers(office, case_id, step=step, **changed))
    assert answer.status_code == 422 and says in answer.text
    assert f'href="#{anchor}"' in answer.text and f'id="{anchor}"' in answer.text
    assert stage(office, process_id) == "requested"


def test_a_refusal_is_not_made_when_the_letter_would_lack_something(office: Office) -> None:
    import psycopg

    ((case_id, process_id),) = office.requests()
    client, page = office.as_("decider"), f"/council/requests/{process_id}/decision"
    owner = office.app.settings.owner_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(owner) as connection:
        connection.execute("update authority set settings = settings - 'sendiass'")
    answer = client.submit(page, answers(office, case_id, step="send"))
    assert answer.status_code == 422 and "It still needs: The information, advice and support service" in answer.text
    assert stage(office, process_id) == "requested"


def test_the_loser_of_a_race_sees_who_decided_and_keeps_their_words(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    second, page = office.as_("decider"), f"/council/requests/{process_id}/decision"
    mine = answers(office, case_id, step="send", reasons="My own careful words.")
    mine["csrf_token"] = second.token(page)
    first = office.client_for(office.somebody("staff", "manager", name="Mo Quick"))
    first.submit(page, answers(office, case_id, step="send"))
    lost = second.post(page, data=mine)
    assert lost.status_code == 422
    assert "Mo Quick decided this" in lost.text and "My own careful words." in lost.text
    with office.look() as session:
        assert (
            session.scalars(select(func.count()).select_from(Event).where(Event.act == "refuse_to_assess")).one() == 1
        )


def test_two_deciders_at_the_same_moment_make_one_decision(office: Office) -> None:
    ((_, process_id),) = office.requests()
    with office.world() as world:
        people = [world.staff("decider"), world.staff("manager")]
    with office.look() as session:
        seen = session.scalars(select(Process.version).where(Process.id == process_id)).one()
    ready, told = threading.Barrier(2), []

    def decide(at: int) -> None:
        decision = requests.Decision(assess=bool(at), reasons=REASONS, instead=INSTEAD)
        try:
            with office.look() as session:
                process = session.get_one(Process, (session.authority_id, process_id))
                ready.wait(10)
                requests.decide(session, process, people[at], decision, seen=seen, now=clock.now())
            told.append("made")
        except AlreadyDone:
            told.append("too late")

    threads = [threading.Thread(target=decide, args=(at,)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == ["made", "too late"]
    with office.look() as session:
        kinds = set(session.scalars(select(Notice.kind).where(Notice.kind.like("%assess_family"))))
        assert len(kinds) == 1


def test_reasons_the_law_does_not_accept_are_shown_and_block_nothing(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client, page = office.as_("decider"), f"/council/requests/{process_id}/decision"
    assert "6,000 pounds" in client.get(page).text
    bad = "The school has not spent 6,000 pounds. Not enough cycles."
    sent = client.submit(page, answers(office, case_id, step="send", reasons=bad))
    assert sent.status_code == 302 and stage(office, process_id) == "refused"


def test_an_agreement_needs_no_words_about_what_happens_instead(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client, page = office.as_("manager"), f"/council/requests/{process_id}/decision"
    filled = answers(office, case_id, step="send", assess="yes", may_need_plan="yes", instead="")
    made = client.submit(page, filled, follow_redirects=True)
    assert "We will assess" in made.text and stage(office, process_id) == "assessing"


def test_a_second_press_of_send_makes_no_second_letter(office: Office) -> None:
    ((case_id, process_id),) = office.requests()
    client, page = office.as_("decider"), f"/council/requests/{process_id}/decision"
    filled = answers(office, case_id, step="send")
    client.submit(page, filled)
    client.submit(page, filled)
    with office.look() as session:
        count = select(func.count()).select_from(Notice).where(Notice.kind == "refuse_to_assess_family")
        assert session.scalars(count).one() == 1
